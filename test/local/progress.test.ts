import { describe, expect, it } from "vitest";
import { terminalProgress } from "../../functions/local/progress.ts";
import type { Failure } from "../../shared/domain/failure.ts";
import type { Outcome } from "../../shared/pipeline/outcome.ts";

const QUIET_SECONDS = 300;

/** A terminal of 80 columns at noon; `pass` lets seconds go by. */
function terminal(columns = 80) {
  let seconds = Date.parse("2026-03-01T12:00:00.000Z") / 1000;
  const lines: string[] = [];
  const progress = terminalProgress({
    write: (text) => void lines.push(text.replace(/\n$/, "")),
    now: () => new Date(seconds * 1000),
    nameOf: (watchId) => `http://paper.example/${watchId}`,
    columns: () => columns,
    quietSeconds: QUIET_SECONDS,
  });
  return {
    ...progress,
    lines,
    pass(length: number) {
      seconds += length;
    },
  };
}

const failed = (kind: Failure["kind"], detail: string): Outcome => ({
  watchId: "a",
  kind: "failed",
  failure: { kind, detail },
});
const unchanged: Outcome = { watchId: "a", kind: "unchanged", revision: 1 };

describe("the monitor's lines", () => {
  it("stand in columns", () => {
    const { onOutcome, lines } = terminal();
    onOutcome({ watchId: "a", kind: "baseline", headline: "Quay swept" });
    onOutcome({ watchId: "a", kind: "revision", revision: 2, headline: "Quay swept twice", event: "restored" });
    onOutcome(failed("status", "503"));
    expect(lines).toEqual([
      "12:00:00  first capture  Quay swept",
      "12:00:00  revision 2     Quay swept twice",
      "12:00:00  restored       http://paper.example/a",
      "12:00:00  no article     http://paper.example/a: the server answered with an er…",
    ]);
    expect(lines.map(({ length }) => length).every((length) => length <= 80)).toBe(true);
  });

  it("are whole where nobody's window is too narrow, and so is a warning everywhere", () => {
    const { log, lines } = terminal(40);
    log.warn("schedule failed, it is tried again", { error: "the disk is full: free some space" });
    expect(lines).toEqual([
      "12:00:00  WARNING        schedule failed, it is tried again (error: the disk is full: free some space)",
    ]);
  });

  it("tell a failure once, and when it is over", () => {
    const { onOutcome, lines, pass } = terminal(200);
    for (let check = 0; check < 3; check += 1) onOutcome(failed("status", "503"));
    onOutcome(failed("timeout", "no answer within 20 s"));
    onOutcome(unchanged);
    expect(lines.map((line) => line.slice(10))).toEqual([
      "no article     http://paper.example/a: the server answered with an error (503)",
      "no article     http://paper.example/a: the answer took too long (no answer within 20 s)",
      "reads again    http://paper.example/a",
    ]);
    pass(QUIET_SECONDS);
    onOutcome(unchanged);
    expect(lines.at(-1)).toBe("12:05:00  quiet          2 checks found nothing new, 2 failed as before");
  });

  it("count what is everyday, and tell the count once in a while", () => {
    const { onOutcome, lines, pass } = terminal();
    for (let check = 0; check < 100; check += 1) {
      pass(QUIET_SECONDS / 50);
      onOutcome(unchanged);
    }
    expect(lines).toEqual([
      "12:05:00  quiet          50 checks found nothing new",
      "12:10:00  quiet          50 checks found nothing new",
    ]);
  });

  it("repeat a warning that lasts once in a while, with how often it came", () => {
    const { log, lines, pass } = terminal();
    for (let second = 0; second <= QUIET_SECONDS; second += 1) {
      log.warn(`no room for captures/20260301120${second}-0af3.warc.gz`);
      pass(1);
    }
    log.warn("another");
    expect(lines).toEqual([
      "12:00:00  WARNING        no room for captures/202603011200-0af3.warc.gz",
      `12:05:00  WARNING        no room for captures/20260301120300-0af3.warc.gz (${QUIET_SECONDS - 1} times more)`,
      "12:05:01  WARNING        another",
    ]);
  });

  it("only show what a publisher wrote", () => {
    const { onOutcome, lines } = terminal();
    onOutcome({ watchId: "a", kind: "baseline", headline: "Quay \u001b[2J\u009b31m\rswept" });
    expect(lines[0]).toBe("12:00:00  first capture  Quay \ufffd[2J\ufffd31m\ufffdswept");
  });
});
