import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutWords } from "../../shared/diff/plain-words.ts";

const BITS = [
  ..."abÉßдαم12.'’‘,;:_-(\"“…–@/$%٪·×ª".split(""),
  ..." \t\n\u00a0".split(""),
  ...["  ", "\r\n", "__", "\u0301", "漢", "字", "ไท", "ย", "😀", "،", "؛", "٣", "ʼ", "\u200d", "ר"],
];

describe("words", () => {
  it("are cut as Intl.Segmenter cuts them, in every language", () => {
    const languages = fc.constantFrom("en", "fr", "de", "fi", "sv", "id", "ar", "he", "zh", "ja", "th", "hi");
    fc.assert(
      fc.property(languages, fc.array(fc.constantFrom(...BITS), { maxLength: 14 }), (language, bits) => {
        const text = bits.join("");
        const segmenter = new Intl.Segmenter([language, "en"], { granularity: "word" });
        const wanted = [...segmenter.segment(text)]
          .filter(({ isWordLike, segment }) => isWordLike || segment.trim() !== "")
          .map(({ index, segment, isWordLike }) => [index, index + segment.length, isWordLike]);
        const found: unknown[] = [];
        const add = (start: number, end: number, isWord: boolean) => found.push([start, end, isWord]);
        cutWords(text, 0, text.length, add, (from, to) => {
          for (const { index, segment, isWordLike } of segmenter.segment(text.slice(from, to))) {
            if (isWordLike || segment.trim() !== "") add(from + index, from + index + segment.length, isWordLike!);
          }
        });
        expect(found).toEqual(wanted);
      }),
      { numRuns: 5000 },
    );
  });
});
