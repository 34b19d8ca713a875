import { describe, expect, it } from "vitest";
import { happeningKey } from "../../shared/domain/happening.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import type { Gathered } from "../../shared/ports/notice-ledger.ts";
import { NOON } from "../support/builders.ts";
import { toldChange, toldEvent } from "../support/messages.ts";
import { atOnce, everyRow, type TheLedger } from "./ledger.ts";

const DUE = addSeconds(NOON, 3600);

const gathered = (given: Partial<Gathered> = {}): Gathered => ({
  subscription: "desk",
  box: "digest",
  at: NOON,
  key: happeningKey(toldChange().happening),
  due: DUE,
  ...given,
});

export function gatheringFacts(ledger: TheLedger): void {
  describe("telling together", () => {
    it("remembers when a happening was first about to be told", async () => {
      const { happening } = toldChange();
      const begun = await atOnce(5, (n) => ledger().beginTelling(happening, addSeconds(NOON, n)));
      expect(new Set(begun).size).toBe(1);
      expect(await ledger().beginTelling(happening, DUE)).toBe(begun[0]);
      expect(await ledger().beginTelling(toldEvent().happening, DUE)).toBe(DUE);
    });

    it("gathers a happening once, in the order in which they happened", async () => {
      const all = [3, 1, 2].map((n) => gathered({ at: addSeconds(NOON, n), key: `k${n}` }));
      for (const one of all) expect(await ledger().gather(one)).toBe("waiting");
      expect(await ledger().gather(gathered({ at: addSeconds(NOON, 1), key: "k1", due: NOON }))).toBe("waiting");
      for (const limit of [1, 2, 3]) {
        const rows = await everyRow((page) => ledger().gathered("desk", "digest", DUE, page), limit);
        expect(rows).toEqual(all.toSorted((a, b) => (a.at < b.at ? -1 : 1)));
      }
    });

    it("keeps boxes, subscriptions and dues apart", async () => {
      await ledger().gather(gathered());
      await ledger().gather(gathered({ box: "0123456789abcdef", key: "burst" }));
      await ledger().gather(gathered({ subscription: "desk-2", key: "other" }));
      await ledger().gather(gathered({ key: "later", due: addSeconds(DUE, 1) }));
      expect((await ledger().gathered("desk", "digest", DUE, { limit: 9 })).rows).toEqual([gathered()]);
      expect((await ledger().gathered("desk", "0123456789abcdef", DUE, { limit: 9 })).rows).toHaveLength(1);
      expect((await ledger().gathered("desk", "digest", addSeconds(DUE, 1), { limit: 9 })).rows).toHaveLength(2);
    });

    it("lets go of what was told, however often it is said or gathered again", async () => {
      await ledger().gather(gathered());
      await ledger().gather(gathered({ key: "k2" }));
      await ledger().markGatheredTold(gathered(), DUE);
      await ledger().markGatheredTold(gathered(), addSeconds(DUE, 5));
      await ledger().markGatheredTold(gathered({ key: "never gathered" }), DUE);
      expect(await ledger().gather(gathered())).toBe("told");
      expect((await ledger().gathered("desk", "digest", DUE, { limit: 9 })).rows).toEqual([gathered({ key: "k2" })]);
    });
  });
}
