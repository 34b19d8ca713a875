import { nextDue, wholeSecond } from "../../domain/cadence.ts";
import { addSeconds, type Instant } from "../../domain/time.ts";
import type { Watch } from "../../domain/watch.ts";
import type { DueWatch, Ledger } from "../../ports/ledger.ts";
import { fromJson, text } from "./dynamo-ledger-items.ts";
import { type DueRange, dueRanges, onceKey, onceRanges, recheckKey, TICK, watchKey } from "./dynamo-ledger-keys.ts";
import type { Item, LedgerTable, Question } from "./dynamo-ledger-table.ts";

const DAY_SECONDS = 86_400;

/** Requested checks are looked up together with their watches, so many at a time. */
const LOOKED_UP_TOGETHER = 25;

/** What is due, what was asked for beside the cadence, and the heartbeat. */
export function scheduleIn(
  table: LedgerTable,
): Pick<Ledger, "dueWatches" | "requestCheck" | "lastTick" | "recordTick"> {
  return {
    async *dueWatches(after, until) {
      for await (const item of table.itemsOfMany(asked(dueRanges(after, until)))) yield dueByCadence(item, until);
      let few: Item[] = [];
      for await (const item of table.itemsOfMany(asked(onceRanges(after, until)))) {
        few.push(item);
        if (few.length < LOOKED_UP_TOGETHER) continue;
        yield* await requested(table, few);
        few = [];
      }
      yield* await requested(table, few);
    },
    requestCheck: async (id, at, now) => {
      const due = wholeSecond(at);
      const expires = Math.floor(Date.parse(due) / 1000) + DAY_SECONDS; // by then any tick that still looks has seen it
      await table.put(
        { ...recheckKey(id), due, ...onceKey(id, due), expires },
        {
          condition: "attribute_not_exists(#pk) OR #due <= :now OR #due > :due",
          values: { ":now": now, ":due": due },
        },
      );
    },
    lastTick: async () => {
      const item = await table.get(TICK);
      return item && text(item, "at");
    },
    recordTick: async (at) => {
      const values = { ":at": at };
      await table.put({ ...TICK, at }, { condition: "attribute_not_exists(#pk) OR #at < :at", values });
    },
  };
}

function* asked(ranges: Iterable<DueRange>): Generator<Question> {
  for (const { partition, from, to } of ranges) {
    yield {
      index: "due",
      where: "#duePk = :partition AND #dueSk BETWEEN :from AND :to",
      values: { ":partition": partition, ":from": from, ":to": to },
    };
  }
}

/** The latest in the window: a check since an earlier one must not pass for this one's. */
function dueByCadence(item: Item, until: Instant): DueWatch {
  const { id, url, cadenceSeconds } = fromJson<Watch>(item);
  return { watchId: id, url, due: nextDue(id, cadenceSeconds, addSeconds(until, -cadenceSeconds)) };
}

/** A request knows nothing of its watch, which may be paused since, or have another status at any time. */
async function requested(table: LedgerTable, items: readonly Item[]): Promise<DueWatch[]> {
  const found = await Promise.all(
    items.map(async (item): Promise<DueWatch[]> => {
      const id = text(item, "pk").slice("WATCH#".length);
      const watchItem = await table.get(watchKey(id));
      if (!watchItem) return [];
      const { url, status } = fromJson<Watch>(watchItem);
      return status === "active" ? [{ watchId: id, url, due: text(item, "due"), asked: true }] : [];
    }),
  );
  return found.flat();
}
