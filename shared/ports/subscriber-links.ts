import type { Subscription } from "../domain/subscription.ts";
import type { MessageLinks } from "./message.ts";

/** Makes the links that a subscriber gets with a message. Signed ones are nobody else's. */
export interface SubscriberLinks {
  /** @param confirmation - the message asks the address for its yes */
  linksFor(subscription: Subscription, options: { readonly confirmation: boolean }): MessageLinks;
}

/** Where there are no pages for subscribers: the reading room's front page, if it has an address. */
export const plainLinks = (room: string | null): SubscriberLinks => ({
  linksFor: () => (room === null ? {} : { room: `${room}/` }),
});
