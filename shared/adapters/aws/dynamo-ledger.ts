import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Ledger } from "../../ports/ledger.ts";
import { gatheredIn } from "./dynamo-ledger-gathered.ts";
import { happeningsIn } from "./dynamo-ledger-happenings.ts";
import { hostsIn } from "./dynamo-ledger-hosts.ts";
import { noticesIn } from "./dynamo-ledger-notices.ts";
import { receiversIn } from "./dynamo-ledger-receivers.ts";
import { recordsIn } from "./dynamo-ledger-records.ts";
import { restrictionsIn } from "./dynamo-ledger-restrictions.ts";
import { scheduleIn } from "./dynamo-ledger-schedule.ts";
import { subscriptionsIn } from "./dynamo-ledger-subscriptions.ts";
import { ledgerTable } from "./dynamo-ledger-table.ts";
import { watchesIn } from "./dynamo-ledger-watches.ts";

/**
 * The ledger in one DynamoDB table, for as many machines as it takes. Every method is one conditional write or a few
 * reads; nothing needs a transaction. Throttling and outages throw, after the client's own retries.
 *
 * @param table - name of a table with the keys and indexes of `LEDGER_TABLE`
 * @see docs/access-patterns.md for what each method asks and costs, docs/decisions/0003-ledger.md for why
 */
export function dynamoLedger({ client, table }: { client: DynamoDBClient; table: string }): Ledger {
  const rows = ledgerTable(client, table);
  return {
    ...watchesIn(rows),
    ...scheduleIn(rows),
    ...recordsIn(rows),
    ...happeningsIn(rows),
    ...hostsIn(rows),
    ...subscriptionsIn(rows),
    ...noticesIn(rows),
    ...gatheredIn(rows),
    ...receiversIn(rows),
    ...restrictionsIn(rows),
  };
}
