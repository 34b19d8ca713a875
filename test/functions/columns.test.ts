import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { cell, shortened, wrapped } from "../../functions/cli/columns.ts";

describe("columns of a terminal", () => {
  it.each([
    ["short", 10, "short"],
    ["just right", 10, "just right"],
    ["a little too long", 10, "a little…"],
    ["橋は月曜から閉じる", 10, "橋は月曜…"],
    ["橋は月曜か", 10, "橋は月曜か"],
    ["e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"],
    ["👩‍👩‍👧 family news", 8, "👩‍👩‍👧 fami…"],
  ])("%s in %i", (text, columns, expected) => {
    expect(shortened(text, columns)).toBe(expected);
    expect(stringWidth(cell(text, columns))).toBe(columns);
  });

  it("breaks lines between words, and cuts a word that no line holds", () => {
    expect(wrapped("the quay is closed https://quay.example/very/long until May", 18)).toEqual([
      "the quay is closed",
      "https://quay.exam…",
      "until May",
    ]);
  });

  it("looks at no more of a text than its line can hold", () => {
    expect(shortened("a".repeat(5_000_000), 20)).toBe(`${"a".repeat(19)}…`);
  });
});
