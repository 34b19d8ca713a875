import type { Label, LabelKind } from "../domain/label.ts";
import type { Span } from "../domain/span.ts";
import type { Stretch } from "./sentences.ts";

/** Where a rule found something, on one side or on both. */
export interface Findings {
  readonly before?: readonly Span[];
  readonly after?: readonly Span[];
}

/** What a rule found, and what looks like it but is too doubtful to filter by. */
export interface Found {
  readonly label?: Label | undefined;
  readonly doubtful?: Label | undefined;
}

/** One label over all findings of a rule; undefined when there are none. */
export function labelOf(kind: LabelKind, findings: readonly Findings[]): Label | undefined {
  if (findings.length === 0) return undefined;
  const before = findings.flatMap((finding) => finding.before ?? []);
  const after = findings.flatMap((finding) => finding.after ?? []);
  return { kind, ...(before.length > 0 ? { before } : {}), ...(after.length > 0 ? { after } : {}) };
}

/** Words by white space; where script has none, two letters for a word. */
export const wordCount = (text: string): number =>
  text.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]{1,2}|[\p{L}\p{N}\p{M}'’-]+/gu,
  )?.length ?? 0;

export const touches = (stretch: Stretch, { start, end }: Span): boolean =>
  stretch.start < end && start < stretch.end && start < end;
