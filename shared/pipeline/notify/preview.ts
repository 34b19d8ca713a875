import type { Happening } from "../../domain/happening.ts";
import { watchIdOfHappening } from "../../domain/happening.ts";
import { type NoticeFilter, type Verdict, verdictOf } from "../../domain/notice-filter.ts";
import type { Selector } from "../../domain/subscription.ts";
import { selectorsOf } from "../../domain/subscription.ts";
import { readComparison } from "../../ports/derived-store.ts";
import type { Services } from "../services.ts";

export interface Previewed {
  readonly happening: Happening;
  readonly verdict: Verdict;
}

/** Happenings that are looked through for those of a selector, for each that is asked for. */
const LOOKED_THROUGH = 20;

/** What a filter would have said of the newest `count` happenings of a selector, newest first. */
export async function previewFilter(
  filter: NoticeFilter,
  selector: Selector,
  count: number,
  { ledger, derived }: Pick<Services, "ledger" | "derived">,
): Promise<readonly Previewed[]> {
  const previewed: Previewed[] = [];
  const concerned = new Map<string, boolean>();
  let [looked, after]: [number, string | undefined] = [0, undefined];
  do {
    const page = await ledger.recent({ limit: 100, ...(after !== undefined && { after }) });
    for (const happening of page.rows) {
      looked += 1;
      const id = watchIdOfHappening(happening);
      if (!concerned.has(id)) {
        const watch = await ledger.watch(id);
        concerned.set(id, watch !== null && selectorsOf(watch).includes(selector));
      }
      if (!concerned.get(id) || (happening.kind === "event" && happening.event.toldWith !== undefined)) continue;
      const verdict = await verdictOf(filter, happening, () => {
        if (happening.kind === "event" || !happening.revision.change) throw new Error("only a change has a comparison");
        return readComparison(derived, happening.revision.change.comparison);
      });
      previewed.push({ happening, verdict });
      if (previewed.length === count) return previewed;
    }
    after = page.next;
  } while (after !== undefined && looked < count * LOOKED_THROUGH);
  return previewed;
}
