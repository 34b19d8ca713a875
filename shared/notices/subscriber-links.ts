import { createHmac, timingSafeEqual } from "node:crypto";
import type { Subscription, SubscriptionId } from "../domain/subscription.ts";
import type { SubscriberLinks } from "../ports/subscriber-links.ts";

/** What a link lets its holder do with one subscription. */
export type SubscriberPurpose = "confirm" | "manage" | "unsubscribe";

/** Paths of the reading room; permanent, since mails name them. The key is the query's. */
const PATHS: Readonly<Record<SubscriberPurpose, (id: SubscriptionId) => string>> = {
  confirm: (id) => `/subscriptions/${id}/confirm`,
  manage: (id) => `/subscriptions/${id}`,
  unsubscribe: (id) => `/subscriptions/${id}/end`,
};

/** Channels whose messages reach one person: what stands in them lets nobody else end or change the subscription. */
const PERSONAL: ReadonlySet<Subscription["channel"]> = new Set(["email"]);

/**
 * The key of a link: it opens one thing with one subscription as it was made, so that an id that is used again opens
 * nothing to who had it before.
 *
 * @param key - the deployment's secret, 32 random characters or more
 */
export const subscriberToken = (
  key: string,
  purpose: SubscriberPurpose,
  { id, address, created }: Pick<Subscription, "id" | "address" | "created">,
): string => createHmac("sha256", key).update(`variorum ${purpose}\n${id}\n${created}\n${address}`).digest("base64url");

/** What the distribution says to the function behind it; of the same secret as the links, and good for none of them. */
export const originToken = (key: string): string =>
  createHmac("sha256", key).update("variorum origin\n").digest("base64url");

/** Whether a link's key is good; takes a time that tells nothing of where it is wrong. */
export function isSubscriberToken(
  given: string,
  key: string,
  purpose: SubscriberPurpose,
  subscription: Pick<Subscription, "id" | "address" | "created">,
): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(subscriberToken(key, purpose, subscription))];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Links with which subscribers confirm, change and end what they hear, without an account.
 * @param room - the reading room's address, without a trailing slash
 */
export function signedLinks({ room, key }: { readonly room: string; readonly key: string }): SubscriberLinks {
  return {
    linksFor(subscription, { confirmation }) {
      const link = (purpose: SubscriberPurpose): string =>
        `${room}${PATHS[purpose](subscription.id)}?key=${subscriberToken(key, purpose, subscription)}`;
      if (!PERSONAL.has(subscription.channel)) return { room: `${room}/` };
      if (confirmation) return { confirm: link("confirm") };
      return { room: `${room}/`, manage: link("manage"), unsubscribe: link("unsubscribe") };
    },
  };
}
