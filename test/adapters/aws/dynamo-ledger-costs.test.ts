import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dynamoLedger } from "../../../shared/adapters/aws/dynamo-ledger.ts";
import { sortable } from "../../../shared/adapters/aws/dynamo-ledger-keys.ts";
import { addSeconds } from "../../../shared/domain/time.ts";
import type { Ledger } from "../../../shared/ports/ledger.ts";
import {
  aChange,
  aRestriction,
  aRevision,
  aRotatingPlace,
  aState,
  aWatch,
  manyWatches,
  NOON,
  uuidFrom,
} from "../../support/builders.ts";
import { EMBEDDED, type EmbeddedDynamo, startDynalite } from "../../support/dynalite.ts";

let dynamo: EmbeddedDynamo;
let client: DynamoDBClient;
let table: string;
let ledger: Ledger;
/** Requests since they were last cleared, by operation. */
let asked: string[];
let tables = 0;

beforeAll(async () => {
  dynamo = await startDynalite();
  client = new DynamoDBClient({ ...EMBEDDED, endpoint: dynamo.endpoint });
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        const consistent = "ConsistentRead" in args.input && args.input.ConsistentRead === true;
        asked.push(`${consistent ? "consistent " : ""}${String(commandName).replace(/Command$/, "")}`);
        return next(args);
      },
    { step: "initialize" },
  );
});
beforeEach(async () => {
  asked = [];
  table = await dynamo.ledgerTable(`costs-${++tables}`);
  ledger = dynamoLedger({ client, table });
});
afterAll(async () => {
  client.destroy();
  await dynamo.stop();
});

const { id, url } = aWatch();

describe("what the DynamoDB ledger asks (docs/access-patterns.md)", () => {
  /** Requests of one call, after everything before it. */
  async function requestsOf(work: () => Promise<unknown>): Promise<string[]> {
    asked = [];
    await work();
    return asked;
  }

  it("is one query before a check, however many revisions there are", async () => {
    await ledger.addWatch(aWatch());
    for (let number = 1; number <= 12; number++) await ledger.recordRevision(aRevision({ number }), url);
    expect(await requestsOf(() => ledger.standing(id))).toEqual(["consistent Query"]);
  });

  it("is one query more where something was learnt, however large", async () => {
    await ledger.addWatch(aWatch());
    for (let number = 1; number <= 12; number++) await ledger.recordRevision(aRevision({ number }), url);
    expect(await requestsOf(() => ledger.recordRotating(id, [aRotatingPlace()], NOON))).toEqual(["PutItem"]);
    expect(await requestsOf(() => ledger.standing(id))).toEqual(["consistent Query", "consistent Query"]);
  });

  it("is one write after a check, and one for the host's turn", async () => {
    await ledger.addWatch(aWatch());
    expect(await requestsOf(() => ledger.settle(id, aState()))).toEqual(["PutItem"]);
    const turn = () => ledger.claimHost("gazette.example", NOON, addSeconds(NOON, 10));
    expect(await requestsOf(turn)).toEqual(["UpdateItem"]);
  });

  it("is one write for a change", async () => {
    const change = (number: number) => () => ledger.recordRevision(aRevision({ number }), url);
    expect(await requestsOf(change(2))).toEqual(["PutItem"]);
  });

  it("is one query for all that is hidden, and one write to hide something", async () => {
    expect(await requestsOf(() => ledger.restrictionActs())).toEqual(["consistent Query"]);
    const acts = Array.from({ length: 20 }, (_, n) => aRestriction({ at: addSeconds(NOON, n) }));
    expect(await requestsOf(() => ledger.recordRestriction(acts[0]!))).toEqual(["PutItem"]);
    for (const act of acts) await ledger.recordRestriction(act);
    expect(await requestsOf(() => ledger.restrictionActs())).toEqual(["consistent Query"]);
  });

  it("is at most 31 queries for a tick of a minute, whatever is watched", async () => {
    await Promise.all(manyWatches(60).map((watch) => ledger.addWatch(watch)));
    const tick = (after: string, seconds: number) => async () => {
      for await (const _ of ledger.dueWatches(after, addSeconds(after, seconds)));
    };
    expect(await requestsOf(tick(NOON, 60))).toEqual(Array(22).fill("Query"));
    expect((await requestsOf(tick(addSeconds(NOON, -3.5), 63.9))).length).toBeLessThanOrEqual(31);
  });

  it("is one query for a page of recent happenings, whatever years lie between them", async () => {
    for (const [n, year] of ["2019", "2024", "2026"].entries()) {
      await ledger.recordRevision(aRevision({ number: n + 2, firstSeen: `${year}-03-10T00:00:00.000Z` }), url);
    }
    const page = await ledger.recent({ limit: 2 });
    expect(page.rows).toHaveLength(2);
    expect(await requestsOf(() => ledger.recent({ limit: 10 }))).toEqual(["Query"]);
    expect(await requestsOf(() => ledger.recent({ limit: 10, after: page.next ?? "" }))).toEqual(["Query"]);
  });
});

