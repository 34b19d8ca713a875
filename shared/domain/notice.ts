import type { Channel } from "./channel.ts";
import { type Happening, happeningKey } from "./happening.ts";
import { receiverOf, type Subscription, type SubscriptionId } from "./subscription.ts";
import { type Instant, toDigits } from "./time.ts";
import type { WatchId } from "./watch.ts";

/** URL- and file-safe. The same notice always has the same: whoever honours it shows the notice once. */
export type NoticeId = string;

/** What a notice tells. */
export type NoticeSubject =
  /** One happening, by its key. */
  | { readonly kind: "happening"; readonly key: string }
  /** What gathered for the subscription in this box to be told by `until`, when the notice was due; absent in older ones. */
  | { readonly kind: "gathered"; readonly box: Box; readonly until?: Instant }
  /** How the monitor fared since then. */
  | { readonly kind: "summary"; readonly since: Instant }
  | { readonly kind: "trouble"; readonly trouble: Trouble }
  /** Asks the address whether it wants the subscription. */
  | { readonly kind: "confirmation" };

/** Where happenings gather that are told together: `digest`, or a watch that is edited again and again. */
export type Box = "digest" | WatchId;

/** What the operator should know of at once. */
export type Trouble =
  /** No watch was checked for three of its intervals. `last`: the newest check there was. */
  | { readonly kind: "silent"; readonly last: Instant | null }
  | {
      readonly kind: "suspended";
      readonly subscription: SubscriptionId;
      readonly address: string;
      readonly reason: string;
    };

/**
 * `waiting` until it is `delivered`, given up as `dead` (an operator can have it tried again), or `dropped` because
 * nobody wants it any more.
 */
export type NoticeState = "waiting" | "delivered" | "dead" | "dropped";

/** One message to one subscription, and what became of it. */
export interface NoticeRecord {
  readonly id: NoticeId;
  readonly subscription: SubscriptionId;
  readonly channel: Channel;
  /** Whose server takes it (`receiverOf`), as its subscription stood when it was made: so that a slow one gets a queue of its own. */
  readonly receiver?: string;
  readonly subject: NoticeSubject;
  readonly state: NoticeState;
  readonly created: Instant;
  /** Of a waiting one: not sent before. While a sender has it, when it is free again should the sender die. */
  readonly due: Instant;
  /** Deliveries begun. */
  readonly attempts: number;
  /** Giving up counts from then on; absent: from `created`. What we held back, or send anew, was not given its time before. */
  readonly since?: Instant;
  /** Of one that is no longer waiting. */
  readonly settled?: Instant;
  /** Why the last attempt failed, or why it was given up or dropped: one line. */
  readonly detail?: string;
}

export const happeningNoticeId = (happening: Happening, subscription: SubscriptionId): NoticeId =>
  `${happeningKey(happening)}.${subscription}`;

/** A digest of all that gathered until it is due; of one watch's burst when the box is a watch. */
export const gatheredNoticeId = (box: Box, due: Instant, subscription: SubscriptionId): NoticeId =>
  box === "digest" ? `${subscription}.digest-${minuteOf(due)}` : `${box}.burst-${minuteOf(due)}.${subscription}`;

export const summaryNoticeId = (subscription: SubscriptionId, due: Instant): NoticeId =>
  `${subscription}.summary-${minuteOf(due)}`;

/** The same trouble on the same day is one notice. */
export const troubleNoticeId = (subscription: SubscriptionId, trouble: Trouble, at: Instant): NoticeId =>
  `${subscription}.${trouble.kind}${trouble.kind === "suspended" ? `-${trouble.subscription}` : ""}-${toDigits(at).slice(0, 8)}`;

export const confirmationNoticeId = (subscription: SubscriptionId, asked: Instant): NoticeId =>
  `${subscription}.confirm-${toDigits(asked)}`;

/** A notice that nobody has tried to send yet. */
export function newNotice(
  id: NoticeId,
  subscription: Pick<Subscription, "id" | "channel" | "address">,
  { created, due = created, subject }: Pick<NoticeRecord, "created" | "subject"> & { readonly due?: Instant },
): NoticeRecord {
  const receiver = receiverOf(subscription);
  const { id: whose, channel } = subscription;
  const to = { subscription: whose, channel, ...(receiver !== undefined && { receiver }) };
  return { id, ...to, subject, state: "waiting", created, due, attempts: 0 };
}

const minuteOf = (instant: Instant): string => toDigits(instant).slice(0, 12);

/** How a claimed notice ends, or goes on waiting. */
export type NoticeEnd =
  | { readonly state: "delivered" }
  | { readonly state: "dead" | "dropped"; readonly detail: string }
  /**
   * Tried again from `due` on; `unsent`: nothing was sent, so it was no attempt. `by` us: its time begins anew then, since
   * no receiver failed it.
   */
  | {
      readonly state: "waiting";
      readonly due: Instant;
      readonly detail: string;
      readonly unsent?: true;
      readonly by?: "us";
    };

/** A waiting notice while somebody sends it: nobody else may before `until`. */
export const claimedNotice = (notice: NoticeRecord, until: Instant): NoticeRecord => ({
  ...notice,
  due: until,
  attempts: notice.attempts + 1,
});

/** A claimed notice after what became of it. */
export function endedNotice(claimed: NoticeRecord, end: NoticeEnd, now: Instant): NoticeRecord {
  const { detail: _, ...notice } = claimed;
  if (end.state === "delivered") return { ...notice, state: "delivered", settled: now };
  const { state, detail } = end;
  if (end.state !== "waiting") return { ...notice, state, detail, settled: now };
  const since = end.by === "us" ? { since: end.due } : {};
  return { ...notice, ...since, due: end.due, detail, attempts: notice.attempts - (end.unsent ? 1 : 0) };
}

/** A settled notice that is to be sent again as if nobody had tried; what it was made at stays, which keys go by. */
export function redrivenNotice(notice: NoticeRecord, now: Instant): NoticeRecord {
  const { settled: _, detail: __, ...rest } = notice;
  return { ...rest, state: "waiting", since: now, due: now, attempts: 0 };
}
