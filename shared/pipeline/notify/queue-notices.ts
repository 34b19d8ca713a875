import { MAX_NOTICES_PER_MESSAGE } from "../../config.ts";
import type { NoticeRecord } from "../../domain/notice.ts";
import type { NoticeMessage } from "../../ports/notice-queue.ts";
import type { Services } from "../services.ts";

/** Hands waiting notices to their channels' senders. The ledger has them: what a queue refuses, the next round finds. */
export async function queueNotices(
  notices: readonly Pick<NoticeRecord, "id" | "subscription" | "channel" | "receiver">[],
  { noticeQueue, log }: Pick<Services, "noticeQueue" | "log">,
): Promise<void> {
  if (notices.length === 0) return;
  try {
    await noticeQueue.send(messagesOf(notices));
  } catch (error) {
    log.warn("notices wait for the next round", { notices: notices.length, error: String(error) });
  }
}

function messagesOf(
  notices: readonly Pick<NoticeRecord, "id" | "subscription" | "channel" | "receiver">[],
): NoticeMessage[] {
  const byChannel = Map.groupBy(notices, ({ channel }) => channel);
  return [...byChannel].flatMap(([channel, own]) =>
    Array.from({ length: Math.ceil(own.length / MAX_NOTICES_PER_MESSAGE) }, (_, index) => ({
      channel,
      notices: own
        .slice(index * MAX_NOTICES_PER_MESSAGE, (index + 1) * MAX_NOTICES_PER_MESSAGE)
        .map(({ id, subscription, receiver }) => ({ id, subscription, ...(receiver !== undefined && { receiver }) })),
    })),
  );
}
