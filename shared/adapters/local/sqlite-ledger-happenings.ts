import { type Happening, happeningKey } from "../../domain/happening.ts";
import type { AvailabilityEvent, Revision } from "../../domain/revision.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { LedgerFile, Row } from "./sqlite-ledger-file.ts";
import { fromJson, onePast, pageOf, text } from "./sqlite-ledger-rows.ts";

const HAPPENINGS = `SELECT position, url, revisions.json AS revision, events.json AS event FROM happenings
  LEFT JOIN revisions USING (watch_id, number)
  LEFT JOIN events ON events.watch_id = happenings.watch_id AND events.key = happenings.event`;

const RECENT = `${HAPPENINGS} WHERE position < ? AND revisions.json ->> 'unlisted' IS NULL
  ORDER BY position DESC LIMIT ?`;
const OUTBOX = `${HAPPENINGS} WHERE untold = 1 AND position > ? ORDER BY position LIMIT ?`;

const UNINDEXED = `SELECT position, json FROM unindexed JOIN revisions USING (watch_id, number)
  WHERE position > ? ORDER BY position LIMIT ?`;

/** With what does not sort by number within one instant: the index takes them in as they come. */
const UNINDEX_ALL = `INSERT INTO unindexed (position, watch_id, number)
  SELECT (json ->> 'firstSeen') || '#' || watch_id || '.r' || number, watch_id, number FROM revisions
  WHERE json ->> 'unlisted' IS NULL ON CONFLICT DO NOTHING`;

/** What is listed, told and searched across watches. */
export function happeningsIn(
  file: LedgerFile,
): Pick<Ledger, "recent" | "outbox" | "markTold" | "unindexed" | "markIndexed" | "unindexAll"> {
  return {
    recent: async (page) => {
      const rows = file.all(RECENT, page.after ?? "~", onePast(page)); // "~" sorts after every instant
      return pageOf(rows, page, happeningOf, (row) => text(row, "position"));
    },
    outbox: async (page) => {
      const rows = file.all(OUTBOX, page.after ?? "", onePast(page));
      return pageOf(rows, page, happeningOf, (row) => text(row, "position"));
    },
    markTold: async (happening) => {
      file.atomically(() => {
        const position = positionOf(happening);
        const left = file.run("UPDATE happenings SET untold = 0 WHERE position = ? AND untold = 1", position);
        if (left > 0 && happening.kind === "revision") unindex(file, happening.revision);
      });
    },
    unindexed: async (page) => {
      const rows = file.all(UNINDEXED, page.after ?? "", onePast(page));
      return pageOf(rows, page, fromJson<Revision>, (row) => text(row, "position"));
    },
    markIndexed: async (revisions) => {
      file.atomically(() => {
        for (const revision of revisions) {
          file.run("DELETE FROM unindexed WHERE position = ?", indexPositionOf(revision));
        }
      });
    },
    unindexAll: async () => {
      file.run(UNINDEX_ALL);
    },
  };
}

/** Where a happening stands among all: by its instant, then by its key. */
export const positionOf = (happening: Happening): string => `${happening.at}#${happeningKey(happening)}`;

const indexPositionOf = ({ firstSeen, watchId, number }: Revision): string => `${firstSeen}#${watchId}.r${number}`;

/** Puts a revision on the search index's list. */
export function unindex(file: LedgerFile, revision: Revision): void {
  if (revision.unlisted) return;
  file.run(
    "INSERT INTO unindexed (position, watch_id, number) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    indexPositionOf(revision),
    revision.watchId,
    revision.number,
  );
}

function happeningOf(row: Row): Happening {
  const url = text(row, "url");
  if (row.revision !== null) {
    const revision = fromJson<Revision>(row, "revision");
    return { kind: "revision", at: revision.firstSeen, url, revision };
  }
  const event = fromJson<AvailabilityEvent>(row, "event");
  return { kind: "event", at: event.at, url, event };
}
