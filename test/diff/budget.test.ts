import { describe, expect, it } from "vitest";
import { heaviestChain } from "../../shared/diff/chain.ts";
import { compareArticles, compareTexts } from "../../shared/diff/compare.ts";
import { matchInOrder } from "../../shared/diff/shortest-edit.ts";
import { WorkBudget } from "../../shared/diff/work-budget.ts";
import { HOSTILE_TEXTS } from "../bench/diff/hostile-texts.ts";
import { articleOf } from "./articles.ts";

/** Words that a seed repeats. */
function wordsFrom(seed: number) {
  let state = seed;
  return (count: number, kinds: number) =>
    Array.from({ length: count }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return `w${((state >>> 8) % kinds).toString(36)}`;
    });
}

describe("a hostile input", () => {
  it.each(Object.entries(HOSTILE_TEXTS))("of %s is compared within the budget, every character once", (_name, make) => {
    const [before, after] = make();
    const segments = compareTexts(before, after);
    for (const [texts, side] of [
      [before, "before"],
      [after, "after"],
    ] as const) {
      let [paragraph, end, gaps] = [0, 0, ""];
      const spans = segments.flatMap(({ [side]: span }) => span ?? []);
      for (const span of spans.toSorted((a, b) => a.paragraph - b.paragraph || a.start - b.start)) {
        for (; paragraph < span.paragraph; paragraph++, end = 0) gaps += texts[paragraph]!.slice(end).trim();
        if (span.start < end) throw new RangeError(`covered twice: ${paragraph}, ${span.start}`);
        gaps += texts[paragraph]!.slice(end, span.start).trim();
        end = span.end;
      }
      for (; paragraph < texts.length; paragraph++, end = 0) gaps += texts[paragraph]!.slice(end).trim();
      expect(gaps).toBe("");
    }
  });
});

describe("the work budget", () => {
  it.each([
    [
      "200,000 short paragraphs, half of them new",
      () => {
        const before = Array.from({ length: 200_000 }, (_, index) => `p${index}`);
        return [before, before.map((text, index) => (index % 2 ? text : `q${index}`))];
      },
    ],
    [
      "one sentence of 60,000 words, all others",
      () => [[wordsFrom(1)(60_000, 3000).join(" ")], [wordsFrom(2)(60_000, 3000).join(" ")]],
    ],
    [
      "more sentences than are matched one by one",
      () => {
        const text = wordsFrom(3)(100_000, 9000)
          .map((word, index) => (index % 4 ? word : `${word}. X`))
          .join(" ");
        return [[text], [`${text} More.`]];
      },
    ],
    ["lines of a few kinds in another order", () => [wordsFrom(4)(60_000, 40), wordsFrom(5)(60_000, 40)]],
  ] as const)("runs out, and says so, on %s", (_what, make) => {
    const [before, after] = make() as unknown as [string[], string[]];
    const { degraded, segments } = compareArticles(articleOf(before), articleOf(after));
    expect(degraded?.reason).toBeTruthy();
    const length = (side: "before" | "after") =>
      segments.reduce((sum, { [side]: span }) => sum + (span ? span.end - span.start : 0), 0);
    const solid = (texts: readonly string[]) => texts.join("").replace(/\s/g, "").length;
    expect(length("before")).toBeGreaterThanOrEqual(solid(before));
    expect(length("after")).toBeGreaterThanOrEqual(solid(after));
  });

  it("is not touched by an ordinary article", () => {
    const before = Array.from({ length: 200 }, (_, index) => `${wordsFrom(index)(30, 5000).join(" ")}.`);
    const after = before.map((text, index) => (index % 3 ? text : text.replace(/w\w+/, "other")));
    expect(compareArticles(articleOf(before), articleOf(after)).degraded).toBeUndefined();
    expect(compareTexts(before, after).filter(({ kind }) => kind === "edited")).toHaveLength(67);
  });

  it("keeps the first reason and takes no more than there is", () => {
    const budget = new WorkBudget(10);
    expect([budget.spend(8, "first"), budget.spend(8, "second"), budget.spend(2, "third")]).toEqual([
      true,
      false,
      true,
    ]);
    budget.degrade("fourth");
    expect([budget.left, budget.reason]).toEqual([0, "second"]);
  });
});

describe("matchInOrder", () => {
  it("matches as many as can be, in order", () => {
    expect(matchInOrder([1, 2, 3, 4, 5], [1, 9, 3, 5, 4, 5], new WorkBudget())).toEqual([0, -1, 2, 4, 5]);
  });

  it("keeps head and tail when the budget is gone", () => {
    const budget = new WorkBudget(1);
    expect(matchInOrder([1, 2, 3, 4, 9], [1, 4, 3, 2, 9], budget)).toEqual([0, -1, -1, -1, 4]);
    expect(budget.reason).toBeTruthy();
  });
});

describe("heaviestChain", () => {
  it.each([
    ["all in order", [0, 1, 2], [1, 1, 1], [true, true, true]],
    ["the light one moved past the heavy ones", [2, 0, 1], [5, 10, 10], [false, true, true]],
    ["the heavy one stays", [2, 0, 1], [50, 10, 10], [true, false, false]],
    ["nothing", [], [], []],
  ])("%s", (_what, targets, weights, expected) => {
    expect(heaviestChain(targets, weights)).toEqual(expected);
  });
});
