import type { Label, ValueChange } from "../domain/label.ts";
import type { Span } from "../domain/span.ts";
import type { Edit, Replacement } from "./changed-words.ts";
import { type Findings, type Found, labelOf } from "./findings.ts";
import { isMagnitude } from "./magnitudes.ts";
import { isMonth, quantityOf } from "./quantities.ts";
import type { SideIndex } from "./side-index.ts";
import { textOf } from "./spans.ts";

interface Sides {
  readonly before: SideIndex;
  readonly after: SideIndex;
}

interface NumberAt extends Span {
  readonly value: string;
}

interface Change extends Findings {
  readonly values: readonly ValueChange[];
  readonly isFirm: boolean;
}

/** A value became another value. Not: a sentence with a number came or went; the same value written otherwise. */
export function numberChanges(sides: Sides, edits: readonly Edit[]): Found {
  const changes = edits.flatMap(({ replacements }) =>
    replacements.flatMap((replacement) => changeIn(sides, replacement) ?? []),
  );
  return {
    label: numberLabel(changes.filter(({ isFirm }) => isFirm)),
    doubtful: numberLabel(changes.filter(({ isFirm }) => !isFirm)),
  };
}

function numberLabel(changes: readonly Change[]): Label | undefined {
  const label = labelOf("number", changes);
  return label && { ...label, values: changes.flatMap(({ values }) => values) };
}

function changeIn(sides: Sides, replacement: Replacement): Change | undefined {
  const from = numbersIn(sides.before, replacement.before, sides.after, replacement.after);
  const to = numbersIn(sides.after, replacement.after, sides.before, replacement.before);
  const [gone, come] = [lacking(from, to), lacking(to, from)];
  if (gone.length === 0 || come.length === 0) return undefined;
  const quantityBefore = gone.map((at) => quantityOf(sides.before.texts[at.paragraph]!, at));
  const quantityAfter = come.map((at) => quantityOf(sides.after.texts[at.paragraph]!, at));
  const values = gone.slice(0, come.length).map(({ value }, index): ValueChange => {
    return { quantity: quantityAfter[index]!, from: value, to: come[index]!.value };
  });
  const isDate = quantityBefore.includes("date") && quantityAfter.includes("date");
  const isFirm =
    isShort(sides, replacement, isDate) &&
    (isDate || (gone.length === come.length && values.every(({ quantity }, at) => quantity === quantityBefore[at]))) &&
    gone.every((at) => isTold(sides.before, at, isDate)) &&
    come.every((at) => isTold(sides.after, at, isDate));
  return { before: gone.map(spanOf), after: come.map(spanOf), values, isFirm };
}

/** White space or a currency between digits and what belongs to them, and one unit more to touch them. */
const MOST_BETWEEN = 2;

/** The numbers of one side of a replacement. Where a sign or a magnitude came or went, that of the side without it. */
function numbersIn(side: SideIndex, span: Span, other: SideIndex, opposite: Span): readonly NumberAt[] {
  if (span.end > span.start) return numbersWithin(side, span);
  const isPart = numbersWithin(other, opposite).some(({ start, end }) => start < opposite.start || end > opposite.end);
  if (!isPart) return [];
  const { paragraph, start, end } = span;
  return numbersWithin(side, { paragraph, start: Math.max(0, start - MOST_BETWEEN), end: end + MOST_BETWEEN });
}

const numbersWithin = (side: SideIndex, span: Span): NumberAt[] =>
  side.numbersTouching(span).map((stretch) => ({ paragraph: span.paragraph, ...stretch }));

const spanOf = ({ paragraph, start, end }: Span): Span => ({ paragraph, start, end });

/** Those of `values` that `others` has not, each counted as often as it stands there. */
function lacking(values: readonly NumberAt[], others: readonly NumberAt[]): NumberAt[] {
  const rest = new Map<string, number>();
  for (const { value } of others) rest.set(value, (rest.get(value) ?? 0) + 1);
  return values.filter(({ value }) => {
    const left = rest.get(value) ?? 0;
    if (left > 0) rest.set(value, left - 1);
    return left === 0;
  });
}

/** Other words that may change with a number (its unit), and with a date (its month, "last updated"). */
const MOST_OTHER_WORDS = { value: 2, date: 4 } as const;
/** Of a replacement, in UTF-16 units. The words that may change with a number take far less. */
const MOST_LENGTH = 400;
const CAPITALISED = /^\p{Lu}\p{Ll}/u;

/**
 * In a longer replacement, a rewrite, the numbers need not be one value that changed: an address, another sentence. A
 * capitalised word that is no month says that they belong to different things.
 */
function isShort(sides: Sides, { before, after }: Replacement, isDate: boolean): boolean {
  const most = isDate ? MOST_OTHER_WORDS.date : MOST_OTHER_WORDS.value;
  return [textOf(sides.before.texts, before), textOf(sides.after.texts, after)].every((text) => {
    if (text.length > MOST_LENGTH) return false;
    const words = text.match(/\p{L}{2,}(?![\p{L}\p{Nd}])/gu) ?? [];
    return words.length <= most && words.every((word) => !CAPITALISED.test(word) || isMonth(word) || isMagnitude(word));
  });
}

/** Before a number that only names a place in a document, a step, a version, a footnote, or is part of a name. */
const REFERENCE =
  /(?:\b(?:sections?|articles?|art|clauses?|paragraphs?|paragraphes?|annex(?:e|es)?|appendix|figures?|fig|tables?|steps?|chapters?|chapitres?|pages?|pasal|bab|langkah|abschnitt|artikel|kapitel|sección|artículo|capítulo|version|versi|v)\.?\s?|§+\s?|#|\.{4,}\s*|[\p{Script=Latin}*”"»]-?)$/iu;
/** On either side of a number, in UTF-16 units: where a script has no spaces, a whole paragraph is one stretch. */
const LONGEST_ADDRESS = 2_048;
const MARKUP = /:\/\/|\]\(|www\.|[=&?\\]\p{Nd}/u;

/** False for a counter, a section, a version, a part of an address: by where it stands, never by what it says. */
function isTold(side: SideIndex, at: NumberAt, isDate: boolean): boolean {
  const { start, end } = at;
  const text = side.texts[at.paragraph]!;
  const isMoney = quantityOf(text, at) === "money"; // "Rp4.000" is no part of a name
  if (!isMoney && REFERENCE.test(text.slice(Math.max(0, start - 16), start))) return false;
  const [lead, rest] = [
    text.slice(Math.max(0, start - LONGEST_ADDRESS), start),
    text.slice(end, end + LONGEST_ADDRESS),
  ];
  const around = lead.slice(lead.lastIndexOf(" ") + 1) + text.slice(start, end) + rest.split(" ", 1)[0]!;
  return !MARKUP.test(around) && (isDate || side.tells(at.paragraph));
}
