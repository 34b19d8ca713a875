import { happeningKey } from "../../domain/happening.ts";
import type { Instant } from "../../domain/time.ts";
import { type Gathered, type GatheringLedger, NOTICE_KEPT_DAYS } from "../../ports/notice-ledger.ts";
import { pageOf, text } from "./dynamo-ledger-items.ts";
import { gatheredKey, LAST, tellingKey } from "./dynamo-ledger-keys.ts";
import type { Item, LedgerTable } from "./dynamo-ledger-table.ts";

const UNLESS_THERE = { condition: "attribute_not_exists(#pk)" };

/** What waits to be told together. */
export function gatheredIn(table: LedgerTable): GatheringLedger {
  return {
    beginTelling: async (happening, now) => {
      const key = tellingKey(happeningKey(happening));
      if (await table.put({ ...key, at: now, expires: expiry(now) }, UNLESS_THERE)) return now;
      const known = await table.get(key);
      return known ? text(known, "at") : now;
    },
    gather: async ({ subscription, box, at, key, due }) => {
      const place = gatheredKey(subscription, box, at, key);
      if (await table.put({ ...place, subscription, box, at, happening: key, due }, UNLESS_THERE)) return "waiting";
      const known = await table.get(place);
      return known && known.told === undefined ? "waiting" : "told";
    },
    gathered: async (subscription, box, due, page) =>
      pageOf(
        table.items({
          where: "#pk = :pk AND #sk BETWEEN :after AND :last",
          filter: "attribute_not_exists(#told) AND #due <= :due",
          values: {
            ":pk": gatheredKey(subscription, box, "", "").pk,
            ":after": page.after ? `${box}#${page.after}!` : `${box}#`,
            ":last": `${box}#${LAST}`,
            ":due": due,
          },
          consistent: true,
        }),
        page,
        gatheredOf,
        (item) => `${text(item, "at")}#${text(item, "happening")}`,
      ),
    markGatheredTold: async ({ subscription, box, at, key }, now) => {
      const only = { condition: "attribute_exists(#pk) AND attribute_not_exists(#told)" };
      const values = { ":now": now, ":expires": expiry(now) };
      await table.update(
        gatheredKey(subscription, box, at, key),
        "SET #told = :now, #expires = :expires",
        values,
        only,
      );
    },
  };
}

const expiry = (now: Instant): number => Math.floor(Date.parse(now) / 1000) + NOTICE_KEPT_DAYS * 86_400;

const gatheredOf = (item: Item): Gathered => ({
  subscription: text(item, "subscription"),
  box: text(item, "box"),
  at: text(item, "at"),
  key: text(item, "happening"),
  due: text(item, "due"),
});
