import { newNotice, summaryNoticeId } from "../../domain/notice.ts";
import { nextDigest } from "../../domain/rhythm.ts";
import { addSeconds, type Instant, later, secondsBetween } from "../../domain/time.ts";
import type { Standing } from "../../ports/ledger.ts";
import type { Services } from "../services.ts";
import { pagesOf } from "./life-signs.ts";
import { tellOperations } from "./suspend.ts";

const WEEK_SECONDS = 7 * 86_400;

/** Nothing checked for so many of a watch's own intervals is silence. */
const INTERVALS = 3;

/** Watches that often fail are asked less often; none is left for longer than this and its intervals. */
const LONGEST_REST_SECONDS = 6 * 3600;

/** Watches that are asked how they stand before silence is believed. */
const ASKED = 300;

/**
 * Sees to the sign of life: next week's summary waits for every subscription to operations, and they hear at once when
 * nothing is being checked. To be called every quarter of an hour; once more changes nothing.
 */
export async function watchOver(services: Services): Promise<void> {
  await planSummaries(services);
  const silence = await silenceOf(services);
  if (silence) await tellOperations({ kind: "silent", last: silence.last }, services);
}

async function planSummaries({ ledger, clock }: Services): Promise<void> {
  const now = clock.now();
  for await (const subscriptions of pagesOf((page) => ledger.subscriptionsOf("operations", page))) {
    for (const subscription of subscriptions) {
      if (subscription.status !== "active") continue;
      const due = nextDigest(subscription.rhythm, now, "weekly");
      const subject = { kind: "summary", since: addSeconds(due, -WEEK_SECONDS) } as const;
      const id = summaryNoticeId(subscription.id, due);
      await ledger.addNotice(newNotice(id, subscription, { created: now, due, subject }));
    }
  }
}

/** The newest check of those asked, when none of them was checked within three of its intervals; null when one was. */
async function silenceOf({ ledger, clock }: Services): Promise<{ readonly last: Instant | null } | null> {
  const now = clock.now();
  let asked = 0;
  let last: Instant | null = null;
  for await (const watches of pagesOf((page) => ledger.watches(page))) {
    for (const { id } of watches) {
      const standing = await ledger.standing(id);
      if (standing?.watch.status !== "active") continue;
      if (isInTime(standing, now)) return null;
      const { checked } = standing.state;
      if (checked !== null) last = later(last ?? checked, checked);
      asked += 1;
      if (asked >= ASKED) return { last };
    }
  }
  return asked > 0 ? { last } : null;
}

function isInTime({ watch, state }: Standing, now: Instant): boolean {
  const allowed = INTERVALS * watch.cadenceSeconds + (state.failures > 0 ? LONGEST_REST_SECONDS : 0);
  return secondsBetween(state.checked ?? watch.added, now) <= allowed;
}
