import { describe, expect, it } from "vitest";
import { CADENCE_CLASSES, nextDue } from "../../shared/domain/cadence.ts";
import { sha256 } from "../../shared/domain/digest.ts";
import { addSeconds, type Instant } from "../../shared/domain/time.ts";
import type { Watch } from "../../shared/domain/watch.ts";
import type { DueWatch, Ledger } from "../../shared/ports/ledger.ts";
import { aState, aWatch, manyWatches, NOON } from "../support/builders.ts";
import { atOnce, type TheLedger } from "./ledger.ts";

const WEEK_SECONDS = 604_800;

export function scheduleFacts(ledger: TheLedger): void {
  describe("watches due by their cadence", () => {
    it("are exactly those that nextDue tells, for all classes and many windows", async () => {
      const watches = CADENCE_CLASSES.flatMap((cadenceSeconds) =>
        Array.from({ length: 4 }, (_, n) =>
          aWatch({ url: `https://every${cadenceSeconds}.example/${n}`, cadenceSeconds }),
        ),
      );
      await Promise.all(watches.map((watch) => ledger().addWatch(watch)));
      for (const [after, until] of windows()) {
        const due = await dueIn(ledger(), after, until);
        const expected = watches.filter(({ id, cadenceSeconds }) => nextDue(id, cadenceSeconds, after) <= until);
        expect(urlsOf(due), `due in (${after}, ${until}]`).toEqual(urlsOf(expected));
        for (const row of due) expectInWindow(row, watches, after, until);
      }
    });

    it("come once per tick when each tick begins where the last one ended", async () => {
      const watch = aWatch({ cadenceSeconds: 300 });
      await ledger().addWatch(watch);
      const found: Instant[] = [];
      for (let minute = 0; minute < 30; minute++) {
        const after = addSeconds(NOON, minute * 60);
        for (const { due } of await dueIn(ledger(), after, addSeconds(after, 60))) found.push(due);
      }
      const expected = Array.from({ length: 6 }, (_, n) => addSeconds(nextDue(watch.id, 300, NOON), n * 300));
      expect(found).toEqual(expected);
    });

    it("fall on whole seconds, with the window open at its start and closed at its end", async () => {
      const watch = aWatch({ cadenceSeconds: 60 });
      await ledger().addWatch(watch);
      const due = nextDue(watch.id, 60, NOON);
      const found = async (from: number, to: number) =>
        (await dueIn(ledger(), addSeconds(due, from), addSeconds(due, to))).map((row) => row.due);
      expect(await found(-1, 0)).toEqual([due]);
      expect(await found(0, 1)).toEqual([]);
      expect(await found(-0.001, 0)).toEqual([due]);
      expect(await found(-0.7, 0.2)).toEqual([due]);
      expect(await found(-0.7, -0.001)).toEqual([]);
      expect(await found(0, 59.999)).toEqual([]);
      expect(await found(0, 0)).toEqual([]);
      expect(await found(1, -1)).toEqual([]);
    });

    it("carry the latest due second of a long window, so that a check since an earlier one does not satisfy it", async () => {
      const watch = aWatch({ cadenceSeconds: 60 });
      await ledger().addWatch(watch);
      const until = addSeconds(NOON, 600);
      const latest = nextDue(watch.id, 60, addSeconds(until, -60));
      expect((await dueIn(ledger(), NOON, until)).map(({ due }) => due)).toContain(latest);
    });

    it("do not move when a check settles", async () => {
      const watch = aWatch({ cadenceSeconds: 60 });
      await ledger().addWatch(watch);
      await ledger().settle(watch.id, aState({ checked: addSeconds(NOON, 30), newest: 0 }));
      expect(await dueIn(ledger(), NOON, addSeconds(NOON, 60))).toEqual([
        { watchId: watch.id, url: watch.url, due: nextDue(watch.id, 60, NOON) },
      ]);
    });

    it("are active ones: not paused, not removed, and again when resumed or added again", async () => {
      const watch = aWatch({ cadenceSeconds: 60 });
      await ledger().addWatch(watch);
      const minute = async () => (await dueIn(ledger(), NOON, addSeconds(NOON, 60))).map(({ watchId }) => watchId);
      await ledger().changeWatch(watch.id, { status: "paused" });
      expect(await minute()).toEqual([]);
      await ledger().changeWatch(watch.id, { status: "active" });
      expect(await minute()).toEqual([watch.id]);
      await ledger().changeWatch(watch.id, { status: "removed" });
      expect(await minute()).toEqual([]);
      await ledger().addWatch(watch);
      expect(await minute()).toEqual([watch.id]);
    });

    it("follow a changed cadence, and leave the old one", async () => {
      const watch = aWatch({ cadenceSeconds: 15 });
      await ledger().addWatch(watch);
      await ledger().changeWatch(watch.id, { cadenceSeconds: 3600 });
      const due = nextDue(watch.id, 3600, NOON);
      expect(await dueIn(ledger(), addSeconds(due, -60), due)).toEqual([{ watchId: watch.id, url: watch.url, due }]);
      expect(await dueIn(ledger(), due, addSeconds(due, 60))).toEqual([]);
    });

    it("are all found when many share a window", async () => {
      const watches = manyWatches(120, { cadenceSeconds: 60 });
      await Promise.all(watches.map((watch) => ledger().addWatch(watch)));
      expect(urlsOf(await dueIn(ledger(), NOON, addSeconds(NOON, 60)))).toEqual(urlsOf(watches));
    });
  });

  describe("a requested check", () => {
    /** Due by its cadence once a week, at a known instant: what the tests find in their windows was requested. */
    const watch = aWatch({ cadenceSeconds: WEEK_SECONDS });
    const quiet = addSeconds(nextDue(watch.id, WEEK_SECONDS, NOON), 3600);
    const at = (seconds: number): Instant => addSeconds(quiet, seconds);
    const requested = async (from: number, to: number) =>
      (await dueIn(ledger(), at(from), at(to))).map(({ due }) => due);

    it("comes due once, at its instant rounded up to a whole second", async () => {
      await ledger().addWatch(watch);
      await ledger().requestCheck(watch.id, at(179.2), at(0));
      expect(await requested(0, 179.9)).toEqual([]);
      expect(await dueIn(ledger(), at(179.9), at(180))).toEqual([
        { watchId: watch.id, url: watch.url, due: at(180), asked: true },
      ]);
      expect(await requested(180, 600)).toEqual([]);
    });

    it.each([
      ["in the first", 60],
      ["in the last", 3 * 3600],
      ["between", 5400],
    ])("is found by a tick that comes hours late, %s of them", async (_fact, seconds) => {
      await ledger().addWatch(watch);
      await ledger().requestCheck(watch.id, at(seconds), at(0));
      expect(await requested(0, 3 * 3600)).toEqual([at(seconds)]);
    });

    it("gives way to an earlier one", async () => {
      await ledger().addWatch(watch);
      await ledger().requestCheck(watch.id, at(600), at(0));
      await ledger().requestCheck(watch.id, at(60), at(1));
      expect(await requested(0, 1200)).toEqual([at(60)]);
    });

    it("stays when a later one, or the same, is asked for while it is pending", async () => {
      await ledger().addWatch(watch);
      await ledger().requestCheck(watch.id, at(60), at(0));
      await ledger().requestCheck(watch.id, at(600), at(1));
      await ledger().requestCheck(watch.id, at(60), at(2));
      expect(await requested(0, 1200)).toEqual([at(60)]);
    });

    it.each([
      ["just come", 60],
      ["long come", 75],
    ])("makes room once its time has %s", async (_fact, now) => {
      await ledger().addWatch(watch);
      await ledger().requestCheck(watch.id, at(60), at(0));
      await ledger().requestCheck(watch.id, at(600), at(now));
      expect(await requested(60, 1200)).toEqual([at(600)]);
    });

    it("may be asked for now", async () => {
      await ledger().addWatch(watch);
      await ledger().requestCheck(watch.id, at(0), at(0));
      expect(await requested(-1, 0)).toEqual([at(0)]);
    });

    it("is the earliest of many that are asked for at once", async () => {
      await ledger().addWatch(watch);
      await atOnce(20, (n) => ledger().requestCheck(watch.id, at(60 + ((n * 7) % 20)), at(0)));
      expect(await requested(0, 600)).toEqual([at(60)]);
    });

    it("comes only for active watches", async () => {
      await ledger().addWatch(watch);
      await ledger().requestCheck(watch.id, at(60), at(0));
      await ledger().changeWatch(watch.id, { status: "paused" });
      expect(await requested(0, 120)).toEqual([]);
      await ledger().changeWatch(watch.id, { status: "active" });
      expect(await requested(0, 120)).toEqual([at(60)]);
    });

    it("of an unknown watch is nothing", async () => {
      await ledger().requestCheck("0123456789abcdef", at(60), at(0));
      expect(await requested(0, 120)).toEqual([]);
    });
  });

  describe("the last tick", () => {
    it("is unknown before the first", async () => expect(await ledger().lastTick()).toBeNull());

    it("moves forward only", async () => {
      await ledger().recordTick(addSeconds(NOON, 60));
      await ledger().recordTick(NOON);
      expect(await ledger().lastTick()).toBe(addSeconds(NOON, 60));
      await ledger().recordTick(addSeconds(NOON, 60));
      await ledger().recordTick(addSeconds(NOON, 60.001));
      expect(await ledger().lastTick()).toBe(addSeconds(NOON, 60.001));
    });

    it("is the latest of many recorded at once", async () => {
      await atOnce(20, (n) => ledger().recordTick(addSeconds(NOON, (n * 7) % 20)));
      expect(await ledger().lastTick()).toBe(addSeconds(NOON, 19));
    });
  });
}

