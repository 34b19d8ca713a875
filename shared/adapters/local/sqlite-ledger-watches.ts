import { cadenceClass, phaseOf } from "../../domain/cadence.ts";
import type { Revision } from "../../domain/revision.ts";
import { NEW_STATE, type Watch, type WatchState } from "../../domain/watch.ts";
import type { Ledger, Overview } from "../../ports/ledger.ts";
import type { LedgerFile, Row } from "./sqlite-ledger-file.ts";
import { fromJson, onePast, pageOf, text } from "./sqlite-ledger-rows.ts";

const PUT = `INSERT INTO watches (id, added, status, cadence, phase, json) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET added = excluded.added, status = excluded.status, cadence = excluded.cadence,
    phase = excluded.phase, json = excluded.json`;

const LISTED = `SELECT added || '#' || id AS position, json FROM watches
  WHERE status <> 'removed' AND (added, id) > (?, ?) ORDER BY added, id LIMIT ?`;

const OVERVIEWS = `SELECT listed.position, listed.json, states.json AS state, revisions.json AS newest
  FROM (SELECT added, id, added || '#' || id AS position, json FROM watches
    WHERE status <> 'removed' AND (added, id) > (?, ?) ORDER BY added, id LIMIT ?) AS listed
  JOIN states ON states.watch_id = id
  LEFT JOIN revisions ON revisions.watch_id = id AND revisions.number = states.newest
  ORDER BY added, id`;

/** What is watched. */
export function watchesIn(
  file: LedgerFile,
): Pick<Ledger, "addWatch" | "watch" | "watches" | "overviews" | "watchesById" | "changeWatch"> {
  const find = (id: string): Watch | null => {
    const row = file.get("SELECT json FROM watches WHERE id = ?", id);
    return row ? fromJson<Watch>(row) : null;
  };
  const put = (watch: Watch): void => {
    const { id, added, status, cadenceSeconds } = watch;
    if (cadenceClass(cadenceSeconds) !== cadenceSeconds) throw new RangeError(`no cadence class: ${cadenceSeconds} s`);
    file.run(PUT, id, added, status, cadenceSeconds, phaseOf(id, cadenceSeconds), JSON.stringify(watch));
  };
  return {
    addWatch: async (watch) =>
      file.atomically(() => {
        const known = find(watch.id);
        if (known && known.status !== "removed") return { watch: known, added: false };
        put(watch);
        file.run(
          "INSERT INTO states (watch_id, checked, newest, json) VALUES (?, NULL, 0, ?) ON CONFLICT DO NOTHING",
          watch.id,
          JSON.stringify(NEW_STATE),
        );
        return { watch, added: true };
      }),
    watch: async (id) => find(id),
    watches: async (page) => {
      const rows = file.all(LISTED, ...positionIn(page.after), onePast(page));
      return pageOf(rows, page, fromJson<Watch>, (row) => text(row, "position"));
    },
    overviews: async (page) => {
      const rows = file.all(OVERVIEWS, ...positionIn(page.after), onePast(page));
      return pageOf(rows, page, overviewOf, (row) => text(row, "position"));
    },
    watchesById: async (ids) => {
      const rows = file.all(
        "SELECT json FROM watches WHERE id IN (SELECT value FROM json_each(?))",
        JSON.stringify(ids),
      );
      return new Map(rows.map((row) => fromJson<Watch>(row)).map((watch) => [watch.id, watch]));
    },
    changeWatch: async (id, change) =>
      file.atomically(() => {
        const known = find(id);
        if (!known) return null;
        const changed: Watch = { ...known, ...change };
        put(changed);
        return changed;
      }),
  };
}

/** Out of a row with the watch and its state, and the newest revision where there is one. */
export const overviewOf = (row: Row): Overview => ({
  watch: fromJson<Watch>(row),
  state: fromJson<WatchState>(row, "state"),
  newest: row.newest === null ? null : fromJson<Revision>(row, "newest"),
});

function positionIn(after: string | undefined): [added: string, id: string] {
  const [added = "", id = ""] = after?.split("#") ?? [];
  return [added, id];
}
