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
  { ledger, clock, log }: Pick<Services, "ledger" | "clock" | "log">,
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
      // A renewal that fails must not cost the bytes that the work is bringing.
      await ledger
        .extendHost(host, addSeconds(clock.now(), gapSeconds))
        .catch((error: unknown) => log.warn("a host's turn could not be renewed", { host, error: String(error) }));
    }
  })();
  try {
    return { taken: true, result: await work() };
  } finally {
    finished.abort();
    await renewal;
  }
}

/** Share of the gap after which the turn is renewed: early enough for the write to land before the turn runs out. */
const RENEW_AFTER = 0.8;
