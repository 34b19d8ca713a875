import type { Digest } from "./digest.ts";
import type { Revision } from "./revision.ts";
import { type Instant, secondsBetween } from "./time.ts";
import type { WatchState } from "./watch.ts";

/** Flips that far apart are edits; an arm that stayed for so long is the article again. */
const DAY_SECONDS = 86_400;

/** Which of two readings a page that alternates was last seen to serve, and since when without the other. */
export interface Arm {
  /** The revision that reads so: the newest, or the one that it alternates with. */
  readonly revision: number;
  readonly since: Instant;
  /** Last capture that read as the other one. */
  readonly other: Instant;
}

/**
 * The revision that a page alternates with once a reading is recorded as the next: of A, B, A, B the second A. That is
 * the third flip between two readings, all three within a day.
 *
 * @param before - the newest revisions, newest first; three are looked at
 * @param at - when the reading was captured
 */
export function alternatesWith(reading: Digest, before: readonly Revision[], at: Instant): number | undefined {
  const [last, first, earlier] = before;
  if (!last || !first || !earlier) return undefined;
  const isFlip = reading === first.reading && last.reading === earlier.reading && reading !== last.reading;
  const isOurs = [last, first].some(({ cause }) => cause !== "edit");
  if (!isFlip || isOurs || secondsBetween(first.firstSeen, at) > DAY_SECONDS) return undefined;
  return last.number;
}

/** The arm that the page was last seen on; null where it does not alternate. */
export function knownArm({ arm, lastSeen }: WatchState, newest: Revision): Arm | null {
  const { number, requested, change } = newest;
  if (change?.alternatesWith === undefined) return null;
  const { alternatesWith: other, observed } = change;
  if (!arm || arm.revision < other || !lastSeen)
    return { revision: number, since: requested, other: observed.lastSeen };
  return arm.revision === other ? arm : { ...arm, revision: number }; // noted before the newest was read anew
}

/** True when an arm was seen for a day and the other was not: the page has stopped alternating. */
const hasStayed = ({ since }: Arm, last: Instant): boolean => secondsBetween(since, last) >= DAY_SECONDS;

/**
 * True when the other text has stayed for a day, so that the next capture of it is to be read and recorded, the same
 * bytes as before or not.
 */
export function hasLeft(state: WatchState, newest: Revision, at: Instant): boolean {
  const known = knownArm(state, newest);
  return known !== null && known.revision !== newest.number && hasStayed(known, at);
}

/**
 * What a capture of a page that alternates is, which reads as the newest revision or as the one that it alternates with:
 * a sight of that arm. Null when it is to be taken as an edit like any other, since the newest revision's text had stayed
 * for a day, or the other text has by now.
 *
 * @param seen - number of the revision that it reads as
 */
export function armAfter(state: WatchState, newest: Revision, seen: number, at: Instant): Arm | null {
  const known = knownArm(state, newest);
  if (!known) return null;
  const last = state.lastSeen ?? known.since;
  if (seen === known.revision) return hasLeft(state, newest, at) ? null : known;
  if (seen !== newest.number && hasStayed(known, last)) return null;
  return { revision: seen, since: at, other: last };
}
