import { describe, expect, it } from "vitest";
import { addSeconds } from "../../shared/domain/time.ts";
import { NEW_STATE } from "../../shared/domain/watch.ts";
import { aRevision, aRotatingPlace, aState, aWatch, manyWatches, NOON } from "../support/builders.ts";
import { atOnce, everyRow, type TheLedger } from "./ledger.ts";

export function watchFacts(ledger: TheLedger): void {
  describe("watches", () => {
    it("gives back what was added, every field", async () => {
      const watch = aWatch({ tags: ["port", "berita pagi"], robotsOverride: "the publisher agreed in writing" });
      expect(await ledger().addWatch(watch)).toEqual({ watch, added: true });
      expect(await ledger().watch(watch.id)).toEqual(watch);
      expect(await ledger().standing(watch.id)).toEqual({ watch, state: NEW_STATE, newest: null, rotating: [] });
    });

    it("leaves a watch that is there as it is, also a paused one", async () => {
      const watch = aWatch({ tags: ["first"], status: "paused" });
      await ledger().addWatch(watch);
      const again = aWatch({ tags: ["second"], cadenceSeconds: 60, added: addSeconds(NOON, 60) });
      expect(await ledger().addWatch(again)).toEqual({ watch, added: false });
      expect(await ledger().watch(watch.id)).toEqual(watch);
    });

    it("adds a watch once when twenty add it at once", async () => {
      const answers = await atOnce(20, (n) => ledger().addWatch(aWatch({ tags: [`desk ${n}`] })));
      const winners = answers.filter(({ added }) => added);
      expect(winners).toHaveLength(1);
      for (const { watch } of answers) expect(watch).toEqual(winners[0]?.watch);
    });

    it("knows nothing of an unknown id, without an error", async () => {
      expect(await ledger().watch("0123456789abcdef")).toBeNull();
      expect(await ledger().changeWatch("0123456789abcdef", { status: "paused" })).toBeNull();
      expect(await ledger().watch("0123456789abcdef")).toBeNull();
    });

    it("lists active and paused watches in the order in which they were added, in pages of any size", async () => {
      const watches = manyWatches(7);
      for (const watch of watches.toReversed()) await ledger().addWatch(watch);
      const [first, second] = watches;
      if (!first || !second) throw new Error("two watches at least");
      await ledger().changeWatch(first.id, { status: "paused" });
      await ledger().changeWatch(second.id, { status: "removed" });
      const listed = [{ ...first, status: "paused" }, ...watches.slice(2)];
      for (const limit of [1, 2, 3, 5, 6, 7, 100]) {
        expect(await everyRow((page) => ledger().watches(page), limit)).toEqual(listed);
      }
    });

    it("lists how each stands, with the revision that its state names, in the same order and pages", async () => {
      const watches = manyWatches(7);
      for (const [n, watch] of watches.entries()) {
        await ledger().addWatch(watch);
        for (let number = 1; number <= n; number++) {
          await ledger().recordRevision(aRevision({ watchId: watch.id, number }), watch.url);
        }
        if (n > 0) await ledger().settle(watch.id, aState({ newest: n }));
      }
      await ledger().changeWatch(watches[3]!.id, { status: "removed" });
      const listed = watches.flatMap((watch, n) => {
        if (n === 3) return [];
        const newest = n > 0 ? aRevision({ watchId: watch.id, number: n }) : null;
        return [{ watch, state: n > 0 ? aState({ newest: n }) : NEW_STATE, newest }];
      });
      for (const limit of [1, 4, 6, 100]) {
        expect(await everyRow((page) => ledger().overviews(page), limit)).toEqual(listed);
      }
    });

    it("tells in one look how a watch stands, whatever was learnt of it", async () => {
      const watch = aWatch();
      await ledger().addWatch(watch);
      expect(await ledger().overview(watch.id)).toEqual({ watch, state: NEW_STATE, newest: null });
      for (const number of [1, 2, 3]) await ledger().recordRevision(aRevision({ number }), watch.url);
      await ledger().recordRotating(watch.id, [aRotatingPlace()], NOON);
      const newest = aRevision({ number: 3 });
      expect(await ledger().overview(watch.id)).toEqual({ watch, state: NEW_STATE, newest });
      expect(await ledger().overview("0123456789abcdef")).toBeNull();
    });

    it("finds many by their ids at once: those that there are, removed ones too", async () => {
      const watches = manyWatches(130);
      for (const watch of watches) await ledger().addWatch(watch);
      const removed = await ledger().changeWatch(watches[5]!.id, { status: "removed" });
      const ids = watches.map(({ id }) => id);
      const found = await ledger().watchesById([...ids, ids[0]!, "0123456789abcdef"]);
      expect(found).toEqual(new Map(watches.map((watch, n) => [watch.id, n === 5 ? removed : watch])));
      expect(await ledger().watchesById([])).toEqual(new Map());
    });

    it("lists nothing while there is nothing", async () => {
      expect(await ledger().watches({ limit: 10 })).toEqual({ rows: [] });
    });

    it("refuses a page without rows, and a cadence that is no class: both are bugs", async () => {
      await expect(ledger().watches({ limit: 0 })).rejects.toThrow(RangeError);
      await expect(ledger().addWatch(aWatch({ cadenceSeconds: 7 }))).rejects.toThrow(RangeError);
      await ledger().addWatch(aWatch());
      await expect(ledger().changeWatch(aWatch().id, { cadenceSeconds: 61 })).rejects.toThrow(RangeError);
      expect(await ledger().watch(aWatch().id)).toEqual(aWatch());
    });

    it("changes the given fields and no others", async () => {
      const watch = aWatch({ tags: ["old"] });
      await ledger().addWatch(watch);
      const changed = { ...watch, cadenceSeconds: 3600, robotsOverride: "public interest" };
      const change = { cadenceSeconds: 3600, robotsOverride: "public interest" };
      expect(await ledger().changeWatch(watch.id, change)).toEqual(changed);
      expect(await ledger().watch(watch.id)).toEqual(changed);
      expect(await ledger().changeWatch(watch.id, {})).toEqual(changed);
    });

    it("loses no change when several fields are changed at once", async () => {
      const watch = aWatch();
      await ledger().addWatch(watch);
      const changes = [
        { tags: ["now"] },
        { cadenceSeconds: 60 },
        { status: "paused" },
        { robotsOverride: "x" },
      ] as const;
      await Promise.all(changes.map((change) => ledger().changeWatch(watch.id, change)));
      const changed = { ...watch, tags: ["now"], cadenceSeconds: 60, status: "paused", robotsOverride: "x" };
      expect(await ledger().watch(watch.id)).toEqual(changed);
    });

    it("brings a removed watch back as it is given, with its history, at its new place in the list", async () => {
      const [first, second] = manyWatches(2);
      if (!first || !second) throw new Error("two watches");
      await ledger().addWatch(first);
      await ledger().addWatch(second);
      const revision = aRevision({ watchId: first.id, number: 1 });
      await ledger().recordRevision(revision, first.url);
      await ledger().settle(first.id, aState());
      await ledger().changeWatch(first.id, { status: "removed" });
      expect(await everyRow((page) => ledger().watches(page), 10)).toEqual([second]);
      expect((await ledger().standing(first.id))?.watch.status).toBe("removed");

      const revived = { ...first, tags: ["again"], cadenceSeconds: 60, added: addSeconds(second.added, 60) };
      expect(await ledger().addWatch(revived)).toEqual({ watch: revived, added: true });
      const standing = { watch: revived, state: aState(), newest: revision, rotating: [] };
      expect(await ledger().standing(first.id)).toEqual(standing);
      expect(await everyRow((page) => ledger().watches(page), 1)).toEqual([second, revived]);
    });
  });
}
