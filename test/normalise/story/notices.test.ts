import { describe, expect, it } from "vitest";
import { articleText, normalise } from "../../../shared/normalise/normalise.ts";

const PARAGRAPH =
  "The ferry company said on Monday that a fifth crossing would be tried from the first of May. ".repeat(2);
const NOTICE =
  "Correction: An earlier version of this article said that there would be six crossings. There will be five.";
const read = (inside: string, below = "") =>
  articleText(
    normalise({
      url: "https://ferry.example/",
      bytes: new TextEncoder().encode(
        `<title>Of ferries</title><nav><a href="/">Home</a></nav><article><h1>Of ferries</h1><div class="x"><p>${PARAGRAPH}</p><p>${PARAGRAPH}</p>${inside}<p>${PARAGRAPH}</p></div>${below}</article><footer><p>All of it is ours.</p></footer>`,
      ),
    }),
  );
const BOXES: readonly (readonly [string, string])[] = [
  ["an aside named so", `<aside class="correction"><p>${NOTICE}</p></aside>`],
  ["an aside named nothing", `<aside><h4>Correction</h4><p>${NOTICE.slice(12)}</p></aside>`],
  ["a footer", `<footer><p>${NOTICE}</p></footer>`],
  ["a box of details", `<div class="article-info"><p>${NOTICE}</p></div>`],
  ["a line named after its date", '<p class="updated">Correction: There will be five crossings, and not six.</p>'],
  ["a footer, named in one word", `<footer><div id="editorsNote"><p>${NOTICE.slice(12)}</p></div></footer>`],
  ["Indonesian, in an aside", "<aside><p>Ralat: jumlah kapal yang benar adalah lima, bukan enam.</p></aside>"],
  [
    "an update that says what it is about",
    `<aside><p>Update: ${PARAGRAPH.replace("fifth", "sixth").trim()}</p></aside>`,
  ],
];
/** Notices that no full stop ends. */
const SHORT: readonly (readonly [string, string, string])[] = [
  ["an aside", '<aside class="correction">Correction: the toll was 12, not 31</aside>', "the toll was 12"],
  ["a footer", "<footer><p>Correction: the toll was 12, not 31</p></footer>", "the toll was 12"],
  ["a block of the story", '<div class="correction">Correction: the toll was 12, not 31</div>', "the toll was 12"],
  ["a block named nothing", "<div>Correction: the toll was 12, not 31</div>", "the toll was 12"],
  ["a block headed so", "<aside><h4>Correction</h4><p>The toll was 12, and not 31</p></aside>", "The toll was 12"],
  ["a box named so alone", '<aside class="corrections"><p>The toll was 12, and not 31</p></aside>', "The toll was 12"],
  ["Indonesian", "<aside><p>Ralat: korban tewas 12 orang</p></aside>", "korban tewas 12"],
  ["Chinese", "<aside><p>更正：死亡人数为12人</p></aside>", "死亡人数为12人"],
];
const wordsIn = (box: string) => / ([^<>]{30,})<\/p>/.exec(box)![1]!;

describe("a publisher's notice", () => {
  it.each(BOXES)("is text in %s", (_what, box) => expect(read(box)).toContain(wordsIn(box)));

  it.each(BOXES)("is text below the story in %s", (_what, box) => {
    const below = `<div class="y"><p>Short words</p></div>${box}<div class="share"><p>Share this with everybody.</p></div>`;
    expect(read("", below)).toContain(wordsIn(box));
    expect(read("", below)).not.toMatch(/Short words|Share this/);
  });

  it.each(SHORT)("that no full stop ends is text in %s", (_what, box, words) => {
    expect(read(box)).toContain(words);
    expect(read("", box)).toContain(words);
    expect(read("", `${box}<div class="y">Short words</div>`)).not.toContain("Short words");
  });

  it("is text between headline and story", () => {
    const html = `<title>Of ferries</title><article><h1>Of ferries</h1>${SHORT[2]![1]}<div class="x"><p>${PARAGRAPH}</p><p>${PARAGRAPH}</p></div></article>`;
    expect(articleText(normalise({ url: "https://ferry.example/", bytes: new TextEncoder().encode(html) }))).toMatch(
      /^Correction: the toll/,
    );
  });

  it("is text below the story without any name", () => expect(read("", `<p>${NOTICE}</p>`)).toContain(NOTICE));

  it("is text below a story that only a <main> holds", () => {
    const html = `<title>Of ferries</title><main><h1>Of ferries</h1><div><div class="x"><p>${PARAGRAPH}</p><p>${PARAGRAPH}</p><p>${PARAGRAPH}</p><p>${PARAGRAPH}</p></div></div><aside class="correction"><p>${NOTICE}</p></aside></main>`;
    expect(articleText(normalise({ url: "https://ferry.example/", bytes: new TextEncoder().encode(html) }))).toContain(
      NOTICE,
    );
  });

  it("leaves the labels beside it what they are", () => {
    const text = read(
      `<footer><p>${NOTICE}</p><div class="tags"><p>Ferries, the sea, and what it costs.</p></div></footer>`,
    );
    expect(text).toContain(NOTICE);
    expect(text).not.toContain("what it costs");
  });

  it.each([
    ["a head word and its date", '<aside class="correction">Correction 5 May 2026</aside>'],
    ["a label", '<footer><p class="amended">12 May 2026</p></footer>'],
    ["a date of change", '<div class="meta"><p>Updated on Monday 5 May at 12.30.</p></div>'],
    [
      "an aside about something else",
      "<aside><p>The company was founded in the spring of 1904, in a shed.</p></aside>",
    ],
    ["a reader's remark", `<div class="comments"><p>${NOTICE}</p></div>`],
    ["a form for readers", '<form class="correction"><p>Have you seen an error in this story? Tell us.</p></form>'],
    [
      "links to other corrections",
      '<aside class="corrections"><p><a href="/1">Correction: Of trams, and what they cost.</a></p></aside>',
    ],
  ])("is not %s", (_what, box) => expect(read(box)).toBe(read("")));
});
