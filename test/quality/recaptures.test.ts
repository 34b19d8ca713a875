import { describe, expect, it } from "vitest";
import { readingDigest } from "../../shared/domain/article.ts";
import { articleText, normalise } from "../../shared/normalise/normalise.ts";
import { EDITS, inventedStory } from "../support/invented-stories.ts";
import { wronglyJudged } from "../support/recaptures.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { dressingOf, SITES } from "../support/site-families.ts";

/** `npm run bench normalise` does a thousand of each. */
const COUNT = 200;
const told = (wrong: ReturnType<typeof wronglyJudged>) => wrong.map(({ seed, site, edit }) => ({ seed, site, edit }));

describe(`of ${COUNT} stories captured again`, () => {
  it("none reads differently while nobody edits it", () => expect(told(wronglyJudged(COUNT, false))).toEqual([]));
  it("each reads differently once somebody does", () => expect(told(wronglyJudged(COUNT, true))).toEqual([]));
});

describe("a headline under test", () => {
  it.each(Object.keys(SITES))("that goes back and forth on a site like %s is two readings, and no third", (site) => {
    const random = seededRandom(4_711);
    const story = inventedStory(random);
    const arms = [story, { ...story, headline: EDITS["the headline"]!(story, random).headline }];
    const digests = Array.from({ length: 8 }, (_, at) => {
      const html = SITES[site]!(arms[at % 2]!, dressingOf(random));
      return readingDigest(normalise({ url: "https://site.example/story", bytes: new TextEncoder().encode(html) }));
    });
    expect(new Set(digests).size).toBe(2);
    expect(digests[7]).not.toBe(digests[6]);
  });
});

describe("the article, the whole article and nothing but the article, on a site like", () => {
  it.each(Object.keys(SITES))("%s", (site) => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const random = seededRandom(seed * 7_919);
      const story = inventedStory(random);
      const html = SITES[site]!(story, dressingOf(random));
      const article = normalise({ url: "https://site.example/story", bytes: new TextEncoder().encode(html) });
      const text = [
        story.standfirst,
        ...story.paragraphs,
        story.quotation,
        ...story.list,
        ...story.table.map((row) => row.join(" | ")),
      ];
      const headings = site === "government" ? ["In the words of the office", "Dates"] : [];
      expect(article.headline).toBe(story.headline);
      expect(article.byline).toBe(story.byline);
      const read = [article.standfirst, ...articleText(article).split("\n\n")].filter((line) => line !== null);
      expect(read.filter((line) => !headings.includes(line))).toEqual(text);
    }
  });
});
