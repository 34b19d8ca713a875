import { type AddressHealth, healthAfter } from "../../domain/address-health.ts";
import type { ReceiverLedger } from "../../ports/notice-ledger.ts";
import { fromJson, onePast, pageOf, text } from "./dynamo-ledger-items.ts";
import { addressKey, FAILING, threadKey, turnsKey } from "./dynamo-ledger-keys.ts";
import type { LedgerTable } from "./dynamo-ledger-table.ts";

const DAY_SECONDS = 86_400;

/** Contenders for one address that a failure outlasts. */
const ROUNDS = 100;

/** Receivers, their health, and what was said to them. An address that is well again stays as an item without `json`. */
export function receiversIn(table: LedgerTable): ReceiverLedger {
  return {
    addressHealth: async (digest) => {
      const item = await table.get(addressKey(digest));
      return item?.json === undefined ? null : fromJson<AddressHealth>(item);
    },
    recordAddressFailure: async (failure) => {
      const { digest } = failure;
      for (let round = 0; round < ROUNDS; round++) {
        const item = await table.get(addressKey(digest));
        const known = item?.json === undefined ? null : fromJson<AddressHealth>(item);
        const json = JSON.stringify(healthAfter(known, failure));
        const written = { ...addressKey(digest), json, recentPk: FAILING, recentSk: digest };
        const unchanged = known
          ? { condition: "#json = :json", values: { ":json": JSON.stringify(known) } }
          : { condition: "attribute_not_exists(#json)" };
        if (await table.put(written, unchanged)) return;
      }
      throw new Error(`address ${digest} was changed by others ${ROUNDS} times in a row`);
    },
    recordAddressWell: async (digest) => {
      const failing = { condition: "attribute_exists(#json)" };
      await table.update(addressKey(digest), "REMOVE #json, #recentPk, #recentSk", {}, failing);
    },
    failingAddresses: async (page) =>
      pageOf(
        table.items({
          index: "recent",
          where: "#recentPk = :failing AND #recentSk > :after",
          values: { ":failing": FAILING, ":after": page.after || "!" },
          limit: onePast(page),
        }),
        page,
        fromJson<AddressHealth>,
        (item) => text(item, "recentSk"),
      ),
    takeTurn: async ({ key, from, most }) => {
      const expires = Math.floor(Date.parse(from) / 1000) + DAY_SECONDS;
      const left = { condition: "attribute_not_exists(#taken) OR #taken < :most", values: { ":most": most } };
      const change = "SET #expires = :expires ADD #taken :one";
      const turn = await table.update(turnsKey(key, from), change, { ":one": 1, ":expires": expires }, left);
      return most > 0 && turn.written;
    },
    postThread: async (subscription, key) => {
      const item = await table.get(threadKey(subscription, key));
      return item && { root: text(item, "root"), last: text(item, "last") };
    },
    recordPost: async (subscription, key, reference) => {
      const change = "SET #root = if_not_exists(#root, :reference), #last = :reference";
      await table.update(threadKey(subscription, key), change, { ":reference": reference });
    },
  };
}
