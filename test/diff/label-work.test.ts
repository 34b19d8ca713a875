import { describe, expect, it } from "vitest";
import { compareArticles } from "../../shared/diff/compare.ts";
import { MAX_LABEL_STEPS, WorkBudget } from "../../shared/diff/work-budget.ts";
import { articleOf } from "./articles.ts";

type Line = (index: number, isNew: boolean) => string;

/** A page without blank lines: one paragraph of `count` sentences, each with a change. */
const page = (count: number, line: Line, isNew: boolean) =>
  articleOf([Array.from({ length: count }, (_, index) => line(index, isNew)).join(" ")]);

const LINES: Readonly<Record<string, Line>> = {
  "amounts of money": (index, isNew) =>
    `Line ${index} of the harbour accounts tells of a payment of ${index + (isNew ? 7001 : 11)} dollars to the crew.`,
  "words of a quotation": (index, isNew) =>
    `Crew member ${index} said: “We saw ${isNew ? "nothing" : "something"} in the water that night.”`,
  names: (index, isNew) => `On day ${index} of the voyage the captain met ${isNew ? "Ilse" : "Maria"} in the port.`,
  "misspelt words": (index, isNew) => `On day ${index} the ${isNew ? `harbour` : `habrour`} was closed to the ferry.`,
};

/** Characters that pattern searches were given while `run` ran: what rules read. */
function charactersSearched(run: () => void): number {
  let count = 0;
  const watched = [
    [String.prototype, ["match", "matchAll", "includes"]],
    [RegExp.prototype, ["test"]],
  ] as const;
  const undo = watched.flatMap(([prototype, names]) =>
    names.map((name) => {
      const own = Object.getOwnPropertyDescriptor(prototype, name)!;
      const search = own.value as (...args: unknown[]) => unknown;
      // counted by hand: a spy would keep every text it was called with
      const value = function (this: unknown, ...args: unknown[]) {
        count += typeof this === "string" ? this.length : String(args[0]).length;
        return search.apply(this, args);
      };
      Object.defineProperty(prototype, name, { ...own, value });
      return () => Object.defineProperty(prototype, name, own);
    }),
  );
  try {
    run();
  } finally {
    for (const restore of undo) restore();
  }
  return count;
}

describe("the work of labels in one paragraph of many changes", () => {
  it.each(Object.entries(LINES))("grows with the text, not with its square: %s", (_what, line) => {
    const stepsFor = (count: number) => {
      const budgets = { alignment: new WorkBudget(), labels: new WorkBudget(MAX_LABEL_STEPS) };
      const [before, after] = [page(count, line, false), page(count, line, true)];
      const searched = charactersSearched(() => {
        expect(compareArticles(before, after, budgets).degraded).toBeUndefined();
      });
      return { searched, counted: MAX_LABEL_STEPS - budgets.labels.left };
    };
    const [small, large] = [stepsFor(500), stepsFor(1000)];
    expect(small.counted).toBeGreaterThan(0);
    expect(large.counted / small.counted).toBeLessThanOrEqual(2.5);
    expect(large.searched / small.searched).toBeLessThanOrEqual(2.5);
  });

  it("finds every one of 5,000 amounts", () => {
    const line = LINES["amounts of money"]!;
    const { labels, degraded } = compareArticles(page(5000, line, false), page(5000, line, true));
    expect(degraded).toBeUndefined();
    expect(labels.find(({ kind }) => kind === "number")?.values).toHaveLength(5000);
  });
});

describe("the budget of labels", () => {
  const line = LINES["amounts of money"]!;
  const compareWith = (steps: number) =>
    compareArticles(
      page(40, line, false),
      { ...page(40, line, true), headline: "Accounts are out" },
      {
        alignment: new WorkBudget(),
        labels: new WorkBudget(steps),
      },
    );

  it.each([0, 500, 20_000])("leaves labels on words out, and says so, after %i steps", (steps) => {
    const { labels, hints, degraded, segments } = compareWith(steps);
    expect(labels.map(({ kind }) => kind)).toEqual(["headline"]);
    expect(hints).toBeUndefined();
    expect(degraded?.reason).toContain("labels on words are left out");
    expect(segments.filter(({ kind }) => kind === "edited")).toHaveLength(40);
  });

  it("is its own: the search for what changed does not take from it", () => {
    const budgets = { alignment: new WorkBudget(0), labels: new WorkBudget(MAX_LABEL_STEPS) };
    const { degraded } = compareArticles(page(40, line, false), page(40, line, true), budgets);
    expect(degraded?.reason).toBeTruthy();
    expect(budgets.labels.reason).toBeUndefined();
  });
});
