import type { Segment } from "../domain/comparison.ts";
import type { Label, ValueChange } from "../domain/label.ts";
import type { Span } from "../domain/span.ts";
import { isReworded, type Replacement, replacementsIn } from "./changed-words.ts";
import { type Findings, type Found, labelOf, touches, wordCount } from "./findings.ts";
import { numbersIn } from "./numbers.ts";
import { isMonth, quantityOf } from "./quantities.ts";
import { textOf } from "./spans.ts";

interface Texts {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

interface NumberAt extends Span {
  readonly value: string;
}

interface Change extends Findings {
  readonly values: readonly ValueChange[];
  readonly isFirm: boolean;
}

/** A value became another value. Not: a sentence with a number came or went; the same value written otherwise. */
export function numberChanges(texts: Texts, segments: readonly Segment[]): Found {
  const changes = segments
    .filter(isReworded)
    .flatMap((segment) => replacementsIn(segment).flatMap((replacement) => changeIn(texts, replacement) ?? []));
  return {
    label: numberLabel(changes.filter(({ isFirm }) => isFirm)),
    doubtful: numberLabel(changes.filter(({ isFirm }) => !isFirm)),
  };
}

function numberLabel(changes: readonly Change[]): Label | undefined {
  const label = labelOf("number", changes);
  return label && { ...label, values: changes.flatMap(({ values }) => values) };
}

function changeIn(texts: Texts, replacement: Replacement): Change | undefined {
  const from = numbersWithin(texts.before, replacement.before);
  const to = numbersWithin(texts.after, replacement.after);
  const [gone, come] = [lacking(from, to), lacking(to, from)];
  if (gone.length === 0 || come.length === 0) return undefined;
  const quantityBefore = gone.map((at) => quantityOf(texts.before[at.paragraph]!, at));
  const quantityAfter = come.map((at) => quantityOf(texts.after[at.paragraph]!, at));
  const values = gone.slice(0, come.length).map(({ value }, index): ValueChange => {
    return { quantity: quantityAfter[index]!, from: value, to: come[index]!.value };
  });
  const isDate = quantityBefore.includes("date") && quantityAfter.includes("date");
  const isFirm =
    isShort(texts, replacement, isDate) &&
    (isDate || (gone.length === come.length && values.every(({ quantity }, at) => quantity === quantityBefore[at]))) &&
    gone.every((at) => isTold(texts.before[at.paragraph]!, at, isDate)) &&
    come.every((at) => isTold(texts.after[at.paragraph]!, at, isDate));
  return { before: gone.map(spanOf), after: come.map(spanOf), values, isFirm };
}

/** The numbers that a span touches, whole. */
const numbersWithin = (texts: readonly string[], span: Span): NumberAt[] =>
  numbersIn(texts[span.paragraph]!)
    .filter((stretch) => touches(stretch, span))
    .map((stretch) => ({ paragraph: span.paragraph, ...stretch }));

const spanOf = ({ paragraph, start, end }: Span): Span => ({ paragraph, start, end });

/** Those of `values` that `others` has not, each counted as often as it stands there. */
function lacking(values: readonly NumberAt[], others: readonly NumberAt[]): NumberAt[] {
  const rest = others.map(({ value }) => value);
  return values.filter(({ value }) => {
    const at = rest.indexOf(value);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

/** Other words that may change with a number (its unit), and with a date (its month, "last updated"). */
const MOST_OTHER_WORDS = { value: 2, date: 4 } as const;
const CAPITALISED = /^\p{Lu}\p{Ll}/u;

/**
 * In a longer replacement, a rewrite, the numbers need not be one value that changed: an address, another sentence. A
 * capitalised word that is no month says that they belong to different things.
 */
function isShort(texts: Texts, { before, after }: Replacement, isDate: boolean): boolean {
  const most = isDate ? MOST_OTHER_WORDS.date : MOST_OTHER_WORDS.value;
  return [textOf(texts.before, before), textOf(texts.after, after)].every((text) => {
    const words = text.match(/\p{L}{2,}(?![\p{L}\p{Nd}])/gu) ?? [];
    return words.length <= most && words.every((word) => !CAPITALISED.test(word) || isMonth(word));
  });
}

/** Words of a paragraph without a full stop from which its number is told, not shown as a counter beside something. */
const FEWEST_WORDS_TOLD = 12;
/** Before a number that only names a place in a document, a step, a version, a footnote, or is part of a name. */
const REFERENCE =
  /(?:\b(?:sections?|articles?|art|clauses?|paragraphs?|paragraphes?|annex(?:e|es)?|appendix|figures?|fig|tables?|steps?|chapters?|chapitres?|pages?|pasal|bab|langkah|abschnitt|artikel|kapitel|sección|artículo|capítulo|version|versi|v)\.?\s?|§+\s?|#|\.{4,}\s*|[\p{Script=Latin}*”"»]-?)$/iu;
const MARKUP = /:\/\/|\]\(|www\.|[=&?\\]\p{Nd}/u;

/** False for a counter, a section, a version, a part of an address: by where it stands, never by what it says. */
function isTold(text: string, at: NumberAt, isDate: boolean): boolean {
  const { start, end } = at;
  const isMoney = quantityOf(text, at) === "money"; // "Rp4.000" is no part of a name
  if (!isMoney && REFERENCE.test(text.slice(Math.max(0, start - 16), start))) return false;
  const from = text.lastIndexOf(" ", start - 1) + 1;
  const to = text.indexOf(" ", end);
  if (MARKUP.test(text.slice(from, to < 0 ? text.length : to))) return false;
  return isDate || /[.!?。！？؟।][^\p{L}\p{N}]*$/u.test(text) || wordCount(text) >= FEWEST_WORDS_TOLD;
}
