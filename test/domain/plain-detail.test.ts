import { describe, expect, it } from "vitest";
import { plainDetail } from "../../shared/domain/plain-detail.ts";

describe("plainDetail", () => {
  it.each([
    ["leaves plain words alone", "back to https://warta.test/caf\u00e9", "back to https://warta.test/caf\u00e9"],
    ["makes one line of many", "a\r\nb\u2028c\td", "a b c d"],
    ["takes out what commands a terminal", "a\u001b[2Jb\u009bc\u0000", "a [2Jb c"],
    ["takes out what turns the direction of writing", "a\u202eb\u2066c", "a b c"],
    ["mends half a character", "a\ud83d", "a\ufffd"],
  ])("%s", (_fact, text, plain) => expect(plainDetail(text)).toBe(plain));

  it("keeps 300 characters of a long one, and shows that it is cut", () => {
    expect(plainDetail("x".repeat(300))).toBe("x".repeat(300));
    expect(plainDetail("x".repeat(301))).toBe(`${"x".repeat(299)}\u2026`);
  });
  it("cuts no character in two", () => {
    expect(plainDetail(`${"x".repeat(298)}\u{1f4f0}${"x".repeat(9)}`)).toBe(`${"x".repeat(298)}\u2026`);
  });
});
