import { MAX_CHECKS_PER_MESSAGE } from "../config.ts";
import { addSeconds, earlier, type Instant, later } from "../domain/time.ts";
import { hostOf } from "../domain/url.ts";
import type { DueWatch } from "../ports/ledger.ts";
import type { CaptureMessage } from "../ports/queue.ts";
import type { Services } from "./services.ts";

/** How far back a tick looks after a pause: what was missed earlier comes at its next slot. */
const LOOKBACK_SECONDS = 86_400;

/** A tick looks at the last few seconds again, since an index may lag. What comes twice is dropped as already checked. */
const OVERLAP_SECONDS = 3;

/** Requests for a check it looks for further back: they are stamped by clocks of other machines, which may be slow. */
const REQUEST_OVERLAP_SECONDS = 120;

/** The longest that a queue holds a message back; what must wait longer is asked for again by the ledger. */
export const LONGEST_DELAY_SECONDS = 900;

/**
 * Finds the watches that fell due since the last tick and hands them to the capture queue.
 *
 * @param restarted - the queue forgot what it held (a queue in memory, after its process died): looks back as far as it
 *   can, since the last tick may have handed over what nobody will serve. What was checked since is dropped there.
 * @returns how many it handed over
 */
export async function tick(
  { ledger, queue, clock, settings }: Services,
  { restarted = false }: { readonly restarted?: boolean } = {},
): Promise<number> {
  const now = clock.now();
  const furthest = addSeconds(now, -LOOKBACK_SECONDS);
  const last = restarted ? null : await ledger.lastTick();
  // A tick recorded by a clock that was ahead must not leave windows empty until that time comes.
  const seen = last && earlier(last, now);
  const after = seen ? later(addSeconds(seen, -REQUEST_OVERLAP_SECONDS), furthest) : furthest;
  const stale = seen ? addSeconds(seen, -OVERLAP_SECONDS) : furthest;
  const due = new Map<string, DueWatch>();
  for await (const watch of ledger.dueWatches(after, now)) {
    if (!watch.asked && watch.due <= stale) continue;
    // Of two the later one: a check since the earlier must not pass for it.
    if ((due.get(watch.watchId)?.due ?? "") < watch.due) due.set(watch.watchId, watch);
  }
  for (const { delaySeconds, messages, late } of wavesOf([...due.values()], settings.hostGapSeconds)) {
    for (const { watchId } of late) await ledger.requestCheck(watchId, addSeconds(now, delaySeconds), now);
    if (messages.length > 0) await queue.send(messages, delaySeconds);
  }
  // Recorded last: a tick that dies in between is repeated, and a check asked for twice is made once.
  await ledger.recordTick(now);
  return due.size;
}

interface Wave {
  readonly delaySeconds: number;
  readonly messages: readonly CaptureMessage[];
  /** Checks that would wait longer than a queue holds a message. */
  readonly late: readonly DueWatch[];
}

/**
 * Spreads checks so that no host is asked oftener than its gap allows: the second watch of a host goes out a gap after
 * the first, and so on. Within a wave all hosts differ, so its checks can wait side by side in one message.
 */
export function wavesOf(due: readonly DueWatch[], hostGapSeconds: number): readonly Wave[] {
  const waves: DueWatch[][] = [];
  const asked = new Map<string, number>();
  for (const watch of due.toSorted((a, b) => compareInstants(a.due, b.due))) {
    const host = hostOf(watch.url);
    const turn = asked.get(host) ?? 0;
    asked.set(host, turn + 1);
    waves[turn] ??= [];
    waves[turn].push(watch);
  }
  return waves.map((wave, turn) => {
    const delaySeconds = turn * hostGapSeconds;
    if (delaySeconds > LONGEST_DELAY_SECONDS) return { delaySeconds, messages: [], late: wave };
    const checks = wave.map(({ watchId, due, asked }) => ({ watchId, due, ...(asked && { asked }) }));
    const messages = Array.from({ length: Math.ceil(checks.length / MAX_CHECKS_PER_MESSAGE) }, (_, index) => ({
      checks: checks.slice(index * MAX_CHECKS_PER_MESSAGE, (index + 1) * MAX_CHECKS_PER_MESSAGE),
    }));
    return { delaySeconds, messages, late: [] };
  });
}

const compareInstants = (a: Instant, b: Instant): number => (a < b ? -1 : a > b ? 1 : 0);
