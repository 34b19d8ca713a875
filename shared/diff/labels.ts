import type { Segment } from "../domain/comparison.ts";
import type { Label, LabelKind, ValueChange } from "../domain/label.ts";
import type { Span } from "../domain/span.ts";
import { isReworded, type Replacement, replacementsIn } from "./changed-words.ts";
import { NOTICE_KINDS } from "./notice-words.ts";
import type { NoticeFound } from "./notices.ts";
import { numbersIn } from "./numbers.ts";
import { quantityOf } from "./quantities.ts";
import { quotationsIn } from "./quotations.ts";
import type { Stretch } from "./sentences.ts";
import type { ChangedFields } from "./significance.ts";
import { textOf } from "./spans.ts";
import { LABEL_STANDING } from "./standing.ts";
import { type WordChangeKind, wordChangeKinds } from "./word-changes.ts";

/** What the rules look at. */
export interface Evidence {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly segments: readonly Segment[];
  readonly fields: ChangedFields;
  readonly notices: readonly NoticeFound[];
  /** BCP 47. */
  readonly language: string;
}

/** All findings, each with its evidence, in the order of the rules: those to filter by, and grey ones. */
export function labelsOf(
  evidence: Evidence,
  others: readonly Label[] = [],
): { readonly labels: Label[]; readonly hints: Label[] } {
  const found = RULES.flatMap((rule) => rule(evidence) ?? []);
  const isFilterable = ({ kind }: Label) => LABEL_STANDING[kind] === "filterable";
  const doubted = found.flatMap(({ doubtful }) => doubtful ?? []);
  const firm = [...found.flatMap(({ label }) => label ?? []), ...others];
  return {
    labels: firm.filter(isFilterable),
    hints: [...firm.filter((label) => !isFilterable(label)), ...doubted],
  };
}

/** A rule's finding, and what looks like one but is too doubtful to filter by. */
interface Found {
  readonly label?: Label | undefined;
  readonly doubtful?: Label | undefined;
}

type Rule = (evidence: Evidence) => Found;

const field =
  (kind: keyof ChangedFields): Rule =>
  ({ fields }) =>
    fields[kind] ? { label: { kind } } : {};

