import { describe, expect, it } from "vitest";
import { articleText, inspect, normalise } from "../../../shared/normalise/normalise.ts";

const WORDS = "tide rope gate bell keeper lamp winter stone barge letter copper island".split(" ");
/** Sentences of invented words in an order of their own, so that no two share five in a row. */
const told = (seed: number, sentences: number): string[] =>
  Array.from({ length: sentences }, (_, at) => {
    const pick = (step: number) => WORDS[(seed * 7 + at * 5 + step * (seed + at + 1)) % WORDS.length]!;
    return `The ${pick(1)} ${seed}${at} and the ${pick(2)} were ${at} days from the ${pick(3)}, which ${pick(4)} ${at} had left behind the ${pick(5)}.`;
  });
const STORY = told(1, 12);
const OTHER = told(2, 60);
const paragraphs = (texts: readonly string[]) => texts.map((text) => `<p>${text}</p>`).join("");
const page = (articleBody: string | null, inside: string) => ({
  url: "https://claims.example/",
  bytes: new TextEncoder().encode(
    `<!doctype html><html lang="en"><title>The tide</title>${articleBody === null ? "" : `<script type="application/ld+json">${JSON.stringify({ "@type": "NewsArticle", articleBody })}</script>`}<body><h1>The tide</h1>${inside}</body></html>`,
  ),
  contentType: "text/html; charset=utf-8",
});
const TWO = `<div class="one">${paragraphs(STORY)}</div><div class="two">${paragraphs(OTHER)}</div>`;
const textIn = (articleBody: string | null, inside: string) => articleText(normalise(page(articleBody, inside)));

describe("the text that a page claims", () => {
  it("shows where to look, where the story was sought elsewhere", () => {
    expect(textIn(null, TWO)).toContain(OTHER[0]);
    expect(textIn(STORY.join(" "), TWO)).toBe(STORY.join("\n\n"));
    expect(inspect(page(STORY.join(" "), TWO)).choice()?.why).toBe(
      "it holds the text that the page claims in its JSON-LD",
    );
  });

  it("does so whatever the place is called, and however the claim is escaped", () => {
    const misnamed = TWO.replace("one", "comments");
    expect(textIn(null, misnamed)).not.toContain(STORY[0]);
    expect(textIn(STORY.map((text) => `&lt;p&gt;${text}&lt;/p&gt;`).join(""), misnamed)).toContain(STORY[0]);
  });

  const whole = `<article>${paragraphs(STORY)}<p>And a last one.</p></article>`;
  it.each([
    ["is stale", STORY.slice(0, 9).join(" ")],
    ["is a description", STORY[0]!],
    ["is of another article", OTHER.join(" ")],
    ["is longer than what is shown", [...STORY, ...OTHER.slice(0, 6)].join(" ")],
  ])("changes nothing where it %s", (_what, claim) => expect(textIn(claim, whole)).toBe(textIn(null, whole)));

  it("is never read itself", () => expect(textIn(STORY.join(" "), "<p>Nothing to see.</p>")).toBe("Nothing to see."));
});

describe("a reading that lacks most of what its page claims", () => {
  const flagsOf = (claim: string, inside: string) => normalise(page(claim, inside)).flags;
  it("says so", () =>
    expect(flagsOf(STORY.join(" "), paragraphs(STORY.slice(0, 3)))).toEqual([
      "claimed text: 23 % of what the page claims in articleBody is in the reading",
    ]));
  it.each([
    ["most of it is there", paragraphs(STORY.slice(0, 8)), STORY.join(" ")],
    ["the claim is short", paragraphs(OTHER), STORY.slice(0, 2).join(" ")],
  ])("does not where %s", (_what, inside, claim) => expect(flagsOf(claim, inside)).toEqual([]));
});
