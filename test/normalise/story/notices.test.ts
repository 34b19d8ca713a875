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
const wordsIn = (box: string) => / ([^<>]{30,})<\/p>/.exec(box)![1]!;

describe("a publisher's notice", () => {
  it.each(BOXES)("is text in %s", (_what, box) => expect(read(box)).toContain(wordsIn(box)));

  it.each(BOXES)("is text below the story in %s", (_what, box) => {
    const below = `<div class="y"><p>Short words</p></div>${box}<div class="share"><p>Share this with everybody.</p></div>`;
    expect(read("", below)).toContain(wordsIn(box));
    expect(read("", below)).not.toMatch(/Short words|Share this/);
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
