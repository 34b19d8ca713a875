import { describe, expect, it } from "vitest";
import { compareArticles } from "../../shared/diff/compare.ts";
import type { Block } from "../../shared/domain/article.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { NEW_STATE } from "../../shared/domain/watch.ts";
import { recordChange } from "../../shared/pipeline/record.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import type { CardContent } from "../../shared/ports/card-drawer.ts";
import { readingRoom } from "../../shared/reading-room/app.ts";
import { anEvent, aState, aWatch, NOON } from "../support/builders.ts";
import { intrusions, linksOf, textOf } from "./markup.ts";
import { anArticle, aReadingRoom, type Draft } from "./reading-room.ts";

const STORY = "https://gazette.example/harbour-bridge";

const LIFE: readonly Draft[] = [
  { text: ["The bridge will stay closed for 3 days.", "Engineers found a crack in the northern pier."] },
  {
    headline: "Harbour bridge closed for a month",
    byline: "By Ada Quill",
    text: ["The bridge will stay closed for 30 days.", "Engineers found a crack in the northern pier."],
  },
  {
    headline: "Harbour bridge closed for a month",
    byline: "By Ada Quill",
    text: ["The bridge will stay closed for 30 days.", "Ferries run every hour instead."],
  },
];

describe("a change's picture", () => {
  const cards = { draw: async ({ alt }: CardContent) => new TextEncoder().encode(alt) };
  const address = "https://monitor.example";

  it("is drawn from its words, once, and stands for the page where its link is shown", async () => {
    let drawn = 0;
    const counting = { draw: (card: CardContent) => cards.draw(card).finally(() => drawn++) };
    const room = aReadingRoom({ cards: counting, address });
    const { watch } = await room.publish(STORY, LIFE);
    const path = `/watches/${watch.id}/changes/2`;
    const { status, headers, text } = await room.get(`${path}/card.png`);
    await room.get(`${path}/card.png`);
    expect({ status, drawn, type: headers.get("content-type") }).toEqual({ status: 200, drawn: 1, type: "image/png" });
    expect(text).toMatch(/^Changed on gazette\.example: Harbour bridge closed for a month\. Edited between/);
    const page = (await room.get(path)).text;
    expect(page).toContain(`<meta property="og:image" content="${address}${path}/card.png">`);
    expect(page).toContain(`<a href="${path}/card.png">As a picture</a>`);
  });

  it("is nowhere of a baseline, nor where nothing draws", async () => {
    const room = aReadingRoom({ cards, address });
    const { watch } = await room.publish(STORY, LIFE);
    expect((await room.get(`/watches/${watch.id}/changes/1/card.png`)).status).toBe(404);
    const plain = aReadingRoom({ address });
    await plain.publish(STORY, LIFE);
    expect((await plain.get(`/watches/${watch.id}/changes/2/card.png`)).status).toBe(404);
    expect((await plain.get(`/watches/${watch.id}/changes/2`)).text).not.toContain("og:image");
  });
});

