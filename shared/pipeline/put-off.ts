import { sha256 } from "../domain/digest.ts";
import { addSeconds, type Instant, secondsBetween } from "../domain/time.ts";
import type { CheckRequest } from "../ports/queue.ts";
import type { Outcome } from "./outcome.ts";
import { LONGEST_DELAY_SECONDS } from "./schedule.ts";
import type { Services } from "./services.ts";

/**
 * Puts a check off until its host is free. The first time to that very instant; of many that wait for one host only one
 * gets it, so the others come back at longer and longer, spread out times: a host with more watches than its gap allows
 * costs a few tries per check, not one at every gap. A check that would come after its watch's next one is dropped for it.
 */
export async function putOff(
  request: CheckRequest,
  until: Instant,
  cadenceSeconds: number,
  { ledger, queue, clock, settings }: Services,
): Promise<Outcome> {
  const { watchId, due, putOff: before = 0 } = request;
  const spread = settings.hostGapSeconds * (2 ** before - 1) * fraction(`${watchId} ${due} ${before}`);
  const at = addSeconds(until, spread);
  if (!request.asked && before > 0 && secondsBetween(due, at) >= cadenceSeconds) {
    return { watchId, kind: "not-wanted", why: "the host is busy until the next check" };
  }
  const delaySeconds = Math.max(0, secondsBetween(clock.now(), at));
  if (delaySeconds > LONGEST_DELAY_SECONDS) await ledger.requestCheck(watchId, at, clock.now());
  else await queue.send([{ checks: [{ ...request, putOff: before + 1 }] }], delaySeconds);
  return { watchId, kind: "deferred", until: at };
}

/** A number in [0, 1) that a text decides: spread without chance, so that a test can tell it. */
const fraction = (text: string): number => Number.parseInt(sha256(text).slice(0, 8), 16) / 2 ** 32;
