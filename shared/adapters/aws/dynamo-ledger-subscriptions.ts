import type { NoticeFilter } from "../../domain/notice-filter.ts";
import type { Subscription, SubscriptionId } from "../../domain/subscription.ts";
import { changedSubscription, type SubscriptionLedger } from "../../ports/notice-ledger.ts";
import { fromJson, onePast, pageOf, text } from "./dynamo-ledger-items.ts";
import { FILTERS, filterKey, SUBSCRIPTIONS, subscriptionKey, subscriptionPointerKey } from "./dynamo-ledger-keys.ts";
import type { Item, Key, LedgerTable } from "./dynamo-ledger-table.ts";

/** Contenders for one subscription that a change outlasts; each round one of them has won. */
const ROUNDS = 100;

/** Who wants to hear what. A subscription lies with its selector's; a pointer finds it by its id. */
export function subscriptionsIn(table: LedgerTable): SubscriptionLedger {
  const itemOf = async (id: SubscriptionId): Promise<Item | null> => {
    const pointer = await table.get(subscriptionPointerKey(id));
    return pointer && table.get(subscriptionKey(text(pointer, "selector"), id));
  };
  return {
    addSubscription: async (subscription) => {
      const { id, selector } = subscription;
      // The pointer first, for it makes the id unique; one that points to nothing is taken over by the same wish.
      const same = {
        condition: "attribute_not_exists(#pk) OR #selector = :selector",
        values: { ":selector": selector },
      };
      if (!(await table.put({ ...subscriptionPointerKey(id), selector }, same))) return false;
      return table.put(subscriptionItem(subscription), { condition: "attribute_not_exists(#pk)" });
    },
    subscription: async (id) => {
      const item = await itemOf(id);
      return item && fromJson<Subscription>(item);
    },
    subscriptions: async (page) =>
      pageOf(
        table.items({
          index: "recent",
          where: "#recentPk = :subscriptions AND #recentSk > :after",
          values: { ":subscriptions": SUBSCRIPTIONS, ":after": page.after || "0" },
          limit: onePast(page),
        }),
        page,
        fromJson<Subscription>,
        (item) => text(item, "recentSk"),
      ),
    subscriptionsOf: async (selector, page) =>
      pageOf(
        table.items({
          where: "#pk = :pk AND #sk > :after",
          values: { ":pk": subscriptionKey(selector, "").pk, ":after": page.after || " " },
          consistent: true,
          limit: onePast(page),
        }),
        page,
        fromJson<Subscription>,
        (item) => text(item, "sk"),
      ),
    changeSubscription: async (id, change, onlyIn) => {
      for (let round = 0; round < ROUNDS; round++) {
        const item = await itemOf(id);
        if (!item) return null;
        const known = fromJson<Subscription>(item);
        const changed = changedSubscription(known, change, onlyIn);
        if (changed === known) return known;
        const unchanged = { condition: "#json = :json", values: { ":json": text(item, "json") } };
        if (await table.put(subscriptionItem(changed), unchanged)) return changed;
      }
      throw new Error(`subscription ${id} was changed by others ${ROUNDS} times in a row`);
    },
    saveFilter: async ({ name, filter }) => {
      await table.put({ ...filterKey(name), json: JSON.stringify(filter) });
    },
    savedFilters: async () => {
      const found = [];
      const where = { where: "#pk = :pk", values: { ":pk": FILTERS }, consistent: true };
      for await (const item of table.items(where)) {
        found.push({ name: text(item, "sk"), filter: fromJson<NoticeFilter>(item) });
      }
      return found;
    },
  };
}

const subscriptionItem = (subscription: Subscription): Item & Key => ({
  ...subscriptionKey(subscription.selector, subscription.id),
  json: JSON.stringify(subscription),
  recentPk: SUBSCRIPTIONS,
  recentSk: `${subscription.created}#${subscription.id}`,
});
