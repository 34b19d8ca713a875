import { addSeconds, type Instant } from "../domain/time.ts";
import type { Services } from "./services.ts";

export type Turn<Result> =
  | { readonly taken: true; readonly result: Result }
  | { readonly taken: false; readonly freeAt: Instant };

/**
 * Does something with a host while no other worker asks it anything, on any machine: one connection per host, and at
 * least the gap between the starts of two. The turn costs one write; only work that outlasts the gap renews it. It ends
 * by itself when its holder dies.
 *
 * @param gapSeconds - least time between two requests to the host
 */
export async function inHostTurn<Result>(
  { ledger, clock }: Pick<Services, "ledger" | "clock">,
  host: string,
  gapSeconds: number,
  work: () => Promise<Result>,
): Promise<Turn<Result>> {
  const now = clock.now();
  const claim = await ledger.claimHost(host, now, addSeconds(now, gapSeconds));
  if (!claim.claimed) return { taken: false, freeAt: claim.freeAt };
  const finished = new AbortController();
  const renewal = (async () => {
    for (;;) {
      await clock.sleep(gapSeconds * RENEW_AFTER, finished.signal);
      if (finished.signal.aborted) return;
      await ledger.extendHost(host, addSeconds(clock.now(), gapSeconds));
    }
  })();
  // A renewal that fails surfaces when the work is done; until then it must not pass for an unhandled rejection.
  renewal.catch(() => {});
  try {
    return { taken: true, result: await work() };
  } finally {
    finished.abort();
    await renewal;
  }
}

/** Share of the gap after which the turn is renewed: early enough for the write to land before the turn runs out. */
const RENEW_AFTER = 0.8;
