import type { Label } from "./label.ts";
import type { Span } from "./span.ts";

export type SegmentKind = "unchanged" | "edited" | "moved" | "added" | "removed";

export interface WordMark {
  readonly mark: "=" | "-" | "+";
  readonly text: string;
}

/** A sentence-level unit of a comparison. Both sides rebuild exactly from the spans. */
export interface Segment {
  readonly kind: SegmentKind;
  /** Absent on an added segment. */
  readonly before?: Span;
  /** Absent on a removed segment. */
  readonly after?: Span;
  /** Of a moved segment: its words changed too. */
  readonly edited?: boolean;
  /** Only typography differs: quotation marks, dashes, punctuation style. */
  readonly cosmetic?: boolean;
  /** Of an edited segment: its words in reading order; `=` and `-` rebuild before, `=` and `+` after. */
  readonly words?: readonly WordMark[];
}

/** A field compared on its own, never as a paragraph of the text. */
export interface FieldChange {
  readonly from: string | null;
  readonly to: string | null;
  readonly words: readonly WordMark[];
}

export type Significance = "cosmetic" | "substantive";

/** How the publisher told readers of the edit; `date-only`: the claimed modified date moved, no notice was added or reworded. */
export const DISCLOSURES = [
  "retraction",
  "correction",
  "clarification",
  "editors-note",
  "update",
  "date-only",
  "none",
] as const;

export type Disclosure = (typeof DISCLOSURES)[number];

/** Before and after aligned. Segments stand in the reading order of after, removed ones where they stood. */
export interface Comparison {
  readonly headline?: FieldChange;
  readonly standfirst?: FieldChange;
  readonly byline?: FieldChange;
  readonly published?: FieldChange;
  readonly modified?: FieldChange;
  /** The compared blocks' texts that the spans point into. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly segments: readonly Segment[];
  /** Filterable findings. */
  readonly labels: readonly Label[];
  /** Grey findings: shown as hints, never filtered by. Absent when there are none. */
  readonly hints?: readonly Label[];
  /**
   * Entries of a live blog that left at the old end when as many came at the new one: most likely to its next page, but
   * the oldest may as well have been taken out. Counted, and in no segment.
   */
  readonly pagedOut?: number;
  readonly significance: Significance;
  readonly disclosure: Disclosure;
  /** Set when the work budget ran out and the alignment is coarser than it could be. */
  readonly degraded?: { readonly reason: string };
}

/** Sentence-level counts of what is not unchanged. */
export interface SegmentCounts {
  readonly edited: number;
  readonly moved: number;
  readonly added: number;
  readonly removed: number;
  readonly cosmetic: number;
}

export function segmentCounts({ segments }: Pick<Comparison, "segments">): SegmentCounts {
  const of = (kind: SegmentKind) => segments.filter((segment) => segment.kind === kind).length;
  const cosmetic = segments.filter((segment) => segment.cosmetic).length;
  return { edited: of("edited"), moved: of("moved"), added: of("added"), removed: of("removed"), cosmetic };
}

/** True when nothing of the old text is left: no sentence unchanged, edited or moved. */
export const hasNothingInCommon = ({ before, segments }: Comparison): boolean =>
  before.length > 0 && !segments.some(({ kind }) => kind === "unchanged" || kind === "edited" || kind === "moved");
