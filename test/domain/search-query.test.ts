import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asksForSomething, parseSearchQuery, QUERY_CHARACTERS } from "../../shared/domain/search-query.ts";

const all = (...terms: string[]) => terms.map((term) => ({ words: term.split(" "), isPrefix: false }));
const NOTHING = { all: [], none: [], sources: [], notSources: [], tags: [], versions: "any" };

describe("parseSearchQuery", () => {
  it.each([
    ["words", "harbour Bridge", { all: all("harbour", "bridge") }],
    ["a phrase", 'closed "harbour bridge"', { all: all("closed", "harbour bridge") }],
    [
      "other quotation marks",
      "“harbour bridge” „alte Brücke“ «старый мост»",
      { all: all("harbour bridge", "alte brucke", "старый мост") },
    ],
    ["a phrase left open", 'closed "harbour bridge', { all: all("closed", "harbour bridge") }],
    ["what is left out", 'bridge -ferry -"night bus"', { all: all("bridge"), none: all("ferry", "night bus") }],
    ["a beginning", "clos*", { all: [{ words: ["clos"], isPrefix: true }] }],
    ["a phrase that goes on", '"harbour bri"*', { all: [{ words: ["harbour", "bri"], isPrefix: true }] }],
    ["a beginning too short to mean anything", "c*", { all: all("c") }],
    ["a source", "bridge source:Gazette.example", { all: all("bridge"), sources: ["gazette.example"] }],
    ["a source left out", "bridge -source:gazette.example", { all: all("bridge"), notSources: ["gazette.example"] }],
    ["a tag, and one of two words", 'tag:council tag:"berita pagi"', { tags: ["council", "berita pagi"] }],
    ["versions", "bridge in:earlier", { all: all("bridge"), versions: "earlier" }],
    ["a filter without a value as nothing", "bridge source: tag:", { all: all("bridge") }],
    ["a hyphen inside a word as a word of two", "re-opened", { all: all("re opened") }],
    ["a dash between words as none", "bridge - ferry", { all: all("bridge", "ferry") }],
    ["Chinese as the characters that follow each other", "东京大桥", { all: all("东 京 大 桥") }],
    ["an operator of the database as words", "bridge AND NEAR( OR", { all: all("bridge", "and", "near", "or") }],
    ["marks alone as nothing", '"" - * ( ) ^ : source: -', {}],
  ])("reads %s", (_what, text, expected) => {
    expect(parseSearchQuery(text)).toEqual({ ...NOTHING, ...expected });
  });

  it("takes part of a question that is too long", () => {
    const query = parseSearchQuery("bridge ".repeat(1000));
    expect(query.all.length).toBeGreaterThan(1);
    expect(query.all.length).toBeLessThan(QUERY_CHARACTERS / 7);
  });

  it("reads whatever is typed as something", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.oneof(fc.constantFrom(...'"“”«»-*:() source:tag:in:'), fc.string()) }),
        (text) => {
          const query = parseSearchQuery(text);
          for (const { words } of [...query.all, ...query.none]) expect(words.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe("asksForSomething", () => {
  it.each([
    ["a word", "bridge", true],
    ["a source", "source:gazette.example", true],
    ["what is left out alone", "-bridge", false],
    ["a tag alone", "tag:council", false],
    ["nothing", " ", false],
  ])("of %s: %#", (_what, text, expected) => expect(asksForSomething(parseSearchQuery(text))).toBe(expected));
});
