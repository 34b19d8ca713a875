import { load } from "cheerio";
import { parseAtomFeed, parseJsonFeed } from "feedsmith";
import { describe, expect, it } from "vitest";
import { feedPath } from "../../shared/reading-room/access.ts";
import { anEvent } from "../support/builders.ts";
import { HOSTILE } from "./hostile.ts";
import { intrusions } from "./markup.ts";
import { aReadingRoom } from "./reading-room.ts";

const STORY = "https://gazette.example/harbour-bridge";
const EDIT = [
  { text: ["The bridge will stay closed for 3 days."] },
  { text: ["The bridge will stay closed for 30 days."] },
];

/** Well-formed by the letter of XML: no character that it forbids, every mark of the tree in its place. */
function wellFormed(xml: string): boolean {
  if (/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(xml)) return false;
  return load(xml, { xml: { decodeEntities: false } }).xml().length > 0;
}

describe("the feed of all changes", () => {
  it("holds the whole difference, with a permanent id and the page's address", async () => {
    const room = aReadingRoom({ address: "https://room.example" });
    const { watch } = await room.publish(STORY, EDIT);
    const { status, headers, text } = await room.get("/feeds/all.atom");
    expect([status, headers.get("Content-Type")]).toEqual([200, "application/atom+xml; charset=utf-8"]);
    const feed = parseAtomFeed(text);
    expect(feed.links?.map(({ rel, href }) => [rel, href])).toEqual([
      ["self", "https://room.example/feeds/all.atom"],
      ["alternate", "https://room.example/"],
    ]);
    expect(feed.entries).toHaveLength(1);
    const entry = feed.entries?.[0];
    expect(entry?.id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(entry?.title?.value).toBe("Harbour bridge closed after inspection");
    expect(entry?.updated).toBe("2026-03-01T12:31:00.400Z");
    expect(entry?.links?.[0]?.href).toBe(`https://room.example/watches/${watch.id}/changes/2`);
    expect(entry?.content?.type).toBe("html");
    expect(entry?.content?.value).toMatch(/<del>.*\b3\b.*<\/del>/);
    expect(entry?.content?.value).toMatch(/<ins>.*\b30\b.*<\/ins>/);
  });

  it("keeps its entries' ids when the reading room moves", async () => {
    const ids = async (address: string | null) => {
      const room = aReadingRoom({ address });
      await room.publish(STORY, EDIT);
      return parseAtomFeed((await room.get("/feeds/all.atom")).text).entries?.map(({ id }) => id);
    };
    expect(await ids("https://old.example")).toEqual(await ids(null));
  });

  it("names no host that the request brought: without an address, links begin at the root", async () => {
    const room = aReadingRoom();
    await room.publish(STORY, EDIT);
    const { text } = await room.get("/feeds/all.atom", { headers: { Host: "evil.example" } });
    expect(text).not.toContain("evil.example");
    expect(parseAtomFeed(text).entries?.[0]?.links?.[0]?.href).toMatch(/^\/watches\//);
  });

  it("is a feed also before anything happened", async () => {
    const { text } = await aReadingRoom().get("/feeds/all.atom");
    expect(parseAtomFeed(text)).toMatchObject({
      title: { value: "Variorum: all changes" },
      updated: expect.any(String),
    });
  });

  it("tells of availability events", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, EDIT.slice(0, 1));
    await room.ledger.recordEvent(anEvent({ watchId: watch.id }), STORY);
    const { entries } = parseAtomFeed((await room.get("/feeds/all.atom")).text);
    expect(entries?.map(({ title }) => title?.value)).toEqual(["Unpublished: Harbour bridge closed after inspection"]);
    expect(entries?.[0]?.content?.value).toContain("404 Not Found");
  });

  it("shows the first words of a change whose whole comparison is lost", async () => {
    const room = aReadingRoom();
    await room.publish(STORY, EDIT);
    const lost = aReadingRoom({ ledger: room.ledger });
    const { status, text } = await lost.get("/feeds/all.atom");
    expect(status).toBe(200);
    expect(parseAtomFeed(text).entries?.[0]?.content?.value).toMatch(/<ins>.*\b30\b.*<\/ins>/);
  });
});

describe("a watch's feed", () => {
  it("holds its own changes and events, newest first, and not our own better readings", async () => {
    const room = aReadingRoom();
    const better = { text: ["The bridge will stay closed for 30 days!"], normaliser: "2" };
    const { watch } = await room.publish(STORY, [...EDIT, better]);
    await room.publish("https://other.example/a", EDIT);
    await room.ledger.recordEvent(anEvent({ watchId: watch.id }), STORY);
    const { entries } = parseAtomFeed((await room.get(`/watches/${watch.id}/feed.atom`)).text);
    expect(entries?.map(({ title }) => title?.value)).toEqual([
      "Harbour bridge closed after inspection",
      "Unpublished: Harbour bridge closed after inspection",
    ]);
  });

  it("is not there for a watch that is not", async () => {
    expect((await aReadingRoom().get("/watches/abc/feed.atom")).status).toBe(404);
  });
});

