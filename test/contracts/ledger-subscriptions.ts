import { describe, expect, it } from "vitest";
import { EVERYTHING } from "../../shared/domain/notice-filter.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { NOON } from "../support/builders.ts";
import { aSubscription } from "../support/messages.ts";
import { atOnce, everyRow, type TheLedger } from "./ledger.ts";

export function subscriptionFacts(ledger: TheLedger): void {
  describe("subscriptions", () => {
    it("are found as they were added, and none else", async () => {
      const subscription = aSubscription({ secret: "whsec_x", reason: "none", selector: "tag:harbour #1" });
      expect(await ledger().subscription("desk")).toBeNull();
      expect(await ledger().addSubscription(subscription)).toBe(true);
      expect(await ledger().subscription("desk")).toEqual(subscription);
      expect(await ledger().subscription("des")).toBeNull();
    });

    it("keep their id for the first: of many that add one, one does", async () => {
      const added = await atOnce(8, (n) =>
        ledger().addSubscription(aSubscription({ address: `https://hooks.example/${n}` })),
      );
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await ledger().addSubscription(aSubscription({ selector: "tag:other" }))).toBe(false);
      expect((await ledger().subscription("desk"))?.selector).toBe("everything");
    });

    it("are asked for by their selector, by id, in pages of any size", async () => {
      const ids = ["a", "a-b", "b", "c", "d"];
      for (const id of ids.toReversed()) await ledger().addSubscription(aSubscription({ id, selector: "tag:port" }));
      await ledger().addSubscription(aSubscription({ id: "other", selector: "tag:por" }));
      for (const limit of [1, 2, 5, 6]) {
        const found = await everyRow((page) => ledger().subscriptionsOf("tag:port", page), limit);
        expect(found.map(({ id }) => id)).toEqual(ids);
      }
      expect(await ledger().subscriptionsOf("everything", { limit: 5 })).toEqual({ rows: [] });
    });

    it("are listed in the order in which they were added, ended ones too", async () => {
      for (const [n, id] of ["z", "m", "a"].entries()) {
        await ledger().addSubscription(aSubscription({ id, created: addSeconds(NOON, n), selector: `tag:${id}` }));
      }
      await ledger().changeSubscription("m", { status: "ended" });
      for (const limit of [1, 3]) {
        const listed = await everyRow((page) => ledger().subscriptions(page), limit);
        expect(listed.map(({ id, status }) => `${id} ${status}`)).toEqual(["z active", "m ended", "a active"]);
      }
    });

    it("change field by field, none lost when many change at once", async () => {
      await ledger().addSubscription(aSubscription());
      expect(await ledger().changeSubscription("nobody", { perHour: 3 })).toBeNull();
      await Promise.all([
        ledger().changeSubscription("desk", { perHour: 3 }),
        ledger().changeSubscription("desk", { status: "suspended", reason: "mailbox full" }),
        ledger().changeSubscription("desk", { filter: EVERYTHING }),
        ledger().changeSubscription("desk", { confirmed: NOON }),
      ]);
      const changed = { perHour: 3, status: "suspended", reason: "mailbox full", filter: EVERYTHING, confirmed: NOON };
      expect(await ledger().subscription("desk")).toEqual({ ...aSubscription(), ...changed });
      expect((await ledger().subscriptionsOf("everything", { limit: 5 })).rows).toEqual([
        { ...aSubscription(), ...changed },
      ]);
      const resumed = await ledger().changeSubscription("desk", { status: "active", reason: null });
      expect(resumed && "reason" in resumed).toBe(false);
    });

    it("change only in the statuses that a change is for", async () => {
      await ledger().addSubscription(aSubscription({ status: "pending" }));
      const suspended = { status: "suspended", reason: "mailbox gone" } as const;
      expect(await ledger().changeSubscription("desk", suspended, ["active"])).toMatchObject({ status: "pending" });
      expect(await ledger().subscription("desk")).toEqual(aSubscription({ status: "pending" }));
      expect(await ledger().changeSubscription("nobody", suspended, ["active"])).toBeNull();
      const confirmed = { status: "active", confirmed: NOON } as const;
      const changes = await atOnce(8, (n) =>
        n % 2 === 0
          ? ledger().changeSubscription("desk", { status: "ended" })
          : ledger().changeSubscription("desk", confirmed, ["pending"]),
      );
      expect(changes).toHaveLength(8);
      expect(await ledger().subscription("desk")).toMatchObject({ status: "ended" });
      expect(await ledger().changeSubscription("desk", confirmed, ["pending"])).toMatchObject({ status: "ended" });
    });

    it("share filters by name", async () => {
      expect(await ledger().savedFilters()).toEqual([]);
      await ledger().saveFilter({ name: "quotes", filter: EVERYTHING });
      await ledger().saveFilter({ name: "numbers", filter: EVERYTHING });
      const numbers = { name: "numbers", filter: { availability: false, changes: { labels: ["number"] as const } } };
      await ledger().saveFilter(numbers);
      expect(await ledger().savedFilters()).toEqual([numbers, { name: "quotes", filter: EVERYTHING }]);
    });
  });
}
