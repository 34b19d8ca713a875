import type { NoticeFilter } from "../../domain/notice-filter.ts";
import type { Subscription } from "../../domain/subscription.ts";
import { changedSubscription, type SubscriptionLedger } from "../../ports/notice-ledger.ts";
import type { LedgerFile } from "./sqlite-ledger-file.ts";
import { fromJson, onePast, pageOf, text } from "./sqlite-ledger-rows.ts";

/** Who wants to hear what. */
export function subscriptionsIn(file: LedgerFile): SubscriptionLedger {
  const find = (id: string): Subscription | null => {
    const row = file.get("SELECT json FROM subscriptions WHERE id = ?", id);
    return row ? fromJson<Subscription>(row) : null;
  };
  return {
    addSubscription: async (subscription) => {
      const { id, selector, created } = subscription;
      const json = JSON.stringify(subscription);
      const insert =
        "INSERT INTO subscriptions (id, selector, created, json) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
      return file.run(insert, id, selector, created, json) > 0;
    },
    subscription: async (id) => find(id),
    subscriptions: async (page) => {
      const [created = "", id = ""] = page.after?.split("#") ?? [];
      const rows = file.all(
        `SELECT created || '#' || id AS position, json FROM subscriptions
         WHERE (created, id) > (?, ?) ORDER BY created, id LIMIT ?`,
        created,
        id,
        onePast(page),
      );
      return pageOf(rows, page, fromJson<Subscription>, (row) => text(row, "position"));
    },
    subscriptionsOf: async (selector, page) => {
      const rows = file.all(
        "SELECT id, json FROM subscriptions WHERE selector = ? AND id > ? ORDER BY id LIMIT ?",
        selector,
        page.after ?? "",
        onePast(page),
      );
      return pageOf(rows, page, fromJson<Subscription>, (row) => text(row, "id"));
    },
    changeSubscription: async (id, change, onlyIn) =>
      file.atomically(() => {
        const known = find(id);
        if (!known) return null;
        const changed = changedSubscription(known, change, onlyIn);
        file.run("UPDATE subscriptions SET json = ? WHERE id = ?", JSON.stringify(changed), id);
        return changed;
      }),
    saveFilter: async ({ name, filter }) => {
      const put =
        "INSERT INTO filters (name, json) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET json = excluded.json";
      file.run(put, name, JSON.stringify(filter));
    },
    savedFilters: async () =>
      file
        .all("SELECT name, json FROM filters ORDER BY name")
        .map((row) => ({ name: text(row, "name"), filter: fromJson<NoticeFilter>(row) })),
  };
}
