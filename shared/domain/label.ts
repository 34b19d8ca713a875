import type { Span } from "./span.ts";

/** What a rule can find in a change. Labels on words come only from edited, added and removed segments. */
export type LabelKind =
  | "headline"
  | "standfirst"
  | "byline"
  | "number"
  | "quotation"
  | "typography"
  | "correction"
  | "reverted";

/** A rule's finding with its evidence. */
export interface Label {
  readonly kind: LabelKind;
  readonly before?: readonly Span[];
  readonly after?: readonly Span[];
  /** Of `reverted`: the revision whose reading this equals. */
  readonly revision?: number;
}
