import { describe, expect, it } from "vitest";
import { compareTexts } from "../../shared/diff/compare.ts";
import { sentencesOf } from "../../shared/diff/sentences.ts";

const cut = (text: string) => sentencesOf(text).map(({ start, end }) => text.slice(start, end));

describe("sentences", () => {
  it.each([
    ["two sentences", "Rain fell. Boats stayed in.", 2],
    ["a title", "It was Dr. Varga who called. Nobody answered.", 2],
    ["initials", "The book is by J. R. Holm and others. It sold well.", 2],
    ["decimals and thousands", "It costs 3.50 or 1.200 in all. Nobody pays.", 2],
    ["a list marker", "1. Check the hull before leaving.", 1],
    ["a small letter after a stop", "They met at 5 p.m. in the port. Rain fell.", 2],
    ["quotation marks around the stop", '“We will wait.” Then he left. "Fine," she said.', 3],
    ["brackets", "The boat sank (see below.) Nobody was hurt.", 2],
    ["an ellipsis of one character as of three", "He waited… Then he left.", 2],
    ["an address", "See harbour.example/a.b?c=d.e for more. Thanks!", 2],
    ["Chinese", "渡轮停在港口。没有出海！为什么？", 3],
    ["Japanese with Latin words", "船は港に留まった。useTimer を参照。", 2],
    ["Arabic", "بقيت العبارة في الميناء. لماذا؟ لا أحد يعرف.", 3],
    ["Hindi", "नौका बंदरगाह में रुकी रही। दरार मिली।", 2],
    ["German", "Das Schiff liegt z.B. in Kiel. Es regnet.", 2],
    ["line breaks", "First line\nSecond line\r\nThird line", 3],
  ])("%s", (_what, text, count) => {
    expect(cut(text)).toHaveLength(count);
  });

  it("leave a boundary where it was when the words beside it change", () => {
    const before = ["The scan is deleted after a while. Longer storage needs a reason. It is rare."];
    const after = ["The scan is deleted after a while. longer storage demands a reason. It is rare."];
    const kinds = compareTexts(before, after).map(({ kind }) => kind);
    expect(kinds).toEqual(["unchanged", "edited", "unchanged"]);
  });
});
