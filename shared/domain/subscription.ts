import { type Channel, isPublicChannel } from "./channel.ts";
import { sha256 } from "./digest.ts";
import { mailboxKey, shownMailbox } from "./mailbox.ts";
import { DEFAULT_FILTER, type NoticeFilter } from "./notice-filter.ts";
import type { Rhythm } from "./rhythm.ts";
import { sourcesOf } from "./source.ts";
import type { Instant } from "./time.ts";
import type { Watch, WatchId } from "./watch.ts";

/** Short, URL- and file-safe, never reused. */
export type SubscriptionId = string;

/**
 * Which happenings a subscription is asked about. A source is named by its host or a domain above it. `operations` hears of none: it is told how the monitor itself fares.
 */
export type Selector = "everything" | "operations" | `source:${string}` | `tag:${string}` | `watch:${WatchId}`;

/** `pending` until its address said yes; `suspended` while its address cannot be reached, or by the operator's hand. */
export type SubscriptionStatus = "pending" | "active" | "suspended" | "ended";

/** Who wants to hear what, where and when. */
export interface Subscription {
  readonly id: SubscriptionId;
  readonly channel: Channel;
  /**
   * Where the channel brings it: a mail address, a webhook's URL, a topic's ARN, an account (`accountOf`); of the outbox its folder
   * below the monitor's, of the console `terminal`. A webhook's URL is a secret: show `shownAddress`.
   */
  readonly address: string;
  /** Never changes: it is part of the subscription's place in the ledger. */
  readonly selector: Selector;
  /** Its own, or the name of a saved one. */
  readonly filter: NoticeFilter | { readonly saved: string };
  readonly rhythm: Rhythm;
  /** At-once notices in one hour; what comes beyond is told together at the hour's end. */
  readonly perHour: number;
  readonly status: SubscriptionStatus;
  /** Of a suspended or ended one: why, in one line. */
  readonly reason?: string;
  /** Signs what a webhook gets; an account's access token or app password. */
  readonly secret?: string;
  /** Of a webhook that wants a form of its own: JSON whose texts name parts of the notice, as in `{"text": "{markdown}"}`. */
  readonly template?: string;
  /** BCP 47: the language of our words to it. */
  readonly language: string;
  readonly created: Instant;
  /** Of one that was there before anybody asked: the address that the monitor gave it. Another is a person's choice. */
  readonly givenAddress?: string;
  /** When its address said yes; absent where the operator vouched for it. */
  readonly confirmed?: Instant;
}

/** The selectors under which a watch's happenings are asked for subscriptions. */
export const selectorsOf = ({ id, url, tags }: Pick<Watch, "id" | "url" | "tags">): readonly Selector[] => [
  "everything",
  `watch:${id}`,
  ...sourcesOf(url).map((name): Selector => `source:${name}`),
  ...tags.map((tag): Selector => `tag:${tag}`),
];

/** What a subscription has when its owner said nothing else. */
export const SUBSCRIPTION_DEFAULTS = {
  filter: DEFAULT_FILTER,
  rhythm: { kind: "at-once", timeZone: "UTC", at: "08:00", weekday: 1, rest: "daily" } satisfies Rhythm as Rhythm,
  perHour: 60,
  language: "en",
} as const;

/** Of an account that anybody reads: substantive changes alone, few in an hour, and no digest of the rest. */
const ACCOUNT_DEFAULTS = {
  ...SUBSCRIPTION_DEFAULTS,
  filter: { availability: false, changes: { significance: "substantive" } } satisfies NoticeFilter as NoticeFilter,
  rhythm: { ...SUBSCRIPTION_DEFAULTS.rhythm, rest: "nothing" } satisfies Rhythm as Rhythm,
  perHour: 6,
} as const;

/**
 * What a subscription by a channel has when its owner said nothing else.
 * @param perHour - the operator's setting; an account that anybody reads has fewer
 */
export const subscriptionDefaults = (
  channel: string,
  perHour: number,
): Pick<Subscription, keyof typeof SUBSCRIPTION_DEFAULTS> =>
  isPublicChannel(channel)
    ? { ...ACCOUNT_DEFAULTS, perHour: Math.min(perHour, ACCOUNT_DEFAULTS.perHour) }
    : { ...SUBSCRIPTION_DEFAULTS, perHour };

/** Names an address without telling it: what is known of its health stands under it, whichever subscriptions share it. */
export const addressDigest = ({ channel, address }: Pick<Subscription, "channel" | "address">): string =>
  sha256(`${channel}\n${channel === "email" ? mailboxKey(address) : address}`).slice(0, 32);

/**
 * Whose server takes what is sent to an address: the host of a web address, which may be slow for all who are reached by
 * it. Undefined where the channel's own service takes everything.
 */
export function receiverOf({ address }: Pick<Subscription, "address">): string | undefined {
  const url = URL.parse(address);
  return url && /^https?:$/.test(url.protocol) ? url.host : undefined;
}

/** Names that server: what is known of it stands beside what is known of its addresses. Null where there is none. */
export function serverDigest(subscription: Pick<Subscription, "channel" | "address">): string | null {
  const receiver = receiverOf(subscription);
  return receiver === undefined ? null : sha256(`server\n${subscription.channel}\n${receiver}`).slice(0, 32);
}

/** An address as others may see it: of a mail address the first letter and the domain, of a URL the host; an account is no secret. */
export function shownAddress({ channel, address }: Pick<Subscription, "channel" | "address">): string {
  if (channel === "email" && address.lastIndexOf("@") > 0) return shownMailbox(address);
  return isPublicChannel(channel) ? address : URL.parse(address)?.host || address;
}
