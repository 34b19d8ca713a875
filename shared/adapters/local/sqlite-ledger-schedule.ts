import { CADENCE_CLASSES, nextDue, wholeSecond } from "../../domain/cadence.ts";
import { addSeconds, type Instant } from "../../domain/time.ts";
import type { Watch } from "../../domain/watch.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { LedgerFile, Row } from "./sqlite-ledger-file.ts";
import { fromJson, text } from "./sqlite-ledger-rows.ts";

/** The earliest pending one stays; one that is not in the future any more is not pending. */
const REQUEST = `INSERT INTO rechecks (watch_id, due) VALUES (?, ?)
  ON CONFLICT (watch_id) DO UPDATE SET due = excluded.due WHERE due <= ? OR due > excluded.due`;

const REQUESTED = `SELECT json, due FROM rechecks JOIN watches ON id = watch_id
  WHERE due > ? AND due <= ? AND status = 'active' ORDER BY due`;

const TICK = `INSERT INTO ticks (one, at) VALUES (1, ?)
  ON CONFLICT (one) DO UPDATE SET at = excluded.at WHERE excluded.at > at`;

/** What is due, what was asked for beside the cadence, and the heartbeat. */
export function scheduleIn(file: LedgerFile): Pick<Ledger, "dueWatches" | "requestCheck" | "lastTick" | "recordTick"> {
  return {
    async *dueWatches(after, until) {
      for (const period of CADENCE_CLASSES) {
        for (const row of dueInClass(file, period, after, until)) {
          const { id, url } = fromJson<Watch>(row);
          // The latest in the window: a check since an earlier one must not pass for this one's.
          yield { watchId: id, url, due: nextDue(id, period, addSeconds(until, -period)) };
        }
      }
      for (const row of file.all(REQUESTED, after, until)) {
        const { id, url } = fromJson<Watch>(row);
        yield { watchId: id, url, due: text(row, "due"), asked: true };
      }
    },
    requestCheck: async (id, at, now) => {
      file.run(REQUEST, id, wholeSecond(at), now);
    },
    lastTick: async () => {
      const row = file.get("SELECT at FROM ticks");
      return row ? text(row, "at") : null;
    },
    recordTick: async (at) => {
      file.run(TICK, at);
    },
  };
}

/** Active watches of one cadence class with a due second in `(after, until]`. */
function dueInClass(file: LedgerFile, period: number, after: Instant, until: Instant): readonly Row[] {
  const first = Math.floor(Date.parse(after) / 1000) + 1;
  const last = Math.floor(Date.parse(until) / 1000);
  if (last < first) return [];
  const active = "SELECT json FROM watches WHERE status = 'active' AND cadence = ?";
  if (last - first + 1 >= period) return file.all(active, period);
  const [from, to] = [first % period, last % period];
  const phases = from <= to ? [[from, to] as const] : [[from, period - 1] as const, [0, to] as const]; // over its end
  return phases.flatMap((bounds) => file.all(`${active} AND phase BETWEEN ? AND ?`, period, ...bounds));
}
