import { type Instant, later, toInstant } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";

/** Node fires a timer beyond 2^31-1 ms at once; a longer sleep is cut into naps. */
const LONGEST_NAP_MS = 2 ** 31 - 1;

/** The machine's own time. When its clock is set back, `now` stands still until it has caught up. */
export function systemClock(): Clock {
  let latest: Instant = toInstant(0);
  return {
    now() {
      latest = later(latest, toInstant(Date.now()));
      return latest;
    },
    async sleep(seconds, signal) {
      // Measured on the monotonic clock: setting the machine's time neither cuts a sleep short nor prolongs it.
      const end = performance.now() + seconds * 1000;
      for (let left = seconds * 1000; left > 0 && !signal?.aborted; left = end - performance.now()) {
        await nap(Math.min(left, LONGEST_NAP_MS), signal);
      }
    },
  };
}

/** The timer is cleared when the signal aborts, so that it keeps no process alive. */
function nap(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end);
  });
}
