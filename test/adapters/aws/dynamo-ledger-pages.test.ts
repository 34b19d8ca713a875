import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoLedger } from "../../../shared/adapters/aws/dynamo-ledger.ts";
import { fileArchive } from "../../../shared/adapters/local/file-archive.ts";
import { fileSearchIndex } from "../../../shared/adapters/search/file-search-index.ts";
import { addSeconds } from "../../../shared/domain/time.ts";
import { readIntoIndex } from "../../../shared/pipeline/read-into-index.ts";
import { readingRoom } from "../../../shared/reading-room/app.ts";
import { paths } from "../../../shared/reading-room/room.ts";
import { publish } from "../../reading-room/reading-room.ts";
import { anEvent, aRotatingPlace, aWatch, NOON } from "../../support/builders.ts";
import { EMBEDDED, type EmbeddedDynamo, startDynalite } from "../../support/dynalite.ts";

/** The reading room's promise (docs/access-patterns.md). */
const MOST_REQUESTS = 5;

/** More than any page shows, and fewer. */
const SIZES = [3, 60] as const;

let dynamo: EmbeddedDynamo;
let client: DynamoDBClient;
let folder: string;
let asked: string[] = [];
const indexes: ReturnType<typeof fileSearchIndex>[] = [];
const rooms = new Map<number, { get(path: string): Promise<number>; readonly id: string }>();

beforeAll(async () => {
  dynamo = await startDynalite();
  folder = mkdtempSync(join(tmpdir(), "variorum-pages-"));
  client = new DynamoDBClient({ ...EMBEDDED, endpoint: dynamo.endpoint });
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        asked.push(String(commandName).replace(/Command$/, ""));
        return next(args);
      },
    { step: "initialize" },
  );
  for (const size of SIZES) rooms.set(size, await roomOf(size));
}, 120_000);
afterAll(async () => {
  client.destroy();
  await dynamo.stop();
  for (const index of indexes) index.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A room over so many watches with two changes each; the last of them has rotating places and went away once. */
async function roomOf(size: number) {
  const ledger = dynamoLedger({ client, table: await dynamo.ledgerTable(`pages-${size}`) });
  const services = {
    ledger,
    evidence: fileArchive(join(folder, `${size}`, "evidence")),
    derived: fileArchive(join(folder, `${size}`, "derived")),
    clock: { now: () => addSeconds(NOON, 86_400), sleep: () => Promise.resolve() },
    access: { kind: "public" },
    subscribing: { kind: "closed", why: "read-only" },
    address: null,
  } as const;
  const watches = Array.from({ length: size }, (_, n) =>
    aWatch({ url: `https://paper${n}.example/story`, added: addSeconds(NOON, n), tags: ["port"] }),
  );
  const drafts = ["The bridge is closed.", "The bridge is open.", "The bridge is closed for 3 days."];
  for (const watch of watches) {
    await publish(
      services,
      watch,
      drafts.map((text) => ({ text: [text] })),
    );
  }
  const { id, url } = watches.at(-1)!;
  await ledger.recordRotating(id, [aRotatingPlace()], NOON);
  await ledger.recordEvent(anEvent({ watchId: id }), url);
  await ledger.saveFilter({ name: "numbers", filter: { availability: true, changes: null } });
  for (const happening of (await ledger.outbox({ limit: 1000 })).rows) await ledger.markTold(happening);
  const search = fileSearchIndex(join(folder, `${size}`, "search.sqlite"));
  indexes.push(search);
  await readIntoIndex({ ...services, log: { info: () => {}, warn: () => {} } }, search);
  const app = readingRoom({ ...services, search });
  return { id, get: async (path: string) => (await app.request(path)).status };
}

describe("what a page of the reading room asks of DynamoDB", () => {
  it.each<readonly [page: string, path: (id: string) => string]>([
    ["home", () => paths.home],
    ["home, narrowed to a source", () => `/?source=paper1.example`],
    ["home, narrowed to a tag", () => "/?tag=starboard&language=en"],
    ["coverage", () => paths.coverage],
    ["all sources", () => paths.sources],
    ["a source", () => paths.source("paper1.example")],
    ["all tags", () => paths.tags],
    ["a tag", () => paths.tag("port")],
    ["watched articles", () => paths.watches],
    ["status", () => paths.status],
    ["an article", paths.watch],
    ["a revision", (id) => paths.revision(id, 2)],
    ["a capture", (id) => paths.capture(id, 2)],
    ["a change", (id) => paths.change(id, 3)],
    ["a change as JSON", (id) => paths.changeAs(id, 3, "json")],
    ["two revisions", (id) => paths.compare(id, 1, 3)],
    ["sentence by sentence", paths.history],
    ["search", () => `${paths.search}?q=bridge`],
    ["search for what no longer stands", () => `${paths.search}?q=open+in:earlier`],
    ["search for a tag that nothing has", () => `${paths.search}?q=bridge+tag:starboard`],
    ["the feed of all", () => paths.feed],
    ["the feed of an article", paths.watchFeed],
    ["the feed of a source", () => paths.sourceFeed("paper1.example")],
    ["the feed of a tag", () => paths.tagFeed("port")],
    ["the feed of a tag that nothing has", () => paths.tagFeed("starboard")],
    ["the feed of a filter", () => paths.filterFeed("numbers")],
  ])(`is at most ${MOST_REQUESTS} requests for %s, however much is watched`, async (_page, path) => {
    const requests = new Map<number, string[]>();
    for (const [size, { id, get }] of rooms) {
      asked = [];
      expect(await get(path(id))).toBe(200);
      requests.set(size, asked.toSorted());
    }
    const [few, many] = SIZES.map((size) => requests.get(size) ?? []);
    expect(many!.length).toBeGreaterThan(0);
    expect(many!.length).toBeLessThanOrEqual(MOST_REQUESTS);
    const looksOn = /^\/(feeds|search|\?)/.test(path("")); // a list is looked through further where there is more
    if (!looksOn) expect(many).toEqual(few);
  });
});