describe("home", () => {
  it("tells an operator without a watch what to do", async () => {
    const room = aReadingRoom();
    const { status, text } = await room.get("/");
    expect(status).toBe(200);
    expect(textOf(text, ".empty")).toContain("variorum -- watch add https://");
  });

  it("says that no change was seen yet where articles are watched", async () => {
    const room = aReadingRoom();
    await room.publish(STORY, LIFE.slice(0, 1));
    const { text } = await room.get("/");
    expect(textOf(text, ".empty")).toContain("No change has been seen yet.");
  });

  it("shows the words that changed, newest first, each with its interval", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE);
    const { text } = await room.get("/");
    expect(linksOf(text).filter((link) => link.includes("/changes/"))).toEqual([
      `/watches/${watch.id}/changes/3`,
      `/watches/${watch.id}/changes/2`,
    ]);
    expect(text).toMatch(/<ins>|<del>/);
    expect(textOf(text, ".when")).toContain("between 12:46 and 13:01 UTC on 1 March 2026");
    expect(textOf(text, ".tags")).toContain("Unmarked");
  });

  it("goes on with older changes on further pages, without repeating one", async () => {
    const room = aReadingRoom();
    const drafts = Array.from({ length: 60 }, (_, n) => ({ text: [`So far ${n} ships have waited at the bridge.`] }));
    await room.publish(STORY, drafts);
    const first = (await room.get("/")).text;
    const next = linksOf(first).find((link) => link.startsWith("/?after="));
    const second = (await room.get(next ?? "missing")).text;
    const changes = [first, second].flatMap((page) => linksOf(page).filter((link) => link.includes("/changes/")));
    expect(changes).toHaveLength(59);
    expect(new Set(changes).size).toBe(59);
  });

  it("counts what is among the newest, each count a link to just those", async () => {
    const room = aReadingRoom();
    const correction = "Correction: an earlier version of this article gave the closure as 3 days.";
    await room.publish(STORY, [
      { text: ["It lasts 3 days."] },
      { text: ["It lasts 30 days."] },
      { text: ["It lasts 31 days.", correction] },
    ]);
    const { text } = await room.get("/");
    expect(textOf(text, ".counts")).toBe("Among the newest 2: 1 unmarked · 1 correction · gazette.example (2)");
    const [unmarked, corrections] = [await room.get("/?unmarked=1"), await room.get("/?corrections=1")];
    expect(linksOf(text)).toEqual(
      expect.arrayContaining(["/?unmarked=1", "/?corrections=1", "/sources/gazette.example"]),
    );
    expect(linksOf(unmarked.text).filter((link) => link.includes("/changes/"))).toEqual([
      expect.stringContaining("/changes/2"),
    ]);
    expect(linksOf(corrections.text).filter((link) => link.includes("/changes/"))).toEqual([
      expect.stringContaining("/changes/3"),
    ]);
    expect(textOf(corrections.text, "main")).toContain("1 fits. Looked through all there are: 2, back to 1 March 2026");
  });

  it.each([
    ["source=gazette.example", ["Harbour"]],
    ["source=EXAMPLE", []],
    ["source=paper.example", ["Brücke"]],
    ["tag=harbour", ["Harbour"]],
    ["tag=none", []],
    ["language=de", ["Brücke"]],
    ["label=headline", ["Harbour"]],
    ["label=byline", []],
    ["source=paper.example&language=en", []],
    ["unmarked=1&source=&tag=&language=&label=", ["Brücke", "Harbour"]],
  ])("shows only what is asked for: %s", async (query, expected) => {
    const room = aReadingRoom();
    await room.publish(
      STORY,
      [
        { headline: "Harbour shut", text: ["3 days."] },
        { headline: "Harbour open", text: ["3 days."] },
      ],
      {
        tags: ["harbour"],
      },
    );
    const german = { language: "de-AT", headline: "Brücke zu" };
    await room.publish("https://www.paper.example/b", [
      { ...german, text: ["Sie bleibt 3 Tage zu."] },
      { ...german, text: ["Sie bleibt 30 Tage zu."] },
    ]);
    const { status, text } = await room.get(`/?${query}`);
    const found = [...text.matchAll(/<h3 class="headline"[^>]*><a[^>]*>(\S+)/g)].map(([, word]) => word);
    expect([status, found.toSorted(), intrusions(text)]).toEqual([200, expected, []]);
    expect(textOf(text, ".filter summary")).toMatch(/^Shown only: ./);
  });

  it("looks no further than it says, and goes on from there", async () => {
    const room = aReadingRoom();
    await room.publish(STORY, [
      { headline: "Rare", text: ["3 days."] },
      { headline: "Rarer", text: ["3 days."] },
    ]);
    const drafts = Array.from({ length: 221 }, (_, n) => ({ text: [`So far ${n} ships have waited.`] }));
    await room.publish("https://paper.example/ships", drafts, { added: addSeconds(NOON, 86_400) });
    const first = (await room.get("/?label=headline")).text;
    expect(textOf(first, "main")).toMatch(
      /0 fit\. Looked through 200 of the happenings, back to .*; older ones were not/,
    );
    const next = linksOf(first).find((link) => link.startsWith("/?label=headline&after=")) ?? "missing";
    const second = (await room.get(next)).text;
    expect(textOf(second, ".headline")).toBe("Rarer");
    expect(linksOf(second)).toContain("/?label=headline");
  });

  it.each(["/?label=mood", "/?language=%3Cb%3E", `/?tag=${"x".repeat(201)}`, "/?source=a%00b"])(
    "takes no choice that cannot be one: %s",
    async (path) => expect((await aReadingRoom().get(path)).status).toBe(400),
  );

  it.each([
    ["is quiet while the monitor runs", "2026-03-01T12:03:30.000Z", 0],
    ["is loud when its last sign of life is older than three minutes", "2026-03-01T12:04:30.000Z", 1],
  ])("%s", async (_fact, now, alarms) => {
    const room = aReadingRoom({ now });
    await room.publish(STORY, LIFE.slice(0, 1)); // ticks at 12:01
    const { text } = await room.get("/");
    expect(text.split('class="alarm"').length - 1).toBe(alarms);
  });

  it("tells of an article that was unpublished, and once of one that came back different", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE.slice(0, 1));
    await room.ledger.recordEvent(anEvent({ watchId: watch.id, detail: "410 Gone" }), STORY);
    const restored = anEvent({ watchId: watch.id, kind: "restored", toldWith: 2 });
    await room.ledger.recordEvent(restored, STORY);
    const { text } = await room.get("/");
    expect(textOf(text, ".event.unpublished")).toContain("The page was refused 3 times (410 Gone).");
    expect(textOf(text, ".event.restored")).toBe("");
  });
});

