import type { Ledger } from "../../ports/ledger.ts";
import { openLedgerFile } from "./sqlite-ledger-file.ts";
import { gatheredIn } from "./sqlite-ledger-gathered.ts";
import { happeningsIn } from "./sqlite-ledger-happenings.ts";
import { hostsIn } from "./sqlite-ledger-hosts.ts";
import { noticesIn } from "./sqlite-ledger-notices.ts";
import { receiversIn } from "./sqlite-ledger-receivers.ts";
import { recordsIn } from "./sqlite-ledger-records.ts";
import { restrictionsIn } from "./sqlite-ledger-restrictions.ts";
import { scheduleIn } from "./sqlite-ledger-schedule.ts";
import { subscriptionsIn } from "./sqlite-ledger-subscriptions.ts";
import { watchesIn } from "./sqlite-ledger-watches.ts";

/**
 * The ledger in one SQLite file, for one machine. Any number of processes may open it at once: the monitor, the CLI.
 *
 * @param path - the file; made when it is missing, its folder must exist
 * @throws LedgerUnusable when the file is not a ledger, is damaged, or was made by a newer release; it is left as it is
 * @see docs/decisions/0003-ledger.md
 */
export function sqliteLedger(path: string): Ledger & { close(): void } {
  const file = openLedgerFile(path);
  return {
    ...watchesIn(file),
    ...scheduleIn(file),
    ...recordsIn(file),
    ...happeningsIn(file),
    ...hostsIn(file),
    ...subscriptionsIn(file),
    ...noticesIn(file),
    ...gatheredIn(file),
    ...receiversIn(file),
    ...restrictionsIn(file),
    close: () => file.close(),
  };
}
