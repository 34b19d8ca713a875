import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareTexts } from "../../shared/diff/compare.ts";
import { fieldChange } from "../../shared/diff/fields.ts";
import type { Segment } from "../../shared/domain/comparison.ts";

const BITS = [
  "Rain",
  "rain",
  "fell",
  "the",
  "coast",
  "port",
  "1,200",
  "3.5",
  "Ms.",
  "e.g.",
  "“",
  "”",
  '"',
  "'",
  "...",
  "…",
  ".",
  "!",
  "?",
  "—",
  "-",
  " ",
  "  ",
  "\u00a0",
  "\t",
  "\r\n",
  "\n",
  "\u200b",
  "\ufeff",
  "\u200f",
  "\u200e",
  "\u0301",
  "e\u0301",
  "é",
  "😀",
  "👩‍👩‍👧",
  "🇮🇩",
  "\ud83d",
  "\udc00",
  "渡轮停在港口",
  "。",
  "！",
  "フェリー",
  "العبارة",
  "؟",
  "ไม่ได้ออกเดินทาง",
  "नौका",
  "।",
  "한국어",
  "ß",
  "İ",
  "\u0000",
];
const text = fc.array(fc.constantFrom(...BITS), { maxLength: 40 }).map((bits) => bits.join(""));
const anything = fc.oneof({ weight: 4, arbitrary: text }, fc.string({ unit: "binary", maxLength: 60 }));
const paragraphs = fc.array(anything, { maxLength: 6 });
/** Two sides that have something in common, as edits do. */
const edited = paragraphs.chain((before) =>
  fc
    .array(
      fc.tuple(
        fc.nat(Math.max(0, before.length)),
        anything,
        fc.constantFrom("insert", "replace", "drop", "append", "move"),
      ),
      { maxLength: 4 },
    )
    .map((edits): [string[], string[]] => {
      const after = [...before];
      for (const [wanted, bit, how] of edits) {
        const at = Math.min(wanted, after.length);
        if (how === "insert") after.splice(at, 0, bit);
        else if (how === "replace") after.splice(at, 1, bit);
        else if (how === "drop") after.splice(at, 1);
        else if (how === "append") after[at] = bit.slice(0, 9) + (after[at] ?? "") + bit;
        else after.unshift(...after.splice(at, 1));
      }
      return [before, after];
    }),
);
const pairs = fc.oneof(edited, fc.tuple(paragraphs, paragraphs));

/** The text of one side as its segments cut it: stretches in order, and what is between them. */
function uncovered(side: readonly string[], segments: readonly Segment[], which: "before" | "after"): string {
  const spans = segments.flatMap((segment) => (segment[which] ? [segment[which]] : []));
  spans.sort((a, b) => a.paragraph - b.paragraph || a.start - b.start);
  return side
    .map((paragraph, index) => {
      let [rest, at] = ["", 0];
      for (const span of spans.filter((one) => one.paragraph === index)) {
        if (span.start < at || span.end <= span.start || span.end > paragraph.length) throw new Error("spans overlap");
        rest += paragraph.slice(at, span.start);
        at = span.end;
      }
      return rest + paragraph.slice(at);
    })
    .join("");
}

const textOf = (side: readonly string[], span: Segment["before"]) =>
  span && side[span.paragraph]!.slice(span.start, span.end);
const rebuilt = (segment: Segment, without: "+" | "-") =>
  segment.words
    ?.filter(({ mark }) => mark !== without)
    .map((word) => word.text)
    .join("");

describe("any two texts", () => {
  it("are covered exactly, all but white space", () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const segments = compareTexts(before, after);
        expect(uncovered(before, segments, "before").trim()).toBe("");
        expect(uncovered(after, segments, "after").trim()).toBe("");
      }),
      { numRuns: 3000 },
    );
  });

  it("are rebuilt from the marked words to the last unit", () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        for (const segment of compareTexts(before, after)) {
          if (!segment.words) continue;
          expect(rebuilt(segment, "+")).toBe(textOf(before, segment.before));
          expect(rebuilt(segment, "-")).toBe(textOf(after, segment.after));
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("have the sides that the kind of segment says, and unchanged ones the same text", () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        for (const segment of compareTexts(before, after)) {
          expect([segment.before !== undefined, segment.after !== undefined]).toEqual([
            segment.kind !== "added",
            segment.kind !== "removed",
          ]);
          if (segment.kind === "unchanged") {
            const solid = (value = "") => value.replace(/[\s\u00ad\u200b\ufeff]+/g, "");
            expect(solid(textOf(after, segment.after))).toBe(solid(textOf(before, segment.before)));
          }
          expect(segment.words !== undefined).toBe(segment.kind === "edited" || segment.edited === true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("stand in the reading order of after", () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const places = compareTexts(before, after).flatMap(({ after: span }) => (span ? [span] : []));
        const sorted = places.toSorted((a, b) => a.paragraph - b.paragraph || a.start - b.start);
        expect(places).toEqual(sorted);
      }),
    );
  });

  it("compare the same way twice", () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        expect(compareTexts(before, after)).toEqual(compareTexts(before, after));
      }),
    );
  });
});

it("rebuilds both values of a field from its marked words", () => {
  fc.assert(
    fc.property(anything, anything, (from, to) => {
      const words = fieldChange(from, to)?.words ?? [{ mark: "=" as const, text: from }];
      expect(
        words
          .filter(({ mark }) => mark !== "+")
          .map((word) => word.text)
          .join(""),
      ).toBe(from);
      expect(
        words
          .filter(({ mark }) => mark !== "-")
          .map((word) => word.text)
          .join(""),
      ).toBe(to);
    }),
  );
});
