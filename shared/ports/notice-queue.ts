import * as v from "valibot";
import { CHANNELS, type Channel } from "../domain/channel.ts";
import type { NoticeId } from "../domain/notice.ts";
import type { SubscriptionId } from "../domain/subscription.ts";

/** Notices of one channel that are waiting to be sent. */
export interface NoticeMessage {
  readonly channel: Channel;
  /** With whom each is for, so that one slow receiver holds up none of the others. */
  readonly notices: readonly QueuedNotice[];
}

export interface QueuedNotice {
  readonly id: NoticeId;
  readonly subscription: SubscriptionId;
  /** Whose server takes it, where the channel has many. */
  readonly receiver?: string;
}

/**
 * Brings waiting notices to their channel's senders soon. The ledger is the truth: what this loses, the next round of
 * `requeue` finds there, and what it brings twice, the claim drops. So it may forget, repeat and reorder.
 */
export interface NoticeQueue {
  /** Up to `MAX_NOTICES_PER_MESSAGE` notices in each. @param delaySeconds - not before so long from now: 0 to 900 */
  send(messages: readonly NoticeMessage[], delaySeconds?: number): Promise<void>;
}

const NAME = v.pipe(v.string(), v.nonEmpty());
const MESSAGE = v.object({
  channel: v.picklist(CHANNELS),
  notices: v.pipe(v.array(v.object({ id: NAME, subscription: NAME, receiver: v.exactOptional(NAME) })), v.nonEmpty()),
});

/** The message that `JSON.stringify` made a body of. @throws Error when the body is none: a bug, or somebody else's */
export const parseNoticeMessage = (body: string): NoticeMessage => v.parse(MESSAGE, JSON.parse(body));
