import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareTexts } from "../../shared/diff/compare.ts";
import { type RevisionStep, sentenceHistory } from "../../shared/diff/history.ts";
import { textOf } from "../../shared/diff/spans.ts";
import { FERRY, ferryWith } from "./articles.ts";

/** The steps between readings, the first of which is revision 1. */
const stepsOf = (...readings: readonly (readonly string[])[]): RevisionStep[] =>
  readings.slice(1).map((after, index) => {
    const before = readings[index]!;
    return { revision: index + 2, before, after, segments: compareTexts(before, after) };
  });
const historyOf = (...readings: readonly (readonly string[])[]) => sentenceHistory(stepsOf(...readings));
const of = (start: string, ...readings: readonly (readonly string[])[]) =>
  historyOf(...readings).filter(({ text }) => text.startsWith(start));

describe("the history of a sentence", () => {
  it("says when it appeared", () => {
    const more = [...FERRY, "The mayor will speak at noon."];
    expect(of("The mayor", FERRY, more, more)).toMatchObject([{ appeared: 2, events: [] }]);
    expect(of("Trains and", FERRY, more, more)).toMatchObject([{ appeared: 1, events: [] }]);
  });

  it("says when and how its words changed, and what it said before", () => {
    const [second, third] = [ferryWith("Some 140", "Some 150"), ferryWith("Some 140", "Some 155")];
    expect(of("Some 155", FERRY, second, third)).toMatchObject([
      {
        appeared: 1,
        events: [
          {
            revision: 2,
            kind: "edited",
            from: expect.stringContaining("Some 140"),
            words: expect.arrayContaining([{ mark: "-", text: "140" }]),
          },
          { revision: 3, kind: "edited", from: expect.stringContaining("Some 150") },
        ],
      },
    ]);
  });

  it("tells typography apart, and a move", () => {
    const styled = ferryWith("“We", '"We');
    const moved = [styled[0]!, styled[4]!, ...styled.slice(1, 4)];
    expect(of('"We', FERRY, styled)).toMatchObject([{ events: [{ revision: 2, kind: "restyled" }] }]);
    expect(of("It was last", FERRY, styled, moved)).toMatchObject([{ events: [{ revision: 3, kind: "moved" }] }]);
  });

  it("follows sentences through a reading that is cut into other paragraphs at a comma", () => {
    const [one, two] = [["The ferry left,and the bus too."], ["The ferry left", "and the bus too."]];
    const steps = [...stepsOf(["Snow fell overnight."], one), ...stepsOf(two, [two[0]!, "and the tram too."])];
    const history = sentenceHistory(steps.map((step, index) => ({ ...step, revision: index + 2 })));
    const standing = history.filter(({ at }) => at);
    expect(standing.map(({ text, appeared }) => [text, appeared])).toEqual([
      ["The ferry left", 2],
      ["and the tram too.", 2],
    ]);
  });

  it("keeps a sentence that is gone, with the revision it went in", () => {
    const without = ferryWith(" The company declined to comment.", "");
    const found = of("The company", FERRY, without, FERRY);
    expect(found).toMatchObject([
      { appeared: 3, at: { paragraph: 2 } },
      { appeared: 1, gone: 2 },
    ]);
    expect(found[1]).not.toHaveProperty("at");
  });

  it("tells the sentences of a paragraph apart after it stayed whole", () => {
    const more = [FERRY[0]!, `${FERRY[1]} The pilot agreed.`, ...FERRY.slice(2)];
    const other = more.map((text) => text.replace("Trains", "Lorries"));
    const less = other.map((text) => text.replace(" She expects repairs to take 3 days.", ""));
    expect(of("The pilot", FERRY, more, other)).toMatchObject([{ appeared: 2, events: [] }]);
    expect(of("The harbour", FERRY, more, other)).toMatchObject([{ appeared: 1, events: [] }]);
    expect(historyOf(FERRY, more, other, less).filter(({ gone }) => gone)).toMatchObject([
      { text: "She expects repairs to take 3 days.", appeared: 1, gone: 4 },
    ]);
  });

  it("goes on in both parts of a split, and in the whole of a merge with all events once", () => {
    const whole = "The crew found a crack in the hull before dawn, and the master called the inspectors at once.";
    const parts = "The crew found a crack in the hull before dawn. The master called the inspectors at once.";
    const split = of("The master called", [...FERRY, whole], [...FERRY, parts]);
    const history = historyOf([...FERRY, whole], [...FERRY, parts], [...FERRY, whole]);
    expect(split.every(({ appeared }) => appeared === 1)).toBe(true);
    expect(history.filter(({ text }) => text.includes("inspectors at once"))).toMatchObject([
      { appeared: 1, events: [{ revision: 2 }, { revision: 3 }] },
    ]);
  });

  it("follows sentences through another reading of a revision, and tells nothing of that", () => {
    const edited = ferryWith("140", "150");
    const [first, second] = [stepsOf(FERRY, edited)[0]!, ["A leaflet.", ...edited.toReversed()].slice(0, 5)];
    const after = second.map((paragraph) => paragraph.replace("small", "slight"));
    const history = sentenceHistory([
      first,
      { revision: 3, before: second, after, segments: compareTexts(second, after) },
    ]);
    expect(history.find(({ text }) => text.includes("slight"))).toMatchObject({
      appeared: 1,
      events: [{ revision: 3 }],
    });
    expect(history.find(({ text }) => text.startsWith("Trains"))).toMatchObject({ appeared: 1, events: [] });
    expect(history.find(({ text }) => text === "A leaflet.")).toMatchObject({ appeared: 2 });
    expect(history.some(({ text, gone }) => text.includes("150") || gone)).toBe(false); // it left the page's end
  });

  it("goes through a paragraph of thousands of sentences, of which all become one and many again", () => {
    const sentences = Array.from(
      { length: 4000 },
      (_, n) => `Sentence number ${n} tells of pier ${n % 97} and of the sea.`,
    );
    const edited = (word: string) => [sentences.map((text) => text.replace("tells", word)).join(" ")];
    const [first, second, third] = [[sentences.join(" ")], edited("speaks"), edited("reports")];
    const whole = (texts: readonly string[]) => ({ paragraph: 0, start: 0, end: texts[0]!.length });
    const history = sentenceHistory([
      { revision: 2, before: first, after: second, segments: compareTexts(first, second) },
      {
        revision: 3,
        before: second,
        after: third,
        segments: [{ kind: "edited", before: whole(second), after: whole(third) }],
      },
      { revision: 4, before: third, after: second, segments: compareTexts(third, second) },
    ]);
    expect(history).toHaveLength(4000);
    expect(history.every(({ appeared, events }) => appeared === 1 && events.length === 51)).toBe(true);
  });

  it("is empty without a comparison", () => {
    expect(sentenceHistory([])).toEqual([]);
  });

  it("covers the newest revision, whatever was edited: every character once", () => {
    const sentence = fc.constantFrom(
      "Rain fell on the coast.",
      "The ferry stayed in port.",
      "Nobody was hurt.",
      "Why?",
    );
    const reading = fc.array(
      fc.array(sentence, { minLength: 1, maxLength: 4 }).map((sentences) => sentences.join(" ")),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(reading, { minLength: 2, maxLength: 5 }), (readings) => {
        const living = historyOf(...readings).filter(({ at }) => at);
        const newest = readings.at(-1)!;
        const solid = (texts: readonly string[]) => texts.join("").replace(/\s/g, "");
        expect(solid(living.map(({ at }) => textOf(newest, at!)))).toBe(solid(newest));
        for (const { appeared, events } of living) {
          expect(appeared).toBeLessThanOrEqual(readings.length);
          expect(events.every(({ revision }) => revision > appeared)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