describe("an answer of more than a megabyte, which DynamoDB gives in parts", () => {
  it("is read to its end", async () => {
    const headline = "h".repeat(150_000);
    const numbers = Array.from({ length: 12 }, (_, n) => n + 1);
    for (const number of numbers) await ledger.recordRevision(aRevision({ number, headline }), url);
    const found = await ledger.revisionWithReading(id, aRevision({ number: 1 }).reading, 13);
    expect(found?.number).toBe(1);
    const { rows, next } = await ledger.revisions(id, { limit: 12 });
    expect(rows.map(({ number }) => number)).toEqual(numbers.toReversed());
    expect(next).toBeUndefined();
    expect((await ledger.recent({ limit: 20 })).rows).toHaveLength(11);
  });
});

describe("what the DynamoDB ledger stores", () => {
  const item = async (sk: string) => {
    const { Item } = await dynamo.client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: `WATCH#${id}` }, sk: { S: sk } } }),
    );
    return Item ? unmarshall(Item) : {};
  };
  /** DynamoDB counts names and values in UTF-8, and a number at 21 bytes at most. */
  const sizeOf = (stored: Record<string, unknown>): number =>
    Object.entries(stored)
      .map(([name, value]) => Buffer.byteLength(name) + (typeof value === "string" ? Buffer.byteLength(value) : 21))
      .reduce((sum, size) => sum + size, 0);

  it("is under 1 KB for the state of a good check: one write unit", async () => {
    await ledger.addWatch(aWatch());
    const payload = { digest: "d".repeat(64), url: `${url}/${"x".repeat(100)}`, at: NOON, recordId: uuidFrom("p") };
    const state = aState({ etag: `W/"${"e".repeat(64)}"`, lastModified: "Sun, 01 Mar 2026 11:00:00 GMT", payload });
    await ledger.settle(id, { ...state, rereadBy: "12" });
    expect(sizeOf(await item("STATE"))).toBeLessThan(1024);
  });

  it("is well under 4 KB for a revision, watch and state together: one read unit before a check", async () => {
    const change = aChange({
      labels: ["headline", "standfirst", "byline", "number", "quotation", "correction", "reverted"],
      revertedTo: 17,
      excerpt: Array.from({ length: 20 }, (_, n) => ({
        mark: (["=", "-", "+"] as const)[n % 3]!,
        text: "слово и ещё ",
      })),
    });
    const headline = "A headline of the longer kind, as the weekend edition likes to set them across four columns";
    await ledger.addWatch(aWatch({ tags: ["harbour", "infrastructure"] }));
    await ledger.recordRevision(aRevision({ number: 123_456, headline, change }), url);
    await ledger.settle(id, aState());
    const sizes = await Promise.all(["WATCH", "STATE", "REV#123456"].map(async (sk) => sizeOf(await item(sk))));
    expect(sizes[2]).toBeLessThan(3000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4096);
  });

  it("moves no index key of a watch when a check settles", async () => {
    await ledger.addWatch(aWatch());
    const before = await item("WATCH");
    expect(before).toMatchObject({ duePk: expect.stringMatching(/^DUE#900#\d+$/), recentPk: "WATCHES" });
    await ledger.settle(id, aState());
    expect(await item("WATCH")).toEqual(before);
    expect(Object.keys(await item("STATE")).sort()).toEqual(["checked", "json", "newest", "pk", "sk"]);
  });

  it("lets a requested check expire a day after it was due", async () => {
    await ledger.requestCheck(id, addSeconds(NOON, 60), NOON);
    expect(await item("RECHECK")).toMatchObject({ expires: Date.parse(NOON) / 1000 + 60 + 86_400 });
  });

  it("sorts revision numbers as text as they sort as numbers", () => {
    const numbers = [0, 1, 9, 10, 999_999, 1_000_000, 9_999_999, 10_000_000, Number.MAX_SAFE_INTEGER];
    expect(numbers.map(sortable).toSorted()).toEqual(numbers.map(sortable));
    expect(sortable(42)).toBe("000042");
  });
});

describe("answers that dynalite does not give", () => {
  /** A ledger whose service always answers so, asked once. */
  async function against(status: number, body: object, work: (ledger: Ledger) => Promise<void>): Promise<void> {
    const server = createServer((_request, response) => {
      response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const alone = new DynamoDBClient({ ...EMBEDDED, endpoint, maxAttempts: 1 });
    try {
      await work(dynamoLedger({ client: alone, table: "elsewhere" }));
    } finally {
      alone.destroy();
      server.close();
    }
  }

  it("spare a busy host's second request: the refusal itself tells when it is free", async () => {
    const freeAt = addSeconds(NOON, 7);
    const refusal = {
      __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
      message: "The conditional request failed",
      Item: { pk: { S: "HOST#gazette.example" }, sk: { S: "HOST" }, freeAt: { S: freeAt } },
    };
    await against(400, refusal, async (busy) => {
      const answer = await busy.claimHost("gazette.example", NOON, addSeconds(NOON, 10));
      expect(answer).toEqual({ claimed: false, freeAt });
    });
  });

  it("are thrown when they are no answer: throttling, an outage", async () => {
    const throttled = {
      __type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
      message: "The level of configured provisioned throughput for the table was exceeded",
    };
    await against(400, throttled, async (busy) => {
      await expect(busy.recordRevision(aRevision({ number: 1 }), url)).rejects.toThrow(/throughput/);
      await expect(busy.standing(id)).rejects.toThrow(/throughput/);
    });
    const outage = { __type: "com.amazon.coral.service#InternalServerError", message: "Internal server error" };
    await against(500, outage, async (down) => {
      await expect(down.claimHost("gazette.example", NOON, NOON)).rejects.toThrow();
    });
  });
});
