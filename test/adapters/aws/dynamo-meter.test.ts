import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dynamoMeter } from "../../../shared/adapters/aws/dynamo-meter.ts";
import { counting, usageCounter } from "../../../shared/adapters/aws/usage-counter.ts";
import type { Meter } from "../../../shared/ports/meter.ts";
import { EMBEDDED, type EmbeddedDynamo, startDynalite } from "../../support/dynalite.ts";

let dynamo: EmbeddedDynamo;
let table: string;
let meter: Meter;
let tables = 0;

beforeAll(async () => {
  dynamo = await startDynalite();
});
beforeEach(async () => {
  table = await dynamo.ledgerTable(`meter-${++tables}`);
  meter = dynamoMeter({ client: dynamo.client, table });
});
afterAll(() => dynamo.stop());

describe("a meter in DynamoDB", () => {
  it("adds up a day, and tells whole days, over the ends of months and years", async () => {
    await meter.record({ checks: 20, ledgerWrites: 40.5 }, "2026-11-30T23:59:59.999Z");
    await meter.record({ checks: 1, mails: 2 }, "2026-11-30T00:00:00.000Z");
    await meter.record({ checks: 300 }, "2026-12-31T12:00:00.000Z");
    await meter.record({ checks: 4000 }, "2027-01-01T00:00:00.000Z");
    const used = (from: string, to: string) => meter.usedBetween(from, to);
    expect(await used("2026-11-30T08:00:00.000Z", "2026-11-30T09:00:00.000Z")).toEqual({
      checks: 21,
      ledgerWrites: 40.5,
      mails: 2,
    });
    expect(await used("2026-12-01T00:00:00.000Z", "2026-12-31T00:00:00.000Z")).toEqual({ checks: 300 });
    expect((await used("2026-11-30T23:00:00.000Z", "2027-01-01T01:00:00.000Z")).checks).toBe(4321);
    expect(await used("2027-01-02T00:00:00.000Z", "2027-01-31T00:00:00.000Z")).toEqual({});
  });

  it("writes nothing when nothing was used", async () => {
    await meter.record({}, "2026-11-30T00:00:00.000Z");
    expect(await meter.usedBetween("2026-11-30T00:00:00.000Z", "2026-11-30T00:00:00.000Z")).toEqual({});
  });
});

describe("a counted client", () => {
  it("counts the units that the service tells, and one for a refused write", async () => {
    const counter = usageCounter();
    const client = counting(new DynamoDBClient({ ...EMBEDDED, endpoint: dynamo.endpoint }), counter);
    const Key = { pk: { S: "a" }, sk: { S: "b" } };
    const big = { S: "x".repeat(3000) };
    await client.send(new PutItemCommand({ TableName: table, Item: { ...Key, big } }));
    await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
    await client.send(new GetItemCommand({ TableName: table, Key }));
    await client.send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys: [Key] } } }));
    const refused = new UpdateItemCommand({
      TableName: table,
      Key,
      UpdateExpression: "SET c = :c",
      ConditionExpression: "attribute_not_exists(pk)",
      ExpressionAttributeValues: { ":c": { S: "c" } },
    });
    await expect(client.send(refused)).rejects.toThrow("conditional");
    expect(counter.take()).toEqual({ ledgerWrites: 3 + 1, ledgerReads: 1 + 0.5 + 0.5 });
    expect(counter.take()).toEqual({});
    client.destroy();
  });
});
