import { happeningKey } from "../../domain/happening.ts";
import type { Gathered, GatheringLedger } from "../../ports/notice-ledger.ts";
import type { LedgerFile, Row } from "./sqlite-ledger-file.ts";
import { onePast, pageOf, text } from "./sqlite-ledger-rows.ts";

/** What waits to be told together. */
export function gatheredIn(file: LedgerFile): GatheringLedger {
  return {
    beginTelling: async (happening, now) =>
      file.atomically(() => {
        const key = happeningKey(happening);
        file.run("INSERT INTO tellings (happening, at) VALUES (?, ?) ON CONFLICT DO NOTHING", key, now);
        const row = file.get("SELECT at FROM tellings WHERE happening = ?", key);
        return row ? text(row, "at") : now;
      }),
    gather: async ({ subscription, box, at, key, due }) =>
      file.atomically(() => {
        const insert = `INSERT INTO gathered (subscription, box, at, happening, due, told) VALUES (?, ?, ?, ?, ?, NULL)
          ON CONFLICT DO NOTHING`;
        file.run(insert, subscription, box, at, key, due);
        const where = "subscription = ? AND box = ? AND at = ? AND happening = ?";
        const row = file.get(`SELECT told FROM gathered WHERE ${where}`, subscription, box, at, key);
        return row?.told === null ? "waiting" : "told";
      }),
    gathered: async (subscription, box, due, page) => {
      const [at = "", key = ""] = page.after?.split("#") ?? [];
      const rows = file.all(
        `SELECT subscription, box, at, happening, due, at || '#' || happening AS position FROM gathered
         WHERE subscription = ? AND box = ? AND due <= ? AND told IS NULL AND (at, happening) > (?, ?)
         ORDER BY at, happening LIMIT ?`,
        subscription,
        box,
        due,
        at,
        key,
        onePast(page),
      );
      return pageOf(rows, page, gatheredOf, (row) => text(row, "position"));
    },
    markGatheredTold: async ({ subscription, box, at, key }, now) => {
      const where = "subscription = ? AND box = ? AND at = ? AND happening = ? AND told IS NULL";
      file.run(`UPDATE gathered SET told = ? WHERE ${where}`, now, subscription, box, at, key);
    },
  };
}

const gatheredOf = (row: Row): Gathered => ({
  subscription: text(row, "subscription"),
  box: text(row, "box"),
  at: text(row, "at"),
  key: text(row, "happening"),
  due: text(row, "due"),
});
