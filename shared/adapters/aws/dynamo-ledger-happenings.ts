import { type Happening, happeningKey } from "../../domain/happening.ts";
import type { AvailabilityEvent, Revision } from "../../domain/revision.ts";
import type { Ledger } from "../../ports/ledger.ts";
import { fromJson, onePast, pageOf, text } from "./dynamo-ledger-items.ts";
import {
  eventItemKey,
  LAST,
  OUTBOX,
  RECENT,
  REVISIONS,
  revisionKey,
  UNINDEXED,
  WATCHES,
} from "./dynamo-ledger-keys.ts";
import type { Item, Key, LedgerTable } from "./dynamo-ledger-table.ts";

/** What is listed and told across watches. */
export function happeningsIn(
  table: LedgerTable,
): Pick<Ledger, "recent" | "outbox" | "markTold" | "unindexed" | "markIndexed" | "unindexAll"> {
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
      const untold = { condition: "#outboxPk = :outbox", values: { ":outbox": OUTBOX } };
      if (happening.kind === "event" || happening.revision.unlisted) {
        await table.update(keyOf(happening), "REMOVE #outboxPk, #outboxSk", {}, untold);
      } else await table.update(keyOf(happening), "SET #outboxPk = :next", { ":next": UNINDEXED }, untold);
    },
    unindexed: (page) =>
      pageOf(
        table.items({
          index: "outbox",
          where: "#outboxPk = :unindexed AND #outboxSk > :after",
          values: { ":unindexed": UNINDEXED, ":after": page.after || "0" },
          limit: onePast(page),
        }),
        page,
        fromJson<Revision>,
        (item) => text(item, "outboxSk"),
      ),
    markIndexed: async (revisions) => {
      const listed = { condition: "#outboxPk = :unindexed", values: { ":unindexed": UNINDEXED } };
      await Promise.all(
        revisions.map(({ watchId, number }) =>
          table.update(revisionKey(watchId, number), "REMOVE #outboxPk, #outboxSk", {}, listed),
        ),
      );
    },
    unindexAll: async () => {
      const watches = { index: "recent", where: "#recentPk = :watches", values: { ":watches": WATCHES } } as const;
      for await (const watch of table.items(watches)) {
        const pk = text(watch, "pk");
        const where = "#pk = :pk AND begins_with(#sk, :prefix)";
        for await (const item of table.items({ where, values: { ":pk": pk, ":prefix": REVISIONS } })) {
          const revision = fromJson<Revision>(item);
          if (revision.unlisted) continue;
          const values = { ":unindexed": UNINDEXED, ":position": positionIn(revision) };
          const key = { pk, sk: text(item, "sk") };
          const unless = { condition: "attribute_not_exists(#outboxPk)" };
          await table.update(key, "SET #outboxPk = :unindexed, #outboxSk = :position", values, unless);
        }
      }
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

const positionIn = ({ firstSeen, watchId, number }: Revision): string => `${firstSeen}#${watchId}.r${number}`;

/** Puts a revision that nobody is told of on the search index's list. */
export const unindexed = (revision: Revision): Item =>
  revision.unlisted ? {} : { outboxPk: UNINDEXED, outboxSk: positionIn(revision) };

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
