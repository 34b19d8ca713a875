import type { Services } from "../services.ts";
import { queueNotices } from "./queue-notices.ts";

/** Of one channel in one round: a channel that lags far behind gets no more than its senders can take until the next. */
const PER_ROUND = 1000;

/**
 * Hands notices whose time has come to their senders: digests, retries, and what a queue or a sender lost. What is
 * under way already comes twice and is dropped by the claim. Only channels that are set up here are asked for.
 *
 * @returns how many it handed over
 */
export async function requeue(services: Services): Promise<number> {
  const { ledger, clock, notifiers } = services;
  const now = clock.now();
  let handed = 0;
  for (const { channel } of notifiers) {
    const { rows } = await ledger.waitingNotices(channel, now, { limit: PER_ROUND });
    await queueNotices(rows, services);
    handed += rows.length;
  }
  return handed;
}
