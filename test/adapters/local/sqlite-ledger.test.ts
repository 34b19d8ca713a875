import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqliteLedger } from "../../../shared/adapters/local/sqlite-ledger.ts";
import { ledgerContract } from "../../contracts/ledger.ts";

ledgerContract("the SQLite ledger", async () => {
  const folder = mkdtempSync(join(tmpdir(), "variorum-ledger-"));
  const ledger = sqliteLedger(join(folder, "ledger.sqlite"));
  return {
    ledger,
    close: () => {
      ledger.close();
      rmSync(folder, { recursive: true });
    },
  };
});
