import type { Comparison, FieldChange, Segment, WordMark } from "../../domain/comparison.ts";
import type { Label } from "../../domain/label.ts";
import type { Span } from "../../domain/span.ts";
import { textOf } from "../spans.ts";

/** A stretch of one side, with its text: programs need not slice. Offsets are UTF-16 units, as in JavaScript. */
export interface StretchJson extends Span {
  readonly text: string;
}

/** A change as data. Fields are added in later versions, never renamed: readers ignore those they do not know. */
export interface ChangeJson {
  readonly version: 1;
  readonly significance: Comparison["significance"];
  readonly disclosure: Comparison["disclosure"];
  /** Substantive and not disclosed: an observation. */
  readonly unmarked: boolean;
  /** Only the fields that changed. */
  readonly fields: Readonly<Partial<Record<ComparedField, FieldChange>>>;
  /** What is not unchanged, in the reading order of the newer text. */
  readonly segments: readonly {
    readonly kind: Exclude<Segment["kind"], "unchanged">;
    readonly before?: StretchJson;
    readonly after?: StretchJson;
    readonly edited?: boolean;
    readonly cosmetic?: boolean;
    /** `=` kept, `-` removed, `+` added: `=` and `-` rebuild before, `=` and `+` after. */
    readonly words?: readonly WordMark[];
  }[];
  /** Findings to filter by, with their evidence. */
  readonly labels: readonly LabelJson[];
  /** Findings that are not precise or not frequent enough to filter by. */
  readonly hints: readonly LabelJson[];
  /**
   * Entries of a live blog that left at its old end while as many came at the new one: pushed to its next page or taken
   * out, the page does not say. They are in no segment.
   */
  readonly leftAtOldEnd?: number;
  readonly degraded?: Comparison["degraded"];
}

type LabelJson = Omit<Label, "before" | "after"> & {
  readonly before: readonly StretchJson[];
  readonly after: readonly StretchJson[];
};

const FIELDS = ["headline", "standfirst", "byline", "published", "modified"] as const;
type ComparedField = (typeof FIELDS)[number];

/** The change as a value that `JSON.stringify` writes whole. */
export function changeAsJson(comparison: Comparison): ChangeJson {
  const { before, after, significance, disclosure, segments, labels, hints = [], pagedOut, degraded } = comparison;
  const stretch = (texts: readonly string[], span: Span): StretchJson => ({ ...span, text: textOf(texts, span) });
  const labelJson = (label: Label): LabelJson => ({
    ...label,
    before: (label.before ?? []).map((span) => stretch(before, span)),
    after: (label.after ?? []).map((span) => stretch(after, span)),
  });
  return {
    version: 1,
    significance,
    disclosure,
    unmarked: significance === "substantive" && disclosure === "none",
    fields: Object.fromEntries(FIELDS.flatMap((field) => (comparison[field] ? [[field, comparison[field]]] : []))),
    segments: segments.flatMap(({ kind, before: from, after: to, ...rest }) =>
      kind === "unchanged"
        ? []
        : [
            {
              kind,
              ...(from ? { before: stretch(before, from) } : {}),
              ...(to ? { after: stretch(after, to) } : {}),
              ...rest,
            },
          ],
    ),
    labels: labels.map(labelJson),
    hints: hints.map(labelJson),
    ...(pagedOut ? { leftAtOldEnd: pagedOut } : {}),
    ...(degraded ? { degraded } : {}),
  };
}
