import type { Box } from "./notice.ts";
import { nextDigest, quietUntil } from "./rhythm.ts";
import type { Subscription } from "./subscription.ts";
import type { Instant } from "./time.ts";

/** So many notices of one watch within this time are a burst; how many is a setting. */
export const BURST_SECONDS = 3600;

/** How a happening reaches a subscription. */
export type Placement =
  | { readonly kind: "at-once" }
  | { readonly kind: "gathered"; readonly box: Box; readonly due: Instant }
  | { readonly kind: "nothing" };

const NOTHING: Placement = { kind: "nothing" };

/**
 * How a happening of a watch reaches a subscription. Depends on nothing but what is given, so that a telling that is
 * begun again after its process died places everything where it was.
 *
 * @param passes - its filter passed it
 * @param at - when the happening was first about to be told
 * @param isBurst - so many of the watch's happenings passed within the hour before that this one is told with others
 */
export function placementOf(
  { rhythm }: Pick<Subscription, "rhythm">,
  watchId: string,
  { passes, isBurst }: { readonly passes: boolean; readonly isBurst: boolean },
  at: Instant,
): Placement {
  if (rhythm.kind !== "at-once") return passes ? digest(nextDigest(rhythm, at, rhythm.kind)) : NOTHING;
  if (!passes) return rhythm.rest === "daily" ? digest(nextDigest(rhythm, at, "daily")) : NOTHING;
  const quiet = quietUntil(rhythm, at);
  if (quiet !== null) return digest(quiet);
  return isBurst ? { kind: "gathered", box: watchId, due: nextDigest(rhythm, at, "hourly") } : { kind: "at-once" };
}

const digest = (due: Instant): Placement => ({ kind: "gathered", box: "digest", due });
