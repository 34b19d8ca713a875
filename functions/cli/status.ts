import type { Command } from "commander";
import { FAILURES } from "../../shared/domain/failure.ts";
import { isAlive } from "../../shared/domain/heartbeat.ts";
import { type Cost, isUnseen } from "../../shared/domain/life-signs.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { costBetween } from "../../shared/pipeline/notify/life-signs.ts";
import type { Standing } from "../../shared/ports/ledger.ts";
import type { Deployment } from "./deployment.ts";
import { all } from "./find.ts";
import type { Run } from "./options.ts";
import { counted } from "./print.ts";
import { type Undelivered, undelivered, undeliveredLines, waitingLines } from "./undelivered.ts";

const WEEK_SECONDS = 7 * 86_400;

/** `status`: is it alive, and what is it missing? */
export function statusCommand(program: Command, run: Run): void {
  program
    .command("status")
    .description("is the monitor alive, what does it miss, and whom can it not reach?")
    .action(() => run({}, status));
}

/** Watches read side by side: a deployment's ledger is a network away. */
const AT_ONCE = 20;

async function status({ services: { ledger, clock, meter }, heartbeat }: Deployment) {
  const now = clock.now();
  const lastTick = await ledger.lastTick();
  const watches = await all((page) => ledger.watches(page));
  const standings: Standing[] = [];
  for (let at = 0; at < watches.length; at += AT_ONCE) {
    const some = await Promise.all(watches.slice(at, at + AT_ONCE).map(({ id }) => ledger.standing(id)));
    standings.push(...some.filter((standing) => standing !== null));
  }
  const active = standings.filter(({ watch }) => watch.status === "active");
  const untold = await all((page) => ledger.outbox(page));
  const facts = {
    alive: isAlive(lastTick, now, heartbeat.longestSeconds),
    lastTick,
    watches: watches.length,
    active: active.length,
    neverRead: active.filter(({ newest }) => newest === null).map(nameOf),
    unpublished: active.filter(({ state }) => state.unpublished).map(nameOf),
    failing: active.filter(({ state }) => state.failures > 0).map(failingOf),
    unseen: active.filter((standing) => isUnseen(standing, now)).map(nameOf),
    unfitRules: active.filter(({ state }) => state.unfit).map(unfitOf),
    untold: untold.length,
    notices: await undelivered(ledger, now),
    ...(meter && { cost: await costBetween(addSeconds(now, -WEEK_SECONDS), now, meter) }),
  };
  return { json: facts, text: textOf(facts, heartbeat.whenSilent) };
}

const nameOf = ({ watch }: Standing) => ({ id: watch.id, url: watch.url });

const failingOf = ({ watch, state }: Standing) => ({
  id: watch.id,
  url: watch.url,
  failures: state.failures,
  kind: state.failure?.kind ?? null,
  detail: state.failure ? `${FAILURES[state.failure.kind].meaning} (${state.failure.detail})` : "",
});

const unfitOf = ({ watch, state }: Standing) => ({
  id: watch.id,
  url: watch.url,
  since: state.unfit?.since ?? null,
  detail: state.unfit?.detail ?? "",
});

type Named = { readonly id: string; readonly url: string; readonly detail?: string };

interface Facts {
  readonly alive: boolean;
  readonly lastTick: string | null;
  readonly watches: number;
  readonly active: number;
  readonly untold: number;
  readonly neverRead: readonly Named[];
  readonly unpublished: readonly Named[];
  readonly failing: readonly Named[];
  readonly unseen: readonly Named[];
  readonly unfitRules: readonly Named[];
  readonly notices: Undelivered;
  readonly cost?: Cost;
}

const costLine = ({ period, month, region, read }: Cost): string =>
  `about USD ${period.toFixed(2)} in seven days, ${month.toFixed(2)} this month, by list prices of ${region} in ${read} (docs/deploy.md, "What it costs")`;

/** A watch is listed once, under what says most about it. */
function textOf(facts: Facts, whenSilent: string): string {
  const listed = new Set<string>();
  const list = (title: string, named: readonly Named[]) => {
    const fresh = named.filter(({ id }) => !listed.has(id));
    for (const { id } of fresh) listed.add(id);
    const lines = fresh.map(({ id, url, detail }) => `  ${id}  ${url}${detail ? `: ${detail}` : ""}`);
    return lines.length === 0 ? [] : [`\n${title} (${lines.length}):`, ...lines];
  };
  const tick = facts.lastTick ?? "never";
  return [
    facts.alive ? `alive, last tick ${tick}` : `NOT RUNNING, last tick ${tick}: ${whenSilent}`,
    `${counted(facts.watches, "watch", "watches")}, ${facts.active} active`,
    `${counted(facts.untold, "happening waits", "happenings wait")} to be told`,
    ...waitingLines(facts.notices),
    ...(facts.cost ? [costLine(facts.cost)] : []),
    ...list("unpublished", facts.unpublished),
    ...list("failing", facts.failing),
    ...list("not read yet", facts.neverRead),
    ...list("not seen for three intervals", facts.unseen),
    ...list("read without a part of the source's rule (docs/rules.md)", facts.unfitRules),
    ...undeliveredLines(facts.notices),
  ].join("\n");
}
