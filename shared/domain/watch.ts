import type { Digest } from "./digest.ts";
import type { FailureKind } from "./failure.ts";
import type { Arm } from "./oscillation.ts";
import type { SubscriptionId } from "./subscription.ts";
import type { Instant } from "./time.ts";

/** Short, URL-safe, never reused; made from the canonical URL's digest. */
export type WatchId = string;

/** One URL followed on a cadence. Everything here changes only by the operator's hand. */
export interface Watch {
  readonly id: WatchId;
  /** Canonical: what `canonicalWatchUrl` made of what the operator gave. */
  readonly url: string;
  readonly added: Instant;
  readonly tags: readonly string[];
  /** Seconds between checks: one of the cadence classes. */
  readonly cadenceSeconds: number;
  readonly status: WatchStatus;
  /** Set when robots.txt is overridden; the reason is recorded with every capture. */
  readonly robotsOverride?: string;
  /** A page of the monitor's own that proves the way to a mailbox: told to this subscription alone, and listed nowhere. */
  readonly selfTest?: SubscriptionId;
}

/** `removed` watches are no longer checked or listed; what was captured stays. */
export type WatchStatus = "active" | "paused" | "removed";

/** A run of refusals (404, 410, a lasting redirect elsewhere) not yet or already told as `unpublished`. */
export interface Refusals {
  readonly count: number;
  readonly first: Instant;
  readonly last: Instant;
}

/**
 * What every check rewrites, under 1 KB. It is a cache and a memory, never the record: the newest revision's own row
 * wins where the two differ.
 */
export interface WatchState {
  /** Number of the newest revision as last written here; 0 before the baseline. */
  readonly newest: number;
  /** Instant of the last settled check, whatever it brought. A request due at or before it is satisfied. */
  readonly checked: Instant | null;
  /** Last capture that read as revision `newest`; while the page alternates, as either of its two readings. */
  readonly lastSeen: Instant | null;
  /** Last fetch without validators. Validators lie, so one goes out each day. */
  readonly unconditional: Instant | null;
  readonly etag?: string;
  readonly lastModified?: string;
  /** The newest 200 body: what a revisit refers to. */
  readonly payload?: PayloadReference;
  /** The newest body that was no article: the same again is a revisit of it. */
  readonly failedPayload?: PayloadReference;
  /** Consecutive checks that ended in a failure, with the newest one. */
  readonly failures: number;
  readonly failure?: { readonly kind: FailureKind; readonly detail: string; readonly at: Instant };
  readonly refusals?: Refusals;
  /** True from the `unpublished` event until the `restored` event. */
  readonly unpublished: boolean;
  /** A reading that looked like a collapse, and since when it has come again and again. */
  readonly suspect?: Suspect;
  /** The normaliser that read the newest revision's kept bytes again and found the same. */
  readonly rereadBy?: string;
  /** While the page alternates: which of its two readings it was last seen to serve. */
  readonly arm?: Arm;
  /** What its source's rule does not find in the page, and since when: without it the page is read the general way. */
  readonly unfit?: { readonly detail: string; readonly since: Instant };
}

/** A reading that may be our failure rather than an edit. */
export interface Suspect {
  readonly reading: Digest;
  readonly since: Instant;
}

/** A payload already held: the digest of its entity body and the capture that keeps it. */
export interface PayloadReference {
  readonly digest: Digest;
  readonly url: string;
  readonly at: Instant;
  readonly recordId: string;
}

export const NEW_STATE: WatchState = {
  newest: 0,
  checked: null,
  lastSeen: null,
  unconditional: null,
  failures: 0,
  unpublished: false,
};
