import { describe, expect, it } from "vitest";
import { comparedBlocks } from "../../../shared/domain/article.ts";
import { normalise } from "../../../shared/normalise/normalise.ts";

const SAID = "The lock at the weir was opened by hand for the first time since the flood. ".repeat(2).trim();
const textsOf = (contents: string) =>
  comparedBlocks(
    normalise({
      url: "https://weir.example/lock",
      bytes: new TextEncoder().encode(
        `<title>The lock</title><article><h1>The lock</h1><p>${SAID}</p>${contents}<h2 id="gates">The gates</h2><p>${SAID} (1)</p><h2><span id="keepers"></span>Its keepers</h2><p>${SAID} (2)</p></article>`,
      ),
    }),
  ).map(({ text }) => text);
const WITHOUT = textsOf("");
const LINKS =
  '<ul><li><a href="#gates">The gates</a><ul><li><a href="#gates">Upper</a></li></ul></li><li><a href="#keepers">Its keepers</a></li></ul>';

describe("a table of contents is no text", () => {
  it.each([
    ["a list of links to headings", LINKS],
    ["with its heading in a box", `<div class="k"><p>Where to find what</p>${LINKS}</div>`],
    ["under a heading that says so", `<h2>Contents</h2>${LINKS}`],
    ["the same in another language", `<p><strong>Inhaltsverzeichnis:</strong></p>${LINKS}`],
    ["of paragraphs", '<p><a href="#gates">The gates</a></p><p><a href="#keepers">Its keepers</a></p>'],
    ["by the words of the headings alone", LINKS.replaceAll(/#\w+/g, "#s-1")],
  ])("%s", (_what, contents) => expect(textsOf(contents)).toEqual(WITHOUT));

  it.each([
    ["a list of links to other pages", LINKS.replaceAll("#", "/"), "Its keepers"],
    [
      "a list of key points that lead to places",
      LINKS.replaceAll(/(#\w+">)[^<]+/g, "$1Twelve are dead"),
      "Twelve are dead",
    ],
    ["what the contents' word alone heads", "<h2>Contents</h2><p>Two gates and a wheel.</p>", "Contents"],
  ])("but %s is", (_what, html, text) =>
    expect(textsOf(html).filter((one) => one === text)).not.toHaveLength(WITHOUT.filter((one) => one === text).length),
  );
});
