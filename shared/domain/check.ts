import { type Comparison, hasNothingInCommon } from "./comparison.ts";
import type { Digest } from "./digest.ts";
import type { Failure } from "./failure.ts";
import type { Revision } from "./revision.ts";
import { type Instant, secondsBetween } from "./time.ts";
import type { PayloadReference, Refusals, Suspect, WatchState } from "./watch.ts";

/** A refused page is told as unpublished after so many refusals, each at least the confirmation wait after the last. */
export const REFUSALS_BEFORE_UNPUBLISHED = 3;

const DAY_SECONDS = 86_400;

/** True when a check at or after the due instant has settled: the request is late, doubled or reordered. */
export const isSatisfied = (state: WatchState, due: Instant): boolean => state.checked !== null && due <= state.checked;

/**
 * Validators for the next request; none when the daily unconditional fetch is due (validators lie), and none when the
 * state was not brought up to the newest revision: they would vouch for another text.
 */
export function validators(
  state: WatchState,
  newest: Revision | null,
  now: Instant,
): { readonly etag?: string; readonly lastModified?: string } {
  if (!newest || state.newest !== newest.number) return {};
  if (!state.unconditional || secondsBetween(state.unconditional, now) >= DAY_SECONDS) return {};
  return {
    ...(state.etag !== undefined && { etag: state.etag }),
    ...(state.lastModified !== undefined && { lastModified: state.lastModified }),
  };
}

/** The newest instant at which a request was sent whose answer read as the newest revision. */
export const lastSeenOf = (state: WatchState, newest: Revision): Instant =>
  state.newest === newest.number && state.lastSeen ? state.lastSeen : newest.requested;

/** What a check that read the article settles as. */
export interface Seen {
  readonly at: Instant;
  /** The revision that it read as. */
  readonly revision: number;
  readonly conditional: boolean;
  /** A 304 brings none: the old ones stay. */
  readonly payload?: PayloadReference;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly rereadBy?: string;
}

/** The state after a good capture: last seen moves, every failure is over. */
export function stateWhenSeen(state: WatchState, seen: Seen): WatchState {
  const rereadBy = seen.rereadBy ?? (seen.revision === state.newest ? state.rereadBy : undefined);
  const answered = seen.payload
    ? {
        payload: seen.payload,
        ...(seen.etag !== undefined && { etag: seen.etag }),
        ...(seen.lastModified !== undefined && { lastModified: seen.lastModified }),
      }
    : {
        ...(state.payload && { payload: state.payload }),
        ...(state.etag !== undefined && { etag: state.etag }),
        ...(state.lastModified !== undefined && { lastModified: state.lastModified }),
      };
  return {
    newest: seen.revision,
    checked: seen.at,
    lastSeen: seen.at,
    unconditional: seen.conditional ? state.unconditional : seen.at,
    ...answered,
    failures: 0,
    unpublished: false,
    ...(rereadBy !== undefined && { rereadBy }),
  };
}

/** The state after a check that brought no article. What is known of the newest revision stays. */
export function stateWhenFailed(
  state: WatchState,
  failed: {
    readonly at: Instant;
    readonly failure: Failure;
    readonly refusals?: Refusals;
    readonly unpublished: boolean;
    readonly suspect?: Suspect;
  },
): WatchState {
  const { suspect: _, ...kept } = state;
  return {
    ...kept,
    checked: failed.at,
    failures: state.failures + 1,
    failure: { kind: failed.failure.kind, detail: failed.failure.detail, at: failed.at },
    ...(failed.refusals && { refusals: failed.refusals }),
    unpublished: failed.unpublished,
    ...(failed.suspect !== undefined && { suspect: failed.suspect }),
  };
}

/** The run of refusals with one more; one that follows too soon on the last does not count. */
export function refusalsAfter(refusals: Refusals | undefined, at: Instant, confirmationSeconds: number): Refusals {
  if (!refusals) return { count: 1, first: at, last: at };
  if (secondsBetween(refusals.last, at) < confirmationSeconds) return refusals;
  return { count: refusals.count + 1, first: refusals.first, last: at };
}

/**
 * Whether a collapse that came again is the publisher's own cut. Where something of the article is left, the second
 * capture confirms it; a page that shares nothing with it (a wall, somebody else's page) has to stay for a day.
 *
 * @param comparison - of the newest reading with the collapsed one
 */
export function isConfirmedCollapse(
  suspect: Suspect | undefined,
  reading: Digest,
  comparison: Comparison,
  at: Instant,
): boolean {
  if (suspect?.reading !== reading) return false;
  const sharesNothing = comparison.headline !== undefined && hasNothingInCommon(comparison);
  return !sharesNothing || secondsBetween(suspect.since, at) >= DAY_SECONDS;
}
