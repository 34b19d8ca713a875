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

/** What is listed and told across watches. */
export function happeningsIn(file: LedgerFile): Pick<Ledger, "recent" | "outbox" | "markTold"> {
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
      file.run("UPDATE happenings SET untold = 0 WHERE position = ? AND untold = 1", positionOf(happening));
    },
  };
}

/** Where a happening stands among all: by its instant, then by its key. */
export const positionOf = (happening: Happening): string => `${happening.at}#${happeningKey(happening)}`;

function happeningOf(row: Row): Happening {
  const url = text(row, "url");
  if (row.revision !== null) {
    const revision = fromJson<Revision>(row, "revision");
    return { kind: "revision", at: revision.firstSeen, url, revision };
  }
  const event = fromJson<AvailabilityEvent>(row, "event");
  return { kind: "event", at: event.at, url, event };
}
