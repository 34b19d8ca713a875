import { type Instant, secondsBetween } from "./time.ts";
import type { PriceList } from "./usage.ts";
import type { Watch, WatchId, WatchState } from "./watch.ts";

/** How the monitor fared over a stretch of time: what an operator reads to know that it is alive, and what it misses. */
export interface LifeSigns {
  readonly from: Instant;
  readonly to: Instant;
  /** Watches that are neither paused nor removed. */
  readonly active: number;
  /** Of these, with a check that settled in the time. */
  readonly checked: number;
  readonly changes: number;
  readonly events: number;
  /** Substantive changes without a notice of the publisher's. */
  readonly unmarked: number;
  /** Active watches whose last checks brought no article. */
  readonly failing: Listed;
  /** Active watches that never brought one. */
  readonly neverRead: Listed;
  /** Active watches that were not seen for three of their intervals, for other reasons. */
  readonly unseen: Listed;
  readonly waiting: number;
  readonly dead: number;
  /** Subscriptions that hear nothing because their address cannot be reached, with the reason. */
  readonly suspended: readonly { readonly id: string; readonly reason: string }[];
  /** Where usage is metered. */
  readonly cost?: Cost;
}

/** What the metered usage comes to by list prices, in US dollars: of the days from `from` to `to`, and of the month so far. */
export interface Cost extends Pick<PriceList, "read" | "region"> {
  readonly period: number;
  readonly month: number;
}

/** How many, and the first few of them. */
export interface Listed {
  readonly count: number;
  readonly first: readonly { readonly id: WatchId; readonly url: string; readonly detail?: string }[];
}

/** A watch unseen for so many of its intervals is worth a look. */
const INTERVALS_UNSEEN = 3;

/** True for an active watch that was not seen for three of its intervals. */
export const isUnseen = (
  { watch, state }: { readonly watch: Watch; readonly state: WatchState },
  now: Instant,
): boolean => secondsBetween(state.lastSeen ?? watch.added, now) > INTERVALS_UNSEEN * watch.cadenceSeconds;
