import { describe, expect, it } from "vitest";
import { readingDigest } from "../../shared/domain/article.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { articleText, normalise } from "../../shared/normalise/normalise.ts";
import { type EarlierReading, volatileSlots, withVolatile } from "../../shared/normalise/volatile.ts";
import { NOON } from "../support/builders.ts";

const STORY = [
  "The council voted on Tuesday to keep the old swimming baths open for another season, after a petition of two thousand names.",
  "Repairs to the roof will begin in May, the surveyor said, and the small pool will be closed while they last.",
  "Entry will cost three pounds, as it has since the baths were built, and children under six will swim for nothing.",
  "The next meeting is on the ninth, when the money for the boilers is to be found, or not, as the mayor put it.",
];
const PROMOTIONS = [
  "Ten walks along the coast that you can do in an afternoon",
  "Our crossword editor explains how she sets her traps",
  "Why bread from the village oven tastes of smoke and apples",
  "Photographs of the great storm, sent in by readers",
];
const pageOf = (paragraphs: readonly string[]) =>
  normalise({
    url: "https://baths.example/",
    bytes: new TextEncoder().encode(
      `<title>Baths stay open</title><article><h1>Baths stay open</h1>${paragraphs.map((text) => `<p>${text}</p>`).join("")}</article>`,
    ),
  });
/** The story with something between its second and third paragraph. */
const holding = (...middle: readonly string[]) => pageOf([...STORY.slice(0, 2), ...middle, ...STORY.slice(2)]);
const HOUR = 3600;
const readings = (contents: readonly (readonly string[])[], gaps: readonly number[] = []): EarlierReading[] => {
  let at = NOON;
  return contents.map((middle, i) => {
    at = addSeconds(at, i === 0 ? 0 : (gaps[i - 1] ?? HOUR));
    return { at, blocks: holding(...middle).blocks };
  });
};
const learnt = (contents: readonly (readonly string[])[], gaps?: readonly number[]) =>
  volatileSlots(readings(contents, gaps)).map(({ why }) => why);
const [A, B, C, D] = PROMOTIONS as [string, string, string, string];

describe("a place that rotates", () => {
  it.each<[string, string[][], number[] | undefined, string]>([
    ["unlike contents, twice, minutes apart", [[A], [B], [C]], [HOUR, 180], "swapped"],
    ["unlike contents, three times", [[A], [B], [C], [D]], undefined, "swapped"],
    ["two contents to and fro", [[A], [B], [A], [B]], undefined, "flips"],
    ["there and not there", [[], [A], [], [A]], undefined, "flips"],
    [
      "another number at every look",
      ["1,204", "1,377", "1,390", "1,512", "1,522"].map((n) => [`Read by ${n} people so far`]),
      [HOUR, 180, HOUR, 180],
      "counts",
    ],
  ])("is learnt from %s", (_how, contents, gaps, why) => expect(learnt(contents, gaps)).toEqual([why]));

  it.each<[string, string[][], number[] | undefined]>([
    ["two readings", [[A], [B]], [180]],
    ["one change", [[A], [A], [B], [B]], undefined],
    ["a change taken back", [[A], [B], [A]], [180, 180]],
    ["a paragraph added", [[], [], [A]], undefined],
    [
      "a toll that rises",
      [["12 dead"], ["31 dead"], ["33 dead"]].map(([t]) => [`Police spoke of ${t} on Friday.`]),
      [180, 180],
    ],
    ["one sentence worked over within minutes", [[`${A} today`], [`${A} on Monday`], [`${A}, we hear`]], [60, 60]],
    ["a place that has settled", [[A], [B], [C], [D], [D], [D]], undefined],
  ])("is not %s", (_what, contents, gaps) => expect(learnt(contents, gaps)).toEqual([]));

  it("is not the story, however often it is rewritten", () => {
    const long = PROMOTIONS.map((text) => [`${text}. `.repeat(12)]);
    expect(learnt(long)).toEqual([]);
  });
});

describe("what was learnt", () => {
  const slots = volatileSlots(readings([[A], [B], [C]], [HOUR, 180]));

  it("leaves the next content uncompared, and shown", () => {
    const [one, other] = [withVolatile(holding(C), slots), withVolatile(holding(D), slots)];
    expect(articleText(other)).toBe(STORY.join("\n\n"));
    expect(readingDigest(one)).toBe(readingDigest(other));
    expect(other.blocks.filter((block) => block.volatile).map(({ text }) => text)).toEqual([D]);
  });

  it("hides no edit outside the place", () => {
    const edited = STORY.map((text) => text.replace("three pounds", "four pounds"));
    const page = withVolatile(pageOf([...edited.slice(0, 2), D, ...edited.slice(2)]), slots);
    expect(articleText(page)).toContain("four pounds");
  });

  it("hides nothing where the surroundings changed", () => {
    const edited = STORY.map((text) => text.replace("begin in May", "begin in June"));
    expect(articleText(withVolatile(pageOf([...edited.slice(0, 2), D, ...edited.slice(2)]), slots))).toContain(D);
  });

  it("compares an editor's paragraph in the place as soon as it stays", () => {
    const added = "Correction: the petition had three thousand names, not two thousand.";
    const history = readings([[A], [B], [C], [added, D], [added, A]], [HOUR, 180, HOUR, 180]);
    const after = volatileSlots(history);
    expect(after).toHaveLength(1);
    const page = withVolatile(holding(added, B), after);
    expect(articleText(page)).toContain(added);
  });

  it("is forgotten when the place settles", () => {
    const settled = volatileSlots(readings([[A], [B], [C], [D], [D], [D]], [HOUR, 180]));
    expect(articleText(withVolatile(holding(D), settled))).toContain(D);
  });

  it("teaches again what was marked before", () => {
    const marked = readings([[A], [B], [C]], [HOUR, 180]).map((reading, i) => ({
      ...reading,
      blocks: withVolatile(holding([A, B, C][i]!), slots).blocks,
    }));
    expect(volatileSlots(marked)).toEqual(slots);
  });
});
