import type { Notice } from "../domain/notice.ts";

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
      /** The address will never take a notice again (410, hard bounce): its subscriptions are suspended. */
      readonly gone?: true;
    };

/**
 * Takes a notice to where its readers are. May be asked again for the same notice after a crash: it then repeats it under
 * the same key (`notice.id` as file name, Message-ID, deduplication id), so that whoever honours the key shows it once.
 * Expected refusals are values; only a bug throws.
 */
export interface Notifier {
  /** Short and stable, e.g. `outbox`, `sns`: part of the delivery's key, so that one channel's failure repeats no other. */
  readonly channel: string;
  deliver(notice: Notice): Promise<Delivery>;
}