/** Longer replacements are rewrites: the numbers in them need not be one value that changed. UTF-16 units. */
const LONGEST_VALUE_CHANGE = 60;
/** Words of a paragraph without a full stop from which its number is told in a sentence, not shown as a counter. */
const FEWEST_WORDS_TOLD = 6;
/** Before a number that only names a place in a document or a version. */
const REFERENCE =
  /(?:\b(?:sections?|articles?|art|clauses?|paragraphs?|paragraphes?|annex(?:e|es)?|appendix|figures?|fig|tables?|steps?|chapters?|chapitres?|pages?|pasal|bab|langkah|abschnitt|artikel|kapitel|sección|artículo|capítulo|version|versi|v)\.?\s?|§+\s?|#)$/iu;

/** A value became another value. Not: a sentence with a number came or went; the same value written otherwise. */
const number: Rule = ({ before, after, segments }) => {
  const changes = segments.filter(isReworded).flatMap((segment) => {
    const replacements = replacementsIn(segment);
    return replacements.flatMap((replacement) => {
      const from = numbersWithin(before, replacement.before);
      const to = numbersWithin(after, replacement.after);
      const [gone, come] = [lacking(from, to), lacking(to, from)];
      if (gone.length === 0 || come.length === 0) return [];
      const values = gone.slice(0, come.length).map((value, index): ValueChange => {
        const quantity = quantityOf(after[come[index]!.paragraph]!, come[index]!);
        return { quantity, from: value.value, to: come[index]!.value };
      });
      const lengths = [replacement.before, replacement.after].map(({ start, end }) => end - start);
      const isFirm =
        gone.length === come.length &&
        Math.max(...lengths) <= LONGEST_VALUE_CHANGE &&
        [...gone.map((at) => [before, at] as const), ...come.map((at) => [after, at] as const)].every(isTold) &&
        gone.every((at, index) => quantityOf(before[at.paragraph]!, at) === values[index]!.quantity);
      return [{ before: gone.map(spanOf), after: come.map(spanOf), values, isFirm }];
    });
  });
  return {
    label: numberLabel(changes.filter(({ isFirm }) => isFirm)),
    doubtful: numberLabel(changes.filter(({ isFirm }) => !isFirm)),
  };
};

function numberLabel(changes: readonly (Findings & { readonly values: readonly ValueChange[] })[]): Label | undefined {
  const label = found("number", changes);
  return label && { ...label, values: changes.flatMap(({ values }) => values) };
}

/** False for a counter, a section, a version: by where it stands, never by what it says. */
function isTold([texts, { paragraph, start }]: readonly [readonly string[], NumberAt]): boolean {
  const text = texts[paragraph]!;
  if (REFERENCE.test(text.slice(Math.max(0, start - 16), start))) return false;
  return /[.!?。！？؟।][^\p{L}\p{N}]*$/u.test(text) || wordCount(text) >= FEWEST_WORDS_TOLD;
}

interface NumberAt extends Span {
  readonly value: string;
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

/** Fewer words between quotation marks are a name, a title or irony. */
const FEWEST_WORDS_QUOTED = 4;

/** Words inside a quotation changed, came or went. Not: a whole quotation that came or went with its sentence. */
const quotation: Rule = ({ before, after, segments }) => ({
  label: found(
    "quotation",
    segments.flatMap((segment): Findings[] => {
      if (isReworded(segment)) {
        return replacementsIn(segment)
          .map((replacement) => ({
            before: isQuoted(before, replacement.before) ? [replacement.before] : [],
            after: isQuoted(after, replacement.after) ? [replacement.after] : [],
            replacement,
          }))
          .filter((finding) => holds(finding, before, after));
      }
      if (segment.kind === "removed" && isInsideQuotation(before, segment.before!))
        return [{ before: [segment.before!] }];
      if (segment.kind === "added" && isInsideQuotation(after, segment.after!)) return [{ after: [segment.after!] }];
      return [];
    }),
  ),
});

interface Findings {
  readonly before?: readonly Span[];
  readonly after?: readonly Span[];
}

/** A replacement counts when each side that has words has them quoted: else the marks themselves came or went. */
const holds = (
  finding: Findings & { readonly replacement: Replacement },
  before: readonly string[],
  after: readonly string[],
): boolean => {
  const { replacement } = finding;
  const wordsBefore = hasWords(textOf(before, replacement.before));
  const wordsAfter = hasWords(textOf(after, replacement.after));
  return (
    (wordsBefore || wordsAfter) &&
    (!wordsBefore || finding.before!.length > 0) &&
    (!wordsAfter || finding.after!.length > 0)
  );
};

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** True when the span touches words of a quotation long enough to be one. */
const isQuoted = (texts: readonly string[], span: Span): boolean =>
  longQuotations(texts[span.paragraph]!).some((quoted) => touches(quoted, span));

/** True when the span is a part of a quotation that goes on around it. */
const isInsideQuotation = (texts: readonly string[], span: Span): boolean =>
  longQuotations(texts[span.paragraph]!).some(
    (quoted) =>
      quoted.start <= span.start && span.end <= quoted.end && quoted.end - quoted.start > span.end - span.start + 1,
  );

const longQuotations = (text: string): Stretch[] =>
  quotationsIn(text).filter(({ start, end }) => wordCount(text.slice(start, end)) >= FEWEST_WORDS_QUOTED);

/** Words by white space; where script has none, two letters for a word. */
const wordCount = (text: string): number =>
  text.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]{1,2}|[\p{L}\p{N}\p{M}'’-]+/gu,
  )?.length ?? 0;

const touches = (stretch: Stretch, { start, end }: Span): boolean =>
  stretch.start < end && start < stretch.end && start < end;

/** The style of quotation marks, dashes, punctuation changed. */
const typography: Rule = ({ segments }) => ({
  label: found(
    "typography",
    segments
      .filter(({ cosmetic }) => cosmetic)
      .map((segment) => ({ before: [segment.before!], after: [segment.after!] })),
  ),
});

/** A notice of this kind was added. */
const notice =
  (kind: NoticeFound["kind"]): Rule =>
  ({ notices }) => ({
    label: found(
      kind,
      notices.filter((one) => one.kind === kind).map(({ at }) => ({ after: [at] })),
    ),
  });

/** A few words changed in a way that word lists and letters tell. */
const wordChange =
  (kind: WordChangeKind): Rule =>
  ({ before, after, segments, language }) => ({
    label: found(
      kind,
      segments
        .filter(isReworded)
        .flatMap(replacementsIn)
        .filter((replacement) => wordChangeKinds({ before, after }, replacement, language).includes(kind))
        .map((replacement) => ({ before: solid(replacement.before), after: solid(replacement.after) })),
    ),
  });

/** A side without words has nothing to point to. */
const solid = (span: Span): Span[] => (span.end > span.start ? [span] : []);

function found(kind: LabelKind, findings: readonly Findings[]): Label | undefined {
  if (findings.length === 0) return undefined;
  const before = findings.flatMap((finding) => finding.before ?? []);
  const after = findings.flatMap((finding) => finding.after ?? []);
  return { kind, ...(before.length > 0 ? { before } : {}), ...(after.length > 0 ? { after } : {}) };
}

const RULES: readonly Rule[] = [
  field("headline"),
  field("standfirst"),
  field("byline"),
  number,
  quotation,
  typography,
  ...NOTICE_KINDS.map(notice),
  ...(["negation", "hedging", "spelling", "name"] as const).map(wordChange),
];
