import { positionOfAct, type RestrictionAct } from "../../domain/restriction.ts";
import type { RestrictionLedger } from "../../ports/restriction-ledger.ts";
import type { LedgerFile } from "./sqlite-ledger-file.ts";
import { fromJson } from "./sqlite-ledger-rows.ts";

/** What readers do not see, as the operator's acts say. */
export function restrictionsIn(file: LedgerFile): RestrictionLedger {
  return {
    recordRestriction: async (act) => {
      const insert = "INSERT INTO restrictions (position, json) VALUES (?, ?) ON CONFLICT DO NOTHING";
      file.run(insert, positionOfAct(act), JSON.stringify(act));
    },
    restrictionActs: async () =>
      file.all("SELECT json FROM restrictions ORDER BY position").map((row) => fromJson<RestrictionAct>(row)),
  };
}
