import { FAILURES, type Failure } from "../../shared/domain/failure.ts";
import type { Outcome } from "../../shared/pipeline/outcome.ts";
import type { Log } from "../../shared/pipeline/services.ts";
import { counted, printable } from "../cli/print.ts";

export interface Progress {
  onOutcome(outcome: Outcome): void;
  readonly log: Log;
}

export interface ProgressOptions {
  write(text: string): void;
  now(): Date;
  /** What to call a watch: its URL. */
  nameOf(watchId: string): string;
  /** Lines are cut to it; Infinity where nobody reads along. */
  columns(): number;
  /** What is everyday is counted, and the count told no oftener than this. */
  readonly quietSeconds: number;
}

/**
 * Tells the person at the terminal what the monitor sees, a line each: instant (UTC), what, which. Everyday checks are
 * counted rather than told, and so are a failure and a warning that come again as they were.
 */
export function terminalProgress({ write, now, nameOf, columns, quietSeconds }: ProgressOptions): Progress {
  const seconds = () => now().getTime() / 1000;
  const line = (what: string, which: string) => write(`${lineOf(now(), what, which, columns())}\n`);
  const failing = new Map<string, Failure["kind"]>();
  const warned = new Map<string, { toldAt: number; again: number }>();
  let unchanged = 0;
  let failedAgain = 0;
  let toldAt = seconds();

  function tellOutcome(outcome: Outcome): void {
    const name = nameOf(outcome.watchId);
    const before = failing.get(outcome.watchId);
    if (outcome.kind === "failed") {
      const { kind, detail } = outcome.failure;
      if (before === kind) failedAgain += 1;
      else line("no article", `${name}: ${FAILURES[kind].meaning} (${detail})`);
      failing.set(outcome.watchId, kind);
    } else if (READ.has(outcome.kind)) {
      failing.delete(outcome.watchId);
      if (before && outcome.kind === "unchanged") line("reads again", name);
    }
    if (outcome.kind === "unchanged") unchanged += 1;
    if (outcome.kind === "baseline") line("first capture", outcome.headline ?? name);
    if (outcome.kind === "revision") line(`revision ${outcome.revision}`, outcome.headline ?? name);
    if ("event" in outcome && outcome.event) line(outcome.event, name);
  }

  function tellCounts(): void {
    if (seconds() - toldAt < quietSeconds || unchanged + failedAgain === 0) return;
    const failed = failedAgain === 0 ? "" : `, ${failedAgain} failed as before`;
    line("quiet", `${counted(unchanged, "check", "checks")} found nothing new${failed}`);
    [unchanged, failedAgain, toldAt] = [0, 0, seconds()];
  }

  /** The same warning again and again (a full disk, each second) is one line in a while, with how often it came. */
  function warn(message: string, facts?: object): void {
    const text = withFacts(message, facts);
    const about = text.replace(/\d[\w.-]*/g, "#"); // instants and record ids tell no two warnings apart
    const before = warned.get(about);
    if (before && seconds() - before.toldAt < quietSeconds) {
      before.again += 1;
      return;
    }
    line("WARNING", before && before.again > 0 ? `${text} (${before.again} times more)` : text);
    if (warned.size >= MOST_REMEMBERED) warned.clear();
    warned.set(about, { toldAt: seconds(), again: 0 });
  }

  return {
    onOutcome(outcome) {
      tellOutcome(outcome);
      tellCounts();
    },
    log: { info: (message, facts) => line("", withFacts(message, facts)), warn },
  };
}

const READ: ReadonlySet<Outcome["kind"]> = new Set(["baseline", "revision", "unchanged", "superseded"]);

const MOST_REMEMBERED = 1000;

/** As wide as `first capture`. */
const WHAT_COLUMNS = 13;

/** One line; a warning is never cut, since its end says what to do. */
function lineOf(at: Date, what: string, which: string, columns: number): string {
  const text = printable(`${at.toISOString().slice(11, 19)}  ${what.padEnd(WHAT_COLUMNS)}  ${which}`);
  return what === "WARNING" || text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
}

const withFacts = (message: string, facts?: object): string =>
  facts
    ? `${message} (${Object.entries(facts)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join(", ")})`
    : message;
