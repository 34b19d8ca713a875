import type { Article } from "../domain/article.ts";
import type { Disclosure } from "../domain/comparison.ts";
import { NOTICE_KINDS } from "./notice-words.ts";
import { type NoticeFound, noticeKindOf } from "./notices.ts";

/**
 * How the publisher told readers of the edit: the gravest notice added; else whether the claimed modification date
 * moved forward; else not at all.
 */
export function disclosureOf(before: Article, after: Article, notices: readonly NoticeFound[]): Disclosure {
  const kinds = new Set(notices.map(({ kind }) => kind));
  for (const field of ["standfirst", "headline"] as const) {
    const [was, is] = [noticeKindOf(before[field] ?? ""), noticeKindOf(after[field] ?? "")];
    if (is && !was) kinds.add(is);
  }
  return NOTICE_KINDS.find((kind) => kinds.has(kind)) ?? (dateMovedForward(before, after) ? "date-only" : "none");
}

/** A modification date that appears counts from the publication date: most pages claim both to be the same at first. */
function dateMovedForward(before: Article, after: Article): boolean {
  const [from, to] = [Date.parse(before.modified ?? before.published ?? ""), Date.parse(after.modified ?? "")];
  return to > from;
}
