import { cadenceClass, phaseOf } from "../../domain/cadence.ts";
import { NEW_STATE, type Watch } from "../../domain/watch.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { LedgerFile } from "./sqlite-ledger-file.ts";
import { fromJson, onePast, pageOf, text } from "./sqlite-ledger-rows.ts";

const PUT = `INSERT INTO watches (id, added, status, cadence, phase, json) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET added = excluded.added, status = excluded.status, cadence = excluded.cadence,
    phase = excluded.phase, json = excluded.json`;

/** What is watched. */
export function watchesIn(file: LedgerFile): Pick<Ledger, "addWatch" | "watch" | "watches" | "changeWatch"> {
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
      const rows = file.all(
        `SELECT added || '#' || id AS position, json FROM watches
         WHERE status <> 'removed' AND (added, id) > (?, ?) ORDER BY added, id LIMIT ?`,
        ...positionIn(page.after),
        onePast(page),
      );
      return pageOf(rows, page, fromJson<Watch>, (row) => text(row, "position"));
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

function positionIn(after: string | undefined): [added: string, id: string] {
  const [added = "", id = ""] = after?.split("#") ?? [];
  return [added, id];
}
