import type { Instant } from "../domain/time.ts";

/** Where the pipeline gets the time, so that a test can bring its own. */
export interface Clock {
  /** The present instant (UTC). Never earlier than one it gave before. */
  now(): Instant;
  /** Resolves after so many seconds, or at once when the signal aborts; never rejects. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>;
}
