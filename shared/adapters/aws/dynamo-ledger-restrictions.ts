import { positionOfAct, type RestrictionAct } from "../../domain/restriction.ts";
import type { RestrictionLedger } from "../../ports/restriction-ledger.ts";
import { fromJson } from "./dynamo-ledger-items.ts";
import { RESTRICTIONS, restrictionKey } from "./dynamo-ledger-keys.ts";
import type { LedgerTable } from "./dynamo-ledger-table.ts";

/** What readers do not see, as the operator's acts say: one partition, in the order of time. */
export function restrictionsIn(table: LedgerTable): RestrictionLedger {
  return {
    recordRestriction: async (act) => {
      await table.put({ ...restrictionKey(positionOfAct(act)), json: JSON.stringify(act) });
    },
    restrictionActs: async () => {
      const acts: RestrictionAct[] = [];
      const all = { where: "#pk = :pk", values: { ":pk": RESTRICTIONS }, consistent: true };
      for await (const item of table.items(all)) acts.push(fromJson<RestrictionAct>(item));
      return acts;
    },
  };
}
