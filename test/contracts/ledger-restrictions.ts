import { describe, expect, it } from "vitest";
import type { RestrictionAct } from "../../shared/domain/restriction.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { aRestriction, NOON } from "../support/builders.ts";
import { atOnce, type TheLedger } from "./ledger.ts";

export function restrictionFacts(ledger: TheLedger): void {
  describe("restrictions", () => {
    it("are none until an act is recorded", async () => {
      expect(await ledger().restrictionActs()).toEqual([]);
    });

    it("come back whole, oldest first, however they were recorded", async () => {
      const acts: RestrictionAct[] = [
        aRestriction(),
        aRestriction({ kind: "embargo", until: addSeconds(NOON, 60), at: addSeconds(NOON, 1) }),
        aRestriction({ kind: "takedown", legal: true, reason: "order 7 of the court", at: addSeconds(NOON, 2) }),
        aRestriction({ kind: "takedown", revision: { number: 12, reading: "d" }, at: addSeconds(NOON, 3) }),
        aRestriction({ kind: "lift", at: addSeconds(NOON, 4) }),
      ];
      for (const act of acts.toReversed()) await ledger().recordRestriction(act);
      expect(await ledger().restrictionActs()).toEqual(acts);
    });

    it("stand in the record once each, two of one instant both", async () => {
      const [one, other] = [aRestriction({ revision: { number: 1, reading: "a" } }), aRestriction({ reason: "other" })];
      await atOnce(6, (n) => ledger().recordRestriction(n % 2 ? one : other));
      const acts = await ledger().restrictionActs();
      expect(acts).toHaveLength(2);
      expect(acts).toEqual(expect.arrayContaining([one, other]));
    });
  });
}
