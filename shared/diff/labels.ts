import type { Segment } from "../domain/comparison.ts";
import type { Label } from "../domain/label.ts";
import type { Span } from "../domain/span.ts";
import { isReworded, replacementsIn } from "./changed-words.ts";
import { type Found, labelOf } from "./findings.ts";
import { NOTICE_KINDS } from "./notice-words.ts";
import type { NoticeFound } from "./notices.ts";
import { numberChanges } from "./number-changes.ts";
import { quotedChanges } from "./quoted-changes.ts";
import type { ChangedFields } from "./significance.ts";
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

type Rule = (evidence: Evidence) => Found;

const field =
  (kind: keyof ChangedFields): Rule =>
  ({ fields }) =>
    fields[kind] ? { label: { kind } } : {};

/** The style of quotation marks, dashes, punctuation changed. */
const typography: Rule = ({ segments }) => ({
  label: labelOf(
    "typography",
    segments
      .filter(({ cosmetic }) => cosmetic)
      .map((segment) => ({ before: [segment.before!], after: [segment.after!] })),
  ),
});

/** Readers were told of an error, whatever the notice calls itself. An update tells of news, not of an error. */
const correction: Rule = ({ notices }) => ({
  label: labelOf(
    "correction",
    notices.filter(({ kind }) => kind !== "update").map(({ at }) => ({ after: [at] })),
  ),
});

/** What the notice calls itself, where it is no plain correction. */
const notice =
  (kind: Exclude<NoticeFound["kind"], "correction">): Rule =>
  ({ notices }) => ({
    label: labelOf(
      kind,
      notices.filter((one) => one.kind === kind).map(({ at }) => ({ after: [at] })),
    ),
  });

/** A few words changed in a way that word lists and letters tell. */
const wordChange =
  (kind: WordChangeKind): Rule =>
  ({ before, after, segments, language }) => ({
    label: labelOf(
      kind,
      segments.filter(isReworded).flatMap((segment) =>
        replacementsIn(segment)
          .filter((replacement) => wordChangeKinds({ before, after }, segment, replacement, language).includes(kind))
          .map((replacement) => ({ before: solid(replacement.before), after: solid(replacement.after) })),
      ),
    ),
  });

/** A side without words has nothing to point to. */
const solid = (span: Span): Span[] => (span.end > span.start ? [span] : []);

const RULES: readonly Rule[] = [
  field("headline"),
  field("standfirst"),
  field("byline"),
  (evidence) => numberChanges(evidence, evidence.segments),
  (evidence) => quotedChanges(evidence, evidence.segments),
  typography,
  correction,
  ...NOTICE_KINDS.filter((kind) => kind !== "correction").map(notice),
  ...(["negation", "hedging", "spelling", "name"] as const).map(wordChange),
];
