import { describe, expect, it } from "vitest";
import { anEvent, aState, aWatch, NOON } from "../support/builders.ts";
import { HOSTILE } from "./hostile.ts";
import { intrusions, textOf } from "./markup.ts";
import { aReadingRoom } from "./reading-room.ts";

const STORY = "https://gazette.example/harbour-bridge";

/** As a parser reads it: what HTML does not carry is a replacement character. */
const asShown = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g, "\ufffd")
    .replace(/\s+/g, " ")
    .trim();

/** A watch whose every text is hostile, with a change of it, an event and a failed check. */
async function hostileRoom(text: string) {
  const room = aReadingRoom();
  const reading = (addition: string) => ({
    headline: text + addition,
    standfirst: text + addition,
    byline: text + addition,
    published: text,
    modified: text + addition,
    language: text,
    siteName: text,
    flags: [text],
    text: (
      ["paragraph", "heading", "quotation", "code", "caption", "related", "list-item", "table-row", "entry"] as const
    ).map((kind) => ({ kind, text: text + addition, links: ["javascript:alert(1)", text] })),
  });
  const { watch } = await room.publish(STORY, [reading(""), reading(" 2")], { tags: [text], robotsOverride: text });
  await room.ledger.recordEvent(anEvent({ watchId: watch.id, headline: text, detail: text }), STORY);
  const failing = aWatch({ id: "failing", url: "https://gazette.example/ferry", tags: [text] });
  await room.ledger.addWatch(failing);
  const failure = { kind: "timeout", detail: text, at: NOON } as const;
  await room.ledger.settle(failing.id, aState({ newest: 0, lastSeen: null, checked: NOON, failures: 1, failure }));
  return { ...room, watch };
}

const PAGES = [
  "",
  "/history",
  "/revisions/2",
  "/changes/2",
  "/changes/2?whole=1",
  "/changes/2?view=side&whole=1",
  "/compare/1...2",
  "/compare/1...2?whole=1",
];

describe.each(HOSTILE)("%s", (_kind, text) => {
  it("stays text on every page", async () => {
    const { get, watch } = await hostileRoom(text);
    const group = `/tags/${encodeURIComponent(text.toWellFormed())}`;
    const isName = text.length <= 200 && !/\p{Cc}/u.test(text) && text !== "";
    for (const path of [
      "/",
      "/watches",
      "/sources",
      "/tags",
      "/sources/gazette.example",
      "/coverage",
      "/status",
      "/watches/failing",
      ...(isName ? [group] : []),
      ...PAGES.map((page) => `/watches/${watch.id}${page}`),
    ]) {
      const page = await get(path);
      expect([path, page.status, intrusions(page.text)]).toEqual([path, 200, []]);
      expect(page.text.includes("\0")).toBe(false);
    }
  });

  it("is only text in what a change is handed on as", async () => {
    const { get, watch } = await hostileRoom(text);
    for (const format of ["patch", "markdown", "json"]) {
      const { status, headers, text: sent } = await get(`/watches/${watch.id}/changes/2/${format}`);
      expect([format, status, headers.get("X-Content-Type-Options")]).toEqual([format, 200, "nosniff"]);
      expect(headers.get("Content-Type")).toMatch(/^(text\/plain|text\/markdown|application\/json);/);
      if (format === "json") expect(JSON.parse(sent)).toMatchObject({ from: 1, to: 2 });
      else expect(sent).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
    }
  });

  it("is shown as it was written", async () => {
    const { get, watch } = await hostileRoom(text);
    const page = await get(`/watches/${watch.id}/revisions/1`);
    expect(textOf(page.text, "h1")).toBe(asShown(text));
    expect(textOf(page.text, ".article blockquote")).toBe(asShown(text));
  });

  it("stays text in addresses that a reader sends", async () => {
    const { get } = aReadingRoom();
    const sent = encodeURIComponent(text.toWellFormed().slice(0, 2000));
    for (const path of [
      `/${sent}`,
      `/watches/${sent}`,
      `/?after=${sent}`,
      `/?source=${sent}&tag=${sent}`,
      `/?language=${sent}`,
      `/sources/${sent}`,
      `/watches/x/changes/${sent}`,
      `/enter?key=${sent}`,
    ]) {
      const page = await get(path);
      expect(page.status).toBeLessThan(500);
      expect(intrusions(page.text)).toEqual([]);
    }
  });
});

describe("an address of a publisher's page", () => {
  it.each([
    ["javascript:alert(1)"],
    ["data:text/html,<script>alert(1)</script>"],
    ["vbscript:x"],
    ["file:///etc/passwd"],
  ])("is no link when it is %s", async (url) => {
    const room = aReadingRoom();
    const { watch } = await room.publish(url, [{}]); // cannot be added by hand: canonicalWatchUrl refuses it
    const page = await room.get(`/watches/${watch.id}`);
    expect([page.status, intrusions(page.text)]).toEqual([200, []]);
    expect(textOf(page.text, ".address")).toBe(url);
    expect(page.text).not.toContain(`href="${url.slice(0, 5)}`);
  });

  it("is a link that tells the publisher nothing when it is http(s)", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, [{}]);
    const page = await room.get(`/watches/${watch.id}`);
    expect(page.text).toContain(`<a href="${STORY}" rel="external noopener noreferrer nofollow">`);
  });
});

describe("a bidi override", () => {
  it("turns nothing around it: isolated in elements, taken out where there is none", async () => {
    const { get, watch } = await hostileRoom("exe.\u202efdp");
    const page = (await get(`/watches/${watch.id}`)).text;
    expect(page).toContain('<h1 dir="auto">exe.\u202efdp 2</h1>');
    expect(textOf(page, "title")).toBe("exe.fdp 2 · Variorum");
  });
});
