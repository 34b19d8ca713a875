import * as v from "valibot";
import { type Instant, isInstant } from "../domain/time.ts";
import type { WatchId } from "../domain/watch.ts";

/** One check that is wanted: of this watch, no earlier than `due`. */
export interface CheckRequest {
  readonly watchId: WatchId;
  readonly due: Instant;
  /** Asked for beside the cadence: by a person, or to confirm what a check brought. */
  readonly asked?: true;
  /** How often it was put off because its host was busy. */
  readonly putOff?: number;
}

/** Up to `MAX_CHECKS_PER_MESSAGE` checks of distinct hosts, served side by side by one worker. */
export interface CaptureMessage {
  readonly checks: readonly CheckRequest[];
}

/**
 * Carries capture messages to a worker at least once, in any order. A message is gone only when its worker has finished
 * with it; one whose worker threw comes back.
 */
export interface CaptureQueue {
  /**
   * Hands messages over. When it resolves, all of them will be delivered; when it throws, any of them may be.
   * @param delaySeconds - not before so many seconds from now: 0 to 900. A queue that knows whole seconds rounds up
   */
  send(messages: readonly CaptureMessage[], delaySeconds?: number): Promise<void>;
}

const MESSAGE = v.object({
  checks: v.pipe(
    v.array(
      v.object({
        watchId: v.pipe(v.string(), v.nonEmpty()),
        due: v.pipe(v.string(), v.check(isInstant, "not an instant")),
        asked: v.optional(v.literal(true)),
        putOff: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      }),
    ),
    v.nonEmpty(),
  ),
});

/**
 * The message that `JSON.stringify` made a body of. Unknown fields are dropped.
 * @throws Error when the body is none: only a bug, or somebody else, puts such on the queue
 */
export function parseCaptureMessage(body: string): CaptureMessage {
  const { checks } = v.parse(MESSAGE, JSON.parse(body));
  return {
    checks: checks.map(({ watchId, due, asked, putOff }) => ({
      watchId,
      due,
      ...(asked && { asked }),
      ...(putOff !== undefined && { putOff }),
    })),
  };
}
