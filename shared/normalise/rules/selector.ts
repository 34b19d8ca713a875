import { parse, type Selector as Token } from "css-what";
import { PAGE_LIMITS } from "../page/guard.ts";
import { type ChildNode, type Document, type Element, isElement, parentOf } from "../page/tree.ts";

/** Bounds of one selector: `div.story > p a[href]` has three steps. */
export const SELECTOR_LIMITS = { chars: 200, steps: 8 } as const;

/** One CSS selector, from the outermost step inwards. */
export type Selector = readonly Step[];

interface Step {
  matches(element: Element): boolean;
  /** Where the step before stands: right around the element, or anywhere around it. Of the first step it says nothing. */
  readonly within: "parent" | "ancestor";
}

export type ParsedSelector =
  | { readonly ok: true; readonly selector: Selector }
  | { readonly ok: false; readonly problem: string };

/**
 * A selector as it is written in a rule: tags, ids, classes and attributes, joined by spaces and `>`. What a page can make
 * costly (`:has`, `:nth-child`, siblings) is not taken, so that every selector is answered in one walk over the page.
 */
export function parseSelector(text: string): ParsedSelector {
  if (text.length > SELECTOR_LIMITS.chars) return refused(`is longer than ${SELECTOR_LIMITS.chars} characters`);
  if (NAMELESS.test(text.replace(/\[[^\]]*\]/g, ""))) return refused('holds a "." or "#" without a name');
  const alternatives = tokensOf(text);
  const [tokens] = alternatives ?? [];
  if (!tokens) return refused("is no CSS selector");
  if (alternatives?.length !== 1) return refused("holds several selectors: give a list, each selector on its own");
  const selector: Step[] = [];
  let tests: Test[] = [];
  let within: Step["within"] = "ancestor";
  let open = false;
  const close = () => {
    const own = tests;
    open ||= own.length === 0;
    selector.push({ within, matches: (element) => own.every((test) => test(element)) });
  };
  for (const token of tokens) {
    if (token.type === "descendant" || token.type === "child") {
      close();
      tests = [];
      within = token.type === "child" ? "parent" : "ancestor";
    } else {
      const test = testOf(token);
      if (!test)
        return refused(
          `uses ${nameOf(token)}: name elements by tag, #id, .class or [attribute], joined by spaces or ">"`,
        );
      tests.push(test);
    }
  }
  close();
  if (open) return refused("begins or ends with what should stand between two names");
  if (selector.length > SELECTOR_LIMITS.steps) return refused(`has more than ${SELECTOR_LIMITS.steps} steps`);
  return { ok: true, selector };
}

/** css-what takes the mark after it for the name. */
const NAMELESS = /[.#](?=[.#>,:\s]|$)/;

const refused = (problem: string): ParsedSelector => ({ ok: false, problem });

/** css-what says by throwing that a text is no selector. */
function tokensOf(text: string): Token[][] | null {
  try {
    return parse(text);
  } catch {
    return null;
  }
}

type Test = (element: Element) => boolean;

function testOf(token: Token): Test | null {
  if (token.type === "universal") return token.namespace === null ? () => true : null;
  if (token.type === "tag") {
    const name = token.name.toLowerCase();
    return token.namespace === null ? (element) => element.name === name : null;
  }
  if (token.type !== "attribute" || token.namespace !== null) return null;
  const holds = ATTRIBUTE[token.action];
  if (!holds) return null;
  const name = token.name.toLowerCase();
  const fold = token.ignoreCase === true ? (text: string) => text.toLowerCase() : (text: string) => text;
  const wanted = fold(token.value);
  return ({ attribs }) => {
    const value = attribs[name];
    return value !== undefined && holds(fold(value), wanted);
  };
}

/** What css-what calls the operators of attribute selectors (Selectors Level 4 §6); an empty value matches nothing. */
const ATTRIBUTE: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  exists: () => true,
  equals: (value, wanted) => value === wanted,
  element: (value, wanted) => wanted !== "" && value.includes(wanted) && value.split(/\s+/).includes(wanted),
  start: (value, wanted) => wanted !== "" && value.startsWith(wanted),
  end: (value, wanted) => wanted !== "" && value.endsWith(wanted),
  any: (value, wanted) => wanted !== "" && value.includes(wanted),
  hyphen: (value, wanted) => value === wanted || value.startsWith(`${wanted}-`),
};

function nameOf(token: Token): string {
  if (token.type === "pseudo") return `:${token.name}`;
  if (token.type === "pseudo-element") return `::${token.name}`;
  if (token.type === "attribute") return token.namespace === null ? `[${token.name}!=…]` : "a namespace";
  if (token.type === "sibling") return '"~"';
  if (token.type === "adjacent") return '"+"';
  return "what is no part of plain CSS";
}

/**
 * What each selector finds in a page, in reading order. One walk for all of them: the work is elements × steps, whatever
 * the page.
 */
export function selectAll(root: Document, selectors: readonly Selector[]): Element[][] {
  const found = selectors.map((): Element[] => []);
  const width = selectors.length;
  // for each open element and selector, bit n says that its first n+1 steps end here, or here or further out
  const here = new Uint8Array(width * (PAGE_LIMITS.depth + 2));
  const around = new Uint8Array(here.length);
  let depth = 0;

  const enter = (element: Element) => {
    depth += 1;
    const [row, outer] = [depth * width, (depth - 1) * width];
    for (const [at, selector] of selectors.entries()) {
      let ends = 0;
      for (const [n, step] of selector.entries()) {
        const before = step.within === "parent" ? here[outer + at]! : around[outer + at]!;
        if ((n === 0 || before & (1 << (n - 1))) && step.matches(element)) ends |= 1 << n;
      }
      here[row + at] = ends;
      around[row + at] = around[outer + at]! | ends;
      if (ends & (1 << (selector.length - 1))) found[at]!.push(element);
    }
  };

  let node: ChildNode | null = root.children[0] ?? null;
  while (node) {
    if (isElement(node)) {
      enter(node);
      const [child]: ChildNode[] = node.children;
      if (child) {
        node = child;
        continue;
      }
      depth -= 1;
    }
    while (node && !node.next) {
      node = parentOf(node);
      if (node) depth -= 1;
    }
    node = node?.next ?? null;
  }
  return found;
}
