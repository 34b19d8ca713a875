import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readingDigest } from "../../shared/domain/article.ts";
import { articleText, normalise } from "../../shared/normalise/normalise.ts";

const read = (html: string) =>
  normalise({
    url: "https://property.example/story",
    bytes: new TextEncoder().encode(html),
    contentType: "text/html; charset=utf-8",
  });
const page = (name: string) => readFileSync(new URL(`../fixtures/pages/${name}.html`, import.meta.url), "utf8");
const NAMES = [
  "blogger",
  "blogger-short",
  "wordpress",
  "json-ld-news",
  "plain",
  "table-and-list",
  "arabic",
  "chinese",
] as const;

/** Changes of markup that a reader cannot see. `at` picks one of the places where each applies. */
const INVISIBLE: Readonly<Record<string, (html: string, at: number) => string>> = {
  "a comment between blocks": (html, at) => before(html, /<(?:p|h2|ul|blockquote)\b/g, at, "<!-- slot 7 -->"),
  "a script between blocks": (html, at) =>
    before(html, /<(?:p|h2|ul|blockquote)\b/g, at, "<script>var a = 'no text';</script>"),
  "an advertisement's slot between blocks": (html, at) =>
    before(html, /<p\b/g, at, '<div class="ad-slot" id="ad-3"><span>Advertisement</span></div>'),
  "white space between blocks": (html, at) => before(html, /<(?:p|h2|ul|li)\b/g, at, "\n \t\n"),
  "a wrapper around the page": (html) =>
    html.replace(/<body[^>]*>/, "$&<div><div>").replace(/<\/body>/, "</div></div></body>"),
  "a wrapper around a paragraph": (html, at) =>
    replaceNth(html, /<p>[^<]*<\/p>/g, at, (whole) => `<div>${whole}</div>`),
  "tags in capitals": (html) =>
    html.replace(/<(\/?)(p|h1|h2|div|li|ul)\b/g, (_whole, slash, name) => `<${slash}${name.toUpperCase()}`),
  "a data attribute": (html, at) => replaceNth(html, /<(?:p|div|h1)\b/g, at, (whole) => `${whole} data-track="${at}"`),
  "the order of attributes": (html) =>
    html.replace(/<(div|span|a) (\w+)=("[^"]*"|'[^']*') (\w+)=("[^"]*"|'[^']*')/g, "<$1 $4=$5 $2=$3"),
  "letters as character references": (html, at) =>
    replaceNth(html, />[^<{}]*[a-z][^<{}]*<\/p>/g, at, (whole) =>
      whole.replace(/[a-z]/, (letter) => `&#${letter.charCodeAt(0)};`),
    ),
  "a soft hyphen": (html, at) => replaceNth(html, /[a-z]{4}(?=[a-z]{3}[^<>]*<\/p>)/g, at, (whole) => `${whole}&shy;`),
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
  it.each(Object.keys(INVISIBLE))("%s", (change) => {
    for (const name of NAMES) {
      const html = page(name);
      const original = read(html);
      for (let at = 0; at < 6; at += 1) {
        const changed = read(INVISIBLE[change]!(html, at));
        expect(articleText(changed), `${name} ${at}`).toBe(articleText(original));
        expect(readingDigest(changed), `${name} ${at}`).toBe(readingDigest(original));
      }
    }
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

describe("what a reader can see changes it", () => {
  const html = page("wordpress");
  it.each([
    ["a number", "&pound;4,150", "&pound;4,510"],
    ["a date in the text", "published on 3 November", "published on 4 November"],
    ["a dash", "post-and-wire", "post–and-wire"],
    ["a list item", "Whips of hazel and", "Whips of"],
    ["a quotation", "two rows", "three rows"],
    ["the headline alone", '"entry-title">Why the', '"entry-title">How the'],
    ["the byline alone", 'content="Owen Pryce"', 'content="Olwen Pryce"'],
  ])("%s", (_what, from, to) => {
    expect(html).toContain(from);
    expect(readingDigest(read(html.replace(from, to)))).not.toBe(readingDigest(read(html)));
  });

  it.each([
    ["a caption", "The hedge on Monday", "The hedge on Tuesday"],
    ["the number of comments", "7 Comments", "12 Comments"],
    ["the claimed modified date", "18:02:11", "19:02:11"],
    ["the title of a related link", "A bonfire too many", "No bonfire this year"],
    ["a comment", "It should have been done years ago", "It was done too soon"],
  ])("but not %s", (_what, from, to) => {
    expect(html).toContain(from);
    expect(readingDigest(read(html.replace(from, to)))).toBe(readingDigest(read(html)));
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
