import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalText } from "../../../shared/normalise/page/canonical.ts";

const BITS = [
  "a",
  "e",
  "\u0301",
  "\u0323",
  "한",
  "\u1112\u1161\u11ab",
  "漢",
  " ",
  "\u00a0",
  "\n",
  "\u200b",
  "\u00ad",
  "\u0085",
  "👩",
  "\u200d",
];

it("is spelt the same wherever it is cut for spelling", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...BITS), { minLength: 20, maxLength: 60 }),
      fc.integer({ min: 16_300, max: 16_400 }),
      (bits, length) => {
        const text = `b${bits.join("")}b`.repeat(3);
        const before = `${"x".repeat(length)} `;
        expect(canonicalText(before + text)).toBe(before + canonicalText(text));
      },
    ),
    { numRuns: 300 },
  );
});

it.each([
  ["composed", "e\u0301te\u0301", "été"],
  ["spaced once", " a\u00a0\n b\u2003c ", "a b c"],
  ["without invisible noise", "ta\u00adble\u200b \ufeff!", "table !"],
  ["with its own marks and dashes", "“a” — ‘b’", "“a” — ‘b’"],
])("is %s", (_how, text, spelling) => expect(canonicalText(text)).toBe(spelling));
