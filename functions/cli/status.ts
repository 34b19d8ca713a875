import type { Command } from "commander";
import { secondsBetween } from "../../shared/domain/time.ts";
import type { Standing } from "../../shared/ports/ledger.ts";
import type { Deployment } from "./deployment.ts";
import { all } from "./find.ts";
import type { Run } from "./options.ts";

/** The clock rings every minute at the latest; three missed rings are no coincidence. */
const ALIVE_SECONDS = 180;

/** A watch unseen for so many of its intervals is worth a look. */
const INTERVALS_UNSEEN = 3;

/** `status`: is it alive, and what is it missing? */
export function statusCommand(program: Command, run: Run): void {
  program
    .command("status")
    .description("is the monitor alive, and what does it miss?")
    .action(() => run({}, status));
}

async function status({ services: { ledger, clock } }: Deployment) {
  const now = clock.now();
  const lastTick = await ledger.lastTick();
  const watches = await all((page) => ledger.watches(page));
  const standings: Standing[] = [];
  for (const { id } of watches) {
    const standing = await ledger.standing(id);
    if (standing) standings.push(standing);
  }
  const active = standings.filter(({ watch }) => watch.status === "active");
  const untold = await all((page) => ledger.outbox(page));
  const facts = {
    alive: lastTick !== null && secondsBetween(lastTick, now) <= ALIVE_SECONDS,
    lastTick,
    watches: watches.length,
    active: active.length,
    neverRead: active.filter(({ newest }) => newest === null).map(nameOf),
    unpublished: active.filter(({ state }) => state.unpublished).map(nameOf),
    failing: active.filter(({ state }) => state.failures > 0).map(failingOf),
    unseen: active.filter((standing) => isUnseen(standing, now)).map(nameOf),
    untold: untold.length,
  };
  return { json: facts, text: textOf(facts) };
}

const nameOf = ({ watch }: Standing) => ({ id: watch.id, url: watch.url });

const failingOf = ({ watch, state }: Standing) => ({
  id: watch.id,
  url: watch.url,
  failures: state.failures,
  detail: state.failure?.detail ?? "",
});

function isUnseen({ watch, state }: Standing, now: string): boolean {
  const since = state.lastSeen ?? watch.added;
  return secondsBetween(since, now) > INTERVALS_UNSEEN * watch.cadenceSeconds;
}

type Named = { readonly id: string; readonly url: string; readonly detail?: string };

function textOf(facts: {
  alive: boolean;
  lastTick: string | null;
  watches: number;
  active: number;
  untold: number;
  neverRead: readonly Named[];
  unpublished: readonly Named[];
  failing: readonly Named[];
  unseen: readonly Named[];
}): string {
  const list = (title: string, named: readonly Named[]) =>
    named.length === 0
      ? []
      : [
          `\n${title} (${named.length}):`,
          ...named.map(({ id, url, detail }) => `  ${id}  ${url}${detail ? `: ${detail}` : ""}`),
        ];
  const tick = facts.lastTick ?? "never";
  return [
    facts.alive ? `alive, last tick ${tick}` : `NOT RUNNING, last tick ${tick}`,
    `${facts.watches} watches, ${facts.active} active`,
    `${facts.untold} ${facts.untold === 1 ? "happening waits" : "happenings wait"} to be told`,
    ...list("failing", facts.failing),
    ...list("not read yet", facts.neverRead),
    ...list("unpublished", facts.unpublished),
    ...list("not seen for three intervals", facts.unseen),
  ].join("\n");
}
