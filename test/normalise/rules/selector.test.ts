import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseGuarded, type Tree } from "../../../shared/normalise/page/guard.ts";
import { select } from "../../../shared/normalise/page/select.ts";
import { parseSelector, type Selector, selectAll } from "../../../shared/normalise/rules/selector.ts";

function treeOf(html: string): Tree {
  const guarded = parseGuarded([html]);
  if (guarded.kind === "over") throw new Error(guarded.reason);
  return guarded;
}

function parsed(text: string): Selector {
  const outcome = parseSelector(text);
  if (!outcome.ok) throw new Error(`${text} ${outcome.problem}`);
  return outcome.selector;
}

const problemOf = (text: string): string => {
  const outcome = parseSelector(text);
  return outcome.ok ? "none" : outcome.problem;
};

describe("parseSelector", () => {
  it.each([
    ["a pseudo-class that costs a page's square", "p:nth-child(2)", /^uses :nth-child: name elements by tag/],
    ["a pseudo-class that looks inside", "div:has(p)", /^uses :has/],
    ["a negation", "p:not(.promo)", /^uses :not/],
    ["siblings", "h2 ~ p", /^uses "~"/],
    ["a neighbour", "h2 + p", /^uses "\+"/],
    ["what is no CSS", "p[class!=a]", /^uses \[class!=…\]/],
    ["a namespace", "svg|a", /^uses what is no part of plain CSS/],
    ["several at once", ".a, .b", /^holds several selectors/],
    ["a broken one", "div[", /^is no CSS selector/],
    ["nothing", " ", /^is no CSS selector/],
    ["a slip of the finger", "div..story", /^holds a "\." or "#" without a name/],
    ["an open end", ".story >", /^begins or ends/],
    ["an open beginning", "> p", /^begins or ends/],
    ["too long a one", `.${"a".repeat(200)}`, /^is longer than 200/],
    ["too many steps", "a b c d e f g h i", /^has more than 8 steps/],
  ])("refuses %s", (_what, text, problem) => expect(problemOf(text)).toMatch(problem));

  it("takes a dot in an attribute's value", () => expect(problemOf('a[href="page..html"]')).toBe("none"));
});

/** Trees and selectors over so few names that they meet often. */
const NAME = fc.constantFrom("a", "b", "c");
const ELEMENT: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc
    .record({
      tag: fc.constantFrom("div", "section", "span"),
      classes: fc.uniqueArray(NAME, { maxLength: 2 }),
      id: fc.option(NAME, { nil: undefined }),
      inside: fc.array(fc.oneof({ maxDepth: 4 }, fc.constant("x"), tie("node")), { maxLength: 3 }),
    })
    .map(({ tag, classes, id, inside }) => {
      const named = id === undefined ? "" : ` id="${id}"`;
      return `<${tag} class="${classes.join(" ")}"${named} data-n="${classes.join("-")}">${inside.join("")}</${tag}>`;
    }),
})).node;
const SIMPLE = fc.oneof(
  fc.constantFrom(
    "div",
    "section",
    "span",
    "*",
    "[id]",
    "[data-n^=a]",
    '[data-n$="b"]',
    "[data-n*=c]",
    "[data-n|=a]",
    "[class~=b]",
  ),
  NAME.map((name) => `.${name}`),
  NAME.map((name) => `#${name}`),
);
const SELECTOR = fc
  .tuple(SIMPLE, fc.array(fc.tuple(fc.constantFrom(" ", " > "), SIMPLE), { maxLength: 4 }))
  .map(([first, rest]) => first + rest.map((pair) => pair.join("")).join(""));

describe("selectAll", () => {
  it("finds what cheerio finds, in reading order", () => {
    fc.assert(
      fc.property(
        fc.array(ELEMENT, { minLength: 1, maxLength: 3 }),
        fc.array(SELECTOR, { minLength: 1, maxLength: 3 }),
        (html, selectors) => {
          const { root } = treeOf(html.join(""));
          const all = select(root, "*").toArray();
          const place = (element: (typeof all)[number]) => all.indexOf(element);
          const found = selectAll(root, selectors.map(parsed));
          for (const [at, selector] of selectors.entries())
            expect(found[at]?.map(place)).toEqual(select(root, selector).toArray().map(place));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("asks each step at most once of each element, however deep the page", () => {
    const html = `${"<div class=a>".repeat(500)}${"<p class=b>x</p>".repeat(2_000)}`;
    let asked = 0;
    const counted = parsed(".a .a .a .a .a .a .a .b").map((step) => ({
      ...step,
      matches: (element: Parameters<typeof step.matches>[0]) => {
        asked += 1;
        return step.matches(element);
      },
    }));
    expect(selectAll(treeOf(html).root, [counted])[0]).toHaveLength(2_000);
    expect(asked).toBeLessThanOrEqual(8 * 2_501);
  });
});
