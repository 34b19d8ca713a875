import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { type Article, readingDigest } from "../../shared/domain/article.ts";
import { articleText, normalise } from "../../shared/normalise/normalise.ts";

const read = (html: string) =>
  normalise({
    url: "https://property.example/story",
    bytes: new TextEncoder().encode(html),
    contentType: "text/html; charset=utf-8",
  });
const page = (name: string) => readFileSync(new URL(`../fixtures/pages/${name}.html`, import.meta.url), "utf8");
const NAMES = readdirSync(new URL("../fixtures/pages/", import.meta.url))
  .filter((file) => file.endsWith(".html"))
  .map((file) => file.slice(0, -".html".length));

const BLOCKS = /<(?:p|h2|ul|blockquote)\b/g;
const WORDS = />[^<>{}&]*\p{L}{2}[^<>{}&]*(?=<\/(?:p|h1|h2|li|td|div|dd|span)>)/gu;
const OPEN_TAG = /<[a-z][a-z0-9]*(?:\s+[a-z-]+\s*=\s*(?:"[^"]*"|'[^']*'))+\s*\/?>/g;
const ATTRIBUTE = /\s+([a-z-]+)\s*=\s*("[^"]*"|'[^']*')/g;
const attributes = (html: string, change: (all: readonly string[]) => readonly string[]): string =>
  html.replace(OPEN_TAG, (tag) => {
    const all = [...tag.matchAll(ATTRIBUTE)].map(([whole]) => whole);
    return `${/^<[a-z0-9]+/.exec(tag)![0]}${change(all).join("")}${tag.endsWith("/>") ? " />" : ">"}`;
  });

/** Changes of markup that a reader cannot see. `at` picks one of the places where each applies. */
const INVISIBLE: Readonly<Record<string, (html: string, at: number) => string>> = {
  "a comment between blocks": (html, at) => before(html, BLOCKS, at, "<!-- slot 7 -->"),
  "a script between blocks": (html, at) => before(html, BLOCKS, at, "<script>var a = 'no text';</script>"),
  "an advertisement's slot between blocks": (html, at) =>
    before(html, /<p\b/g, at, '<div class="ad-slot" id="ad-3"><span>Advertisement</span></div>'),
  "an advertisement's frame between blocks": (html, at) =>
    before(html, /<p\b/g, at, '<ins class="adsbygoogle" data-ad-slot="3"></ins><iframe src="/ad"></iframe>'),
  "white space between blocks": (html, at) => before(html, /<(?:p|h2|ul|li)\b/g, at, "\n \t\n"),
  "a wrapper around the page": (html) =>
    html.replace(/<body[^>]*>/, "$&<div><div>").replace(/<\/body>|$/, "</div></div>$&"),
  // a line that ends no sentence is a scrap where it has an element of its own
  "a wrapper around a paragraph": (html, at) =>
    replaceNth(html, /<p>[^<]*[.!?؟。]<\/p>/g, at, (whole) => `<div>${whole}</div>`),
  "tags in capitals": (html) =>
    html.replace(
      /<(\/?)(p|h1|h2|div|li|ul|article|title|meta)\b/g,
      (_whole, slash, name) => `<${slash}${name.toUpperCase()}`,
    ),
  "names of attributes in capitals": (html) =>
    attributes(html, (all) => all.map((one) => one.replace(/[a-z-]+(?=\s*=)/, (name) => name.toUpperCase()))),
  "the other quotation marks": (html) =>
    attributes(html, (all) => all.map((one) => (/'|&/.test(one.slice(0, -1)) ? one : one.replaceAll('"', "'")))),
  "a data attribute": (html, at) => replaceNth(html, /<(?:p|div|h1)\b/g, at, (whole) => `${whole} data-track="${at}"`),
  "the order of attributes": (html) => attributes(html, (all) => all.toReversed()),
  "line ends of another system": (html) => html.replace(/\r?\n/g, "\r\n"),
  "letters as character references": (html, at) =>
    replaceNth(html, WORDS, at, (whole) => whole.replace(/\p{L}/u, (letter) => `&#${letter.codePointAt(0)};`)),
  "letters as hexadecimal references": (html, at) =>
    replaceNth(html, WORDS, at, (whole) =>
      whole.replace(/\p{L}/u, (letter) => `&#x${letter.codePointAt(0)!.toString(16)};`),
    ),
  "a soft hyphen": (html, at) => replaceNth(html, WORDS, at, (whole) => whole.replace(/\p{L}(?=\p{L})/u, "$&&shy;")),
};

function replaceNth(html: string, pattern: RegExp, at: number, change: (whole: string) => string): string {
  const body = html.indexOf("<h1") < 0 ? 0 : html.search(/<body|<h1/);
  const matches = [...html.slice(body).matchAll(pattern)];
  const match = matches[at % Math.max(1, matches.length)];
  if (!match) return html;
  const start = body + match.index;
  return html.slice(0, start) + change(match[0]) + html.slice(start + match[0].length);
}
const before = (html: string, pattern: RegExp, at: number, added: string) =>
  replaceNth(html, pattern, at, (whole) => added + whole);

describe("what a reader cannot see does not change the reading", () => {
  const fields = ({ blocks, headline, standfirst, byline, published, modified, language }: Article) => ({
    ...{ headline, standfirst, byline, published, modified, language },
    blocks: blocks.map(({ kind, text }) => `${kind}: ${text}`),
  });

  it.each(Object.keys(INVISIBLE))("%s", (change) => {
    const untouched = NAMES.filter((name) => {
      const html = page(name);
      const original = fields(read(html));
      const changed = [0, 2, 5].map((at) => INVISIBLE[change]!(html, at)).filter((other) => other !== html);
      for (const other of new Set(changed)) expect(fields(read(other)), name).toEqual(original);
      return changed.length === 0;
    });
    // a page without a plain paragraph, or with line breaks for blocks, has nothing to change
    expect(untouched.length, untouched.join(", ")).toBeLessThan(NAMES.length / 4);
  });

  it("several of them together", () => {
    const changes = fc.array(fc.tuple(fc.constantFrom(...Object.keys(INVISIBLE)), fc.nat(20)), {
      minLength: 2,
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), changes, (name, list) => {
        const html = page(name);
        const changed = list.reduce((text, [change, at]) => INVISIBLE[change]!(text, at), html);
        expect(readingDigest(read(changed))).toBe(readingDigest(read(html)));
      }),
      { numRuns: 150, seed: 7 },
    );
  });
});

describe("the same bytes are the same article", () => {
  it("in whatever order pages are read, by a process that has read others and by one that has not", async () => {
    const articles = NAMES.map((name) => [name, read(page(name))] as const);
    vi.resetModules();
    const fresh = await import("../../shared/normalise/normalise.ts");
    expect(fresh.normalise).not.toBe(normalise);
    for (const [name, article] of articles.toReversed()) {
      const bytes = new TextEncoder().encode(page(name));
      const again = fresh.normalise({ url: article.url, bytes, contentType: "text/html; charset=utf-8" });
      expect(again, name).toEqual(article);
      expect(read(page(name)), name).toEqual(article);
    }
  });

  it("whatever lies around them in memory", () => {
    const html = new TextEncoder().encode(page("wordpress"));
    const around = new Uint8Array(html.length + 64).fill(0x3c);
    around.set(html, 32);
    const contentType = "text/html; charset=utf-8";
    const bytes = around.subarray(32, 32 + html.length);
    expect(normalise({ url: "https://property.example/story", bytes, contentType })).toEqual(read(page("wordpress")));
  });
});

describe("what a reader can see changes it", () => {
  const html = page("wordpress");
  it.each([
    ["a number", "&pound;4,150", "&pound;4,510"],
    ["a date in the text", "published on 3 November", "published on 4 November"],
    ["a dash", "post-and-wire", "post–and-wire"],
    ["a list item", "Whips of hazel and", "Whips of"],
    ["a quotation", "two rows", "three rows"],
    ["the headline alone", '"entry-title">Why the', '"entry-title">How the'],
    ["the byline alone", '/owen">Owen Pryce', '/owen">Olwen Pryce'],
  ])("%s", (_what, from, to) => {
    expect(html).toContain(from);
    expect(readingDigest(read(html.replace(from, to)))).not.toBe(readingDigest(read(html)));
  });

  it.each([
    ["a caption", "The hedge on Monday", "The hedge on Tuesday"],
    ["the number of comments", "7 Comments", "12 Comments"],
    ["the claimed modified date", "18:02:11", "19:02:11"],
    ["the title of a related link", "A bonfire too many", "No bonfire this year"],
    ["a claimed author that it does not show", 'content="Owen Pryce"', 'content="Olwen Pryce"'],
    ["a comment", "It should have been done years ago", "It was done too soon"],
  ])("but not %s", (_what, from, to) => {
    expect(html).toContain(from);
    expect(readingDigest(read(html.replace(from, to)))).toBe(readingDigest(read(html)));
  });
});

describe("a standfirst", () => {
  const LINE = "Islanders say four crossings a day are not enough for school and surgery";
  const heading = page("json-ld-news");
  const paragraph = (attributes: string) =>
    heading.replace(/<h2 class="story-standfirst">([^<]*)<\/h2>/, `<p${attributes}>$1</p>`);
  const inHeader = (html: string) => html.replace(/<p[^>]*>Islanders say four[^<]*<\/p>/, "<header>$&</header>");
  const opens = (html: string) => articleText(read(html)).split("\n\n")[0];

  it.each([
    ["a heading named so", heading],
    ["a heading that the description repeats", heading.replace("story-standfirst", "x9")],
    ["a line named so in the page's header", inHeader(paragraph(' class="dek"'))],
    [
      "a line of a header that calls itself the banner",
      inHeader(paragraph(' class="dek"')).replaceAll("<header>", '<header role="banner">'),
    ],
    [
      "a line named so among date and byline",
      inHeader(paragraph(' class="dek"')).replace(/<p class="dek">[^<]*<\/p>/, '<div class="meta">$&</div>'),
    ],
  ])("is a line of its own as %s", (_how, html) => {
    expect(read(html).standfirst).toBe(LINE);
    expect(articleText(read(html))).not.toContain(LINE);
  });

  it.each([
    ["named so", paragraph(' class="dek"')],
    ["that the description repeats", paragraph("")],
    ["that the description repeats, in the header", inHeader(paragraph(""))],
  ])("opens the story as a paragraph %s", (_how, html) => {
    expect(opens(html)).toBe(LINE);
    expect(read(html).standfirst).toBeNull();
  });

  it("stays where it is when an editor changes it and forgets the description", () => {
    const edit = (html: string) => html.replace(/say four (?=[^<]*<\/(?:h2|p)>)/, "say six ");
    expect(read(edit(heading)).standfirst).toContain("say six crossings");
    expect(opens(edit(paragraph("")))).toContain("say six crossings");
  });

  it("is not claimed from a description that the page does not show", () => {
    const hidden = paragraph("").replace(/<p>Islanders say four[^<]*<\/p>/, "");
    expect(read(hidden).standfirst).toBeNull();
    expect(articleText(read(hidden))).not.toContain(LINE);
  });
});

describe("what stands in a story without being of it", () => {
  const PARAGRAPH =
    "The ferry company said on Monday that a fifth crossing would be tried from the first of May. ".repeat(2);
  const around = (inserted: string) =>
    articleText(
      read(
        `<title>Of ferries</title><article><h1>Of ferries</h1><div class="x"><p>${PARAGRAPH}</p>${inserted}<p>${PARAGRAPH}</p><p>${PARAGRAPH}</p></div></article>`,
      ),
    );
  const VIDEO = "https://schema.org/VideoObject";
  it.each([
    [
      "a video's controls",
      `<div itemscope itemtype="${VIDEO}"><header>Closed captions</header><div>ON OFF</div></div>`,
    ],
    ["a transcript in a figure", "<figure><div><h2>The harbour in a minute</h2><p>transcript</p></div></figure>"],
    ["a player's title", '<div class="c-video-player"><h3>Watch the harbour</h3></div>'],
  ])("%s is not in the text", (_what, html) => expect(around(html)).toBe(around("")));

  it.each([
    ["a table in a figure", "<figure><table><tr><td>Crossings</td><td>4</td></tr></table></figure>", "Crossings | 4"],
    ["a pull quote in a figure", "<figure><blockquote>We wait.</blockquote></figure>", "We wait."],
    ["a row about a player", '<table><tr class="player-7"><td>Kyle</td><td>5</td></tr></table>', "Kyle | 5"],
  ])("%s is", (_what, html, text) => expect(around(html)).toContain(text));

  it("a scrap right under the story's own element is, one in an element of its own is not", () => {
    const page = (end: string) =>
      articleText(
        read(
          `<div class="k"><h1>Terms</h1><div><p>${PARAGRAPH.repeat(3)}</p></div><div><p>${PARAGRAPH.repeat(3)}</p></div>${end}</div>`,
        ),
      );
    expect(page("Revised: 4 January 2022")).toContain("Revised: 4 January 2022");
    expect(page("<div>Page 1 of 1</div>")).not.toContain("Page 1 of 1");
  });
});

describe("however much stands around the story today, the reading stays", () => {
  const CROWD = "Someone wrote a long remark here, with commas, opinions, and a second thought at the end of it. ";
  it.each<[name: string, what: string, one: RegExp]>([
    ["blogger", "comments", /<p>Saya pernah[^<]*<\/p>/],
    ["blogger", "popular posts", /<li><a href='#'>Resep[\s\S]*?<\/li>/],
    ["blogger-short", "comments", /<p>Besok saya[^<]*<\/p>/],
    ["blogger-short", "popular posts", /<li><a href='#'>Harga[\s\S]*?<\/li>/],
    ["wordpress", "comments", /<li><p>It should[^<]*<\/p><\/li>/],
    ["wordpress", "recent posts", /<li><a href="\/x">[^<]*<\/a><\/li>/],
    ["json-ld-news", "related stories", /<li><a href="\/1">[^<]*<\/a><\/li>/],
    ["json-ld-news", "most read", /<li><a href="\/3">[^<]*<\/a><\/li>/],
  ])("%s: %s", (name, _what, one) => {
    const html = page(name);
    const before = readingDigest(read(html));
    expect(html).toMatch(one);
    for (const count of [0, 2, 7, 30]) {
      const many = html.replace(one, (whole) =>
        Array.from({ length: count }, (_, at) => whole.replace(/>([^<>]+)</, `>${CROWD.repeat(at % 4)}$1 ${at}<`)).join(
          "\n",
        ),
      );
      expect(readingDigest(read(many)), `${count}`).toBe(before);
    }
  });
});

describe("no input makes it throw", () => {
  const unit = { numRuns: 300, seed: 11 };
  it("bytes of any kind", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) =>
        Array.isArray(normalise({ url: "https://a.example/", bytes }).blocks),
      ),
      unit,
    );
  });

  it("tags in any order", () => {
    const tag = fc.constantFrom(
      "<p>",
      "</p>",
      "<div>",
      "</div>",
      "<table>",
      "<tr>",
      "<td>",
      "</table>",
      "<li>",
      "<a href=x>",
      "</a>",
      "<h1>",
      "</h1>",
      "<br>",
      "<hr>",
      "<svg>",
      "<title>",
      "</title>",
      "<script>",
      "</script>",
      "<!--",
      "-->",
      "<blockquote>",
      "words of some kind. ",
      "&nbsp;",
      "<time>",
      "<body>",
      "<html>",
      "<b",
      "\u0000",
    );
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 60 }), (tags) => typeof articleText(read(tags.join(""))) === "string"),
      unit,
    );
  });

  it("an address that is none", () => {
    expect(
      normalise({
        url: "not an address",
        bytes: new TextEncoder().encode('<a href="/x">x</a><p>Text of a paragraph.</p>'),
      }).blocks.length,
    ).toBeGreaterThan(0);
  });
});
