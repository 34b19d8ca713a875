import { claimedNotice, endedNotice, type NoticeRecord, redrivenNotice } from "../../domain/notice.ts";
import type { PageRequest } from "../../ports/ledger.ts";
import { type DeliveryLedger, NOTICE_KEPT_DAYS } from "../../ports/notice-ledger.ts";
import { fromJson, onePast, pageOf, text } from "./dynamo-ledger-items.ts";
import { DEAD, LAST, noticeKey, noticesPartition, waitingPartition } from "./dynamo-ledger-keys.ts";
import type { Item, Key, LedgerTable } from "./dynamo-ledger-table.ts";

/** Notices and what became of them. */
export function noticesIn(table: LedgerTable): DeliveryLedger {
  const find = async (id: string): Promise<NoticeRecord | null> => {
    const item = await table.get(noticeKey(id));
    return item && fromJson<NoticeRecord>(item);
  };
  /** Writes the next version of a notice if nobody wrote one meanwhile. */
  const replace = async (known: NoticeRecord, next: NoticeRecord): Promise<NoticeRecord | null> => {
    const unchanged = {
      condition: "#state = :state AND #due = :due AND #created = :created",
      values: { ":state": known.state, ":due": known.due, ":created": known.created },
    };
    return (await table.put(noticeItem(next), unchanged)) ? next : null;
  };
  const inOutbox = async (partition: string, until: string, page: PageRequest) =>
    pageOf(
      table.items({
        index: "outbox",
        where: "#outboxPk = :partition AND #outboxSk BETWEEN :after AND :until",
        values: { ":partition": partition, ":after": page.after ? `${page.after}!` : "0", ":until": `${until}${LAST}` },
        limit: onePast(page),
      }),
      page,
      fromJson<NoticeRecord>,
      (item) => text(item, "outboxSk"),
    );
  return {
    addNotice: async (notice) => {
      for (;;) {
        if (await table.put(noticeItem(notice), { condition: "attribute_not_exists(#pk)" })) return null;
        const known = await find(notice.id);
        if (known) return known; // else it was just forgotten
      }
    },
    notice: find,
    claimNotice: async (id, now, until) => {
      const notice = await find(id);
      return notice?.state === "waiting" && notice.due <= now ? replace(notice, claimedNotice(notice, until)) : null;
    },
    settleNotice: async (claimed, end, now) => (await replace(claimed, endedNotice(claimed, end, now))) !== null,
    waitingNotices: (channel, until, page) => inOutbox(waitingPartition(channel), until, page),
    deadNotices: (page) => inOutbox(DEAD, LAST, page),
    noticesOf: async (subscription, page) =>
      pageOf(
        table.items({
          index: "recent",
          where: "#recentPk = :notices AND #recentSk < :before",
          values: { ":notices": noticesPartition(subscription), ":before": page.after || LAST },
          descending: true,
          limit: onePast(page),
        }),
        page,
        fromJson<NoticeRecord>,
        (item) => text(item, "recentSk"),
      ),
    redriveNotice: async (id, now) => {
      const notice = await find(id);
      return notice && notice.state !== "waiting" ? replace(notice, redrivenNotice(notice, now)) : null;
    },
  };
}

/** Indexed under its channel while it waits, among the dead when it was given up, and always under its subscription. */
function noticeItem(notice: NoticeRecord): Item & Key {
  const { id, subscription, channel, state, created, due, settled } = notice;
  const keptSeconds = NOTICE_KEPT_DAYS * 86_400;
  return {
    ...noticeKey(id),
    state,
    due,
    created,
    json: JSON.stringify(notice),
    recentPk: noticesPartition(subscription),
    recentSk: `${created}#${id}`,
    ...(state === "waiting" && { outboxPk: waitingPartition(channel), outboxSk: `${due}#${id}` }),
    ...(state === "dead" && { outboxPk: DEAD, outboxSk: `${settled}#${id}` }),
    ...(settled !== undefined && { expires: Math.floor(Date.parse(settled) / 1000) + keptSeconds }),
  };
}
