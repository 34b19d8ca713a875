import * as v from "valibot";
import { type Instant, isInstant } from "../domain/time.ts";
import type { WatchId } from "../domain/watch.ts";

/** One check that is wanted: of this watch, no earlier than `due`. */
export interface CheckRequest {
  readonly watchId: WatchId;
  readonly due: Instant;
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
  return v.parse(MESSAGE, JSON.parse(body));
}
