import type { FieldChange, Segment, Significance } from "../domain/comparison.ts";
import { sameButCase, sameButTypography } from "./typography.ts";

export interface ChangedFields {
  readonly headline?: FieldChange;
  readonly standfirst?: FieldChange;
  readonly byline?: FieldChange;
}

/** Cosmetic when everything that changed is typography, or letter case in a headline; a move is substantive. */
export function significanceOf(segments: readonly Segment[], fields: ChangedFields): Significance {
  const { headline, standfirst, byline } = fields;
  const cosmetic =
    segments.every((segment) => segment.kind === "unchanged" || (segment.kind === "edited" && segment.cosmetic)) &&
    isStyle(headline, sameButCase) &&
    isStyle(standfirst, sameButTypography) &&
    isStyle(byline, sameButTypography);
  return cosmetic ? "cosmetic" : "substantive";
}

/** True for a field that did not change, or in its style only. */
const isStyle = (field: FieldChange | undefined, same: (from: string, to: string) => boolean): boolean =>
  !field || (field.from !== null && field.to !== null && same(field.from, field.to));
