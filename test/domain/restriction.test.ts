import { describe, expect, it } from "vitest";
import { type RestrictionAct, type RestrictionKind, restrictionsAt } from "../../shared/domain/restriction.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { aRestriction, NOON } from "../support/builders.ts";

const LATER = addSeconds(NOON, 3600);
const texts = ["A", "B", "A", "C"].map((reading, index) => ({ watchId: "w", number: index + 1, reading }));

/** Numbers of the texts that are hidden, and of what hides the whole watch: 0. */
function hidden(acts: readonly RestrictionAct[], now = NOON, viewer: "reader" | "operator" = "reader"): number[] {
  const restrictions = restrictionsAt(acts, now, viewer);
  const whole = restrictions.ofWatch("w") ? [0] : [];
  return [...whole, ...texts.filter((text) => restrictions.ofText(text)).map(({ number }) => number)];
}

const ofText = (number: number, given: Partial<RestrictionAct> = {}): RestrictionAct =>
  aRestriction({ watchId: "w", revision: texts[number - 1]!, ...given } as Partial<RestrictionAct>);
const ofAll = (given: Partial<RestrictionAct> = {}): RestrictionAct =>
  aRestriction({ watchId: "w", ...given } as Partial<RestrictionAct>);

describe("restrictionsAt", () => {
  it("hides nothing while there are no acts, and nothing of another watch", () => {
    expect(hidden([])).toEqual([]);
    expect(hidden([aRestriction({ watchId: "v" }), ofText(1, { watchId: "v" })])).toEqual([]);
  });

  it("hides a watch with all its texts, and a text wherever it comes again", () => {
    expect(hidden([ofAll()])).toEqual([0, 1, 2, 3, 4]);
    expect(hidden([ofText(2)])).toEqual([2]);
    expect(hidden([ofText(1)])).toEqual([1, 3]);
  });

  it("ends with a lift of the same target, and of no other", () => {
    const lift = { kind: "lift", at: LATER } as const;
    expect(hidden([ofAll(), ofAll(lift)])).toEqual([]);
    expect(hidden([ofText(2), ofAll(lift)])).toEqual([2]);
    expect(hidden([ofAll(), ofText(2), ofAll(lift)])).toEqual([2]);
    expect(hidden([ofAll(lift), ofAll()])).toEqual([0, 1, 2, 3, 4]);
  });

  it("ends an embargo at its instant", () => {
    const embargo = ofAll({ kind: "embargo", until: LATER });
    expect(hidden([embargo], addSeconds(LATER, -0.001))).toEqual([0, 1, 2, 3, 4]);
    expect(hidden([embargo], LATER)).toEqual([]);
  });

  it("leaves the operator what is held or under embargo, and nobody what was taken down", () => {
    const kinds: RestrictionKind[] = ["hold", "embargo", "takedown"];
    const seen = kinds.map((kind) => hidden([ofText(2, { kind, until: LATER } as never)], NOON, "operator"));
    expect(seen).toEqual([[], [], [2]]);
  });

  it("names the takedown where several hide the same", () => {
    const acts = [ofAll({ reason: "held" }), ofText(3, { kind: "takedown", reason: "taken down" })];
    const { ofText: why } = restrictionsAt(acts, NOON, "reader");
    expect(texts.map((text) => why(text)?.reason)).toEqual(["taken down", "held", "taken down", "held"]);
  });

  it("tells where single texts are hidden", () => {
    expect(restrictionsAt([ofText(2)], NOON, "reader").hidesTextsOf("w")).toBe(true);
    expect(restrictionsAt([ofAll()], NOON, "reader").hidesTextsOf("w")).toBe(false);
  });
});
