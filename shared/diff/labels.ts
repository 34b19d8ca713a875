import type { Segment } from "../domain/comparison.ts";
import type { Label } from "../domain/label.ts";
import { NOTICE_KINDS } from "../domain/notice-words.ts";
import { type Edit, isReworded, replacementsIn } from "./changed-words.ts";
import { type Found, labelOf } from "./findings.ts";
import type { NoticeFound } from "./notices.ts";
import { numberChanges } from "./number-changes.ts";
import { quotedChanges } from "./quoted-changes.ts";
import { LABELS_RAN_OUT, sideIndex } from "./side-index.ts";
import type { ChangedFields } from "./significance.ts";
import { LABEL_STANDING } from "./standing.ts";
import { wordChanges } from "./word-changes.ts";
import type { WorkBudget } from "./work-budget.ts";

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

/**
 * All findings, each with its evidence, in the order of the rules: those to filter by, and grey ones. When the budget
 * runs out, `budget.reason` says so and no rule that reads words gives any: a part of them would look like all.
 */
export function labelsOf(
  evidence: Evidence,
  budget: WorkBudget,
  others: readonly Label[] = [],
): { readonly labels: Label[]; readonly hints: Label[] } {
  const { numbers, quotations, words } = foundInWords(evidence, budget);
  const found = [
    ...FIELDS.map((kind): Found => (evidence.fields[kind] ? { label: { kind } } : {})),
    ...[numbers, quotations],
    ...RULES.map((rule) => rule(evidence)),
    ...words,
  ];
  const isFilterable = ({ kind }: Label) => LABEL_STANDING[kind] === "filterable";
  const doubted = found.flatMap(({ doubtful }) => doubtful ?? []).filter(isFilterable); // a doubt about a hint is nothing
  const firm = [...found.flatMap(({ label }) => label ?? []), ...others];
  return {
    labels: firm.filter(isFilterable),
    hints: [...firm.filter((label) => !isFilterable(label)), ...doubted],
  };
}

type Rule = (evidence: Evidence) => Found;

const FIELDS = ["headline", "standfirst", "byline"] as const satisfies readonly (keyof ChangedFields)[];

interface FoundInWords {
  readonly numbers: Found;
  readonly quotations: Found;
  readonly words: readonly Found[];
}

/** What the rules find that read the words of every change. */
function foundInWords({ before, after, segments, language }: Evidence, budget: WorkBudget): FoundInWords {
  const sides = { before: sideIndex(before, budget), after: sideIndex(after, budget) };
  const edits = segments.filter(isReworded).flatMap((segment): Edit[] => {
    const replacements = replacementsIn(segment);
    return budget.spend(stepsOf(segment, replacements.length), LABELS_RAN_OUT) ? [{ segment, replacements }] : [];
  });
  const nothing = { numbers: {}, quotations: {}, words: [] };
  if (budget.reason !== undefined) return nothing;
  const found = {
    numbers: numberChanges(sides, edits),
    quotations: quotedChanges(sides, segments, edits),
    words: wordChanges(sides, edits, language),
  };
  return budget.reason === undefined ? found : nothing;
}

/** Beside its characters, what the rules look up for a replacement wherever it stands. */
const STEPS_OF_REPLACEMENT = 100;

const stepsOf = ({ before, after }: Segment, replacements: number): number =>
  before!.end - before!.start + (after!.end - after!.start) + replacements * STEPS_OF_REPLACEMENT;

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

const RULES: readonly Rule[] = [
  typography,
  correction,
  ...NOTICE_KINDS.filter((kind) => kind !== "correction").map(notice),
];
