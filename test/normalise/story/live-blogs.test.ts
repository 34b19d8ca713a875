import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compareArticles } from "../../../shared/diff/compare.ts";
import { type Article, readingDigest } from "../../../shared/domain/article.ts";
import { normalise } from "../../../shared/normalise/normalise.ts";

const page = (name: string) => readFileSync(new URL(`../../fixtures/pages/${name}.html`, import.meta.url), "utf8");
const read = (html: string) =>
  normalise({
    url: "https://live.example/story",
    bytes: new TextEncoder().encode(html),
    contentType: "text/html; charset=utf-8",
  });
const keysOf = ({ blocks }: Article) =>
  [...new Set(blocks.map(({ entry }) => entry))].filter((key) => key !== undefined);
const told = (before: string, after: string) => {
  const comparison = compareArticles(read(before), read(after));
  return comparison.segments
    .filter(({ kind }) => kind !== "unchanged")
    .map(({ kind, after: span, before: gone }) => [
      kind,
      span ? comparison.after[span.paragraph] : comparison.before[gone!.paragraph],
    ]);
};

/** One entry of each page, and the page with its entries turned round. */
const PAGES = {
  "live-blog": /<article id="block-[\s\S]*?<\/article>/g,
  "live-stream": /<li class="stream__item">[\s\S]*?<\/article><\/li>/g,
  "live-amp": /<div id="e\d"[\s\S]*?<\/div>/g,
} as const;
const NEW = "The last buses left the station yard, and nobody has been left behind there.";
const newEntry = (entry: string) =>
  entry
    .replace(/((?:block-|post_)?)(\w+)(?=")/, "$1new9")
    .replace(/data-block-id="\w+"/, 'data-block-id="new9"')
    .replace(/<p>[\s\S]*<\/p>/, `<p>${NEW}</p>`);

describe.each(Object.entries(PAGES))("%s", (name, pattern) => {
  const html = page(name);
  const entries = html.match(pattern)!;
  const [first] = entries as [string];

  it("has its entries keyed", () => expect(keysOf(read(html))).toHaveLength(entries.length));

  it("tells a new entry on top as just that", () => {
    const added = newEntry(first.replace(/ id="\w+"/, ' id="new9"')).replace(/<h[23][^>]*>[^<]*<\/h[23]>/, "");
    const after = html.replace(first, `${added}\n${first}`);
    expect(keysOf(read(after))).toHaveLength(entries.length + 1);
    expect(told(html, after)).toEqual([["added", NEW]]);
  });

  it("tells an edit inside an entry as just that", () => {
    const last = entries.at(-1)!;
    const after = html.replace(last, last.replace(/\.<\/p>/, ", we hear.</p>"));
    expect(told(html, after)).toEqual([["edited", expect.stringContaining("we hear.")]]);
  });

  it("reads the same when its entries are turned round, where it says that it is one", () => {
    if (name === "live-stream") return;
    const waiting = [...entries];
    const turned = html.replace(pattern, () => waiting.pop()!);
    expect(turned).not.toBe(html);
    expect(readingDigest(read(turned))).toBe(readingDigest(read(html)));
    expect(told(html, turned)).toEqual([]);
  });

  it("reads the same when all its times are others", () => {
    const later = html.replace(/\d\d([.:])\d\d(?= GMT|<\/)|\d\d(?='<)/g, (_time, mark = "") => `23${mark}59`);
    expect(later).not.toBe(html);
    expect(readingDigest(read(later))).toBe(readingDigest(read(html)));
  });
});

describe("what is no live blog has no entries", () => {
  const SAID = "The reservoir above the town was emptied on Tuesday so that divers could look for the cracks. ".repeat(
    3,
  );
  const items = (name: string, head: string, tail = "") =>
    [1, 2, 3, 4].map((at) => `<${name} id="i${at}">${head}<p>${SAID}(${at})</p>${tail}</${name}>`).join("");
  it.each<[what: string, html: string]>([
    ["sections with an id", `<h1>The dam</h1><main>${items("section", "<h2>Of water</h2>")}</main>`],
    [
      "comments",
      `<article><h1>The dam</h1><p>${SAID}</p></article><div class="comments">${items("div", "<time>3 May</time>")}</div>`,
    ],
    [
      "comments that nothing calls so, the newest first",
      `<article><h1>The dam</h1>${`<p>${SAID}</p>`.repeat(6)}</article><div>${[5, 4, 3].map((hour) => `<div id="r${hour}"><time>${hour}:05</time><p>${SAID.repeat(3)}</p><a href="/u/${hour}">A reader of ours</a> <a href="#r${hour}">Answer this one</a></div>`).join("")}</div>`,
    ],
    [
      "articles one below the other",
      `<title>The dam</title><main>${items("article", "<h2>Of water</h2><time>3 May</time>").replace("Of water", "The dam")}</main>`,
    ],
    ["elements that share one id", `<h1>The dam</h1>${items("section", "<time>3 May</time>").replace(/i\d/g, "i1")}`],
  ])("%s", (_what, html) => expect(keysOf(read(html))).toEqual([]));

  const programme = (...times: readonly string[]) =>
    `<h1>The dam</h1><div>${times.map((time, at) => `<div id="e${at}"><h3>Part ${at}</h3><time>${time}</time><p>${SAID}(${at})</p></div>`).join("")}</div>`;
  it.each([
    ["the first of its times", programme("10:30", "11:00", "12:00")],
    ["the last of its times, out of order", programme("10:00", "11:00", "9:00")],
    [
      "the order of its parts",
      programme("10:00", "11:00", "12:00").replace(/(<div id="e1".*?<\/div>)(<div id="e2".*?<\/div>)/, "$2$1"),
    ],
  ])("a programme: %s is seen to change", (_what, after) => {
    const before = programme("10:00", "11:00", "12:00");
    expect(after).not.toBe(before);
    expect(keysOf(read(before))).toEqual([]);
    expect(readingDigest(read(after))).not.toBe(readingDigest(read(before)));
  });

  it.each([
    ["by the clock, over midnight", ["0:10", "23:50", "9:05 pm", "8.40 pm"], 4],
    [
      "by the instants of its times",
      ["5 min", "7 min", "12 min"].map((ago, at) => `${ago}" datetime="2026-02-11T0${9 - at}:05:00+01:00`),
      3,
    ],
    ["by days alone", ["5 May", "3 May", "1 May"], 0],
  ] as const)("but one that runs backwards has, %s", (_how, times, count) => {
    const html = programme(...times).replace(/<time>([^<"]*)" ([^<]*)</g, '<time $2">$1<');
    expect(keysOf(read(html))).toHaveLength(count);
  });
});

describe("entries are found", () => {
  const SAID = "The reservoir above the town was emptied on Tuesday.";
  const entries = (attributes: (at: number) => string, time = "<time>10.05</time>", long = 2) =>
    [1, 2, 3].map((at) => `<div ${attributes(at)}>${time}<p>${SAID.repeat(at === long ? 12 : 1)}</p></div>`).join("");
  it.each<[what: string, html: string, keys: readonly string[]]>([
    ["by a data attribute", entries((at) => `data-post-id="p${at}"`), ["p1", "p2", "p3"]],
    ["where one says nearly all", entries((at) => `class="e" id="e${at}"`), ["e1", "e2", "e3"]],
    [
      "where microdata calls them updates",
      entries((at) => `itemprop="liveBlogUpdate" id="u${at}"`, ""),
      ["u1", "u2", "u3"],
    ],
    [
      "where the page claims a live blog's updates",
      `<script type="application/ld+json">{"@type":"LiveBlogPosting","liveBlogUpdate":[{"url":"https://live.example/story#b1"},{"@id":"#b2"},{"identifier":"b3"}]}</script>${entries((at) => `data-key="x${at}" id="b${at}"`, "")}`,
      ["b1", "b2", "b3"],
    ],
  ])("%s", (_what, html, keys) => expect(keysOf(read(`<h1>The dam</h1><div>${html}</div>`))).toEqual(keys));
});
