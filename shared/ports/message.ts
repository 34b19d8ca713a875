import type { Comparison } from "../domain/comparison.ts";
import type { Happening } from "../domain/happening.ts";
import type { LifeSigns } from "../domain/life-signs.ts";
import type { NoticeId, Trouble } from "../domain/notice.ts";
import type { Subscription } from "../domain/subscription.ts";
import type { Instant } from "../domain/time.ts";

/** A happening with all that a channel needs to tell it in its own form. */
export type Told = {
  readonly links: ToldLinks;
} & (
  | {
      readonly happening: Extract<Happening, { kind: "revision" }>;
      /** The whole comparison, read at the first call and shared by all subscriptions that tell it. */
      comparison(): Promise<Comparison>;
    }
  | { readonly happening: Extract<Happening, { kind: "event" }> }
);

export interface ToldLinks {
  /** Its page in the reading room; null when no address of the room is known. */
  readonly change: string | null;
  /** The watched page itself. */
  readonly article: string;
}

/** Links that concern the subscription; absent ones are not offered. */
export interface MessageLinks {
  /** The reading room's front page. */
  readonly room?: string;
  /** Where the subscriber changes what they hear. */
  readonly manage?: string;
  /** Ends the subscription by one POST (RFC 8058); a GET asks first. */
  readonly unsubscribe?: string;
  /** Of a confirmation: says yes. */
  readonly confirm?: string;
}

interface Envelope {
  /** The delivery's key: the same at every repetition. As file name, Message-ID, webhook id, deduplication id. */
  readonly id: NoticeId;
  readonly subscription: Subscription;
  /** When it was made; the same at every repetition. */
  readonly at: Instant;
  /** Messages with one key belong together: the watch's id where one watch is told of, else the subscription's. */
  readonly thread: Thread;
  readonly links: MessageLinks;
}

/** What was said before under the same key, for channels whose posts answer one another. */
export interface Thread {
  readonly key: string;
  /** References that the channel gave for the first and for the newest post of the thread; absent before any. */
  readonly root?: string;
  readonly last?: string;
}

/** One message to one subscription. A channel renders it by itself; see shared/notices for the words. */
export type Message = Envelope &
  (
    | { readonly kind: "change" | "oscillation" | "availability"; readonly told: Told }
    /** Many happenings of one watch, oldest first, with the comparison of what stood before them and what stands now. */
    | {
        readonly kind: "rolling";
        readonly told: readonly Told[];
        readonly more: number;
        overall(): Promise<Comparison | null>;
      }
    /** Happenings of any watches, oldest first; `more` are counted and not told. */
    | { readonly kind: "digest"; readonly told: readonly Told[]; readonly more: number }
    | { readonly kind: "summary"; readonly signs: LifeSigns }
    | { readonly kind: "trouble"; readonly trouble: Trouble }
    | { readonly kind: "confirmation" }
  );

export type MessageKind = Message["kind"];
