import { describe, expect, it } from "vitest";
import { articleText, normalise } from "../../../shared/normalise/normalise.ts";

const SAID = "The council of the lower town met on Monday to speak about the strike of the ferrymen, which goes on. ";
const paragraphs = (count: number) => Array.from({ length: count }, (_, at) => `<p>${SAID}(${at})</p>`).join("");
const END = "The strike ends on 12 May, the union said.";
const read = (html: string) =>
  articleText(
    normalise({ url: "https://strike.example/", bytes: new TextEncoder().encode(`<title>The strike</title>${html}`) }),
  );

describe("a story in parts of different makes", () => {
  const parts = (count: number, end: string) =>
    `<div class="wrap"><div class="first">${paragraphs(count)}</div>${end}</div>`;

  it.each([1, 4, 5, 6, 9, 40])("keeps its end below %i paragraphs", (count) => {
    const html = parts(count, `<div class="second"><p>${END}</p></div>`);
    expect(read(`<article><h1>The strike</h1>${html}</article>`)).toContain(END);
    expect(read(`<h1>The strike</h1><div itemprop="articleBody">${html}</div>`)).toContain(END);
  });

  it.each([
    ["an aside", `<aside><p>${END}</p></aside>`],
    ["a list of links", `<div class="k"><p><a href="/1">${END}</a></p></div>`],
    ["scraps", `<div class="k"><p>More of it</p><p>On Monday</p></div>`],
  ])("takes no %s for one", (_what, box) =>
    expect(read(`<article><h1>The strike</h1>${parts(6, box)}</article>`)).toBe(
      read(`<article><h1>The strike</h1>${parts(6, "")}</article>`),
    ),
  );

  it("ends with its article", () => {
    const html = `<article><h1>The strike</h1>${parts(6, "")}</article><div><p>${END}</p></div>`;
    expect(read(html)).not.toContain(END);
  });
});
