import { load } from "cheerio";
import { parseAtomFeed } from "feedsmith";
import { describe, expect, it } from "vitest";
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

describe.each(HOSTILE)("in a feed, %s", (_kind, text) => {
  it("stays text, in XML and in the HTML inside", async () => {
    const room = aReadingRoom();
    const draft = (addition: string) => ({ headline: text + addition, text: [text + addition] });
    const { watch } = await room.publish(STORY, [draft(""), draft(" 2")], { tags: [text] });
    await room.ledger.recordEvent(anEvent({ watchId: watch.id, headline: text, detail: text }), STORY);
    for (const path of ["/feeds/all.atom", `/watches/${watch.id}/feed.atom`]) {
      const xml = (await room.get(path)).text;
      expect(wellFormed(xml)).toBe(true);
      const { entries = [] } = parseAtomFeed(xml);
      expect(entries).toHaveLength(2);
      for (const entry of entries) expect(intrusions(entry.content?.value ?? "<missing>")).toEqual([]);
    }
  });
});
