import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runFolder } from "../../functions/local/run.ts";
import { localRuntime } from "../../functions/runtime/local.ts";
import { environmentSettings } from "../../functions/runtime/settings.ts";
import { happeningKey } from "../../shared/domain/happening.ts";

/**
 * The local monitor, which kills itself with SIGKILL once before and once after each of its writes. A write is known by
 * its port, method and what it is about; which kills have been is kept in a file, so that the next life goes further.
 */
const { values } = parseArgs({ options: { folder: { type: "string" }, port: { type: "string" } } });
const folder = values.folder ?? "";
const killsFile = join(folder, "kills.txt");
const done = new Set(existsSync(killsFile) ? readFileSync(killsFile, "utf8").split("\n") : []);

/**
 * Writes of each port, with what makes one of them its own. Those of every check are known by their name alone, and what
 * tells by the channel and the kind of what is told: the way of the second notice of a kind is that of the first.
 */
const WRITES: Readonly<Record<string, Readonly<Record<string, (...args: never[]) => string>>>> = {
  ledger: {
    requestCheck: () => "",
    recordTick: () => "",
    recordRevision: (revision: { number: number; watchId: string }) => `${revision.watchId} ${revision.number}`,
    recordEvent: (event: { key: string; kind: string; watchId: string }) => `${event.watchId} ${event.kind}`,
    settle: (id: string, state: { newest: number; failures: number; unpublished: boolean }) =>
      `${id} ${state.newest} ${state.failures > 0} ${state.unpublished}`,
    recordCapture: (capture: { failure: { kind: string } | null }) => capture.failure?.kind ?? "",
    markTold: (happening: Parameters<typeof happeningKey>[0]) => named(happeningKey(happening)),
    addSubscription: (subscription: { id: string }) => subscription.id,
    beginTelling: (happening: Parameters<typeof happeningKey>[0]) => named(happeningKey(happening)),
    takeTurn: () => "",
    addNotice: (notice: { id: string; subject: { kind: string } }) =>
      notice.subject.kind === "happening" ? named(notice.id) : notice.subject.kind,
    gather: (gathered: { key: string; subscription: string }) => `${gathered.subscription} ${named(gathered.key)}`,
    claimNotice: (id: string) => named(id),
    settleNotice: (notice: { id: string }) => named(notice.id),
    claimHost: () => "",
    extendHost: () => "",
    recordRobots: () => "",
  },
  evidence: { keep: (key: string) => key.split("/")[0] ?? "" },
  derived: { keep: (key: string) => key.split("/")[0] ?? "" },
  queue: { send: () => "" },
  noticeQueue: { send: () => "" },
  notifier: { deliver: (notice: { id: string }) => named(notice.id) },
};

/** A notice's or a happening's key without watch, instant and number: `r.outbox`, `-unpublished`. */
const named = (key: string): string => key.replace(/^[0-9a-f]{16}\./, "").replace(/\d+-?/g, "");

/** Most deaths come while a notice is claimed, and each life waits for the claim of the one before it to run out. */
const LEASE_SECONDS = 1;

function killOnce(moment: string): void {
  if (done.has(moment)) return;
  appendFileSync(killsFile, `${moment}\n`);
  process.kill(process.pid, "SIGKILL");
}

/** A port whose writes are the last thing that this process does, once before and once after. */
function deadly<Port extends object>(name: string, port: Port): Port {
  const writes = WRITES[name] ?? {};
  return new Proxy(port, {
    get(target, property, receiver) {
      const value: unknown = Reflect.get(target, property, receiver);
      const about = typeof property === "string" ? writes[property] : undefined;
      if (typeof value !== "function" || !about) return value;
      return async (...args: never[]) => {
        const moment = `${name}.${String(property)} ${about(...args)}`;
        killOnce(`before ${moment}`);
        const result: unknown = await value.apply(target, args);
        killOnce(`after ${moment}`);
        return result;
      };
    },
  });
}

const compose: typeof localRuntime = (...args) => {
  const runtime = localRuntime(...args);
  const { ledger, evidence, derived, queue, noticeQueue, notifiers } = runtime.services;
  return {
    ...runtime,
    services: {
      ...runtime.services,
      noticeLeaseSeconds: LEASE_SECONDS,
      ledger: deadly("ledger", ledger),
      evidence: deadly("evidence", evidence),
      derived: deadly("derived", derived),
      queue: deadly("queue", queue),
      noticeQueue: deadly("noticeQueue", noticeQueue),
      notifiers: notifiers.map((notifier) => deadly("notifier", notifier)),
    },
  };
};

await runFolder({
  folder,
  port: Number(values.port ?? 0),
  wishes: [],
  settings: environmentSettings(process.env),
  stop: new AbortController().signal,
  write: (text) => void process.stdout.write(text),
  compose,
});
