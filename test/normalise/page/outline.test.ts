import { describe, expect, it } from "vitest";
import { comparedBlocks } from "../../../shared/domain/article.ts";
import { normalise } from "../../../shared/normalise/normalise.ts";

const STORY = "The ferry to the northern islands was cancelled on Monday because its ramp would not close.";
const LONG = Array.from({ length: 6 }, (_, at) => `<p>${STORY} (${at})</p>`).join("");
const blocksOf = (html: string) =>
  comparedBlocks(
    normalise({ url: "https://ferry.example/", bytes: new TextEncoder().encode(`<title>The ferry</title>${html}`) }),
  ).map(({ kind, text }) => `${kind}: ${text}`);

describe("the kind of a text", () => {
  it("a heading that was never closed is its first piece", () => {
    const blocks = blocksOf(`<article><h1>The ferry</h1><h2>Where it lay<div>${LONG}</div></article>`);
    expect(blocks.slice(0, 2)).toEqual(["heading: Where it lay", `paragraph: ${STORY} (0)`]);
  });

  it("a heading set as a paragraph is a heading", () => {
    const blocks = blocksOf(`<article><h1>The ferry</h1>${LONG}<h2><p>Where it lay</p></h2>${LONG}</article>`);
    expect(blocks[6]).toBe("heading: Where it lay");
  });

  it("a table's caption is text like the table", () => {
    const table =
      "<table><caption>Crossings a week</caption><tr><td>May</td><td>12</td></tr><tr><td>June</td><td>14</td></tr></table>";
    expect(blocksOf(`<article><h1>The ferry</h1>${LONG}${table}${LONG}</article>`)[6]).toBe(
      "paragraph: Crossings a week",
    );
  });
});

it("small print over the characters is not text", () => {
  const html = `<article><h1>The ferry</h1>${LONG}<p>北の<ruby>島<rp>(</rp><rt>しま</rt><rp>)</rp></ruby>へ。</p></article>`;
  expect(blocksOf(html).at(-1)).toBe("paragraph: 北の島へ。");
});

it("a story told in headings is a story", () => {
  const posters = `${STORY} Posters are due by the end of May.`;
  const html = `<article><h1>The ferry</h1><blockquote><h3>For children</h3><h4>${posters}</h4></blockquote></article>`;
  expect(blocksOf(html)).toEqual(["heading: For children", `heading: ${posters}`]);
});
