import type { Segment } from "../domain/comparison.ts";
import { noticeKindOf } from "../domain/notice-kind.ts";
import type { NoticeKind } from "../domain/notice-words.ts";
import type { Span } from "../domain/span.ts";
import { isReworded } from "./changed-words.ts";
import { textOf } from "./spans.ts";

/** A notice to readers that the newer text has and the older had not, or had in other words. */
export interface NoticeFound {
  readonly kind: NoticeKind;
  readonly at: Span;
}

/** Paragraphs at the head and at the foot of a text where a notice may stand inside a paragraph. */
const EDGE_PARAGRAPHS = 2;

/**
 * The notices that an edit added or wrote into a sentence that was there ("Update: …" became "Correction: …", a second
 * error was named): sentences that begin a paragraph of their own, or stand at the head or foot of the text. Inside the
 * running text the same words are the story's.
 */
export function noticesAdded(after: readonly string[], segments: readonly Segment[]): NoticeFound[] {
  return segments.flatMap((segment) => {
    const at = segment.after;
    const isWritten = segment.kind === "added" || isReworded(segment);
    if (!isWritten || !at || !isNoticePlace(after, at)) return [];
    const kind = noticeKindOf(textOf(after, at));
    return kind ? [{ kind, at }] : [];
  });
}

function isNoticePlace(after: readonly string[], { paragraph, start }: Span): boolean {
  const atEdge = paragraph < EDGE_PARAGRAPHS || paragraph >= after.length - EDGE_PARAGRAPHS;
  return atEdge || after[paragraph]!.slice(0, start).trim() === "";
}
