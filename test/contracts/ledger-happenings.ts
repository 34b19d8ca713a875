import { describe, expect, it } from "vitest";
import type { Happening } from "../../shared/domain/happening.ts";
import { eventKey } from "../../shared/domain/revision.ts";
import { addSeconds, type Instant } from "../../shared/domain/time.ts";
import type { Ledger } from "../../shared/ports/ledger.ts";
import { anEvent, aRevision, aWatch, manyWatches, NOON } from "../support/builders.ts";
import { atOnce, everyRow, type TheLedger } from "./ledger.ts";

const { id, url } = aWatch();

export function happeningFacts(ledger: TheLedger): void {
  describe("recent happenings", () => {
    it("are nothing while nothing happened, and no baseline", async () => {
      expect(await ledger().recent({ limit: 5 })).toEqual({ rows: [] });
      await ledger().recordRevision(aRevision({ number: 1 }), url);
      expect(await ledger().recent({ limit: 5 })).toEqual({ rows: [] });
      expect(await ledger().outbox({ limit: 5 })).toEqual({ rows: [] });
    });

    it("are not our own re-readings: those are recorded, never listed or told", async () => {
      await ledger().recordRevision(aRevision({ cause: "reextraction" }), url);
      expect(await ledger().recent({ limit: 5 })).toEqual({ rows: [] });
      expect(await ledger().outbox({ limit: 5 })).toEqual({ rows: [] });
      expect(await ledger().revision(id, 2)).not.toBeNull();
    });

    it("are not self-tests: those are recorded and told, never listed", async () => {
      const revision = aRevision({ unlisted: true });
      await ledger().recordRevision(revision, url);
      expect(await ledger().recent({ limit: 5 })).toEqual({ rows: [] });
      const { rows } = await ledger().outbox({ limit: 5 });
      expect(rows).toEqual([{ kind: "revision", at: revision.firstSeen, url, revision }]);
    });

    it("come newest first over watches, kinds, months and years, a month without any between them", async () => {
      const all = await recordEach(ledger(), [
        "2025-12-31T23:59:59.999Z",
        "2026-01-01T00:00:00.000Z",
        "2026-01-31T12:00:00.000Z",
        "2026-03-01T00:00:00.000Z",
        "2026-03-01T00:00:00.001Z",
        "2026-11-30T23:59:59.999Z",
        "2027-02-01T08:00:00.000Z",
      ]);
      for (const limit of [1, 2, 3, 6, 7, 8]) {
        expect(await everyRow((page) => ledger().recent(page), limit)).toEqual(all.toReversed());
      }
    });

    it("are listed by when they happened, not by when they were recorded", async () => {
      const instants = ["2026-05-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z", "2026-08-01T00:00:00.000Z"];
      const recorded = await recordEach(ledger(), instants);
      const listed = await everyRow((page) => ledger().recent(page), 1);
      expect(listed).toEqual(recorded.toSorted((a, b) => (a.at < b.at ? 1 : -1)));
    });

    it("stay listed when they are told", async () => {
      const [happening] = await recordEach(ledger(), [NOON]);
      if (!happening) throw new Error("one happening");
      await ledger().markTold(happening);
      expect(await everyRow((page) => ledger().recent(page), 5)).toEqual([happening]);
    });

    it("lose none that share an instant", async () => {
      const watches = manyWatches(6);
      for (const watch of watches)
        await ledger().recordRevision(aRevision({ watchId: watch.id, firstSeen: NOON }), watch.url);
      const urls = (await everyRow((page) => ledger().recent(page), 2)).map((happening) => happening.url);
      expect(urls.sort()).toEqual(watches.map((watch) => watch.url).sort());
    });
  });

  describe("the outbox", () => {
    it("holds what was not told, oldest first, in pages of any size", async () => {
      const all = await recordEach(ledger(), [
        "2026-01-31T12:00:00.000Z",
        "2026-03-01T00:00:00.000Z",
        "2026-03-01T00:00:00.001Z",
        "2027-02-01T08:00:00.000Z",
      ]);
      for (const limit of [1, 3, 4, 5]) expect(await everyRow((page) => ledger().outbox(page), limit)).toEqual(all);
    });

    it("does not hold an event that a revision's notice tells", async () => {
      await ledger().recordEvent(anEvent({ kind: "restored", toldWith: 2 }), url);
      expect(await ledger().outbox({ limit: 5 })).toEqual({ rows: [] });
      expect((await ledger().recent({ limit: 5 })).rows).toHaveLength(1);
    });

    it("lets go of what was told, however often it is said, and keeps the rest", async () => {
      const [first, second, third] = await recordEach(ledger(), [NOON, addSeconds(NOON, 1), addSeconds(NOON, 2)]);
      if (!first || !second || !third) throw new Error("three happenings");
      await atOnce(5, () => ledger().markTold(second));
      await ledger().markTold(second);
      expect(await everyRow((page) => ledger().outbox(page), 5)).toEqual([first, third]);
      await ledger().markTold(first);
      await ledger().markTold(third);
      expect(await ledger().outbox({ limit: 5 })).toEqual({ rows: [] });
    });

    it("does not come back when the same happening is recorded again", async () => {
      const revision = aRevision();
      await ledger().recordRevision(revision, url);
      await ledger().markTold({ kind: "revision", at: revision.firstSeen, url, revision });
      expect(await ledger().recordRevision(revision, url)).toBe(false);
      expect(await ledger().outbox({ limit: 5 })).toEqual({ rows: [] });
    });

    it("makes nothing of a happening that was never recorded", async () => {
      await ledger().markTold({ kind: "revision", at: NOON, url, revision: aRevision() });
      await ledger().markTold({ kind: "event", at: NOON, url, event: anEvent() });
      expect(await ledger().revision(id, 2)).toBeNull();
      expect(await ledger().events(id, { limit: 5 })).toEqual({ rows: [] });
      expect(await ledger().recordRevision(aRevision(), url)).toBe(true);
      expect((await ledger().outbox({ limit: 5 })).rows).toHaveLength(1);
    });

    it("can be paged through while it is emptied", async () => {
      const all = await recordEach(
        ledger(),
        Array.from({ length: 5 }, (_, n) => addSeconds(NOON, n)),
      );
      const seen: Happening[] = [];
      let after: string | undefined;
      do {
        const page = await ledger().outbox({ limit: 2, ...(after !== undefined && { after }) });
        for (const happening of page.rows) await ledger().markTold(happening);
        seen.push(...page.rows);
        after = page.next;
      } while (after !== undefined);
      expect(seen).toEqual(all);
    });
  });

  describe("the search index's list", () => {
    const listed = async (limit = 10) =>
      (await everyRow((page) => ledger().unindexed(page), limit)).map(({ number }) => number);

    it("has what nobody is told of at once, told revisions when they left the outbox, and no event", async () => {
      await ledger().addWatch(aWatch());
      const edit = aRevision({ number: 2 });
      await ledger().recordRevision(aRevision({ number: 1 }), url);
      await ledger().recordRevision(edit, url);
      await ledger().recordRevision(aRevision({ number: 3, cause: "reextraction" }), url);
      await ledger().recordRevision(aRevision({ number: 4, unlisted: true }), url);
      const event = anEvent();
      await ledger().recordEvent(event, url);
      expect(await listed()).toEqual([1, 3]);
      for (const happening of (await ledger().outbox({ limit: 10 })).rows) await ledger().markTold(happening);
      for (const limit of [1, 2, 10]) expect(await listed(limit)).toEqual([1, 2, 3]);
      expect((await ledger().unindexed({ limit: 10 })).rows[1]).toEqual(edit);
      expect(await ledger().outbox({ limit: 10 })).toEqual({ rows: [] });
    });

    it("loses what was taken, and gets all back when the index was lost", async () => {
      await ledger().addWatch(aWatch());
      const [first, second] = [aRevision({ number: 1 }), aRevision({ number: 2 })];
      await ledger().recordRevision(first, url);
      await ledger().recordRevision(second, url);
      await ledger().markIndexed([first]);
      await ledger().markIndexed([first]);
      expect(await listed()).toEqual([]);
      const [untold] = (await ledger().outbox({ limit: 1 })).rows;
      await ledger().markTold(untold!);
      await ledger().markIndexed([second]);
      await ledger().markTold(untold!);
      expect(await listed()).toEqual([]);
      await ledger().unindexAll();
      await ledger().unindexAll();
      expect(await listed()).toEqual([1, 2]);
    });
  });
}

/** Records a happening per instant, by turns a revision and an event, each of its own watch. */
async function recordEach(ledger: Ledger, instants: readonly Instant[]): Promise<Happening[]> {
  const recorded: Happening[] = [];
  for (const [n, at] of instants.entries()) {
    const watch = aWatch({ url: `https://paper${n}.example/story` });
    if (n % 2 === 0) {
      const revision = aRevision({ watchId: watch.id, firstSeen: at });
      await ledger.recordRevision(revision, watch.url);
      recorded.push({ kind: "revision", at, url: watch.url, revision });
    } else {
      const event = anEvent({ watchId: watch.id, key: eventKey("unpublished", at), at });
      await ledger.recordEvent(event, watch.url);
      recorded.push({ kind: "event", at, url: watch.url, event });
    }
  }
  return recorded;
}
