import type { Instant } from "../domain/time.ts";
import type { Usage } from "../domain/usage.ts";

/** Remembers what a deployment used, day by day. A monitor on a machine of one's own has none: nobody bills it. */
export interface Meter {
  /** Adds to the day of an instant (UTC). A repetition counts twice: it was paid twice. */
  record(usage: Usage, at: Instant): Promise<void>;
  /** What was used from the day of the first instant to the day of the second, both whole. */
  usedBetween(from: Instant, to: Instant): Promise<Usage>;
}