describe("sources and tags", () => {
  const tag = "ports & bridges/north";

  it("are listed with how many articles each has", async () => {
    const room = aReadingRoom();
    await room.publish(STORY, LIFE, { tags: [tag] });
    await room.publish("https://gazette.example/ferry", LIFE.slice(0, 1));
    await room.publish("https://paper.example/a", LIFE.slice(0, 1), { tags: [tag, "town"] });
    const [sources, tags] = [(await room.get("/sources")).text, (await room.get("/tags")).text];
    expect(textOf(sources, ".groups")).toBe("gazette.example 2 articles paper.example 1 article");
    expect(textOf(tags, ".groups")).toBe(`${tag} 2 articles town 1 article`);
    expect(linksOf((await room.get("/")).text)).toEqual(expect.arrayContaining(["/sources", "/tags"]));
    for (const link of linksOf(tags).filter((link) => link.startsWith("/tags/")))
      expect((await room.get(link)).status).toBe(200);
  });

  it.each([
    ["/sources/gazette.example", "/feeds/sources/gazette.example.atom"],
    [`/tags/${encodeURIComponent(tag)}`, `/feeds/tags/${encodeURIComponent(tag)}.atom`],
  ])("have a page each, with what changed there, what is watched, and the feed: %s", async (path, feed) => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE, { tags: [tag] });
    await room.publish("https://paper.example/a", LIFE);
    const { status, text } = await room.get(path);
    expect([status, intrusions(text)]).toEqual([200, []]);
    expect(linksOf(text).filter((link) => link.includes("/changes/"))).toEqual([
      `/watches/${watch.id}/changes/3`,
      `/watches/${watch.id}/changes/2`,
    ]);
    expect(linksOf(text)).toEqual(expect.arrayContaining([`/watches/${watch.id}`, feed]));
    expect(text).not.toContain("paper.example");
    expect((await room.get(feed)).status).toBe(200);
  });

  it("say so where nothing is watched, and are no page for what can be no name", async () => {
    const room = aReadingRoom();
    expect(textOf((await room.get("/sources")).text, "main")).toContain("Nothing is watched here.");
    expect(textOf((await room.get("/tags/none")).text, "main")).toContain("None among the articles");
    expect((await room.get(`/tags/${"x".repeat(201)}`)).status).toBe(404);
  });
});

describe("watched articles", () => {
  it("are listed with how each stands", async () => {
    const room = aReadingRoom();
    await room.publish(STORY, LIFE, { tags: ["harbour"] });
    const failing = aWatch({ url: "https://other.example/a", status: "paused" });
    await room.ledger.addWatch(failing);
    const failure = { kind: "timeout", detail: "no answer in 20 s", at: NOON } as const;
    await room.ledger.settle(failing.id, { ...NEW_STATE, checked: NOON, failures: 4, failure });
    const { text } = await room.get("/watches");
    expect(textOf(text, "main")).toContain("3 revisions · checked every 15 minutes · This text was last seen");
    expect(textOf(text, "main")).toContain("harbour");
    expect(textOf(text, "main")).toMatch(/Paused\s*Not read yet\s*the last 4 checks failed/);
  });
});

