import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, it, onTestFinished } from "vitest";
import { fileSearchIndex } from "../../shared/adapters/search/file-search-index.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { readIntoIndex } from "../../shared/pipeline/read-into-index.ts";
import { openApiDocument } from "../../shared/reading-room/api/openapi.ts";
import { OPERATIONS, type Operation } from "../../shared/reading-room/api/operations.ts";
import { ProblemSchema } from "../../shared/reading-room/api/schemas.ts";
import { operatorLink, readerLink } from "../../shared/reading-room/app.ts";
import { aCapture, anEvent, aRestriction, NOON } from "../support/builders.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { HOSTILE } from "./hostile.ts";
import { aReadingRoom } from "./reading-room.ts";

const STORY = "https://gazette.example/harbour-bridge";
const ADDRESS = "https://room.example";
const KEY = "k".repeat(43);

/** What an answer is by the document: every field known, every value as its schema says. */
function conforming(schema: v.GenericSchema, json: string): unknown {
  const given = JSON.parse(json);
  const { success, output, issues } = v.safeParse(schema, given);
  if (!success) throw new Error(issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`).join("; "));
  expect(output).toEqual(given); // a field that the schema does not know would be missing from the output
  return output;
}

/** A room with an article of four texts that went back once, its events and captures, and another article. */
async function aRoom(given: Parameters<typeof aReadingRoom>[0] = {}) {
  const search = fileSearchIndex(join(temporaryFolder(), "search.sqlite"));
  onTestFinished(() => search.close());
  const room = aReadingRoom({ address: ADDRESS, now: addSeconds(NOON, 86_400), search, ...given });
  const long = { text: ["It lasts 30 days.", { kind: "heading" as const, text: "Ferries", level: 2 }] };
  const first = {
    byline: "Ana Reyes",
    text: [{ kind: "paragraph" as const, text: "It lasts 3 days.", links: [STORY] }],
  };
  const { watch } = await room.publish(STORY, [first, long, first, { ...long, headline: "Closed" }], {
    tags: ["port"],
  });
  await room.publish("https://other.example/ferry", [{}, { text: ["Gone."], normaliser: "2" }]);
  for (const happening of (await room.ledger.outbox({ limit: 100 })).rows) await room.ledger.markTold(happening);
  await readIntoIndex({ ...room, log: { info: () => {}, warn: () => {} } }, search);
  await room.ledger.recordEvent(anEvent({ watchId: watch.id }), STORY);
  const failure = { kind: "http", detail: "503" } as never;
  const failed = aCapture({ watchId: watch.id, status: null, payload: null, failure, at: addSeconds(NOON, 9000) });
  await room.ledger.recordCapture(failed);
  return { ...room, watch };
}

const VALUES = { number: ["2", "3", "4"], from: ["1", "4"], to: ["2", "3"] } as const;

/** All addresses of an operation, for one article. */
function addressesOf({ path, isSearch }: Pick<Operation, "path" | "isSearch">, id: string): string[] {
  const match = /\{(\w+)\}/.exec(path);
  if (!match) return [`/api/v1${path}${isSearch ? "?q=lasts" : ""}`];
  const [whole, name = ""] = match;
  const values = name === "id" ? [id] : VALUES[name as keyof typeof VALUES];
  return values.flatMap((value) => addressesOf({ path: path.replace(whole, value) }, id));
}

describe("the API", () => {
  it.each(OPERATIONS.map((operation) => [operation.id, operation] as const))(
    "answers %s as its document says",
    async (_id, operation) => {
      const { get, watch } = await aRoom();
      for (const address of addressesOf(operation, watch.id)) {
        const { status, headers, text } = await get(address);
        expect([address, status, headers.get("Content-Type")]).toEqual([address, 200, "application/json"]);
        const answer = conforming(operation.answer, text);
        if (operation.isPaged) expect((answer as { rows: unknown[] }).rows.length).toBeGreaterThan(0);
      }
    },
  );

  it("tells the text, and what changed, in words", async () => {
    const { get, watch } = await aRoom();
    const text = JSON.parse((await get(`/api/v1/articles/${watch.id}/revisions/2`)).text);
    expect(text.text.blocks).toEqual([
      { kind: "paragraph", text: "It lasts 30 days." },
      { kind: "heading", text: "Ferries", level: 2 },
    ]);
    expect(text.page).toBe(`${ADDRESS}/watches/${watch.id}/revisions/2`);
    const change = JSON.parse((await get(`/api/v1/articles/${watch.id}/changes/2`)).text);
    expect(change.difference.segments[0].words).toContainEqual({ mark: "+", text: "30" });
    const between = JSON.parse((await get(`/api/v1/articles/${watch.id}/compare/1/3`)).text);
    expect(between.difference.segments).toEqual([]);
  });

  it("finds words in any text, and says whether they still stand", async () => {
    const { get, watch } = await aRoom();
    const found = async (q: string) => JSON.parse((await get(`/api/v1/search?q=${encodeURIComponent(q)}`)).text).rows;
    expect(await found('"lasts 30 days"')).toMatchObject([{ articleId: watch.id, revision: 4, stillStands: true }]);
    const [gone] = await found('"lasts 3 days"');
    expect(gone).toMatchObject({ revision: 3, newestRevision: 4, stillStands: false, url: STORY });
    expect(gone.excerpt.map(({ text }: { text: string }) => text).join("")).toBe("It lasts 3 days.");
    expect(await found("nowhere")).toEqual([]);
  });

  it("gives lists in pages, each row once, of any size", async () => {
    const { get, watch } = await aRoom();
    for (const limit of [1, 2, 3, 100]) {
      const numbers = [];
      let after = "";
      do {
        const query = new URLSearchParams({ limit: String(limit), ...(after && { after }) }).toString();
        const page = JSON.parse((await get(`/api/v1/articles/${watch.id}/revisions?${query}`)).text);
        expect(page.rows.length).toBeLessThanOrEqual(limit);
        numbers.push(...page.rows.map(({ number }: { number: number }) => number));
        after = page.next ?? "";
      } while (after);
      expect(numbers).toEqual([4, 3, 2, 1]);
    }
  });

  it("is asked for anew, and not sent again while it is the same; other sites' pages may read a public one", async () => {
    const { get } = await aRoom();
    const { headers } = await get("/api/v1/articles");
    expect(headers.get("Cache-Control")).toBe("public, no-cache");
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
    const again = await get("/api/v1/articles", { headers: { "If-None-Match": headers.get("ETag") ?? "" } });
    expect([again.status, again.text]).toEqual([304, ""]);
  });

  it.each([
    ["/api/v1/articles/none", 404],
    ["/api/v1/articles/a%20b", 400],
    ["/api/v1/articles/ID/revisions/99", 404],
    ["/api/v1/articles/ID/revisions/0", 400],
    ["/api/v1/articles/ID/changes/1", 404],
    ["/api/v1/articles/ID/compare/1/none", 400],
    ["/api/v1/articles?limit=0", 400],
    ["/api/v1/articles?limit=101", 400],
    ["/api/v1/happenings?after=%00", 400],
    ["/api/v1/articles/none/captures", 404],
    ["/api/v1/search", 400],
    ["/api/v1/search?q=-bridge", 400],
    ["/api/v1/search?q=lasts&after=nowhere", 400],
    ["/api/v1/articles/none?id=ID", 404],
    ["/api/v1/nothing", 404],
    ["/api/v2/articles", 404],
  ])("tells programs what is wrong with %s", async (path, expected) => {
    const { get, watch } = await aRoom();
    const { status, headers, text } = await get(path.replace("ID", watch.id));
    if (path.startsWith("/api/v2")) return expect(status).toBe(expected);
    expect([status, headers.get("Content-Type")]).toEqual([expected, "application/problem+json"]);
    expect(conforming(ProblemSchema, text)).toMatchObject({ status: expected });
  });

  it("only reads", async () => {
    const { get } = await aRoom();
    const { status, headers, text } = await get("/api/v1/articles", { method: "DELETE" });
    expect([status, headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
    conforming(ProblemSchema, text);
  });

  it("tells of what is hidden as the pages do", async () => {
    const { get, watch, ledger } = await aRoom();
    const { reading = "" } = (await ledger.revision(watch.id, 2)) ?? {};
    const revision = { number: 2, reading };
    const act = { watchId: watch.id, kind: "takedown", legal: true, reason: "Order 7", revision } as never;
    await ledger.recordRestriction(aRestriction(act));
    const { status, text } = await get(`/api/v1/articles/${watch.id}/revisions/2`);
    expect(status).toBe(451);
    expect(conforming(ProblemSchema, text)).toMatchObject({
      title: "Taken down",
      restriction: { kind: "takedown", at: NOON, reason: "Order 7" },
      revisions: [{ number: 2, reading }],
    });
    const { rows } = JSON.parse((await get(`/api/v1/articles/${watch.id}/revisions`)).text);
    const seen = rows.map((row: Record<string, unknown>) => [
      row.number,
      row.isHidden,
      row.headline,
      row.change === null,
    ]);
    expect(seen).toEqual([
      [4, false, "Closed", false],
      [3, false, "Harbour bridge closed after inspection", true],
      [2, true, null, true],
      [1, false, "Harbour bridge closed after inspection", true],
    ]);
  });

  it.each(HOSTILE)("carries %s as text", async (_kind, hostile) => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, [{ headline: hostile, text: [hostile] }], { tags: [hostile] });
    for (const path of ["", "/revisions/1"]) {
      const { headers, text } = await room.get(`/api/v1/articles/${watch.id}${path}`);
      expect(headers.get("Content-Type")).toBe("application/json");
      expect(JSON.parse(text).headline.toWellFormed()).toBe(hostile.toWellFormed());
    }
  });
});

describe("the API of a private room", () => {
  const PRIVATE = { access: { kind: "private", key: KEY } as const };
  const tokenOf = (link: string) => new URL(link).searchParams.get("key") ?? "";
  const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

  it("opens with the reader's key, and with no other", async () => {
    const { get } = await aRoom(PRIVATE);
    const refused = await get("/api/v1/articles");
    expect([refused.status, refused.headers.get("Content-Type")]).toEqual([403, "application/problem+json"]);
    expect(refused.headers.get("Access-Control-Allow-Origin")).toBeNull();
    const good = await get("/api/v1/articles", bearer(tokenOf(readerLink(ADDRESS, KEY))));
    expect([good.status, good.headers.get("Cache-Control")]).toEqual([200, "private, no-cache"]);
    for (const token of ["", "x", tokenOf(readerLink(ADDRESS, `${KEY}x`)), `${tokenOf(readerLink(ADDRESS, KEY))}x`]) {
      expect((await get("/api/v1/articles", bearer(token))).status).toBe(403);
    }
    expect((await get("/", bearer(tokenOf(readerLink(ADDRESS, KEY))))).status).toBe(403);
  });

  it("shows what is held to the operator's key", async () => {
    const { get, watch, ledger } = await aRoom(PRIVATE);
    await ledger.recordRestriction(aRestriction({ watchId: watch.id }));
    const as = async (link: string) => (await get(`/api/v1/articles/${watch.id}`, bearer(tokenOf(link)))).status;
    expect([await as(readerLink(ADDRESS, KEY)), await as(operatorLink(ADDRESS, KEY))]).toEqual([403, 200]);
  });
});

describe("the OpenAPI document", () => {
  it("is served, names every operation, and refers to nothing that is not in it", async () => {
    const { get } = await aRoom();
    const { headers, text } = await get("/api/v1/openapi.json");
    expect(headers.get("Content-Type")).toBe("application/json");
    const document = JSON.parse(text);
    expect(document).toEqual(JSON.parse(JSON.stringify(openApiDocument("Variorum", ADDRESS))));
    expect([document.openapi, document.servers[0].url]).toEqual(["3.1.0", `${ADDRESS}/api/v1`]);
    expect(Object.keys(document.paths)).toEqual(OPERATIONS.map(({ path }) => path));
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, reference = ""]) => reference.split("/"));
    expect(references.length).toBeGreaterThan(0);
    for (const way of references) {
      expect(way.reduce((place, name) => place?.[name], document)).toBeTypeOf("object");
    }
  });

  it("says of every field of an answer what it is", () => {
    const document = openApiDocument("Variorum", null) as never as { paths: Record<string, { get: never }> };
    const schemaOf = (path: string) =>
      (document.paths[path]!.get as { responses: Record<string, { content: Record<string, { schema: never }> }> })
        .responses["200"]!.content["application/json"]!.schema as { properties: Record<string, object> };
    const { properties } = schemaOf("/articles/{id}/revisions/{number}");
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(["text", "change", "reading", "isHidden"]));
    expect(properties.firstSeen).toMatchObject({ type: "string", format: "date-time" });
    expect(properties.reading).toMatchObject({ type: "string", pattern: "^[0-9a-f]{64}$" });
    for (const path of Object.keys(document.paths)) expect(JSON.stringify(schemaOf(path))).not.toContain("{}");
  });
});
