import { describe, expect, it } from "vitest";
import { addSeconds } from "../../shared/domain/time.ts";
import type { AddressFailure } from "../../shared/ports/notice-ledger.ts";
import { NOON } from "../support/builders.ts";
import { atOnce, everyRow, type TheLedger } from "./ledger.ts";

const failure = (given: Partial<AddressFailure> = {}): AddressFailure => ({
  digest: "d1",
  channel: "webhook",
  shown: "hooks.example",
  at: NOON,
  notBefore: addSeconds(NOON, 30),
  detail: "503 Service Unavailable",
  ...given,
});

export function receiverFacts(ledger: TheLedger): void {
  describe("receivers", () => {
    it("are well until they fail, and again when they take something", async () => {
      expect(await ledger().addressHealth("d1")).toBeNull();
      await ledger().recordAddressFailure(failure());
      const { at, ...known } = failure();
      expect(await ledger().addressHealth("d1")).toEqual({ ...known, failures: 1, since: at });
      expect((await ledger().failingAddresses({ limit: 5 })).rows).toHaveLength(1);
      await ledger().recordAddressWell("d1");
      await ledger().recordAddressWell("d1");
      await ledger().recordAddressWell("never failed");
      expect(await ledger().addressHealth("d1")).toBeNull();
      expect(await ledger().addressHealth("never failed")).toBeNull();
      expect(await ledger().failingAddresses({ limit: 5 })).toEqual({ rows: [] });
      await ledger().recordAddressFailure(failure({ at: addSeconds(NOON, 99) }));
      expect(await ledger().addressHealth("d1")).toMatchObject({ failures: 1, since: addSeconds(NOON, 99) });
    });

    it("count every failure, wait only longer, and stay gone", async () => {
      await atOnce(6, (n) =>
        ledger().recordAddressFailure(failure({ at: addSeconds(NOON, n), notBefore: addSeconds(NOON, 100 - n) })),
      );
      expect(await ledger().addressHealth("d1")).toMatchObject({ failures: 6, notBefore: addSeconds(NOON, 100) });
      await ledger().recordAddressFailure(failure({ suspended: true, detail: "410 Gone" }));
      await ledger().recordAddressFailure(failure());
      expect(await ledger().addressHealth("d1")).toMatchObject({ failures: 8, suspended: true });
    });

    it("that fail are listed in pages of any size", async () => {
      for (const digest of ["d3", "d1", "d2"]) await ledger().recordAddressFailure(failure({ digest }));
      for (const limit of [1, 3]) {
        const rows = await everyRow((page) => ledger().failingAddresses(page), limit);
        expect(rows.map(({ digest }) => digest)).toEqual(["d1", "d2", "d3"]);
      }
    });

    it("get so many turns in a stretch of time and no more", async () => {
      const turn = (from = NOON, key = "subscription:desk") => ledger().takeTurn({ key, from, most: 3 });
      expect((await atOnce(8, () => turn())).filter(Boolean)).toHaveLength(3);
      expect(await turn(addSeconds(NOON, 3600))).toBe(true);
      expect(await turn(NOON, "subscription:other")).toBe(true);
      expect(await ledger().takeTurn({ key: "nothing", from: NOON, most: 0 })).toBe(false);
    });

    it("have threads whose first post stays the root", async () => {
      expect(await ledger().postThread("desk", "w1")).toBeNull();
      await ledger().recordPost("desk", "w1", "post-1");
      expect(await ledger().postThread("desk", "w1")).toEqual({ root: "post-1", last: "post-1" });
      await ledger().recordPost("desk", "w1", "post-2");
      expect(await ledger().postThread("desk", "w1")).toEqual({ root: "post-1", last: "post-2" });
      expect(await ledger().postThread("desk-2", "w1")).toBeNull();
    });
  });
}
