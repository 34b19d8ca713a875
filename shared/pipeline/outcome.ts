import type { Failure } from "../domain/failure.ts";
import type { AvailabilityEvent } from "../domain/revision.ts";
import type { Instant } from "../domain/time.ts";
import type { WatchId } from "../domain/watch.ts";

/** Why a requested check was not made. */
export type NotWanted =
  | "unknown watch"
  | "not active"
  | "already checked"
  | "failing, looked at less often"
  | "the host is busy until the next check";

/** How a requested check ended. Every expected end is one of these; what throws goes back to the queue. */
export type Outcome = { readonly watchId: WatchId } & (
  | { readonly kind: "not-wanted"; readonly why: NotWanted }
  | { readonly kind: "deferred"; readonly until: Instant }
  | { readonly kind: "unchanged"; readonly revision: number; readonly event?: AvailabilityEvent["kind"] }
  | { readonly kind: "baseline"; readonly headline: string | null }
  | {
      readonly kind: "revision";
      readonly revision: number;
      readonly headline: string | null;
      readonly event?: AvailabilityEvent["kind"];
    }
  | { readonly kind: "superseded"; readonly revision: number }
  | { readonly kind: "failed"; readonly failure: Failure; readonly event?: AvailabilityEvent["kind"] }
);
