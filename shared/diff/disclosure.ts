import type { Article } from "../domain/article.ts";
import type { Disclosure } from "../domain/comparison.ts";
import { noticeKindOf } from "../domain/notice-kind.ts";
import { NOTICE_KINDS } from "../domain/notice-words.ts";
import type { NoticeFound } from "./notices.ts";

/**
 * How the publisher told readers of the edit: the gravest notice added or reworded; else whether the claimed modification
 * date moved forward; else not at all.
 */
export function disclosureOf(before: Article, after: Article, notices: readonly NoticeFound[]): Disclosure {
  const kinds = new Set(notices.map(({ kind }) => kind));
  for (const field of ["standfirst", "headline"] as const) {
    const [was, is] = [noticeKindOf(before[field] ?? ""), noticeKindOf(after[field] ?? "")];
    if (is && is !== was) kinds.add(is);
  }
  return NOTICE_KINDS.find((kind) => kinds.has(kind)) ?? (dateMovedForward(before, after) ? "date-only" : "none");
}

/** Local times are at most 14 hours before and 12 hours behind UTC: two further apart are in order in any zone. */
const WIDEST_ZONES_MS = 26 * 60 * 60 * 1000;

/**
 * A modification date that appears counts from the publication date: most pages claim both to be the same at first.
 * Where one of the two names its zone and the other does not, a template changed: they decide only when no zone could
 * make them the same moment.
 */
function dateMovedForward(before: Article, after: Article): boolean {
  const [from, to] = [before.modified ?? before.published, after.modified].map(instantOf);
  if (!from || !to) return false;
  return to.time - from.time > (from.isZoned === to.isZoned ? 0 : WIDEST_ZONES_MS);
}

/** At the end, after a time of day: the end of "08-03-2026" is no offset. */
const NAMES_ZONE =
  /(?:\d\s?[zZ]|:\d{2}(?:[.,]\d+)?\s*(?:[AP]M)?\s*(?:UTC|GMT)?[+-]\d{2}:?\d{2}|\b(?:UTC?|GMT|[ECMP][SD]T))\s*(?:\([^)]*\))?\s*$/i;
const ONLY_DATE = /^\s*\d{4}(?:-\d{2}){0,2}\s*$/;

/** A claimed instant; without a zone it is read as UTC, never as the zone of the machine. A date alone names none. */
function instantOf(claimed: string | null | undefined): { time: number; isZoned: boolean } | undefined {
  if (!claimed) return undefined;
  const isZoned = !ONLY_DATE.test(claimed) && NAMES_ZONE.test(claimed);
  const inUtc = Date.parse(isZoned || ONLY_DATE.test(claimed) ? claimed : `${claimed}${isIso(claimed) ? "Z" : " UTC"}`);
  return Number.isNaN(inUtc) ? undefined : { time: inUtc, isZoned };
}

const isIso = (claimed: string): boolean => /^\d{4}-\d{2}-\d{2}T/.test(claimed);
