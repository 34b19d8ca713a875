import { describe, expect, it } from "vitest";
import { addSeconds } from "../../shared/domain/time.ts";
import { NEW_STATE, type WatchState } from "../../shared/domain/watch.ts";
import { aCapture, anEvent, aRevision, aRotatingPlace, aState, aWatch, NOON, uuidFrom } from "../support/builders.ts";
import { atOnce, everyRow, type TheLedger } from "./ledger.ts";

const { id, url } = aWatch();
const STRANGER = "0123456789abcdef";

export function recordFacts(ledger: TheLedger): void {
  describe("standing", () => {
    it("is null for an unknown watch, also when there are records of it", async () => {
      await ledger().recordRevision(aRevision({ number: 1 }), url);
      expect(await ledger().standing(id)).toBeNull();
    });

    it("tells watch, state and the newest revision by its own row, though the state lags behind", async () => {
      await ledger().addWatch(aWatch());
      const state = aState({ newest: 1 });
      await ledger().recordRevision(aRevision({ number: 1 }), url);
      await ledger().settle(id, state);
      await ledger().recordRevision(aRevision({ number: 2 }), url);
      const newest = aRevision({ number: 2 });
      expect(await ledger().standing(id)).toEqual({ watch: aWatch(), state, newest, rotating: [] });
    });

    it("finds the newest of many, also past numbers of six digits and among other records", async () => {
      await ledger().addWatch(aWatch());
      await ledger().requestCheck(id, NOON, NOON);
      await ledger().recordEvent(anEvent(), url);
      await ledger().recordCapture(aCapture());
      for (const number of [9, 10, 999_999, 1_000_000, 10_000_001, 99]) {
        await ledger().recordRevision(aRevision({ number, firstSeen: NOON }), url);
      }
      expect((await ledger().standing(id))?.newest?.number).toBe(10_000_001);
      const numbers = (await everyRow((page) => ledger().revisions(id, page), 4)).map(({ number }) => number);
      expect(numbers).toEqual([10_000_001, 1_000_000, 999_999, 99, 10, 9]);
      const later = addSeconds(NOON, 60);
      await ledger().settle(id, aState({ checked: later, newest: 999_999 }));
      expect(await ledger().settle(id, aState({ checked: addSeconds(later, 60), newest: 1_000_000 }))).toBe(true);
    });
  });

  describe("recordRotating", () => {
    const places = [aRotatingPlace(), aRotatingPlace({ after: null, why: "flips", settled: ["„Brücke“ 桥 🌉"] })];

    it("tells what was learnt with how the watch stands, every field, before and after its first revision", async () => {
      await ledger().addWatch(aWatch());
      await ledger().recordRotating(id, places, NOON);
      expect(await ledger().standing(id)).toMatchObject({ newest: null, rotating: places });
      for (let number = 1; number <= 5; number++) await ledger().recordRevision(aRevision({ number }), url);
      await ledger().settle(id, aState());
      const newest = aRevision({ number: 5 });
      expect(await ledger().standing(id)).toEqual({ watch: aWatch(), state: aState(), newest, rotating: places });
    });

    it("replaces what a capture before it taught, also by nothing, and never what a later one taught", async () => {
      await ledger().addWatch(aWatch());
      const learnt = async () => (await ledger().standing(id))?.rotating.length;
      await ledger().recordRotating(id, places, addSeconds(NOON, 60));
      await ledger().recordRotating(id, [], NOON);
      await ledger().recordRotating(id, [], addSeconds(NOON, 60));
      expect(await learnt()).toBe(2);
      await ledger().recordRotating(id, places.slice(1), addSeconds(NOON, 61));
      expect(await learnt()).toBe(1);
      await ledger().recordRotating(id, [], addSeconds(NOON, 62));
      expect(await learnt()).toBe(0);
    });

    it("keeps the watches apart, and makes no watch", async () => {
      await ledger().addWatch(aWatch());
      await ledger().recordRotating(STRANGER, places, NOON);
      expect((await ledger().standing(id))?.rotating).toEqual([]);
      expect(await ledger().standing(STRANGER)).toBeNull();
    });
  });

  describe("recordRevision", () => {
    it("keeps every field, the change and what it is told with", async () => {
      const rotation = { places: 2, since: 2 };
      const revision = aRevision({ restores: anEvent().key, rotation, headline: "„Brücke“ 桥 جسر 🌉", language: null });
      expect(await ledger().recordRevision(revision, url)).toBe(true);
      expect(await ledger().revision(id, 2)).toEqual(revision);
    });

    it("writes nothing when the number is taken", async () => {
      const first = aRevision({ number: 2 });
      await ledger().recordRevision(first, url);
      const second = aRevision({ number: 2, headline: "Another reading", firstSeen: addSeconds(NOON, 99) });
      expect(await ledger().recordRevision(second, url)).toBe(false);
      expect(await ledger().recordRevision(first, url)).toBe(false);
      expect(await ledger().revision(id, 2)).toEqual(first);
      expect((await ledger().recent({ limit: 10 })).rows).toHaveLength(1);
      expect((await ledger().outbox({ limit: 10 })).rows).toHaveLength(1);
    });

    it("lets one of twenty win the same number", async () => {
      const answers = await atOnce(20, (n) => ledger().recordRevision(aRevision({ headline: `Reading ${n}` }), url));
      expect(answers.filter(Boolean)).toHaveLength(1);
      const winner = answers.indexOf(true);
      expect((await ledger().revision(id, 2))?.headline).toBe(`Reading ${winner}`);
      expect((await ledger().outbox({ limit: 10 })).rows).toHaveLength(1);
    });

    it("keeps the watches' numbers apart", async () => {
      const other = aWatch({ url: "https://other.example/" });
      await ledger().recordRevision(aRevision(), url);
      expect(await ledger().recordRevision(aRevision({ watchId: other.id }), other.url)).toBe(true);
      expect(await everyRow((page) => ledger().revisions(other.id, page), 5)).toEqual([
        aRevision({ watchId: other.id }),
      ]);
    });
  });

  describe("revisions", () => {
    it("come newest first, in pages of any size, each by its number", async () => {
      const all = Array.from({ length: 12 }, (_, n) => aRevision({ number: n + 1 }));
      for (const revision of all) await ledger().recordRevision(revision, url);
      for (const limit of [1, 5, 11, 12, 13]) {
        expect(await everyRow((page) => ledger().revisions(id, page), limit)).toEqual(all.toReversed());
      }
      expect(await ledger().revision(id, 7)).toEqual(all[6]);
      expect(await ledger().revision(id, 13)).toBeNull();
    });

    it("are an empty page and null for an unknown watch", async () => {
      expect(await ledger().revisions(STRANGER, { limit: 5 })).toEqual({ rows: [] });
      expect(await ledger().revision(STRANGER, 1)).toBeNull();
    });

    it("are found by their reading: the newest one before a number", async () => {
      for (const [index, reading] of ["a", "b", "a", "c", "a"].entries()) {
        await ledger().recordRevision(aRevision({ number: index + 1, reading }), url);
      }
      const found = async (reading: string, before: number) =>
        (await ledger().revisionWithReading(id, reading, before))?.number ?? null;
      expect(await found("a", 6)).toBe(5);
      expect(await found("a", 5)).toBe(3);
      expect(await found("a", 3)).toBe(1);
      expect(await found("a", 1)).toBeNull();
      expect(await found("b", 3)).toBe(2);
      expect(await found("b", 2)).toBeNull();
      expect(await found("d", 6)).toBeNull();
      expect(await ledger().revisionWithReading(STRANGER, "a", 6)).toBeNull();
    });
  });

  describe("settle", () => {
    const settled = (checked: number, newest: number): WatchState =>
      aState({ checked: addSeconds(NOON, checked), newest, etag: `"${checked}"` });

    it("replaces the whole state, every field", async () => {
      await ledger().addWatch(aWatch());
      const full: WatchState = {
        ...settled(1, 3),
        lastModified: "Sun, 01 Mar 2026 11:00:00 GMT",
        payload: { digest: "d".repeat(64), url, at: NOON, recordId: uuidFrom("payload") },
        failures: 2,
        failure: { kind: "gone", detail: "404 Not Found", at: NOON },
        refusals: { count: 2, first: NOON, last: addSeconds(NOON, 200) },
        unpublished: true,
        suspect: { reading: "e".repeat(64), since: NOON },
        rereadBy: "2",
        unfit: { detail: "rule: take (.story) finds no story", since: NOON },
      };
      expect(await ledger().settle(id, full)).toBe(true);
      expect((await ledger().standing(id))?.state).toEqual(full);
      expect(await ledger().settle(id, settled(2, 3))).toBe(true);
      expect((await ledger().standing(id))?.state).toEqual(settled(2, 3));
    });

    it.each([
      ["a later check, the same newest", settled(2, 1), true],
      ["a later check, a higher newest", settled(2, 2), true],
      ["the same check again", settled(1, 1), false],
      ["the same instant, a higher newest", settled(1, 2), false],
      ["an earlier check", settled(0, 1), false],
      ["an earlier check, a higher newest", settled(0, 2), false],
      ["a later check that still believes in an older newest", settled(2, 0), false],
      ["a state that was never checked", { ...NEW_STATE, newest: 9 }, false],
    ])("after a check at 1 s with newest 1: %s", async (_fact, state, written) => {
      await ledger().addWatch(aWatch());
      await ledger().settle(id, settled(1, 1));
      expect(await ledger().settle(id, state)).toBe(written);
      expect((await ledger().standing(id))?.state).toEqual(written ? state : settled(1, 1));
    });

    it("takes no state that was never checked, also before the first check", async () => {
      await ledger().addWatch(aWatch());
      expect(await ledger().settle(id, { ...NEW_STATE, newest: 1 })).toBe(false);
      expect((await ledger().standing(id))?.state).toEqual(NEW_STATE);
    });

    it("ends with the latest of twenty checks, in whatever order they arrive", async () => {
      await ledger().addWatch(aWatch());
      await atOnce(20, (n) => ledger().settle(id, settled((n * 7) % 20, 1)));
      expect((await ledger().standing(id))?.state).toEqual(settled(19, 1));
    });

    it("writes nothing for an unknown watch", async () => {
      expect(await ledger().settle(STRANGER, settled(1, 1))).toBe(false);
      expect(await ledger().standing(STRANGER)).toBeNull();
    });
  });

  describe("captures", () => {
    it("come newest first, in pages of any size, every field", async () => {
      const failure = { kind: "rate-limited", detail: "429", retryAfterSeconds: 60 } as const;
      const all = [
        aCapture({ at: NOON, failure, status: null, payload: null }),
        ...Array.from({ length: 6 }, (_, n) => aCapture({ at: addSeconds(NOON, 0.001 * (n + 1)) })),
      ];
      for (const capture of all) await ledger().recordCapture(capture);
      for (const limit of [1, 3, 7, 8]) {
        expect(await everyRow((page) => ledger().captures(id, page), limit)).toEqual(all.toReversed());
      }
      expect(await ledger().captures(STRANGER, { limit: 5 })).toEqual({ rows: [] });
    });

    it("are all kept when two share an instant", async () => {
      const twins = [aCapture({ recordId: uuidFrom("a") }), aCapture({ recordId: uuidFrom("b") })];
      for (const capture of twins) await ledger().recordCapture(capture);
      const rows = await everyRow((page) => ledger().captures(id, page), 1);
      expect(rows.map(({ recordId }) => recordId).sort()).toEqual(twins.map(({ recordId }) => recordId).sort());
    });

    it("change nothing when the same record is recorded again", async () => {
      await ledger().recordCapture(aCapture());
      await ledger().recordCapture(aCapture({ status: 503 }));
      expect(await everyRow((page) => ledger().captures(id, page), 5)).toEqual([aCapture()]);
    });

    it("are known by watch, instant and record id together", async () => {
      const { at, recordId } = aCapture();
      expect(await ledger().hasCapture(id, at, recordId)).toBe(false);
      await ledger().recordCapture(aCapture());
      expect(await ledger().hasCapture(id, at, recordId)).toBe(true);
      expect(await ledger().hasCapture(STRANGER, at, recordId)).toBe(false);
      expect(await ledger().hasCapture(id, addSeconds(at, 0.001), recordId)).toBe(false);
      expect(await ledger().hasCapture(id, at, uuidFrom("another"))).toBe(false);
    });
  });

  describe("availability events", () => {
    it("come newest first by key, in pages of any size, every field", async () => {
      const all = Array.from({ length: 5 }, (_, n) => {
        const firstSeen = addSeconds(NOON, n * 3600);
        return anEvent({
          kind: n % 2 ? "restored" : "unpublished",
          observed: { lastSeen: addSeconds(firstSeen, -60), firstSeen },
          ...(n % 2 && { toldWith: n }),
        });
      });
      for (const event of all) expect(await ledger().recordEvent(event, url)).toBe(true);
      for (const limit of [1, 2, 5, 6]) {
        expect(await everyRow((page) => ledger().events(id, page), limit)).toEqual(all.toReversed());
      }
      expect(await ledger().events(STRANGER, { limit: 5 })).toEqual({ rows: [] });
      expect(await ledger().newestEvent(id)).toEqual(all.at(-1));
      expect(await ledger().newestEvent(STRANGER)).toBeNull();
    });

    it("are recorded once under a key", async () => {
      expect(await ledger().recordEvent(anEvent(), url)).toBe(true);
      expect(await ledger().recordEvent(anEvent({ refusals: 9, at: addSeconds(NOON, 9999) }), url)).toBe(false);
      expect(await everyRow((page) => ledger().events(id, page), 5)).toEqual([anEvent()]);
      expect((await ledger().recent({ limit: 10 })).rows).toHaveLength(1);
      expect((await ledger().outbox({ limit: 10 })).rows).toHaveLength(1);
    });

    it("are recorded by one of twenty at once", async () => {
      const answers = await atOnce(20, (n) => ledger().recordEvent(anEvent({ refusals: n }), url));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });
  });
}
