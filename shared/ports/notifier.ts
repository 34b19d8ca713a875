import type { Channel } from "../domain/channel.ts";
import type { Message } from "./message.ts";

export type Delivery =
  /** `reference`: of the post, in a channel whose posts answer one another; comes back in the next message's thread. */
  | { readonly kind: "delivered"; readonly reference?: string }
  | {
      readonly kind: "failed";
      /** One line, for people; no secret in it. */
      readonly detail: string;
      readonly retryable: boolean;
      /** The receiver's own wish. */
      readonly retryAfterSeconds?: number;
      /** Nothing failed: the channel is for other messages than this one. */
      readonly unwanted?: true;
      /** The address will never take a notice again (410, hard bounce): its subscriptions are suspended. */
      readonly gone?: true;
      /** The channel's own service takes no more from us for now, whoever it is for: no failure of the receiver's. */
      readonly throttled?: true;
    };

/**
 * Brings a message to the address of its subscription, in the channel's own form. May be asked again for the same
 * message after a crash: it then repeats it under the same key (`message.id` as file name, Message-ID, deduplication
 * id), so that whoever honours the key shows it once. Expected refusals are values; only a bug throws.
 */
export interface Notifier {
  readonly channel: Channel;
  /** Deliveries that the channel takes for one address in so many seconds, over all workers. @default no limit */
  readonly limit?: { readonly deliveries: number; readonly seconds: number };
  /** Its posts answer one another: messages come with what was posted before in their thread. */
  readonly threads?: true;
  deliver(message: Message): Promise<Delivery>;
}