describe("a feed of some", () => {
  const OTHER = "https://sport.courier.example/a";
  const PUNCTUATION = [{ text: ['He said "no" to that.'] }, { text: ["He said “no” to that."] }];

  async function twoPapers() {
    const room = aReadingRoom({ address: "https://room.example" });
    const story = await room.publish(STORY, EDIT, { tags: ["harbour", "Ø & co/2"] });
    await room.publish(OTHER, PUNCTUATION, { tags: ["harbour"] });
    const pagesIn = async (path: string) => {
      const { entries = [] } = parseAtomFeed((await room.get(path)).text);
      return entries.map(({ links }) => links?.find(({ rel }) => rel === "related")?.href).sort();
    };
    return { ...room, story, pagesIn };
  }

  it.each([
    ["a source", "/feeds/sources/gazette.example.atom", [STORY]],
    ["a source by the domain above it", "/feeds/sources/courier.example.atom", [OTHER]],
    ["a source in capitals", "/feeds/sources/Gazette.EXAMPLE.atom", [STORY]],
    ["a tag", "/feeds/tags/harbour.atom", [STORY, OTHER]],
    ["a tag that is no word", `/feeds/tags/${encodeURIComponent("Ø & co/2")}.atom`, [STORY]],
    ["a source of which nothing is known yet", "/feeds/sources/herald.example.atom", []],
    ["a tag that nobody gave", "/feeds/tags/port.atom", []],
  ])("holds what happened to %s", async (_what, path, expected) => {
    expect(await (await twoPapers()).pagesIn(path)).toEqual(expected);
  });

  it("holds what a saved filter passes", async () => {
    const { ledger, pagesIn } = await twoPapers();
    await ledger.saveFilter({ name: "numbers", filter: { availability: false, changes: { enters: ["30"] } } });
    await ledger.saveFilter({ name: "small", filter: { availability: false, changes: { significance: "cosmetic" } } });
    expect(await pagesIn("/feeds/filters/numbers.atom")).toEqual([STORY]);
    expect(await pagesIn("/feeds/filters/small.atom")).toEqual([OTHER]);
  });

  it.each(["/feeds/filters/nobody.atom", "/feeds/tags/.atom", "/feeds/tags/harbour", "/feeds/tags/harbour.rss"])(
    "is not at %s",
    async (path) => expect((await (await twoPapers()).get(path)).status).toBe(404),
  );

  it("names itself and opens a private room's feed with the feeds' key alone", async () => {
    const { ledger, derived } = await twoPapers();
    const access = { kind: "private", key: "k".repeat(32) } as const;
    const room = aReadingRoom({ ledger, derived, access, address: "https://room.example" });
    expect((await room.get("/feeds/tags/harbour.json")).status).toBe(403);
    const path = feedPath({ access }, "/feeds/tags/harbour.json");
    const { status, text } = await room.get(path);
    expect([status, JSON.parse(text).feed_url]).toEqual([200, `https://room.example${path}`]);
  });
});

describe("a JSON Feed", () => {
  it("tells what the Atom feed tells, under the same ids", async () => {
    const room = aReadingRoom({ address: "https://room.example" });
    const { watch } = await room.publish(STORY, EDIT, { tags: ["harbour"] });
    for (const path of ["/feeds/all", `/watches/${watch.id}/feed`, "/feeds/tags/harbour"]) {
      const { headers, text } = await room.get(`${path}.json`);
      expect(headers.get("Content-Type")).toBe("application/feed+json; charset=utf-8");
      const feed = parseJsonFeed(text);
      expect(JSON.parse(text).version).toBe("https://jsonfeed.org/version/1.1");
      expect(feed.feed_url).toBe(`https://room.example${path}.json`);
      const [entry] = parseAtomFeed((await room.get(`${path}.atom`)).text).entries ?? [];
      expect(feed.items).toEqual([
        expect.objectContaining({
          id: entry?.id,
          url: `https://room.example/watches/${watch.id}/changes/2`,
          external_url: STORY,
          title: "Harbour bridge closed after inspection",
          content_html: entry?.content?.value,
          date_published: "2026-03-01T12:31:00.400Z",
        }),
      ]);
    }
  });
});

describe.each(HOSTILE)("in a feed, %s", (_kind, text) => {
  it("stays text, in XML and in the HTML inside", async () => {
    const room = aReadingRoom();
    const draft = (addition: string) => ({ headline: text + addition, text: [text + addition] });
    const { watch } = await room.publish(STORY, [draft(""), draft(" 2")], { tags: [text] });
    await room.ledger.recordEvent(anEvent({ watchId: watch.id, headline: text, detail: text }), STORY);
    for (const path of ["/feeds/all.atom", `/watches/${watch.id}/feed.atom`, "/feeds/sources/gazette.example.atom"]) {
      const xml = (await room.get(path)).text;
      expect(wellFormed(xml)).toBe(true);
      const { entries = [] } = parseAtomFeed(xml);
      expect(entries).toHaveLength(2);
      for (const entry of entries) expect(intrusions(entry.content?.value ?? "<missing>")).toEqual([]);
    }
  });
});
