import { addSeconds, type Instant } from "../../shared/domain/time.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { NOON } from "./builders.ts";

export interface ManualClock extends Clock {
  /** Moves the time on, wakes whoever slept no longer than that, and lets them run. */
  pass(seconds: number): Promise<void>;
}

/** A clock that stands still until a test moves it. */
export function manualClock(start: Instant = NOON): ManualClock {
  let now = start;
  let sleepers: { readonly until: Instant; wake(): void }[] = [];
  return {
    now: () => now,
    sleep(seconds, signal) {
      if (seconds <= 0 || signal?.aborted) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      const sleeper = { until: addSeconds(now, seconds), wake: resolve };
      sleepers.push(sleeper);
      const wakeEarly = () => {
        sleepers = sleepers.filter((other) => other !== sleeper);
        resolve();
      };
      signal?.addEventListener("abort", wakeEarly, { once: true });
      return promise;
    },
    async pass(seconds) {
      now = addSeconds(now, seconds);
      const woken = sleepers.filter(({ until }) => until <= now);
      sleepers = sleepers.filter(({ until }) => until > now);
      for (const { wake } of woken) wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
