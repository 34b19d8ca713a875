import { sha256 } from "./digest.ts";
import { addSeconds, type Instant, secondsBetween } from "./time.ts";

/** A notice that could not be delivered is given up after so long, or after so many attempts. */
export const GIVEN_UP_AFTER = { attempts: 30, seconds: 3 * 86_400 } as const;

const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 3600;

/** The longest that a receiver's own wish is heeded. */
const LONGEST_WISH_SECONDS = 86_400;

/**
 * Seconds until a notice is tried again: twice as long with each attempt, at most an hour, a quarter more or less so that
 * what failed together does not come back together. The receiver's own wish is the least.
 *
 * @param attempt - deliveries that failed so far, 1 or more
 */
export function retryWaitSeconds(noticeId: string, attempt: number, wishSeconds = 0): number {
  const wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** Math.min(attempt - 1, 20));
  const jittered = wait * (0.75 + 0.5 * fractionOf(`${noticeId} ${attempt}`));
  return Math.max(jittered, Math.min(wishSeconds, LONGEST_WISH_SECONDS));
}

/** Moves an instant on by up to so many seconds, the same for the same name: what waits for one instant does not rush it. */
export const spread = (instant: Instant, seconds: number, name: string): Instant =>
  addSeconds(instant, seconds * fractionOf(name));

export const isGivenUp = (created: Instant, attempts: number, now: Instant): boolean =>
  attempts >= GIVEN_UP_AFTER.attempts || secondsBetween(created, now) >= GIVEN_UP_AFTER.seconds;

/** From 0 up to 1, spread evenly over names. */
const fractionOf = (name: string): number => Number.parseInt(sha256(name).slice(0, 8), 16) / 2 ** 32;
