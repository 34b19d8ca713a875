import { afterAll, beforeAll } from "vitest";
import { dynamoLedger } from "../../../shared/adapters/aws/dynamo-ledger.ts";
import { ledgerContract } from "../../contracts/ledger.ts";
import { type EmbeddedDynamo, startDynalite } from "../../support/dynalite.ts";

let dynamo: EmbeddedDynamo;
beforeAll(async () => {
  dynamo = await startDynalite();
});
afterAll(() => dynamo.stop());

let tables = 0;
ledgerContract("the DynamoDB ledger", async () => {
  const table = await dynamo.ledgerTable(`ledger-${++tables}`);
  return { ledger: dynamoLedger({ client: dynamo.client, table }), close: () => {} };
});
