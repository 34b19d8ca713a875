import type { Comparison } from "../../domain/comparison.ts";
import { type Happening, watchIdOfHappening } from "../../domain/happening.ts";
import type { NoticeFilter } from "../../domain/notice-filter.ts";
import { verdictOf } from "../../domain/notice-filter.ts";
import { BURST_SECONDS } from "../../domain/placement.ts";
import { addSeconds, type Instant } from "../../domain/time.ts";
import { readComparison } from "../../ports/derived-store.ts";
import type { Services } from "../services.ts";
import type { Telling } from "./place.ts";

/** A happening that is told to many, with what any of them may need of it, read once and only if needed. */
export function tellingOf(happening: Happening, at: Instant, filters: Telling["filters"], services: Services): Telling {
  const comparisons = new Map<string, Promise<Comparison>>();
  const comparisonOf = (one: Happening) => () => {
    const key = one.kind === "revision" ? one.revision.change?.comparison : undefined;
    if (key === undefined) throw new Error("only a change has a comparison");
    const known = comparisons.get(key) ?? readComparison(services.derived, key);
    comparisons.set(key, known);
    return known;
  };
  let before: Promise<readonly Happening[]> | undefined;
  return {
    happening,
    watchId: watchIdOfHappening(happening),
    at,
    filters,
    gatheredNotices: new Set(),
    passes: async (filter) => (await verdictOf(filter, happening, comparisonOf(happening))).passes,
    async isBurst(filter) {
      before ??= hourBefore(happening, services);
      const earlier = await before;
      const most = services.settings.burstNotices;
      return earlier.length >= most && (await passed(filter, earlier, comparisonOf, most)) >= most;
    },
  };
}

/** The watch's changes within an hour before this one: by the record, so that the answer is the same at every telling. */
async function hourBefore(happening: Happening, { ledger, settings }: Services): Promise<readonly Happening[]> {
  if (happening.kind === "event") return [];
  const { watchId, number, firstSeen } = happening.revision;
  const since = addSeconds(firstSeen, -BURST_SECONDS);
  const { rows } = await ledger.revisions(watchId, { limit: LOOKED_AT_FOR_EACH * settings.burstNotices });
  return rows
    .filter((revision) => revision.number < number && revision.firstSeen > since)
    .filter(({ cause, change }) => cause === "edit" && change !== undefined)
    .map((revision) => ({ kind: "revision", at: revision.firstSeen, url: happening.url, revision }));
}

/** A page that is edited oftener than that is in a burst by any filter that passes a third of it. */
const LOOKED_AT_FOR_EACH = 3;

async function passed(
  filter: NoticeFilter,
  happenings: readonly Happening[],
  comparisonOf: (happening: Happening) => () => Promise<Comparison>,
  most: number,
): Promise<number> {
  let count = 0;
  for (const happening of happenings) {
    if (count >= most) break;
    if ((await verdictOf(filter, happening, comparisonOf(happening))).passes) count += 1;
  }
  return count;
}