describe("an article's page", () => {
  it("has its timeline, its text now, and its captures", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE);
    await room.ledger.recordEvent(anEvent({ watchId: watch.id }), STORY);
    const { text } = await room.get(`/watches/${watch.id}`);
    expect(textOf(text, "h1")).toBe("Harbour bridge closed for a month");
    expect([...text.matchAll(/<li class="moment" id="([^"]+)"/g)].map(([, id]) => id)).toEqual([
      "r3",
      "r2",
      "r1",
      "20260301120000000-1-unpublished",
    ]);
    expect(textOf(text, "#r1")).toContain("the baseline");
    expect(textOf(text, ".article")).toContain("Ferries run every hour instead.");
    expect(textOf(text, ".captures")).toContain("article read");
  });

  it("leads from a sentence that was changed to when it came and what it said before", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE);
    const { text } = await room.get(`/watches/${watch.id}`);
    expect(intrusions(text)).toEqual([]);
    expect(text).toContain('<a class="said" href="#s1">The bridge will stay closed for 30 days.</a>');
    expect(textOf(text, "#s1")).toMatch(
      /^Edited in change 2, between 12:16 and 12:31 UTC .* \[removed: 3\]\[added: 30\] days\.$/,
    );
    expect(textOf(text, "#s2")).toMatch(/^Added in change 3/);
    expect(textOf(text, "main")).toContain("Marked sentences were changed since 1 March 2026, 12:01 UTC");
    const once = aReadingRoom();
    await once.publish(STORY, LIFE.slice(0, 1));
    expect((await once.get(`/watches/${watch.id}`)).text).not.toContain("Marked sentences");
  });

  it("keeps every word of a block of any kind whose sentences are told", async () => {
    const kinds = ["paragraph", "heading", "list-item", "quotation", "table-row", "code", "entry"] as const;
    const blocks = (days: number) =>
      kinds.map((kind, n) => ({ kind, text: `Pier ${n} is shut for ${days} days. <Nobody> came to pier ${n}.` }));
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, [{ text: blocks(3) }, { text: blocks(30) }]);
    const { text } = await room.get(`/watches/${watch.id}`);
    for (const { text: whole } of blocks(30))
      expect(textOf(text.replace(/<ul class="told-notes".*?<\/ul>/gs, ""), ".article")).toContain(whole);
    expect(text.match(/class="said"/g)).toHaveLength(kinds.length);
  });

  it("follows its text as far back as a page may cost, and says how far", async () => {
    const room = aReadingRoom();
    const drafts = Array.from({ length: 30 }, (_, n) => ({ text: [`So far ${n} ships have waited at the bridge.`] }));
    const { watch } = await room.publish(STORY, drafts);
    let reads = 0;
    const counting = readingRoom({
      ...room,
      derived: { ...room.derived, read: (key) => room.derived.read(key).finally(() => reads++) },
    });
    const text = await (await counting.request(`/watches/${watch.id}`)).text();
    expect(reads).toBe(7);
    expect(textOf(text, "main")).toContain("changed since 1 March 2026, 23:31 UTC"); // revision 24 of 30
  });

  it("draws its life along a line, told in words as well", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE);
    await room.ledger.recordEvent(anEvent({ watchId: watch.id }), STORY);
    const { text } = await room.get(`/watches/${watch.id}`);
    expect(text).toMatch(
      /<svg [^>]*role="img" aria-label="From 1 March 2026, 1\d:\d\d UTC to 1 March 2026, 13:01 UTC: first reading, 2 unmarked, 1 unpublished\. The list below tells of each\."/,
    );
    const widths = [...text.matchAll(/<rect class="unmarked" x="(\d+)"[^>]* width="(\d+)"/g)].map(([, x, width]) => [
      x,
      width,
    ]);
    expect(widths).toHaveLength(2);
    for (const [x, width] of widths) expect(Number(x) + Number(width)).toBeLessThanOrEqual(1000);
    const once = aReadingRoom();
    await once.publish(STORY, LIFE.slice(0, 1));
    expect((await once.get(`/watches/${watch.id}`)).text).not.toContain("<svg");
  });

  it("says in plain words what failed, and what to do", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE.slice(0, 1));
    const at = "2026-03-01T13:00:00.000Z";
    const failure = { kind: "challenge", detail: "cf-mitigated: challenge", at } as const;
    await room.ledger.settle(watch.id, aState({ checked: at, failures: 1, failure }));
    const { text } = await room.get(`/watches/${watch.id}`);
    expect(textOf(text, ".facts")).toContain("a block or challenge page was served in place of the article");
    expect(textOf(text, ".facts")).toContain("ask the publisher to allow the monitor");
  });

  it("says when the source's rule does not fit the page", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE.slice(0, 1));
    const unfit = { detail: "rule: take (.story) finds no story", since: "2026-03-01T13:00:00.000Z" };
    await room.ledger.settle(watch.id, aState({ checked: "2026-03-01T14:00:00.000Z", unfit }));
    const facts = textOf((await room.get(`/watches/${watch.id}`)).text, ".facts");
    expect(facts).toContain("does not fit the page since 1 March 2026");
    expect(facts).toContain("take (.story) finds no story");
  });

  it("goes on with earlier revisions on further pages, each with the events of its time", async () => {
    const room = aReadingRoom();
    const drafts = Array.from({ length: 60 }, (_, n) => ({ text: [`So far ${n} ships have waited at the bridge.`] }));
    const { watch } = await room.publish(STORY, drafts);
    await room.ledger.recordEvent(anEvent({ watchId: watch.id }), STORY); // at noon, before the first revision
    const first = (await room.get(`/watches/${watch.id}`)).text;
    const next = linksOf(first).find((link) => link.includes("?after="));
    const second = (await room.get(next ?? "missing")).text;
    expect(first).not.toContain("-unpublished");
    expect(second).toContain("-unpublished");
    expect(first.split('class="moment"')).toHaveLength(51);
    expect(second.split('class="moment"')).toHaveLength(12);
  });
});

