import { setTimeout as pause } from "node:timers/promises";
import { folderLock } from "../../shared/adapters/local/folder-lock.ts";
import { ENV, VERSION } from "../../shared/config.ts";
import type { Watch } from "../../shared/domain/watch.ts";
import { type AddedWatch, addWatch, isLoopback, type WatchWish } from "../../shared/pipeline/add-watch.ts";
import { enrolmentDesk } from "../../shared/pipeline/enrol.ts";
import type { Outcome } from "../../shared/pipeline/outcome.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import type { Ledger } from "../../shared/ports/ledger.ts";
import { readingRoom, type Subscribing } from "../../shared/reading-room/app.ts";
import { FolderUnusable, type LocalRuntime, localRuntime, refuseFile } from "../runtime/local.ts";
import { localOperatorKey } from "../runtime/operator-key.ts";
import { type EnvironmentSettings, SettingError } from "../runtime/settings.ts";
import { runMonitor } from "./monitor.ts";
import { type Progress, terminalProgress } from "./progress.ts";
import { type Served, serveLocally } from "./serve.ts";
import { localSubscribing, subscriberLinksOf } from "./subscribing.ts";

/** Everyday checks are counted, and the count told this often. */
const QUIET_SECONDS = 300;

/** What is in hand may end by itself for so long; dying in the middle of it loses nothing. */
const GRACE_SECONDS = 4;

export interface RunOptions {
  readonly folder: string;
  /** Of the reading room; any free one when it is taken. */
  readonly port: number;
  /** Pages to follow from now on. */
  readonly wishes: readonly WatchWish[];
  readonly settings: EnvironmentSettings;
  readonly stop: AbortSignal;
  write(text: string): void;
  /** Width of the terminal; unless given, lines are as long as they are. */
  columns?(): number;
  /** Composes the runtime; tests put their own between the pipeline and the adapters. */
  readonly compose?: typeof localRuntime;
}

/**
 * Runs the whole monitor over one folder, with its reading room, until told to stop. Then it waits a few seconds for
 * what is in hand; what has not ended by then is left, and made again after the next start.
 *
 * @throws FolderUnusable when another monitor runs on the folder, or it cannot be written
 * @throws SettingError when a page may not be asked for without a contact
 */
export async function runFolder(options: RunOptions): Promise<void> {
  const { folder, port, wishes, stop, compose = localRuntime } = options;
  const release = await takeFolder(folder);
  const terminal = terminalOf(options);
  try {
    const runtime = compose(folder, options.settings, { log: terminal.progress.log, write: terminal.write });
    try {
      const followed = await follow(wishes, runtime.services);
      const watches = await allWatches(runtime.services.ledger);
      requireContact(watches, options.settings);
      terminal.learnNames(watches);
      const subscribing = localSubscribing(folder, runtime.services, options.settings);
      const served = await serveLocally(roomOf(folder, runtime, subscribing, options.settings), port);
      const settings = { ...options.settings, readingRoomUrl: options.settings.readingRoomUrl ?? served.address };
      try {
        terminal.write(greeting(served, folder, followed, watches));
        const services = {
          ...runtime.services,
          settings,
          subscriberLinks: subscriberLinksOf(subscribing, settings.readingRoomUrl),
        };
        await untilStopped(runtime, services, stop, terminal);
      } finally {
        terminal.close();
        await served.close();
      }
    } finally {
      runtime.close();
    }
  } finally {
    release();
  }
}

interface Terminal {
  readonly progress: Progress;
  write(text: string): void;
  learnNames(watches: readonly Watch[]): void;
  /** Tells an outcome under its page's name, which it looks up for a page that was added meanwhile. */
  tell(outcome: Outcome, ledger: Ledger): Promise<void>;
  /** Nothing more is told: it would be of work that was left. */
  close(): void;
}

function terminalOf({ write, columns = () => Number.POSITIVE_INFINITY }: RunOptions): Terminal {
  const names = new Map<string, string>();
  let closed = false;
  const whileOpen = (text: string) => closed || write(text);
  const learnNames = (watches: readonly Watch[]) => {
    for (const { id, url } of watches) names.set(id, url);
  };
  const progress = terminalProgress({
    write: whileOpen,
    now: () => new Date(),
    nameOf: (watchId) => names.get(watchId) ?? watchId,
    columns,
    quietSeconds: QUIET_SECONDS,
  });
  return {
    progress,
    write: whileOpen,
    learnNames,
    async tell(outcome, ledger) {
      if (!names.has(outcome.watchId)) {
        const watch = await ledger.watch(outcome.watchId).catch(() => null); // a broken ledger is told elsewhere
        if (watch) learnNames([watch]);
      }
      progress.onOutcome(outcome);
    },
    close() {
      closed = true;
    },
  };
}

