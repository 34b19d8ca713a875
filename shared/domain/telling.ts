import type { Happening } from "./happening.ts";
import type { Revision } from "./revision.ts";
import { type Instant, secondsBetween } from "./time.ts";
import type { WatchState } from "./watch.ts";

/** Told unconfirmed after so many confirmation waits: a page that we can no longer read must not silence its last edit. */
const WAITS_BEFORE_TELLING_ANYWAY = 20;

/**
 * Whether a change turned out to be none: what differed lies in places that rotate, as the revision after it learnt. It
 * stays on the record, and nobody is told.
 *
 * @param next - the revision after it
 */
export const isRotation = ({ number, restores }: Revision, next: Revision | null): boolean =>
  restores === undefined && next?.rotation?.since !== undefined && next.rotation.since <= number;

/**
 * Whether a happening may be told now. An edit waits until a later capture read it again, so that a slip that is mended
 * within minutes, or a page served halfway, is told as what it was; when it was edited again meanwhile it waits no more.
 *
 * @param newest - number of the watch's newest revision
 */
export function mayTell(
  happening: Happening,
  state: WatchState,
  newest: number,
  now: Instant,
  confirmationSeconds: number,
): boolean {
  if (happening.kind === "event") return true;
  const { number, firstSeen } = happening.revision;
  if (newest > number) return true;
  const confirmed =
    state.newest === number &&
    state.lastSeen !== null &&
    secondsBetween(firstSeen, state.lastSeen) >= confirmationSeconds;
  return confirmed || secondsBetween(firstSeen, now) >= WAITS_BEFORE_TELLING_ANYWAY * confirmationSeconds;
}
