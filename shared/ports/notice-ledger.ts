import type { AddressHealth } from "../domain/address-health.ts";
import type { Channel } from "../domain/channel.ts";
import type { Happening } from "../domain/happening.ts";
import type { Box, NoticeEnd, NoticeId, NoticeRecord } from "../domain/notice.ts";
import type { NoticeFilter } from "../domain/notice-filter.ts";
import type { Selector, Subscription, SubscriptionId, SubscriptionStatus } from "../domain/subscription.ts";
import type { Instant } from "../domain/time.ts";
import type { Page, PageRequest } from "./ledger.ts";

/** A filter that several subscriptions use by its name. */
export interface SavedFilter {
  readonly name: string;
  readonly filter: NoticeFilter;
}

export type SubscriptionChange = Partial<
  Pick<
    Subscription,
    | "address"
    | "filter"
    | "rhythm"
    | "perHour"
    | "status"
    | "secret"
    | "template"
    | "language"
    | "confirmed"
    | "givenAddress"
  >
> & { readonly reason?: string | null };

/**
 * The part of the ledger that is about telling. As in the rest of it each method is one atomic step, unknown ids are
 * `null`, `false` or an empty page, and the pipeline is right when it stops between any two.
 */
export interface NoticeLedger extends SubscriptionLedger, GatheringLedger, DeliveryLedger, ReceiverLedger {}

/** Who wants to hear what. */
export interface SubscriptionLedger {
  /** @returns false when the id is taken: what is there stays. Adding the same one again after a crash completes it. */
  addSubscription(subscription: Subscription): Promise<boolean>;
  /** Consistent. */
  subscription(id: SubscriptionId): Promise<Subscription | null>;
  /** All of them, ended ones too, in the order in which they were added. May miss one added in the last second. */
  subscriptions(page: PageRequest): Promise<Page<Subscription>>;
  /** Those of one selector, ended ones too, by id. Consistent. */
  subscriptionsOf(selector: Selector, page: PageRequest): Promise<Page<Subscription>>;
  /**
   * Replaces the given fields; `reason` null takes it away.
   *
   * @param onlyIn - the statuses that the change is for: in another one the subscription stays as it is
   * @returns the subscription as it now stands; null when there is none
   */
  changeSubscription(
    id: SubscriptionId,
    change: SubscriptionChange,
    onlyIn?: readonly SubscriptionStatus[],
  ): Promise<Subscription | null>;
  /** Keeps a filter under its name, in place of the one there was. */
  saveFilter(saved: SavedFilter): Promise<void>;
  /** By name; few. Consistent. */
  savedFilters(): Promise<readonly SavedFilter[]>;
}

/** A happening that waits to be told with others. */
export interface Gathered {
  readonly subscription: SubscriptionId;
  readonly box: Box;
  /** When it happened: the order in which it will be told. */
  readonly at: Instant;
  /** The happening's key. */
  readonly key: string;
  /** Told by the first notice of its box that is due then or later. */
  readonly due: Instant;
}

/** What waits to be told together. */
export interface GatheringLedger {
  /**
   * Notes that a happening is about to be told. @returns when that was first noted: what follows from the time of
   * telling is then the same, however often its telling is begun again
   */
  beginTelling(happening: Happening, now: Instant): Promise<Instant>;
  /** Adds a happening to a box unless the subscription has it in that box. @returns whether a notice has told it already */
  gather(gathered: Gathered): Promise<"waiting" | "told">;
  /** What gathered in a box until `due` and was not told, in the order of `at`. Consistent. */
  gathered(subscription: SubscriptionId, box: Box, due: Instant, page: PageRequest): Promise<Page<Gathered>>;
  /** Idempotent. */
  markGatheredTold(gathered: Gathered, now: Instant): Promise<void>;
}

/** Notices and what became of them. */
export interface DeliveryLedger {
  /** Adds a waiting notice unless its id is taken. @returns the notice that stood there already; null when it was added */
  addNotice(notice: NoticeRecord): Promise<NoticeRecord | null>;
  /** Consistent. A settled one is forgotten after `NOTICE_KEPT_DAYS`. */
  notice(id: NoticeId): Promise<NoticeRecord | null>;
  /**
   * Takes a waiting notice that is due, and counts an attempt: of many that try at once, one gets it. Until `until`
   * nobody else can; then it is free again, settled or not.
   */
  claimNotice(id: NoticeId, now: Instant, until: Instant): Promise<NoticeRecord | null>;
  /** Ends a claim. @returns false when it had run out and somebody else has taken or settled the notice since */
  settleNotice(claimed: NoticeRecord, end: NoticeEnd, now: Instant): Promise<boolean>;
  /** Waiting notices of a channel that are due at `until` or before, the longest waiting first. May miss the last second's. */
  waitingNotices(channel: Channel, until: Instant, page: PageRequest): Promise<Page<NoticeRecord>>;
  /** Those that were given up, oldest first. May miss the last second's. */
  deadNotices(page: PageRequest): Promise<Page<NoticeRecord>>;
  /** A subscription's notices, newest first. May miss the last second's. */
  noticesOf(subscription: SubscriptionId, page: PageRequest): Promise<Page<NoticeRecord>>;
  /** Has a settled notice sent again, as if it were new, under its own id. @returns null for a waiting or unknown one */
  redriveNotice(id: NoticeId, now: Instant): Promise<NoticeRecord | null>;
}

/** For so long it is known that a settled notice was there: webhooks can have it again, and it is not sent twice. */
export const NOTICE_KEPT_DAYS = 30;

export interface AddressFailure
  extends Pick<AddressHealth, "digest" | "channel" | "shown" | "notBefore" | "detail" | "suspended"> {
  readonly at: Instant;
}

/** A limit on how often something may happen in one stretch of time. */
export interface Allowance {
  /** Whose: `subscription:<id>`, `address:<digest>`. */
  readonly key: string;
  /** Begins the stretch: the same for all that share it. */
  readonly from: Instant;
  readonly most: number;
}

/** References of posts that answer one another. */
export interface PostThread {
  readonly root: string;
  readonly last: string;
}

/** Receivers, their health, and what was said to them. */
export interface ReceiverLedger {
  /** Consistent; null for an address that is well. */
  addressHealth(digest: string): Promise<AddressHealth | null>;
  /** Counts a failure; `notBefore` only moves forward, `since` stays that of the first failure in a row. */
  recordAddressFailure(failure: AddressFailure): Promise<void>;
  /** Ends a row of failures, and a suspension. Idempotent. */
  recordAddressWell(digest: string): Promise<void>;
  /** Addresses that failed last time, or are suspended. May miss the last second's. */
  failingAddresses(page: PageRequest): Promise<Page<AddressHealth>>;
  /** Takes one of the turns that an allowance has; a day after its begin it is forgotten. @returns false when all are taken */
  takeTurn(allowance: Allowance): Promise<boolean>;
  /** Consistent. */
  postThread(subscription: SubscriptionId, key: string): Promise<PostThread | null>;
  /** Notes a post: the first of a thread stays its root. */
  recordPost(subscription: SubscriptionId, key: string, reference: string): Promise<void>;
}

/** A subscription with some of its fields replaced. */
export function changedSubscription(
  known: Subscription,
  { reason, ...change }: SubscriptionChange,
  onlyIn: readonly SubscriptionStatus[] = [known.status],
): Subscription {
  if (!onlyIn.includes(known.status)) return known;
  const { reason: before, ...rest } = known;
  const now = reason === undefined ? before : reason;
  return { ...rest, ...change, ...(now !== null && now !== undefined && { reason: now }) };
}
