import type { Span } from "./span.ts";

/** What a rule can find in a change. Labels on words come only from edited, added and removed segments. */
export const LABEL_KINDS = [
  "headline",
  "standfirst",
  "byline",
  "number",
  "quotation",
  "typography",
  "correction",
  "reverted",
  "retraction",
  "clarification",
  "editors-note",
  "update",
  "spelling",
  "name",
  "negation",
  "hedging",
  "link",
  "caption",
] as const;

export type LabelKind = (typeof LABEL_KINDS)[number];

/** The kinds of findings, each once. */
export const kindsOf = (findings: readonly Label[] = []): LabelKind[] => [...new Set(findings.map(({ kind }) => kind))];

/**
 * `filterable`: people may subscribe to it and search by it. `grey`: shown beside a change as a hint, since it was not
 * found precise enough, or not often enough to know.
 */
export type Standing = "filterable" | "grey";

/** What a number counts. */
export type Quantity = "number" | "date" | "money" | "percentage";

/**
 * A value that became another: digits and a decimal point, a minus before and a word of magnitude ("million") behind,
 * however the text writes them.
 */
export interface ValueChange {
  readonly quantity: Quantity;
  readonly from: string;
  readonly to: string;
}

/** A rule's finding with its evidence. */
export interface Label {
  readonly kind: LabelKind;
  readonly before?: readonly Span[];
  readonly after?: readonly Span[];
  /** Of `reverted`: the revision whose reading this equals. */
  readonly revision?: number;
  /** Of `number`: the values, in reading order. */
  readonly values?: readonly ValueChange[];
}
