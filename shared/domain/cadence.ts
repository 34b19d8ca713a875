import { createHash } from "node:crypto";
import { type Instant, toInstant } from "./time.ts";
import type { WatchId } from "./watch.ts";

/**
 * The classes a watch's cadence can be, in seconds. Few and fixed, because a tick asks the due index once per class:
 * the cost of scheduling depends on what is due and on this list, not on what is watched. Those under a minute serve a
 * monitor that ticks each second, on one machine.
 */
export const CADENCE_CLASSES = [
  1, 2, 5, 15, 60, 300, 900, 1800, 3600, 10_800, 21_600, 86_400, 604_800,
] as const satisfies readonly number[];

/** What a watch gets when its operator says nothing. */
export const DEFAULT_CADENCE_SECONDS = 900;

/** The slowest class that still checks at least as often as asked; the fastest for less than that. */
export const cadenceClass = (seconds: number): number =>
  CADENCE_CLASSES.findLast((period) => period <= seconds) ?? CADENCE_CLASSES[0];

/**
 * Where in its period a watch stands, in seconds from the period's start: spread by its id, so that the watches of one
 * class do not all ask at once, and the same for as long as the class stays, so that a check moves no index.
 */
export function phaseOf(id: WatchId, cadenceSeconds: number): number {
  return createHash("sha256").update(id).digest().readUInt32BE(0) % cadenceSeconds;
}

/** The first instant strictly after `after` at which a watch of this cadence is due. */
export function nextDue(id: WatchId, cadenceSeconds: number, after: Instant): Instant {
  const phase = phaseOf(id, cadenceSeconds);
  const periods = Math.floor((Date.parse(after) / 1000 - phase) / cadenceSeconds) + 1;
  return toInstant((periods * cadenceSeconds + phase) * 1000);
}

/** A due instant that a tick can find: rounded up to a whole second. */
export const wholeSecond = (instant: Instant): Instant => toInstant(Math.ceil(Date.parse(instant) / 1000) * 1000);
