import { type Happening, happeningKey } from "../../domain/happening.ts";
import type { AvailabilityEvent, Revision } from "../../domain/revision.ts";
import type { Ledger } from "../../ports/ledger.ts";
import { fromJson, onePast, pageOf, text } from "./dynamo-ledger-items.ts";
import { eventItemKey, LAST, OUTBOX, RECENT, REVISIONS, revisionKey } from "./dynamo-ledger-keys.ts";
import type { Item, Key, LedgerTable } from "./dynamo-ledger-table.ts";

/** What is listed and told across watches. */
export function happeningsIn(table: LedgerTable): Pick<Ledger, "recent" | "outbox" | "markTold"> {
  return {
    recent: async (page) =>
      pageOf(
        table.items({
          index: "recent",
          where: "#recentPk = :recent AND #recentSk < :before",
          values: { ":recent": RECENT, ":before": page.after ?? LAST },
          descending: true,
          limit: onePast(page),
        }),
        page,
        happeningOf,
        (item) => text(item, "recentSk"),
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
    ...(isListed && { recentPk: RECENT, recentSk: position }),
    ...(isUntold && { outboxPk: OUTBOX, outboxSk: position }),
  };
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
