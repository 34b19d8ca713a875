import { type AddressHealth, healthAfter } from "../../domain/address-health.ts";
import { addSeconds } from "../../domain/time.ts";
import type { ReceiverLedger } from "../../ports/notice-ledger.ts";
import type { LedgerFile } from "./sqlite-ledger-file.ts";
import { fromJson, onePast, pageOf, text } from "./sqlite-ledger-rows.ts";

const DAY_SECONDS = 86_400;

/** Receivers, their health, and what was said to them. */
export function receiversIn(file: LedgerFile): ReceiverLedger {
  const find = (digest: string): AddressHealth | null => {
    const row = file.get("SELECT json FROM addresses WHERE digest = ?", digest);
    return row ? fromJson<AddressHealth>(row) : null;
  };
  return {
    addressHealth: async (digest) => find(digest),
    recordAddressFailure: async (failure) =>
      file.atomically(() => {
        const json = JSON.stringify(healthAfter(find(failure.digest), failure));
        const put = "INSERT INTO addresses (digest, json) VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json";
        file.run(put, failure.digest, json);
      }),
    recordAddressWell: async (digest) => {
      file.run("DELETE FROM addresses WHERE digest = ?", digest);
    },
    failingAddresses: async (page) => {
      const ask = "SELECT digest, json FROM addresses WHERE digest > ? ORDER BY digest LIMIT ?";
      const rows = file.all(ask, page.after ?? "", onePast(page));
      return pageOf(rows, page, fromJson<AddressHealth>, (row) => text(row, "digest"));
    },
    takeTurn: async ({ key, from, most }) =>
      file.atomically(() => {
        file.run("DELETE FROM turns WHERE name = ? AND since < ?", key, addSeconds(from, -DAY_SECONDS));
        const take = `INSERT INTO turns (name, since, taken) VALUES (?, ?, 1)
          ON CONFLICT DO UPDATE SET taken = taken + 1 WHERE taken < ?`;
        return most > 0 && file.run(take, key, from, most) > 0;
      }),
    postThread: async (subscription, key) => {
      const row = file.get("SELECT root, last FROM threads WHERE subscription = ? AND thread = ?", subscription, key);
      return row ? { root: text(row, "root"), last: text(row, "last") } : null;
    },
    recordPost: async (subscription, key, reference) => {
      const put = `INSERT INTO threads (subscription, thread, root, last) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET last = excluded.last`;
      file.run(put, subscription, key, reference, reference);
    },
  };
}
