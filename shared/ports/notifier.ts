import type { Notice } from "../domain/notice.ts";

export type Delivery =
  | { readonly kind: "delivered" }
  | { readonly kind: "failed"; readonly detail: string; readonly retryable: boolean };

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