describe("a revision's page", () => {
  it("is the reading, with what was not compared set apart", async () => {
    const room = aReadingRoom();
    const text = [
      "The bridge is closed.",
      { kind: "heading" as const, text: "The crack", level: 2 },
      { kind: "related" as const, text: "Read also: The ferry timetable" },
      { kind: "caption" as const, text: "The northern pier" },
      { kind: "paragraph" as const, text: "Ten walks along the coast", volatile: true as const },
    ];
    const { watch } = await room.publish(STORY, [{ text, standfirst: "A month of detours" }]);
    const page = (await room.get(`/watches/${watch.id}/revisions/1`)).text;
    expect(textOf(page, ".article")).toBe("A month of detours The bridge is closed. The crack");
    expect(textOf(page, "main")).toContain("Links to other articles (not compared) Read also: The ferry timetable");
    expect(textOf(page, "main")).toContain("Captions (not compared) The northern pier");
    expect(textOf(page, "main")).toMatch(/Another on every visit, .* \(not compared\) Ten walks along the coast/);
  });

  it("gives the bytes that it was read from, as a file and never as a page", async () => {
    const room = aReadingRoom();
    const { watch, newest } = await room.publish(STORY, LIFE.slice(0, 1));
    const { status, headers, text } = await room.get(`/watches/${watch.id}/revisions/1/capture`);
    expect([status, text]).toEqual([200, "WARC of 2026-03-01T12:01:00.000Z"]);
    expect(headers.get("Content-Disposition")).toBe(`attachment; filename="${newest.warc.split("/").at(-1)}"`);
    expect(headers.get("Content-Type")).toBe("application/gzip");
  });
});

