import { type Happening, happeningKey } from "../../domain/happening.ts";
import type { AvailabilityEvent, Revision } from "../../domain/revision.ts";
import type { Instant } from "../../domain/time.ts";
import type { Ledger } from "../../ports/ledger.ts";
import { fromJson, onePast, pageOf, text } from "./dynamo-ledger-items.ts";
import {
  eventItemKey,
  LAST,
  MONTHS,
  monthOf,
  OUTBOX,
  REVISIONS,
  recentPartition,
  revisionKey,
} from "./dynamo-ledger-keys.ts";
import type { Item, Key, LedgerTable } from "./dynamo-ledger-table.ts";

/** Which months have happenings, so that readers visit those and no others. */
export interface KnownMonths {
  /** To be called before a happening is written: a month too many costs one empty query, one too few would hide it. */
  remember(at: Instant): Promise<void>;
}

/** Each instance writes a month once; adding to a set twice is adding it once. */
export function monthsIn(table: LedgerTable): KnownMonths {
  const remembered = new Set<string>();
  return {
    remember: async (at) => {
      const month = monthOf(at);
      if (remembered.has(month)) return;
      await table.update(MONTHS, "ADD #months :month", { ":month": new Set([month]) });
      remembered.add(month);
    },
  };
}

/** What is listed and told across watches. */
export function happeningsIn(table: LedgerTable): Pick<Ledger, "recent" | "outbox" | "markTold"> {
  return {
    recent: async (page) =>
      pageOf(newestFirst(table, page.after ?? LAST, onePast(page)), page, happeningOf, (item) =>
        text(item, "recentSk"),
      ),
    outbox: async (page) =>
      pageOf(
        table.items({
          index: "outbox",
          where: "#outboxPk = :outbox AND #outboxSk > :after",
          values: { ":outbox": OUTBOX, ":after": page.after || "0" },
          limit: onePast(page),
        }),
        page,
        happeningOf,
        (item) => text(item, "outboxSk"),
      ),
    markTold: async (happening) => {
      const told = { condition: "attribute_exists(#pk)" }; // an update alone would make the item
      await table.update(keyOf(happening), "REMOVE #outboxPk, #outboxSk", {}, told);
    },
  };
}

/** The index attributes of a happening; out of the outbox when another one's notice tells it. A self-test is listed nowhere. */
export function indexed(happening: Happening, { isUntold }: { readonly isUntold: boolean }): Item {
  const position = `${happening.at}#${happeningKey(happening)}`;
  const isListed = happening.kind === "event" || !happening.revision.unlisted;
  return {
    ...(isListed && { recentPk: recentPartition(monthOf(happening.at)), recentSk: position }),
    ...(isUntold && { outboxPk: OUTBOX, outboxSk: position }),
  };
}

async function* newestFirst(table: LedgerTable, before: string, limit: number): AsyncGenerator<Item> {
  const months = (await table.get(MONTHS, false))?.months;
  if (!(months instanceof Set)) return;
  const until = monthOf(before);
  for (const month of [...months].map(String).sort().reverse()) {
    if (month > until) continue;
    yield* table.items({
      index: "recent",
      where: "#recentPk = :month AND #recentSk < :before",
      values: { ":month": recentPartition(month), ":before": before },
      descending: true,
      limit,
    });
  }
}

const keyOf = (happening: Happening): Key =>
  happening.kind === "revision"
    ? revisionKey(happening.revision.watchId, happening.revision.number)
    : eventItemKey(happening.event.watchId, happening.event.key);

function happeningOf(item: Item): Happening {
  const url = text(item, "url");
  if (text(item, "sk").startsWith(REVISIONS)) {
    const revision = fromJson<Revision>(item);
    return { kind: "revision", at: revision.firstSeen, url, revision };
  }
  const event = fromJson<AvailabilityEvent>(item);
  return { kind: "event", at: event.at, url, event };
}