async function untilStopped(
  queues: LocalRuntime,
  services: Services,
  stop: AbortSignal,
  terminal: Terminal,
): Promise<void> {
  const onOutcome = (outcome: Outcome) => void terminal.tell(outcome, services.ledger);
  const running = runMonitor(services, queues, { signal: stop, onOutcome });
  const stopped = Promise.withResolvers<void>();
  stop.addEventListener("abort", () => stopped.resolve(), { once: true });
  if (stop.aborted) stopped.resolve();
  await Promise.race([running, stopped.promise]);
  running.catch(() => {}); // of work that is left: its ledger is closed under it
  await Promise.race([running, pause(GRACE_SECONDS * 1000, undefined, { ref: false })]);
}

async function takeFolder(folder: string): Promise<() => void> {
  refuseFile(folder);
  const lock = await folderLock(folder)
    .acquire()
    .catch((error: Error) => {
      throw new FolderUnusable(`${folder} cannot be used: ${error.message}`, { cause: error });
    });
  if (lock.acquired) return lock.release;
  const holder = lock.heldBy ? ` (process ${lock.heldBy.pid}, since ${lock.heldBy.since})` : "";
  throw new FolderUnusable(`another monitor runs on ${folder}${holder}: stop it first, or give --folder another one`);
}

const roomOf = (
  folder: string,
  { services, cards, search }: LocalRuntime,
  subscribing: Subscribing,
  { readingRoomUrl: address }: EnvironmentSettings,
) =>
  readingRoom({
    ledger: services.ledger,
    evidence: services.evidence,
    derived: services.derived,
    clock: services.clock,
    access: { kind: "public" },
    operatorKey: localOperatorKey(folder),
    subscribing,
    enrolling: enrolmentDesk(services),
    cards,
    search,
    address,
    report: (error, path) => services.log.warn("a page of the reading room broke", { path, error: error.message }),
  });

/** Adds what was asked for. @throws SettingError naming the first that cannot be watched */
async function follow(wishes: readonly WatchWish[], services: Services): Promise<readonly AddedWatch[]> {
  const followed: AddedWatch[] = [];
  for (const wish of wishes) {
    const added = await addWatch(wish, services);
    if (!added.ok) throw new SettingError(`${wish.url} cannot be watched: ${added.problem}`);
    followed.push(added);
  }
  return followed;
}

/** @throws SettingError when there are pages of others, and nobody that they could turn to */
function requireContact(watches: readonly Watch[], { contact }: EnvironmentSettings): void {
  const [one, ...more] = watches.filter(({ url, status }) => status === "active" && !isLoopback(url));
  if (contact !== null || !one) return;
  const which = more.length === 0 ? one.url : `${one.url} and ${more.length} more`;
  throw new SettingError(
    `no contact is set, and publishers must be able to reach whoever asks for their pages (${which}): ` +
      `start with ${ENV.contact}="desk@newsroom.example", your own mail address or page`,
  );
}

function greeting(
  { address, takenPort }: Served,
  folder: string,
  followed: readonly AddedWatch[],
  watches: readonly Watch[],
): string {
  const active = watches.filter(({ status }) => status === "active").length;
  const added = followed.map((end) => (end.ok ? `${end.added ? "  + " : "    "}${end.watch.url}` : ""));
  return [
    `Reading room  ${address}${takenPort === undefined ? "" : `  (port ${takenPort} is taken)`}`,
    `Kept in       ${folder}`,
    `Watching      ${active} of ${watches.length} ${watches.length === 1 ? "page" : "pages"}`,
    ...added,
    `Variorum ${VERSION}. Stop with Ctrl+C. Times are UTC.\n\n`,
  ].join("\n");
}

async function allWatches(ledger: Ledger): Promise<readonly Watch[]> {
  const watches: Watch[] = [];
  let after: string | undefined;
  do {
    const page = await ledger.watches({ limit: 500, ...(after !== undefined && { after }) });
    watches.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return watches;
}
