import type { Capture } from "../../domain/capture.ts";
import type { AvailabilityEvent, Revision } from "../../domain/revision.ts";
import type { RotatingPlace } from "../../domain/rotation.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { LedgerFile } from "./sqlite-ledger-file.ts";
import { positionOf, unindex } from "./sqlite-ledger-happenings.ts";
import { fromJson, onePast, pageOf, text } from "./sqlite-ledger-rows.ts";
import { overviewOf } from "./sqlite-ledger-watches.ts";

/** Plain placeholders: node:sqlite before 22.20 cannot bind one value to two of them. */
const SETTLE = `UPDATE states SET checked = ?, newest = ?, json = ?
  WHERE watch_id = ? AND (checked IS NULL OR checked < ?) AND newest <= ?`;

const NEWEST = "(SELECT json FROM revisions WHERE watch_id = id ORDER BY number DESC LIMIT 1) AS newest";
const OF_WATCH = "FROM watches JOIN states ON states.watch_id = id WHERE id = ?";
const OVERVIEW = `SELECT watches.json, states.json AS state, ${NEWEST} ${OF_WATCH}`;
const STANDING = `SELECT watches.json, states.json AS state, ${NEWEST},
    (SELECT json FROM rotating WHERE watch_id = id) AS rotating ${OF_WATCH}`;

const CAPTURES = `SELECT at, record_id, json FROM captures
  WHERE watch_id = ? AND (at, record_id) < (?, ?) ORDER BY at DESC, record_id DESC LIMIT ?`;

const ROTATING = `INSERT INTO rotating (watch_id, at, json) VALUES (?, ?, ?)
  ON CONFLICT (watch_id) DO UPDATE SET at = excluded.at, json = excluded.json WHERE excluded.at > at`;

const HAPPENED = "INSERT INTO happenings (position, url, watch_id, number, event, untold) VALUES (?, ?, ?, ?, ?, ?)";

/** Sorts after every key: keys and instants begin with a digit. */
const AFTER_ALL = "~";

/** What was recorded of a watch: state, revisions, events, captures. */
export function recordsIn(
  file: LedgerFile,
): Pick<
  Ledger,
  | "standing"
  | "overview"
  | "recordRevision"
  | "recordEvent"
  | "settle"
  | "recordRotating"
  | "recordCapture"
  | "revision"
  | "revisions"
  | "revisionWithReading"
  | "event"
  | "events"
  | "newestEvent"
  | "captures"
  | "hasCapture"
> {
  const revisionWhere = (condition: string, ...values: (string | number)[]): Revision | null => {
    const row = file.get(`SELECT json FROM revisions WHERE ${condition} ORDER BY number DESC LIMIT 1`, ...values);
    return row ? fromJson<Revision>(row) : null;
  };
  return {
    standing: async (id) => {
      const row = file.get(STANDING, id);
      if (!row) return null;
      return { ...overviewOf(row), rotating: row.rotating === null ? [] : fromJson<RotatingPlace[]>(row, "rotating") };
    },
    overview: async (id) => {
      const row = file.get(OVERVIEW, id);
      return row ? overviewOf(row) : null;
    },
    recordRevision: async (revision, url) =>
      file.atomically(() => {
        const { watchId, number, reading, cause, change } = revision;
        const written = file.run(
          "INSERT INTO revisions (watch_id, number, reading, json) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
          watchId,
          number,
          reading,
          JSON.stringify(revision),
        );
        if (written === 0) return false;
        if (change && cause === "edit") {
          const position = positionOf({ kind: "revision", at: revision.firstSeen, url, revision });
          file.run(HAPPENED, position, url, watchId, number, null, 1);
        } else unindex(file, revision);
        return true;
      }),
    recordEvent: async (event, url) =>
      file.atomically(() => {
        const { watchId, key, toldWith } = event;
        const written = file.run(
          "INSERT INTO events (watch_id, key, json) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
          watchId,
          key,
          JSON.stringify(event),
        );
        if (written === 0) return false;
        const position = positionOf({ kind: "event", at: event.at, url, event });
        file.run(HAPPENED, position, url, watchId, null, key, toldWith === undefined ? 1 : 0);
        return true;
      }),
    settle: async (id, state) => {
      const { checked, newest } = state;
      return checked !== null && file.run(SETTLE, checked, newest, JSON.stringify(state), id, checked, newest) > 0;
    },
    recordRotating: async (id, places, at) => {
      file.run(ROTATING, id, at, JSON.stringify(places));
    },
    recordCapture: async (capture) => {
      file.run(
        "INSERT INTO captures (watch_id, at, record_id, json) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        capture.watchId,
        capture.at,
        capture.recordId,
        JSON.stringify(capture),
      );
    },
    revision: async (id, number) => revisionWhere("watch_id = ? AND number = ?", id, number),
    revisionWithReading: async (id, reading, before) =>
      revisionWhere("watch_id = ? AND reading = ? AND number < ?", id, reading, before),
    revisions: async (id, page) => {
      const rows = file.all(
        "SELECT number, json FROM revisions WHERE watch_id = ? AND number < ? ORDER BY number DESC LIMIT ?",
        id,
        page.after === undefined ? Number.MAX_SAFE_INTEGER : Number(page.after),
        onePast(page),
      );
      return pageOf(rows, page, fromJson<Revision>, (row) => String(row.number));
    },
    newestEvent: async (id) => {
      const row = file.get("SELECT json FROM events WHERE watch_id = ? ORDER BY key DESC LIMIT 1", id);
      return row ? fromJson<AvailabilityEvent>(row) : null;
    },
    event: async (id, key) => {
      const row = file.get("SELECT json FROM events WHERE watch_id = ? AND key = ?", id, key);
      return row ? fromJson<AvailabilityEvent>(row) : null;
    },
    events: async (id, page) => {
      const rows = file.all(
        "SELECT key, json FROM events WHERE watch_id = ? AND key < ? ORDER BY key DESC LIMIT ?",
        id,
        page.after ?? AFTER_ALL,
        onePast(page),
      );
      return pageOf(rows, page, fromJson<AvailabilityEvent>, (row) => text(row, "key"));
    },
    captures: async (id, page) => {
      const [at = "", recordId = ""] = page.after?.split("#") ?? [AFTER_ALL];
      const rows = file.all(CAPTURES, id, at, recordId, onePast(page));
      return pageOf(rows, page, fromJson<Capture>, (row) => `${text(row, "at")}#${text(row, "record_id")}`);
    },
    hasCapture: async (id, at, recordId) =>
      file.get("SELECT 1 FROM captures WHERE watch_id = ? AND at = ? AND record_id = ?", id, at, recordId) !==
      undefined,
  };
}