describe("a change's page", () => {
  it("marks the words in headline, byline and text", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE);
    const { text } = await room.get(`/watches/${watch.id}/changes/2`);
    expect(textOf(text, "h1 ins")).toContain("for a month");
    expect(textOf(text, "h1 del")).toContain("after inspection");
    expect(textOf(text, ".comparison")).toContain("By Ada Quill");
    expect(textOf(text, ".change-text")).toContain("closed for [removed: 3][added: 30] days.");
  });

  it("leaves the unchanged text out until it is asked for", async () => {
    const room = aReadingRoom();
    const far = ["The mayor spoke.", "The council met.", "The port paid.", "The ferry left.", "Nobody was hurt."];
    const { watch } = await room.publish(STORY, [
      { text: ["It lasts 3 days.", ...far] },
      { text: ["It lasts 30 days.", ...far] },
    ]);
    const page = `/watches/${watch.id}/changes/2`;
    const brief = (await room.get(page)).text;
    const whole = (await room.get(`${page}?whole=1`)).text;
    expect(brief).not.toContain("Nobody was hurt.");
    expect(whole).toContain("Nobody was hurt.");
    expect(linksOf(brief)).toContain(`${page}?whole=1`);
    expect(linksOf(whole)).toContain(page);
  });

  it("shows before beside after where that is asked for, and keeps to it from change to change", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE);
    const page = `/watches/${watch.id}/changes/2`;
    expect(linksOf((await room.get(page)).text)).toContain(`${page}?view=side`);
    const { text } = await room.get(`${page}?view=side`);
    expect(textOf(text, ".pair .before del")).toContain("3");
    expect(textOf(text, ".pair .after ins")).toContain("By Ada Quill");
    expect(text).not.toContain("Engineers found a crack");
    expect(linksOf(text)).toEqual(
      expect.arrayContaining([page, `${page}?view=side&whole=1`, `/watches/${watch.id}/changes/3?view=side`]),
    );
    expect((await room.get(`${page}?view=side&whole=1`)).text).toContain("Engineers found a crack");
    const compared = `/watches/${watch.id}/compare/1...3`;
    expect(textOf((await room.get(`${compared}?view=side`)).text, ".pair .after ins")).toContain("By Ada Quill");
    expect(linksOf((await room.get(`${compared}?view=side`)).text)).toContain(
      `/watches/${watch.id}/compare/3...1?view=side`,
    );
  });

  it("folds away what is typography alone, but has it", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, [
      { text: ["“It is closed,” the mayor said.", "It lasts 3 days."] },
      { text: ['"It is closed," the mayor said.', "It lasts 30 days."] },
    ]);
    const { text } = await room.get(`/watches/${watch.id}/changes/2`);
    expect(textOf(text, ".change-typography summary")).toBe("1 paragraph in which only typography changed");
    expect(textOf(text, ".change-typography ins")).toContain('"');
  });

  it("sets the dates that the page claims beside the observed interval", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, [
      { ...LIFE[0], published: "2026-02-27T08:00:00Z", modified: "2026-02-27T08:00:00Z" },
      { ...LIFE[1], published: "2026-02-27T08:00:00Z", modified: "2026-03-01T10:15:00+01:00" },
    ]);
    const { text } = await room.get(`/watches/${watch.id}/changes/2`);
    expect(textOf(text, ".claims")).toContain("between 12:16 and 12:31 UTC on 1 March 2026");
    expect(textOf(text, ".claims")).toContain("published27 February 2026, 08:00 UTC");
    expect(textOf(text, ".claims")).toContain("27 February 2026, 08:00 UTC, now 1 March 2026, 09:15 UTC");
  });

  it("names the evidence of both sides", async () => {
    const room = aReadingRoom();
    const { watch, newest } = await room.publish(STORY, LIFE);
    const { text } = await room.get(`/watches/${watch.id}/changes/3`);
    for (const part of [newest.reading, newest.recordId, newest.warc])
      expect(textOf(text, ".evidence")).toContain(part);
    expect(linksOf(text)).toContain(`/watches/${watch.id}/revisions/2/capture`);
  });

  it("leads to the change before and after, and to neither end's beyond", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE);
    const second = (await room.get(`/watches/${watch.id}/changes/2`)).text;
    const third = (await room.get(`/watches/${watch.id}/changes/3`)).text;
    expect(second).toContain(`<a href="/watches/${watch.id}/changes/3" rel="next">`);
    expect(second).not.toContain('rel="prev"');
    expect(third).toContain(`<a href="/watches/${watch.id}/changes/2" rel="prev">`);
    expect(third).not.toContain('rel="next"');
  });

  it("says what is only a hint apart from the labels", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, [
      { text: ["Ada Quill opened the bridge.", "It lasts 3 days."] },
      { text: ["Ada Quell opened the bridge.", "It lasts 30 days."] },
      { text: ["Ada Quell opened the bridge.", "It lasts 31 days."] },
    ]);
    const [both, label] = [
      (await room.get(`/watches/${watch.id}/changes/2`)).text,
      (await room.get(`/watches/${watch.id}/changes/3`)).text,
    ];
    expect(textOf(both, ".tags")).toContain("number");
    expect(textOf(both, ".tag.hint")).toMatch(/^perhaps (name|spelling)$/);
    expect(textOf(both, ".about")).toContain("look at the words before you rely on it");
    expect(label).not.toContain("erhaps");
    expect(textOf((await room.get(`/watches/${watch.id}/compare/1...2`)).text, ".tag.hint")).toMatch(/^perhaps /);
  });

  it("is handed on as a patch, as Markdown and as JSON, by the links that it has", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE);
    const page = `/watches/${watch.id}/changes/2`;
    const links = linksOf((await room.get(page)).text);
    const get = async (format: string) => {
      expect(links).toContain(`${page}/${format}`);
      const { status, headers, text } = await room.get(`${page}/${format}`);
      expect(status).toBe(200);
      return [headers.get("Content-Type"), text];
    };
    expect(await get("patch")).toEqual([
      "text/plain; charset=utf-8",
      expect.stringContaining("-The bridge will stay closed for 3 days.\n+The bridge will stay closed for 30 days.\n"),
    ]);
    expect(await get("markdown")).toEqual([
      "text/markdown; charset=utf-8",
      expect.stringMatching(
        /^\*\*Harbour bridge closed for a month\*\* {2}\nChange 2 {2}\nEdited between 12:16 .* {2}\nUnmarked · Substantive · headline .*\n\n_Headline:_ .*\n\n_Byline:_ .*\n\n.* closed for ~~3~~ \*\*30\*\* days\./,
      ),
    ]);
    const [type, text] = await get("json");
    expect(type).toBe("application/json; charset=utf-8");
    expect(JSON.parse(text ?? "")).toMatchObject({
      watchId: watch.id,
      from: 1,
      to: 2,
      cause: "edit",
      observed: { lastSeen: "2026-03-01T12:16:00.000Z" },
      change: {
        version: 1,
        unmarked: true,
        labels: expect.arrayContaining([expect.objectContaining({ kind: "number" })]),
      },
    });
    expect((await room.get(`${page}/pdf`)).status).toBe(404);
    expect((await room.get(`/watches/${watch.id}/changes/1/json`)).status).toBe(404);
  });

  it("reports an unmarked edit without accusing, and none where readers were told", async () => {
    const room = aReadingRoom();
    const correction = "Correction: an earlier version of this article gave the closure as 3 days.";
    const { watch } = await room.publish(STORY, [
      { text: ["It lasts 3 days."] },
      { text: ["It lasts 30 days."] },
      { text: ["It lasts 31 days.", correction] },
    ]);
    const silent = (await room.get(`/watches/${watch.id}/changes/2`)).text;
    const told = (await room.get(`/watches/${watch.id}/changes/3`)).text;
    expect(textOf(silent, ".about")).toContain("That is an observation, not an accusation.");
    expect(textOf(told, ".tags")).toContain("Correction added");
    expect(told).not.toContain("accusation");
  });

  it("says of our own better reading that it is no edit", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, [
      { text: ["It lasts 3 days. Share"] },
      { text: ["It lasts 3 days."], normaliser: "2" },
    ]);
    const { text } = await room.get(`/watches/${watch.id}/changes/2`);
    expect(textOf(text, ".tags")).toContain("not the publisher’s edit");
    expect(textOf(text, ".tags")).not.toContain("Unmarked");
  });
});

