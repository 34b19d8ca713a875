import type { Enrolment } from "../domain/enrolment.ts";
import type { WatchId } from "../domain/watch.ts";

/** What an editor sends, unchecked. */
export interface EnrolmentWish {
  /** One URL a line. */
  readonly urls: string;
  /** Parted by commas. */
  readonly tags: string;
  readonly cadenceSeconds: number;
}

export type EnrolmentProblem = "none" | "too-many" | "tags" | "cadence";

/**
 * Where editors add watches, and take back those that turn out to be no good. Nothing is fetched here: the first capture
 * comes by the queue, like any other. Whoever calls has checked who asks.
 */
export interface EnrolmentDesk {
  /** Adds what can be added. @returns the id under which the answer is kept; nothing was added for a problem */
  enrol(wish: EnrolmentWish): Promise<{ readonly id: string } | { readonly problem: EnrolmentProblem }>;
  /** Null when there is none. */
  enrolment(id: string): Promise<Enrolment | null>;
  /** Removes watches, those of them that this enrolment added; others stay as they are. Idempotent. */
  takeBack(enrolment: Enrolment, ids: readonly WatchId[]): Promise<void>;
}
