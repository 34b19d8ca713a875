import { describe, expect, it } from "vitest";
import { readingDigest } from "../../../shared/domain/article.ts";
import { articleText } from "../../../shared/normalise/normalise.ts";
import { placesLearnt } from "../../../shared/normalise/rotation/rotation.ts";
import { markedAlike, withVolatile } from "../../../shared/normalise/rotation/volatile.ts";
import { bathsArticle, CLOSE, holding, PROMOTIONS, readingsOf, STORY } from "../../support/baths-story.ts";

const [A, B, C, D] = PROMOTIONS;
const places = placesLearnt(readingsOf([[A], [B], [C]], [CLOSE, CLOSE]));
const marked = (article: ReturnType<typeof holding>) => withVolatile(article, places);
const rotating = (article: ReturnType<typeof holding>) =>
  marked(article)
    .blocks.filter((block) => block.volatile)
    .map(({ text }) => text);

describe("what rotates", () => {
  it("is shown and not compared", () => {
    expect(articleText(marked(holding(D)))).toBe(STORY.join("\n\n"));
    expect(readingDigest(marked(holding(C)))).toBe(readingDigest(marked(holding(D))));
    expect(rotating(holding(D))).toEqual([D]);
    expect(rotating(holding(D, A))).toEqual([D, A]);
    expect(rotating(holding())).toEqual([]);
  });

  it("hides no edit outside its place", () => {
    const edited = STORY.map((text) => text.replace("three pounds", "four pounds"));
    const article = bathsArticle([...edited.slice(0, 2), D, ...edited.slice(2)]);
    expect(articleText(marked(article))).toBe(edited.join("\n\n"));
  });

  it.each<[string, string[]]>([
    ["the one before it", STORY.map((text) => text.replace("begin in May", "begin in June"))],
    ["the one after it", STORY.map((text) => text.replace("three pounds", "four pounds"))],
  ])("is found when a neighbour was edited, and the edit is compared: %s", (_which, edited) => {
    const article = bathsArticle([...edited.slice(0, 2), D, ...edited.slice(2)]);
    expect(rotating(article)).toEqual([D]);
    expect(articleText(marked(article))).toBe(edited.join("\n\n"));
  });

  it.each<[string, string[]]>([
    ["one neighbour was rewritten", [STORY[0]!, "Nobody knows when the roof is mended.", D, ...STORY.slice(2)]],
    ["one neighbour is gone", [STORY[0]!, D, ...STORY.slice(2)]],
    ["its neighbours changed places", [STORY[0]!, STORY[2]!, D, STORY[1]!, STORY[3]!]],
    [
      "the story itself stands in it",
      [...STORY.slice(0, 2), D, ...PROMOTIONS.map((text) => `${text}. `.repeat(6)), ...STORY.slice(2)],
    ],
  ])("is compared where %s", (_why, paragraphs) => {
    expect(articleText(marked(bathsArticle(paragraphs)))).toBe(paragraphs.map((text) => text.trim()).join("\n\n"));
  });

  it("leaves a text alone that settled in the place", () => {
    const settled = places.map((place) => ({ ...place, settled: [D] }));
    expect(articleText(withVolatile(holding(D, A), settled))).toBe(
      [...STORY.slice(0, 2), D, ...STORY.slice(2)].join("\n\n"),
    );
  });

  it("leaves a publisher's notice alone, wherever it stands", () => {
    const notice = "Correction: an earlier version of this story gave a wrong number of names.";
    expect(rotating(holding(notice))).toEqual([]);
    expect(rotating(holding(D, notice))).toEqual([D]);
  });

  it("is marked anew each time: marks of what is no longer known go", () => {
    expect(withVolatile(marked(holding(D)), [])).toEqual(holding(D));
    const article = holding(D);
    expect(withVolatile(article, [])).toBe(article);
  });
});

describe("two readings", () => {
  it("are compared with what is found in both of them marked, and nothing else", () => {
    const rewritten = bathsArticle([STORY[0]!, "Nobody knows when the roof is mended.", D, ...STORY.slice(2)]);
    const [before, after] = markedAlike(holding(C), rewritten, places);
    expect([articleText(before).includes(C), articleText(after).includes(D)]).toEqual([true, true]);
    const [same, again] = markedAlike(holding(C), holding(D), places);
    expect(readingDigest(same)).toBe(readingDigest(again));
  });
});
