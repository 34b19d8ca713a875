import { compareArticles } from "../diff/compare.ts";
import { type Article, readingDigest } from "../domain/article.ts";
import type { Comparison } from "../domain/comparison.ts";
import type { Cause, RotationLearnt } from "../domain/revision.ts";
import type { RotatingPlace } from "../domain/rotation.ts";
import type { Instant } from "../domain/time.ts";
import {
  type EarlierReading,
  isEstablished,
  lastWithout,
  MOST_READINGS,
  placesLearnt,
  withLearnt,
} from "../normalise/rotation/rotation.ts";
import { foundIn, markedAlike, withVolatile } from "../normalise/rotation/volatile.ts";
import { readArticle } from "../ports/derived-store.ts";
import type { Standing } from "../ports/ledger.ts";
import type { Newest } from "./reextract.ts";
import type { Services } from "./services.ts";

/**
 * What the newest revisions and a capture that reads differently teach together: every one of them read unlike the one
 * before, and when each was first and last seen is known.
 *
 * @param article - what the capture of `at` reads as
 * @returns all that is known now of rotating places; null when nothing new was learnt
 */
export async function rotationTaught(
  { watch, rotating }: Standing,
  { revision, article: newest, lastSeen }: Newest,
  article: Article,
  at: Instant,
  { ledger, derived }: Services,
): Promise<readonly RotatingPlace[] | null> {
  if (revision.number < 2) return null;
  const readings: EarlierReading[] = [
    { first: revision.requested, last: lastSeen, article: newest },
    { first: at, last: at, article },
  ];
  const { rows } = await ledger.revisions(watch.id, { limit: MOST_READINGS });
  let next = revision;
  for (const row of rows) {
    if (row.number >= revision.number) continue;
    // What came before something was learnt has taught it.
    if (next.rotation || row.normaliser !== article.normaliser || readings.length === MOST_READINGS) break;
    // A re-reading stands for what it read again.
    if (row.recordId !== next.recordId) {
      const read = withVolatile(await readArticle(derived, row.article), rotating);
      readings.unshift({ first: row.requested, last: next.change?.observed.lastSeen ?? row.requested, article: read });
    }
    next = row;
  }
  const more = placesLearnt(readings).filter((place) => foundIn(place, newest) && foundIn(place, article));
  const places = withLearnt(rotating, more);
  return places.length > rotating.length ? places : null;
}

/** The revision that a place makes which has settled, when it is compared again. */
export interface ComparedAgain {
  readonly cause: Cause;
  readonly article: Article;
  readonly comparison: Comparison;
  readonly lastSeen: Instant;
  readonly rotation: RotationLearnt;
}

/**
 * The article with a settled place compared again. Where it did rotate before, what it holds at the end is nobody's edit;
 * where it settled before it had proved that, an editor was at work, and what it holds is the edit.
 *
 * @param rest - the places that still rotate
 * @returns null when it reads as the newest revision does
 */
export function comparedAgain(
  place: RotatingPlace,
  rest: readonly RotatingPlace[],
  { revision, article: newest, lastSeen }: Newest,
  article: Article,
): ComparedAgain | null {
  const [before, after] = markedAlike(newest, article, rest);
  const reading = readingDigest(after);
  if (reading === revision.reading) return null;
  const next = { article: after, comparison: compareArticles(before, after), rotation: { places: rest.length } };
  return isEstablished(place) || reading === readingDigest(before)
    ? { ...next, cause: "reextraction", lastSeen }
    : { ...next, cause: "edit", lastSeen: lastWithout(place) ?? lastSeen };
}