const urlsOf = (rows: readonly { readonly url: string }[]): string[] => [...new Set(rows.map(({ url }) => url))].sort();

async function dueIn(ledger: Ledger, after: Instant, until: Instant): Promise<DueWatch[]> {
  const due: DueWatch[] = [];
  for await (const row of ledger.dueWatches(after, until)) due.push(row);
  return due;
}

/** Windows of a tick's length and of an outage's, over minute, hour, day and year ends, from a fixed sequence of digests. */
function windows(): (readonly [after: Instant, until: Instant])[] {
  const lengths = [0.5, 1, 1.7, 4, 14, 59, 60, 61.5, 119, 300, 1799, 4000];
  const starts = [NOON, "2026-12-31T23:59:31.000Z", "2028-02-28T23:30:00.000Z"];
  return lengths.flatMap((length, n) =>
    starts.map((start, m) => {
      const after = addSeconds(start, (Number.parseInt(sha256(`${n} ${m}`).slice(0, 8), 16) % 86_400_000) / 1000);
      return [after, addSeconds(after, length)] as const;
    }),
  );
}

/** By the definition, second by second: what is found is due then, in the window, by nextDue. */
function expectInWindow(row: DueWatch, watches: readonly Watch[], after: Instant, until: Instant): void {
  const watch = watches.find(({ id }) => id === row.watchId);
  if (!watch) throw new Error(`${row.watchId} was never added`);
  expect(row.due > after && row.due <= until && row.due.endsWith(".000Z")).toBe(true);
  expect(nextDue(watch.id, watch.cadenceSeconds, addSeconds(row.due, -1))).toBe(row.due);
}