describe("what became of each sentence", () => {
  const historyOf = async (drafts: readonly Draft[]) => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, drafts);
    const { status, text } = await room.get(`/watches/${watch.id}/history`);
    expect([status, intrusions(text)]).toEqual([200, []]);
    return { text, watch, links: linksOf(text), watchPage: (await room.get(`/watches/${watch.id}`)).text };
  };

  it("is told below its paragraph: when it came, what it said before; and what is gone", async () => {
    const { text, watch, links, watchPage } = await historyOf(LIFE);
    expect(textOf(text, ".article mark")).toBe("The bridge will stay closed for 30 days.");
    expect(textOf(text, "#s1")).toMatch(
      /^Edited in change 2, between 12:16 and 12:31 UTC on 1 March 2026 .* closed for \[removed: 3\]\[added: 30\] days\.$/,
    );
    expect(textOf(text, "#s2")).toMatch(/^Added in change 3, between 12:46 and 13:01 UTC/);
    expect(textOf(text, ".gone")).toMatch(/^Engineers found a crack .* Gone in change 3, between 12:46/);
    expect(links).toContain(`/watches/${watch.id}/changes/3`);
    expect(links).toContain("#s2");
    expect(linksOf(watchPage)).toContain(`/watches/${watch.id}/history`);
  });

  it("says so where nothing happened, and where nothing is gone", async () => {
    const once = await historyOf(LIFE.slice(0, 1));
    expect(textOf(once.text, "main")).toContain("Nothing has happened to this text");
    expect(textOf(once.text, ".article")).toContain("Engineers found a crack");
    expect(once.watchPage).not.toContain("/history");
    expect(textOf((await historyOf(LIFE.slice(0, 2))).text, "main")).toContain("No sentence was taken out");
  });

  it("tells our own better reading as ours, and what it put right not at all", async () => {
    const kept = "The mayor spoke to the engineers at the northern pier.";
    const { text } = await historyOf([
      { text: [`${kept} Share`, "Read also: ferries."] },
      { text: [kept, "The council will meet on Thursday."], normaliser: "2" },
    ]);
    expect(textOf(text, ".article")).not.toContain("Edited");
    expect(textOf(text, ".article")).toContain("Came into our reading in change 2");
    expect(textOf(text, ".gone")).toContain("Left our reading in change 2");
  });

  it("shows the latest edits of a sentence, the others when they are asked for, back to a bound", async () => {
    const drafts = Array.from({ length: 60 }, (_, n) => ({ text: [`So far ${n} ships have waited at the bridge.`] }));
    const { text } = await historyOf(drafts);
    expect(textOf(text, "main")).toContain("Followed back to revision 10, first seen 1 March 2026, 16:31 UTC");
    expect(textOf(text, "summary")).toBe("47 earlier edits");
    expect(
      text
        .split("<details>")[1]
        ?.split("</details>")[1]
        ?.match(/Edited/g),
    ).toHaveLength(3);
  });

  it("follows the entries of a live blog through its pages", async () => {
    const said = [
      "The ferry left with forty aboard.",
      "A boat was sent out.",
      "Fog has come down.",
      "The raft was empty.",
    ];
    const entry = (n: number): Block[] => [
      { kind: "entry", text: `Update ${n}`, entry: `e${n}` },
      { kind: "paragraph", text: `${said[n % 4]} That was report ${n}.`, entry: `e${n}` },
    ];
    const page = (...numbers: readonly number[]) => ({ text: numbers.flatMap(entry) });
    const { text } = await historyOf([page(5, 4, 3, 2, 1), page(6, 5, 4, 3, 2), page(7, 6, 5, 4, 3)]);
    expect(textOf(text, ".article").match(/Added in|Moved|Edited|Gone/g)).toEqual(Array(4).fill("Added in"));
    expect(textOf(text, "main")).toContain("No sentence was taken out");
  });
});

