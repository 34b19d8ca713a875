import type { SubscriptionWish } from "../domain/subscription-schema.ts";
import type { SourceRule } from "../normalise/rules/source-rule.ts";
import type { Archive } from "../ports/archive.ts";
import type { Clock } from "../ports/clock.ts";
import type { Fetcher } from "../ports/fetcher.ts";
import type { Ledger } from "../ports/ledger.ts";
import type { Meter } from "../ports/meter.ts";
import type { NoticeQueue } from "../ports/notice-queue.ts";
import type { Notifier } from "../ports/notifier.ts";
import type { CaptureQueue } from "../ports/queue.ts";
import type { SubscriberLinks } from "../ports/subscriber-links.ts";

/** What the operator sets about the pipeline's pace and manners. */
export interface Settings {
  /** Wait before a substantive change, a refusal or a collapse is captured again. */
  readonly confirmationSeconds: number;
  /** Least time between two requests to one host. */
  readonly hostGapSeconds: number;
  /** At-once notices of one watch to one subscription within an hour; what comes beyond gathers for one notice an hour. */
  readonly burstNotices: number;
  /** At-once notices in an hour to each of the default subscriptions. */
  readonly noticesPerHour: number;
  /** Mail address or page, in the User-Agent and in every WARC; null only where loopback alone is watched. */
  readonly contact: string | null;
  /** The reading room's address without a trailing slash; null when there is none. */
  readonly readingRoomUrl: string | null;
}

/** One line of what happened, for whoever runs the monitor. */
export interface Log {
  info(message: string, facts?: object): void;
  warn(message: string, facts?: object): void;
}

/** Everything the pipeline works with; a composition root in functions/runtime makes it. */
export interface Services {
  readonly evidence: Archive;
  readonly derived: Archive;
  readonly ledger: Ledger;
  readonly queue: CaptureQueue;
  readonly fetcher: Fetcher;
  readonly noticeQueue: NoticeQueue;
  /** A sender that has not settled a notice by then is taken for dead; longer than any delivery takes. */
  readonly noticeLeaseSeconds: number;
  readonly subscriberLinks: SubscriberLinks;
  /** One a channel. */
  readonly notifiers: readonly Notifier[];
  /** What there is before anybody asked for anything; whoever changes or ends one of them has the last word. */
  readonly defaultSubscriptions: readonly SubscriptionWish[];
  /** How the pages of some sources are read: the operator's rules before those that come with the program. */
  readonly rules: readonly SourceRule[];
  /** Where usage is billed. The pipeline only reads it; the functions record. */
  readonly meter?: Pick<Meter, "usedBetween">;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
  /** A fresh UUID. */
  newId(): string;
}
