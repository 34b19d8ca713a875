import type { Comparison } from "../../domain/comparison.ts";
import { type Happening, watchIdOfHappening } from "../../domain/happening.ts";
import type { NoticeFilter } from "../../domain/notice-filter.ts";
import { verdictOf } from "../../domain/notice-filter.ts";
import { BURST } from "../../domain/placement.ts";
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
      return earlier.length >= BURST.notices && (await passed(filter, earlier, comparisonOf)) >= BURST.notices;
    },
  };
}

/** The watch's changes within an hour before this one: by the record, so that the answer is the same at every telling. */
async function hourBefore(happening: Happening, { ledger }: Services): Promise<readonly Happening[]> {
  if (happening.kind === "event") return [];
  const { watchId, number, firstSeen } = happening.revision;
  const since = addSeconds(firstSeen, -BURST.seconds);
  const { rows } = await ledger.revisions(watchId, { limit: LOOKED_AT });
  return rows
    .filter((revision) => revision.number < number && revision.firstSeen > since)
    .filter(({ cause, change }) => cause === "edit" && change !== undefined)
    .map((revision) => ({ kind: "revision", at: revision.firstSeen, url: happening.url, revision }));
}

/** A page that is edited oftener is in a burst by any filter that passes a tenth of it. */
const LOOKED_AT = 60;

async function passed(
  filter: NoticeFilter,
  happenings: readonly Happening[],
  comparisonOf: (happening: Happening) => () => Promise<Comparison>,
): Promise<number> {
  let count = 0;
  for (const happening of happenings) {
    if (count >= BURST.notices) break;
    if ((await verdictOf(filter, happening, comparisonOf(happening))).passes) count += 1;
  }
  return count;
}
