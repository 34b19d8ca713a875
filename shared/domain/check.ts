import { type Comparison, hasNothingInCommon } from "./comparison.ts";
import type { Digest } from "./digest.ts";
import type { Failure } from "./failure.ts";
import { type Arm, hasLeft } from "./oscillation.ts";
import { type AvailabilityEvent, eventKey, type Revision } from "./revision.ts";
import { type Instant, secondsBetween } from "./time.ts";
import type { PayloadReference, Refusals, Suspect, WatchState } from "./watch.ts";

/** A refused page is told as unpublished after so many refusals, each at least the confirmation wait after the last. */
export const REFUSALS_BEFORE_UNPUBLISHED = 3;

const DAY_SECONDS = 86_400;

/** True when a check at or after the due instant has settled: the request is late, doubled or reordered. */
export const isSatisfied = (state: WatchState, due: Instant): boolean => state.checked !== null && due <= state.checked;

/**
 * Validators for the next request; none when the daily unconditional fetch is due (validators lie), and none when the
 * state was not brought up to the newest revision: they would vouch for another text. None either when a page that
 * alternated has left its newest text: the other is to be read.
 */
export function validators(
  state: WatchState,
  newest: Revision | null,
  now: Instant,
): { readonly etag?: string; readonly lastModified?: string } {
  if (!newest || state.newest !== newest.number || hasLeft(state, newest, now)) return {};
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
  /** Of a 200: the validators for the next request, those too long to send left out. A 304 brings none: the old ones stay. */
  readonly validators?: { readonly etag?: string; readonly lastModified?: string };
  /** Of a 200 with new bytes. */
  readonly payload?: PayloadReference;
  readonly rereadBy?: string;
  /** Of a page that alternates; a revisit says nothing of it, and the one that was known stays. */
  readonly arm?: Arm;
  /** Of a page that was read: what its source's rule does not find in it, or null. Otherwise what was known stays. */
  readonly unfit?: string | null;
}

/** The state after a good capture: last seen moves, every failure is over. */
export function stateWhenSeen(state: WatchState, seen: Seen): WatchState {
  const { etag, lastModified } = seen.validators ?? state;
  const payload = seen.payload ?? state.payload;
  const isRevisit = seen.payload === undefined && seen.revision === state.newest;
  const arm = seen.arm ?? (isRevisit ? state.arm : undefined);
  const unfit = unfitAfter(state.unfit, seen);
  const rereadBy = seen.rereadBy ?? (seen.revision === state.newest ? state.rereadBy : undefined);
  return {
    newest: seen.revision,
    checked: seen.at,
    lastSeen: seen.at,
    unconditional: seen.conditional ? state.unconditional : seen.at,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
    ...(payload && { payload }),
    failures: 0,
    unpublished: false,
    ...(rereadBy !== undefined && { rereadBy }),
    ...(arm && { arm }),
    ...(unfit && { unfit }),
  };
}

function unfitAfter(before: WatchState["unfit"], { unfit, at }: Seen): WatchState["unfit"] {
  if (unfit === undefined || unfit === before?.detail) return before;
  return unfit === null ? undefined : { detail: unfit, since: at };
}

/** What a check that brought no article settles as. */
export interface Failed {
  readonly at: Instant;
  readonly failure: Failure;
  readonly refusals?: Refusals;
  readonly unpublished: boolean;
  /** The bytes that came, so that the same again need not be kept again. */
  readonly failedPayload?: PayloadReference;
  /** A reading that looks like a collapse. Other failures say nothing about the text: the one before stays. */
  readonly suspect?: Suspect;
}

/** The state after a check that brought no article. What is known of the newest revision stays. */
export function stateWhenFailed(state: WatchState, failed: Failed): WatchState {
  const { refusals: _, failedPayload: before, ...kept } = state;
  const { at, failure, refusals, unpublished, failedPayload = before, suspect } = failed;
  return {
    ...kept,
    checked: at,
    failures: state.failures + 1,
    failure: { kind: failure.kind, detail: failure.detail, at },
    unpublished,
    ...(refusals && { refusals }),
    ...(failedPayload && { failedPayload }),
    ...(suspect && { suspect }),
  };
}

/** Failures before a watch is asked less often; until then its cadence, a confirmation, a person's wish decide. */
const PATIENCE = 3;
const LONGEST_BACKOFF_SECONDS = 6 * 3600;

/**
 * Whether a watch that fails time and again may rest: twice as long with each failure, at most six hours or its cadence.
 * @param due - when the check was due by the cadence
 */
export function mayRest(state: WatchState, cadenceSeconds: number, due: Instant): boolean {
  if (state.checked === null || state.failures <= PATIENCE) return false;
  const wait = Math.min(cadenceSeconds * 2 ** (state.failures - PATIENCE), LONGEST_BACKOFF_SECONDS);
  return secondsBetween(state.checked, due) < Math.max(wait, cadenceSeconds);
}

/** A run of refusals, and whether it was told. */
export interface Availability {
  readonly refusals?: Refusals;
  readonly unpublished: boolean;
}

/**
 * How the page's availability stands by the record: the newest event's own row, where the process may have died before
 * it wrote the state.
 *
 * @param newest - the newest availability event; only looked at while there is a run of refusals
 */
export function availabilityOf({ refusals }: WatchState, newest: AvailabilityEvent | null): Availability {
  if (!refusals || newest?.key === eventKey("restored", refusals.first)) return { unpublished: false };
  return { refusals, unpublished: newest?.key === eventKey("unpublished", refusals.first) };
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
