import { type Box, type Outline, outlineOf } from "../page/outline.ts";
import { NOT_TAKEN, type Said } from "../page/roles.ts";
import { selection } from "../page/select.ts";
import type { Document, Element } from "../page/tree.ts";
import type { Body } from "../story/body.ts";
import { LEAST_SAID, prefixSums, speaksFor } from "../story/prose.ts";
import { rolesOf } from "../story/regions.ts";
import { parseSelector, type Selector, selectAll } from "./selector.ts";
import { RULED_FIELDS, type RuledField, type SourceRule } from "./source-rule.ts";

/** What one selector of a rule found in a page. */
export interface Finding {
  readonly part: "take" | "drop" | RuledField;
  readonly selector: string;
  readonly elements: readonly Element[];
}

/** A rule laid upon a page. */
export interface Ruling {
  readonly rule: SourceRule;
  readonly findings: readonly Finding[];
  /** What the rule says of the elements that it names; an element both taken and dropped is dropped. */
  readonly says: ReadonlyMap<Element, Said>;
}

/** @param rule - as `parseRules` checked it; a selector that it would refuse is a bug here */
export function rulingOf(page: Document, rule: SourceRule): Ruling {
  const asked = PARTS.flatMap((part) => (rule[part] ?? []).map((selector) => ({ part, selector })));
  const found = selectAll(
    page,
    asked.map(({ selector }) => checked(selector)),
  );
  const findings = asked.map((one, at) => ({ ...one, elements: found[at] ?? [] }));
  const says = new Map<Element, Said>();
  for (const [part, said] of [
    ["take", "taken"],
    ["drop", "dropped"],
  ] as const)
    for (const element of elementsOf(findings, part)) says.set(element, said);
  return { rule, findings, says };
}

const PARTS = ["take", "drop", ...RULED_FIELDS] as const;

function checked(selector: string): Selector {
  const parsed = parseSelector(selector);
  if (!parsed.ok) throw new Error(`the selector ${JSON.stringify(selector)} of a rule ${parsed.problem}`);
  return parsed.selector;
}

const elementsOf = (findings: readonly Finding[], part: Finding["part"]): readonly Element[] =>
  findings.flatMap((finding) => (finding.part === part ? finding.elements : []));

/**
 * The page's outline, in which every element that the rule names is a box: one taken from within a paragraph or a table's
 * row becomes one, one dropped there is cut out.
 */
export function outlineUnder({ says }: Ruling, page: Document): Outline {
  const outline = outlineOf(page);
  const boxes = new Set(outline.boxes.map(({ element }) => element));
  const loose = [...says].filter(([element]) => !boxes.has(element));
  if (loose.length === 0) return outline;
  for (const [element, said] of loose) if (said === "taken") element.name = "div";
  selection(loose.flatMap(([element, said]) => (said === "dropped" ? [element] : []))).remove();
  return outlineOf(page);
}

/** Text, weighed, below which what was taken is taken for an empty shell, if the page elsewhere says as much as a story. */
const LEAST_TAKEN = 80;

/**
 * The story where the rule takes it. Null where the rule takes none, and where what it takes holds nothing, or hardly
 * anything beside what the general way finds: then the rule no longer fits the page.
 *
 * @param general - the story as the general way finds it
 */
export function takenBody({ rule, says }: Ruling, outline: Outline, general: Body): Body | null {
  if (!rule.take) return null;
  const { boxes, pieces } = outline;
  const inside: boolean[] = [];
  for (const box of boxes) {
    const said = says.get(box.element);
    inside.push(said ? said === "taken" : box.parent !== null && inside[box.parent.index] === true);
  }
  const isTaken = pieces.map(({ box }) => inside[box.index] === true);
  const [first, last] = [isTaken.indexOf(true), isTaken.lastIndexOf(true)];
  if (first < 0) return null;
  const values = pieces.map(speaksFor);
  const roles = rolesOf(outline, values, () => true, says).map((role, at) =>
    isTaken[at] || at < first || at > last ? role : (role ?? NOT_TAKEN),
  );
  const prose = prefixSums(values.map((value, at) => (roles[at] ? 0 : Math.max(0, value))));
  const end = last + 1;
  const isShell = prose[end]! - prose[first]! < LEAST_TAKEN;
  if (isShell && general.prose[general.end]! - general.prose[general.first]! >= LEAST_SAID) return null;
  return { box: around(boxes, first, end), first, core: first, end, roles, prose, chosen: "rule" };
}

/** The innermost box that holds a stretch of pieces. */
function around(boxes: readonly Box[], first: number, end: number): Box | null {
  return boxes.findLast((box) => box.first <= first && box.end >= end) ?? null;
}
