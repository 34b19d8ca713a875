import { FAILURES } from "../../shared/domain/failure.ts";
import type { Outcome } from "../../shared/pipeline/outcome.ts";
import type { Log } from "../../shared/pipeline/services.ts";

export interface Progress {
  onOutcome(outcome: Outcome): void;
  readonly log: Log;
}

/**
 * Tells the person at the terminal what the monitor sees. Unchanged checks are counted rather than told: a line a minute
 * (`quietSeconds`) says that it is alive.
 *
 * @param nameOf - what to call a watch: its headline or URL
 */
export function terminalProgress(options: {
  write(text: string): void;
  now(): Date;
  nameOf(watchId: string): string;
  readonly quietSeconds: number;
}): Progress {
  const { write, now, nameOf, quietSeconds } = options;
  let unchanged = 0;
  let toldAt = now().getTime();
  const line = (text: string) => write(`${now().toISOString().slice(11, 19)}  ${text}\n`);
  return {
    onOutcome(outcome) {
      const told = lineOf(outcome, nameOf(outcome.watchId));
      if (told) line(told);
      if (outcome.kind === "unchanged") unchanged += 1;
      if (now().getTime() - toldAt < quietSeconds * 1000) return;
      line(`${unchanged} ${unchanged === 1 ? "check" : "checks"} found nothing new`);
      unchanged = 0;
      toldAt = now().getTime();
    },
    log: {
      info: (message, facts) => line(withFacts(message, facts)),
      warn: (message, facts) => line(`warning: ${withFacts(message, facts)}`),
    },
  };
}

/** What an outcome is worth telling; null for those that are everyday. */
function lineOf(outcome: Outcome, name: string): string | null {
  const event = "event" in outcome && outcome.event ? `; ${outcome.event}` : "";
  switch (outcome.kind) {
    case "baseline":
      return `first capture  ${outcome.headline ?? name}`;
    case "revision":
      return `revision ${outcome.revision}  ${outcome.headline ?? name}${event}`;
    case "failed":
      return `no article  ${name}: ${FAILURES[outcome.failure.kind].meaning} (${outcome.failure.detail})${event}`;
    case "unchanged":
      return event ? `unchanged  ${name}${event}` : null;
    case "superseded":
      return `revision ${outcome.revision} of ${name} was recorded by another worker`;
    case "deferred":
    case "not-wanted":
      return null;
  }
}

const withFacts = (message: string, facts?: object): string =>
  facts
    ? `${message} (${Object.entries(facts)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join(", ")})`
    : message;