describe("a comparison of any two revisions", () => {
  it("is made when it is asked for, in either direction", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE);
    const forth = (await room.get(`/watches/${watch.id}/compare/1...3`)).text;
    const back = (await room.get(`/watches/${watch.id}/compare/3...1`)).text;
    expect(textOf(forth, "h1 ins")).toContain("for a month");
    expect(textOf(back, "h1 del")).toContain("for a month");
    expect(textOf(forth, ".change-text")).toContain("Ferries run every hour instead.");
  });

  it("says so when the two read the same", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE);
    const { status, text } = await room.get(`/watches/${watch.id}/compare/2...2`);
    expect([status, textOf(text, "main")]).toEqual([200, expect.stringContaining("These two read the same.")]);
  });

  it("means the same for ever: a later reading of ours changes nothing at its address", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE);
    const again = aReadingRoom();
    await again.publish(STORY, [...LIFE, { ...LIFE[2], text: ["Read by a better reader."], normaliser: "2" }]);
    for (const pair of ["1...3", "3...1", "1...2"]) {
      const path = `/watches/${watch.id}/compare/${pair}`;
      expect((await again.get(path)).text).toBe((await room.get(path)).text);
    }
  });

  it("is the recorded one of neighbours, whatever made it", async () => {
    const room = aReadingRoom();
    const { watch, newest } = await room.publish(STORY, LIFE.slice(0, 1));
    const later = anArticle({ url: STORY, text: ["The bridge will stay closed for 30 days."] });
    const comparison = { ...compareArticles(anArticle(LIFE[0]), later), degraded: { reason: "an older differ" } };
    const at = "2026-03-01T14:00:00.000Z";
    const from = { warc: newest.warc, recordId: newest.recordId, requested: at, answered: at };
    const change = { cause: "edit", article: later, comparison, from, lastSeen: newest.firstSeen } as const;
    await recordChange(watch, newest, change, room as unknown as Services);
    expect((await room.get(`/watches/${watch.id}/compare/1...2`)).text).toContain("an older differ");
    expect((await room.get(`/watches/${watch.id}/compare/2...1`)).text).not.toContain("an older differ");
  });

  it("has an address to cite, which says so when it is no longer compared as it was", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE);
    const path = `/watches/${watch.id}/compare/1...3`;
    const cited = linksOf((await room.get(path)).text).find((link) => link.includes("seen=")) ?? "missing";
    expect(cited).toMatch(/compare\/1\.\.\.3\?seen=[0-9a-f]{16}$/);
    const page = (await room.get(cited)).text;
    expect(textOf(page, ".about")).toContain("This is the comparison that was cited");
    expect(textOf(page, ".warning")).toBe("");
    expect(linksOf(page)).toContain(`${path}?view=side&seen=${cited.slice(-16)}`);
    const later = (await room.get(`${path}?seen=0123456789abcdef`)).text;
    expect(textOf(later, ".warning")).toContain("compares them otherwise");
    expect((await room.get(`${path}?seen=yesterday`)).status).toBe(400);
  });

  it("has a permanent address, to which the form leads", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, LIFE);
    const { status, headers } = await room.get(`/watches/${watch.id}/compare?a=1&b=3`);
    expect([status, headers.get("Location")]).toEqual([303, `/watches/${watch.id}/compare/1...3`]);
  });
});
