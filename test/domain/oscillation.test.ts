import { describe, expect, it } from "vitest";
import { type Arm, alternatesWith, armAfter } from "../../shared/domain/oscillation.ts";
import type { Revision } from "../../shared/domain/revision.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { aChange, aRevision, aState, NOON } from "../support/builders.ts";

const HOUR = 3600;
const at = (hours: number) => addSeconds(NOON, hours * HOUR);

/** Revisions newest first, an hour apart, out of what each of them reads as, oldest first. */
const history = (readings: string, given: (number: number) => Partial<Revision> = () => ({})): readonly Revision[] =>
  [...readings]
    .map((reading, index) => aRevision({ number: index + 1, reading, firstSeen: at(index), ...given(index + 1) }))
    .toReversed();

describe("alternatesWith", () => {
  it.each([
    ["the third flip", "ABA", "B", 3],
    ["the third flip after other readings", "XYABA", "B", 5],
    ["no second flip", "AB", "A", undefined],
    ["a third reading", "ABA", "C", undefined],
    ["three readings in turn", "ABC", "A", undefined],
    ["a return after other readings", "ABCA", "B", undefined],
  ])("takes %s: %s and then %s", (_fact, before, reading, expected) => {
    expect(alternatesWith(reading, history(before), at(before.length))).toBe(expected);
  });

  it("asks for all three flips within a day", () => {
    expect(alternatesWith("B", history("ABA"), at(1 + 24))).toBe(3);
    expect(alternatesWith("B", history("ABA"), at(1 + 25))).toBeUndefined();
  });

  it("takes no reading anew of ours for a flip", () => {
    const reread = history("ABA", (number) => (number === 3 ? { cause: "reextraction" } : {}));
    expect(alternatesWith("B", reread, at(3))).toBeUndefined();
  });
});

describe("armAfter", () => {
  const newest = aRevision({
    number: 4,
    requested: at(0),
    change: aChange({ alternatesWith: 3, observed: { lastSeen: at(-1), firstSeen: at(0) } }),
  });
  const seenAs = (arm: Arm | undefined, lastSeen: string, seen: number, now: string) =>
    armAfter({ ...aState({ newest: 4, lastSeen }), ...(arm && { arm }) }, newest, seen, now);
  const there = { revision: 3, since: at(2), other: at(1) };

  it("is none where the newest revision alternates with none", () => {
    expect(armAfter(aState({ newest: 4 }), aRevision({ number: 4 }), 4, at(1))).toBeNull();
  });

  it("notes the other arm, how long it is there, and the return", () => {
    expect(seenAs(undefined, at(1), 3, at(2))).toEqual(there);
    expect(seenAs(there, at(2), 3, at(3))).toEqual(there);
    expect(seenAs(there, at(3), 4, at(4))).toEqual({ revision: 4, since: at(4), other: at(3) });
  });

  it("goes on from what was noted before the newest revision was read anew", () => {
    const anew = aRevision({ ...newest, number: 5, cause: "reextraction" });
    const seen = (arm: Arm, number: number, now: string) =>
      armAfter({ ...aState({ newest: 4, lastSeen: at(30) }), arm }, anew, number, now);
    const here = { revision: 4, since: at(29), other: at(28) };
    expect(seen(here, 5, at(31))).toEqual({ ...here, revision: 5 });
    expect(seen(here, 3, at(31))).toEqual({ revision: 3, since: at(31), other: at(30) });
    expect(seen({ revision: 3, since: at(29), other: at(28) }, 5, at(31))).toMatchObject({
      revision: 5,
      since: at(31),
    });
  });

  it("takes the other text for an edit when it has stayed for a day", () => {
    expect(seenAs(there, at(25), 3, at(25.9))).toEqual(there);
    expect(seenAs(there, at(25), 3, at(26))).toBeNull();
  });

  it("takes the other text for an edit when the newest one had stayed for a day", () => {
    const here = { revision: 4, since: at(4), other: at(3) };
    expect(seenAs(here, at(27.9), 3, at(29))).toMatchObject({ revision: 3 });
    expect(seenAs(here, at(28), 3, at(29))).toBeNull();
    expect(seenAs(here, at(28), 4, at(29))).toEqual(here);
  });
});
