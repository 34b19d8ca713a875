import type { Segment } from "../domain/comparison.ts";
import type { Label } from "../domain/label.ts";
import type { Span } from "../domain/span.ts";
import { isReworded, type Replacement, replacementsIn } from "./changed-words.ts";
import type { NoticeFound } from "./notices.ts";
import { numbersIn } from "./numbers.ts";
import { quotationsIn } from "./quotations.ts";
import type { Stretch } from "./sentences.ts";
import type { ChangedFields } from "./significance.ts";
import { textOf } from "./spans.ts";

/** What the rules look at. */
export interface Evidence {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly segments: readonly Segment[];
  readonly fields: ChangedFields;
  readonly notices: readonly NoticeFound[];
}

/** The findings of all rules, each with its evidence; in the order of the rules. */
export const labelsOf = (evidence: Evidence): Label[] => RULES.flatMap((rule) => rule(evidence) ?? []);

type Rule = (evidence: Evidence) => Label | undefined;

const field =
  (kind: keyof ChangedFields): Rule =>
  ({ fields }) =>
    fields[kind] && { kind };

/** A value became another value. Not: a sentence with a number came or went; the same value written otherwise. */
const number: Rule = ({ before, after, segments }) =>
  found(
    "number",
    segments.filter(isReworded).flatMap((segment) =>
      replacementsIn(segment).flatMap((replacement) => {
        const from = numbersWithin(before, replacement.before);
        const to = numbersWithin(after, replacement.after);
        const [gone, come] = [lacking(from, to), lacking(to, from)];
        return gone.length > 0 && come.length > 0 ? [{ before: gone.map(spanOf), after: come.map(spanOf) }] : [];
      }),
    ),
  );

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
const quotation: Rule = ({ before, after, segments }) =>
  found(
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
  );

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
const typography: Rule = ({ segments }) =>
  found(
    "typography",
    segments
      .filter(({ cosmetic }) => cosmetic)
      .map((segment) => ({ before: [segment.before!], after: [segment.after!] })),
  );

/** A notice of an error was added. An update tells of news, not of an error. */
const correction: Rule = ({ notices }) =>
  found(
    "correction",
    notices.filter(({ kind }) => kind !== "update").map(({ at }) => ({ after: [at] })),
  );

function found(kind: Label["kind"], findings: readonly Findings[]): Label | undefined {
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
  correction,
];
