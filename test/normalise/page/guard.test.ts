import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseGuarded } from "../../../shared/normalise/page/guard.ts";
import { type Document, type Element, isElement, isText } from "../../../shared/normalise/page/tree.ts";

/** Scraps between which a parser is in the midst of something. */
const SCRAPS = [
  ...["<p", ">", "<p class='a", "' id=b", ' title="x > y', '"', "</p", "<br/", "<b><i>x</b></i>", "<table><td>"],
  ...["&am", "p;", "&amp;", "&#x1F6", "00;", "&#12", "&notit;", "&CounterClockwiseContourIntegral;", "&"],
  ...["<!", "--", "-->", "<![CDATA[", "]]", ">", "<?php", "?>", "<!doctype html>"],
  ...["<scr", "ipt>", "</scr", "ipt>", "<script>if (a</b) '<p>'</script>", "<style>p>a{}</style>"],
  ...["<title>", "</title", "<textarea>", "</textarea>", "<svg>", "<path/>", "</svg>", "<plaintext>"],
  ...["word ", "\r\n", "\n", "\0", "é", "e\u0301", "👩‍👩‍👧", "漢字", "<", "/", "=", "'"],
];

type Shape = string | readonly [name: string, attributes: object, children: readonly Shape[]];
const shapeOf = (element: Element | Document): readonly Shape[] =>
  element.children.flatMap((child): Shape[] => {
    if (isText(child)) return [child.data];
    return isElement(child) ? [[child.name, child.attribs, shapeOf(child)]] : [];
  });
const shape = (pieces: readonly string[]) => {
  const guarded = parseGuarded(pieces);
  if (guarded.kind === "over") throw new Error(guarded.reason);
  return JSON.stringify([shapeOf(guarded.root), guarded.claiming.map(({ name, attribs }) => [name, attribs])]);
};

describe("where a page's text is cut into pieces", () => {
  it("does not matter to its tree", () => {
    const page = fc.array(fc.oneof(fc.constantFrom(...SCRAPS), fc.string({ unit: "binary", maxLength: 5 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(page, fc.array(fc.nat(200), { maxLength: 12 }), (scraps, cuts) => {
        const whole = scraps.join("");
        const places = [0, ...cuts.filter((cut) => cut < whole.length).toSorted((a, b) => a - b), whole.length];
        const pieces = places.slice(1).map((end, at) => whole.slice(places[at], end));
        expect(shape(pieces)).toBe(shape([whole]));
        expect(shape([...whole])).toBe(shape([whole]));
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});
