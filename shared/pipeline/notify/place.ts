import { type Happening, happeningKey } from "../../domain/happening.ts";
import { type Box, gatheredNoticeId, happeningNoticeId, type NoticeRecord, newNotice } from "../../domain/notice.ts";
import type { NoticeFilter } from "../../domain/notice-filter.ts";
import { placementOf } from "../../domain/placement.ts";
import { nextDigest, type Rhythm } from "../../domain/rhythm.ts";
import type { Subscription, SubscriptionId } from "../../domain/subscription.ts";
import { addSeconds, type Instant, later } from "../../domain/time.ts";
import type { Services } from "../services.ts";
import type { FilterOf } from "./saved-filters.ts";

/** A happening that is being told. */
export interface Telling {
  readonly happening: Happening;
  readonly watchId: string;
  /** When it was first about to be told: the same at every telling of it. */
  readonly at: Instant;
  readonly filters: FilterOf;
  /** Notices of things told together that are known to wait for a while yet. */
  readonly gatheredNotices: Set<string>;
  passes(filter: NoticeFilter): Promise<boolean>;
  /** So much of the same watch passed within the hour before that this is told with others. */
  isBurst(filter: NoticeFilter): Promise<boolean>;
}

/**
 * Puts a happening where a subscription will hear of it: a notice of its own, or with others in one.
 * @returns the notice to send now; null when there is none
 */
export async function place(
  subscription: Subscription,
  telling: Telling,
  services: Services,
): Promise<NoticeRecord | null> {
  if (subscription.status !== "active") return null;
  const filter = await telling.filters(subscription);
  const passes = await telling.passes(filter);
  const isBurst = passes && subscription.rhythm.kind === "at-once" && (await telling.isBurst(filter));
  const placement = placementOf(subscription, telling.watchId, { passes, isBurst }, telling.at);
  switch (placement.kind) {
    case "nothing":
      return null;
    case "gathered":
      await gather(subscription, placement.box, placement.due, telling, services);
      return null;
    case "at-once":
      return atOnce(subscription, telling, services);
  }
}

/**
 * Puts a self-test's happening where its one subscription hears of it: at once, whatever the filter and the rhythm.
 * @returns the notice to send now; null when there is none
 */
export async function placeAlone(
  happening: Happening,
  id: SubscriptionId,
  { ledger, clock }: Services,
): Promise<NoticeRecord | null> {
  const subscription = await ledger.subscription(id);
  if (subscription?.status !== "active") return null;
  const notice = newNotice(happeningNoticeId(happening, id), subscription, {
    created: clock.now(),
    subject: { kind: "happening", key: happeningKey(happening) },
  });
  return (await ledger.addNotice(notice)) === null ? notice : null;
}

async function atOnce(subscription: Subscription, telling: Telling, services: Services): Promise<NoticeRecord | null> {
  const { ledger, clock } = services;
  const { id, perHour, rhythm } = subscription;
  const { happening, at } = telling;
  const noticeId = happeningNoticeId(happening, id);
  // The hour of the telling, not of this attempt at it: begun again, it asks the same allowance.
  const hour: Instant = `${at.slice(0, 13)}:00:00.000Z`;
  if (!(await ledger.takeTurn({ key: `subscription:${id}`, from: hour, most: perHour }))) {
    if (await ledger.notice(noticeId)) return null; // from before its telling was cut short
    await gather(subscription, "digest", nextDigest(rhythm, at, "hourly"), telling, services);
    return null;
  }
  const now = clock.now();
  const notice = newNotice(noticeId, subscription, {
    created: now,
    subject: { kind: "happening", key: happeningKey(happening) },
  });
  return (await ledger.addNotice(notice)) === null ? notice : null;
}

/** A notice that is due this long from now will not be taken by a sender while we write. */
const SAFELY_LATER_SECONDS = 120;

/** The notice first, then the happening that it will tell: should the process die in between, telling it again ends it. */
async function gather(
  subscription: Subscription,
  box: Box,
  due: Instant,
  { happening, gatheredNotices }: Telling,
  { ledger, clock }: Services,
): Promise<void> {
  const { id, rhythm } = subscription;
  const gathered = { subscription: id, box, at: happening.at, key: happeningKey(happening) };
  const kind = box === "digest" ? digestKind(rhythm) : "hourly";
  for (let next = due; ; next = nextDigest(rhythm, later(next, clock.now()), kind)) {
    const noticeId = gatheredNoticeId(box, next, id);
    const isFree = (standing: NoticeRecord | null) => standing?.state === "waiting" && standing.due === next;
    if (!gatheredNotices.has(noticeId)) {
      const subject = { kind: "gathered", box, until: next } as const;
      const notice = newNotice(noticeId, subscription, { created: clock.now(), due: next, subject });
      // One that a sender took has looked into the box already: then the next notice tells what came late.
      const standing = await ledger.addNotice(notice);
      if (standing !== null && !isFree(standing)) continue;
    }
    if ((await ledger.gather({ ...gathered, due: next })) === "told") return;
    if (next > addSeconds(clock.now(), SAFELY_LATER_SECONDS)) {
      gatheredNotices.add(noticeId);
      return;
    }
    if (isFree(await ledger.notice(noticeId))) return;
  }
}

const digestKind = ({ kind }: Rhythm) => (kind === "at-once" ? "daily" : kind);
