import type { Happening } from "../domain/happening.ts";
import type { Subscription, SubscriptionId } from "../domain/subscription.ts";

export type Asked =
  /** The address was asked; it hears nothing until it says yes. */
  | { readonly kind: "asked"; readonly subscription: Subscription }
  | { readonly kind: "wrong"; readonly problem: string }
  /** Too many from this client, to this address, or altogether. */
  | { readonly kind: "too-many"; readonly of: "address" | "client" | "all" };

/** What a subscriber decides, unchecked. */
export interface SubscriberWish {
  readonly address: unknown;
  readonly selector: unknown;
  readonly filter: unknown;
  readonly rhythm: unknown;
}

/** Where people subscribe by mail without an account, and change or end what they hear. Whoever calls has checked links. */
export interface SubscriberDesk {
  /** The deployment's secret that signs subscribers' links: 32 random characters or more. */
  readonly key: string;
  /** @param client - who asks, as far as the network tells */
  ask(wish: SubscriberWish, client: string): Promise<Asked>;
  /** @returns the subscription as it now stands; null when there is none */
  confirm(id: SubscriptionId): Promise<Subscription | null>;
  /** @returns what is wrong with the change; null when it is made */
  change(id: SubscriptionId, change: Pick<SubscriberWish, "rhythm"> & Partial<SubscriberWish>): Promise<string | null>;
  /** Idempotent. */
  end(id: SubscriptionId): Promise<void>;
  /**
   * What a filter would have sent of the newest happenings, newest first.
   *
   * @returns what is wrong with it as a text; null when this client asked too often
   */
  preview(
    filter: unknown,
    selector: unknown,
    client: string,
  ): Promise<string | null | readonly { readonly happening: Happening; readonly passes: boolean }[]>;
}

/** For so long an address can say yes. */
export const CONFIRMATION_DAYS = 3;
