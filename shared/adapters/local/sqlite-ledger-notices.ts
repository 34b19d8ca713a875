import { claimedNotice, endedNotice, type NoticeRecord, redrivenNotice } from "../../domain/notice.ts";
import { addSeconds, type Instant } from "../../domain/time.ts";
import { type DeliveryLedger, NOTICE_KEPT_DAYS } from "../../ports/notice-ledger.ts";
import type { LedgerFile } from "./sqlite-ledger-file.ts";
import { fromJson, onePast, pageOf, text } from "./sqlite-ledger-rows.ts";

const INSERT = `INSERT INTO notices (id, subscription, channel, state, created, due, settled, json)
  VALUES (?, ?, ?, ?, ?, ?, NULL, ?) ON CONFLICT DO NOTHING`;

const UPDATE = "UPDATE notices SET state = ?, created = ?, due = ?, settled = ?, json = ? WHERE id = ?";

/** Each settlement clears away a few that were settled long ago: as many leave as come, and no round has to. */
const FORGET = "DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE settled < ? LIMIT 3)";
const FORGET_GATHERED = `DELETE FROM gathered WHERE (subscription, box, at, happening) IN
  (SELECT subscription, box, at, happening FROM gathered WHERE told < ? LIMIT 3)`;

/** Notices and what became of them. */
export function noticesIn(file: LedgerFile): DeliveryLedger {
  const find = (id: string): NoticeRecord | null => {
    const row = file.get("SELECT json FROM notices WHERE id = ?", id);
    return row ? fromJson<NoticeRecord>(row) : null;
  };
  const put = (notice: NoticeRecord): NoticeRecord => {
    const { id, state, created, due, settled = null } = notice;
    file.run(UPDATE, state, created, due, settled, JSON.stringify(notice), id);
    return notice;
  };
  const forget = (now: Instant): void => {
    const before = addSeconds(now, -NOTICE_KEPT_DAYS * 86_400);
    file.run(FORGET, before);
    file.run(FORGET_GATHERED, before);
  };
  return {
    addNotice: async (notice) => {
      const { id, subscription, channel, state, created, due } = notice;
      const added = file.run(INSERT, id, subscription, channel, state, created, due, JSON.stringify(notice));
      return added > 0 ? null : find(id);
    },
    notice: async (id) => find(id),
    claimNotice: async (id, now, until) =>
      file.atomically(() => {
        const notice = find(id);
        return notice?.state === "waiting" && notice.due <= now ? put(claimedNotice(notice, until)) : null;
      }),
    settleNotice: async (claimed, end, now) =>
      file.atomically(() => {
        const notice = find(claimed.id);
        if (notice?.state !== "waiting" || notice.due !== claimed.due) return false;
        put(endedNotice(notice, end, now));
        forget(now);
        return true;
      }),
    waitingNotices: async (channel, until, page) => {
      const [due = "", id = ""] = page.after?.split("#") ?? [];
      const rows = file.all(
        `SELECT due || '#' || id AS position, json FROM notices WHERE state = 'waiting' AND channel = ?
         AND due <= ? AND (due, id) > (?, ?) ORDER BY due, id LIMIT ?`,
        channel,
        until,
        due,
        id,
        onePast(page),
      );
      return pageOf(rows, page, fromJson<NoticeRecord>, (row) => text(row, "position"));
    },
    deadNotices: async (page) => {
      const [settled = "", id = ""] = page.after?.split("#") ?? [];
      const rows = file.all(
        `SELECT settled || '#' || id AS position, json FROM notices WHERE state = 'dead' AND (settled, id) > (?, ?)
         ORDER BY settled, id LIMIT ?`,
        settled,
        id,
        onePast(page),
      );
      return pageOf(rows, page, fromJson<NoticeRecord>, (row) => text(row, "position"));
    },
    noticesOf: async (subscription, page) => {
      const [created = "~", id = ""] = page.after?.split("#") ?? []; // "~" sorts after every instant
      const rows = file.all(
        `SELECT created || '#' || id AS position, json FROM notices WHERE subscription = ? AND (created, id) < (?, ?)
         ORDER BY created DESC, id DESC LIMIT ?`,
        subscription,
        created,
        id,
        onePast(page),
      );
      return pageOf(rows, page, fromJson<NoticeRecord>, (row) => text(row, "position"));
    },
    redriveNotice: async (id, now) =>
      file.atomically(() => {
        const notice = find(id);
        return notice && notice.state !== "waiting" ? put(redrivenNotice(notice, now)) : null;
      }),
  };
}
