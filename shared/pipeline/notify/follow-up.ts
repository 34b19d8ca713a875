import { gatheredNoticeId, type NoticeRecord } from "../../domain/notice.ts";
import { addSeconds } from "../../domain/time.ts";
import type { Services } from "../services.ts";
import { type Composed, HELD_BACK_SECONDS } from "./message-of.ts";

/**
 * What a delivery leads to, before its notice is settled: should the process die in between, the notice is sent once
 * more and comes here again.
 *
 * @param reference - of the post, where posts answer one another
 */
export async function followUp(
  notice: NoticeRecord,
  { message, gathered, isFull, isHeldBack }: Composed,
  reference: string | undefined,
  { ledger, clock }: Services,
): Promise<void> {
  const now = clock.now();
  if (reference !== undefined) await ledger.recordPost(notice.subscription, message.thread.key, reference);
  for (let at = 0; at < gathered.length; at += SIDE_BY_SIDE) {
    await Promise.all(gathered.slice(at, at + SIDE_BY_SIDE).map((one) => ledger.markGatheredTold(one, now)));
  }
  const { subject, subscription } = notice;
  if (!(isFull || isHeldBack) || subject.kind !== "gathered") return;
  const due = addSeconds(now, isFull ? REST_AFTER_SECONDS : HELD_BACK_SECONDS);
  const id = gatheredNoticeId(subject.box, due, subscription);
  const rest = { ...notice, id, subject: { ...subject, until: due } };
  await ledger.addNotice({ ...rest, state: "waiting", created: now, due, attempts: 0 });
}

const SIDE_BY_SIDE = 25;

/** So that the next one has an id of its own: ids of things told together name a minute. */
const REST_AFTER_SECONDS = 60;
