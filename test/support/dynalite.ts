import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import { LEDGER_TABLE } from "../../shared/config.ts";

export interface EmbeddedDynamo {
  /** Loopback address, for clients of one's own. */
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  /** Makes an empty ledger table. @param name - three characters at least @returns its name */
  ledgerTable(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** What a client needs to reach an embedded server: nobody checks the keys. */
export const EMBEDDED = { region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } } as const;

/**
 * Starts dynalite in this process, on a free loopback port, in memory. It knows no transactions, no expiry, no streams,
 * and returns no item when a condition fails.
 */
export async function startDynalite(): Promise<EmbeddedDynamo> {
  const server: Server = dynalite({ createTableMs: 0 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({ ...EMBEDDED, endpoint });
  return {
    endpoint,
    client,
    async ledgerTable(name) {
      await client.send(new CreateTableCommand(ledgerTableInput(name)));
      while ((await client.send(new DescribeTableCommand({ TableName: name }))).Table?.TableStatus !== "ACTIVE");
      return name;
    },
    async stop() {
      client.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The ledger's table as the stack declares it: its keys and all its indexes, each with the whole item. */
export function ledgerTableInput(name: string): CreateTableCommandInput {
  const indexes = Object.values(LEDGER_TABLE.indexes);
  const keys = (partitionKey: string, sortKey: string) => [
    { AttributeName: partitionKey, KeyType: "HASH" as const },
    { AttributeName: sortKey, KeyType: "RANGE" as const },
  ];
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: keys(LEDGER_TABLE.partitionKey, LEDGER_TABLE.sortKey),
    AttributeDefinitions: [LEDGER_TABLE, ...indexes]
      .flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey])
      .map((attribute) => ({ AttributeName: attribute, AttributeType: "S" })),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keys(index.partitionKey, index.sortKey),
      Projection: { ProjectionType: "ALL" },
    })),
  };
}
