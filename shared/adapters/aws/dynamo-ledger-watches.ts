import { cadenceClass } from "../../domain/cadence.ts";
import type { Revision } from "../../domain/revision.ts";
import { NEW_STATE, type Watch, type WatchId, type WatchState } from "../../domain/watch.ts";
import type { Ledger, Page, PageRequest } from "../../ports/ledger.ts";
import { fromJson, onePast, pageOf, text } from "./dynamo-ledger-items.ts";
import { dueKey, partitionOf, revisionKey, stateKey, WATCHES, watchKey } from "./dynamo-ledger-keys.ts";
import type { Item, Key, LedgerTable } from "./dynamo-ledger-table.ts";

/** Contenders for one watch that a change outlasts; each round one of them has won. */
const ROUNDS = 100;

/** What is watched. */
export function watchesIn(
  table: LedgerTable,
): Pick<Ledger, "addWatch" | "watch" | "watches" | "overviews" | "watchesById" | "changeWatch"> {
  const find = async (id: WatchId): Promise<Watch | null> => {
    const item = await table.get(watchKey(id));
    return item && fromJson<Watch>(item);
  };
  const addUnlessThere = async (watch: Watch): Promise<boolean> => {
    const item = watchItem(watch);
    // The state first: a watch is there only with its state. One without its watch is taken for none.
    await table.put(stateItem(watch.id), { condition: "attribute_not_exists(#pk)" });
    const values = { ":removed": "removed" };
    return table.put(item, { condition: "attribute_not_exists(#pk) OR #status = :removed", values });
  };
  const watches = async (page: PageRequest): Promise<Page<Watch>> =>
    pageOf(
      table.items({
        index: "recent",
        where: "#recentPk = :watches AND #recentSk > :after",
        values: { ":watches": WATCHES, ":after": page.after || "0" },
        limit: onePast(page),
      }),
      page,
      fromJson<Watch>,
      (item) => text(item, "recentSk"),
    );
  return {
    addWatch: async (watch) => {
      const known = await find(watch.id);
      if (known && known.status !== "removed") return { watch: known, added: false };
      if (await addUnlessThere(watch)) return { watch, added: true };
      return { watch: (await find(watch.id)) ?? watch, added: false };
    },
    watch: find,
    watches,
    overviews: async (page) => {
      const { rows, ...rest } = await watches(page);
      const states = byWatch<WatchState>(await table.getMany(rows.map(({ id }) => stateKey(id))));
      const read = rows.filter(({ id }) => (states.get(id)?.newest ?? 0) > 0);
      const keys = read.map(({ id }) => revisionKey(id, states.get(id)?.newest ?? 0));
      const revisions = byWatch<Revision>(await table.getMany(keys));
      return {
        ...rest,
        rows: rows.map((watch) => ({
          watch,
          state: states.get(watch.id) ?? NEW_STATE,
          newest: revisions.get(watch.id) ?? null,
        })),
      };
    },
    watchesById: async (ids) => byWatch<Watch>(await table.getMany([...new Set(ids)].map(watchKey))),
    changeWatch: async (id, change) => {
      for (let round = 0; round < ROUNDS; round++) {
        const item = await table.get(watchKey(id));
        if (!item) return null;
        const changed: Watch = { ...fromJson<Watch>(item), ...change };
        // Index keys follow from several fields, so the whole item is written, if nobody else wrote it meanwhile.
        const unchanged = { condition: "#json = :json", values: { ":json": text(item, "json") } };
        if (await table.put(watchItem(changed), unchanged)) return changed;
      }
      throw new Error(`watch ${id} was changed by others ${ROUNDS} times in a row`);
    },
  };
}

/** One item of each watch, by the watch's id. */
const byWatch = <T>(items: readonly Item[]): ReadonlyMap<WatchId, T> =>
  new Map(items.map((item) => [text(item, "pk").slice(partitionOf("").length), fromJson<T>(item)]));

/** Indexed under its cadence while it is active, and in the list of watches until it is removed. */
function watchItem(watch: Watch): Item & Key {
  const { id, added, status, cadenceSeconds } = watch;
  if (cadenceClass(cadenceSeconds) !== cadenceSeconds) throw new RangeError(`no cadence class: ${cadenceSeconds} s`);
  return {
    ...watchKey(id),
    status,
    json: JSON.stringify(watch),
    ...(status === "active" && dueKey(watch)),
    ...(status !== "removed" && { recentPk: WATCHES, recentSk: `${added}#${id}` }),
  };
}

const stateItem = (id: WatchId): Item & Key => ({ ...stateKey(id), newest: 0, json: JSON.stringify(NEW_STATE) });
