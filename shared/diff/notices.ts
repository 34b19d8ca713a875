import type { Segment } from "../domain/comparison.ts";
import type { Span } from "../domain/span.ts";
import { NOTICE_KINDS, NOTICE_WORDS, type NoticeKind, type NoticeWords } from "./notice-words.ts";
import { textOf } from "./spans.ts";

/** A notice to readers that the newer text has and the older had not. */
export interface NoticeFound {
  readonly kind: NoticeKind;
  readonly at: Span;
}

/** Paragraphs at the head and at the foot of a text where a notice may stand inside a paragraph. */
const EDGE_PARAGRAPHS = 2;

/**
 * The notices that an edit added: sentences that begin a paragraph of their own, or stand at the head or foot of the
 * text. Inside the running text the same words are the story's.
 */
export function noticesAdded(after: readonly string[], segments: readonly Segment[]): NoticeFound[] {
  return segments.flatMap((segment) => {
    const at = segment.after;
    if (segment.kind !== "added" || !at || !isNoticePlace(after, at)) return [];
    const kind = noticeKindOf(textOf(after, at));
    return kind ? [{ kind, at }] : [];
  });
}

function isNoticePlace(after: readonly string[], { paragraph, start }: Span): boolean {
  const atEdge = paragraph < EDGE_PARAGRAPHS || paragraph >= after.length - EDGE_PARAGRAPHS;
  return atEdge || after[paragraph]!.slice(0, start).trim() === "";
}

/** What kind of notice a sentence is, the gravest that its words allow; undefined when it is none. */
export function noticeKindOf(sentence: string): NoticeKind | undefined {
  const text = sentence.toLowerCase().replace(/[’‘`]/g, "'");
  return MATCHERS.find(({ matches }) => matches(text))?.kind;
}

/** Brackets, asterisks, emphasis before the first word. */
const LEAD = String.raw`^[^\p{L}\p{N}]*`;
/** What makes a word a heading and not the subject of a sentence: "Correction:", "Update (5 May)", "Updated 12.30". */
const AFTER_HEAD = String.raw`\s*(?:$|[:：(（\[【\]】)）|/;.。—–-]|\s(?:on\s|at\s|le\s|am\s|el\s|em\s|pada\s)?\p{Nd}|\p{Nd})`;

const escaped = (words: readonly string[]) =>
  words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");

const MATCHERS = NOTICE_KINDS.map((kind) => {
  const lists = Object.values(NOTICE_WORDS).flatMap((words): NoticeWords[] => (words[kind] ? [words[kind]] : []));
  const heads = new RegExp(`${LEAD}(?:${escaped(lists.flatMap((list) => list.heads))})${AFTER_HEAD}`, "u");
  const phrases = lists.flatMap((list) => list.phrases);
  return { kind, matches: (text: string) => heads.test(text) || phrases.some((phrase) => text.includes(phrase)) };
});
