import { type Instant, secondsBetween } from "./time.ts";

/** The clock rings every minute at the latest; three missed rings are no coincidence. */
export const LONGEST_SILENCE_SECONDS = 180;

/** A tick this far ahead was recorded by a clock that was wrong, and proves nothing. */
const FURTHEST_AHEAD_SECONDS = 60;

/** Whether the last tick shows that the monitor runs. */
export function isAlive(lastTick: Instant | null, now: Instant, longestSeconds = LONGEST_SILENCE_SECONDS): boolean {
  if (lastTick === null) return false;
  const silence = secondsBetween(lastTick, now);
  return silence <= longestSeconds && silence >= -FURTHEST_AHEAD_SECONDS;
}
