import { compareArticles } from "../../diff/compare.ts";
import type { Comparison } from "../../domain/comparison.ts";
import { type Happening, watchIdOfHappening } from "../../domain/happening.ts";
import { type Box, gatheredNoticeId, type NoticeRecord } from "../../domain/notice.ts";
import type { Restriction, Restrictions } from "../../domain/restriction.ts";
import type { Subscription } from "../../domain/subscription.ts";
import { addSeconds, type Instant } from "../../domain/time.ts";
import { readArticle } from "../../ports/derived-store.ts";
import type { Message, Thread } from "../../ports/message.ts";
import type { Gathered } from "../../ports/notice-ledger.ts";
import type { Notifier } from "../../ports/notifier.ts";
import { restrictionOf, restrictionsNow } from "../../ports/restriction-ledger.ts";
import type { Services } from "../services.ts";
import { happeningOf } from "./happening-of.ts";
import { lifeSigns } from "./life-signs.ts";
import { type Comparisons, toldOf } from "./told.ts";

/** Happenings that one message tells; what is beyond is counted. */
const MOST_TOLD = 100;
/** Gathered happenings that one notice takes out of its box. */
const MOST_GATHERED = 2000;

/** A message ready to be delivered, and what of a box it tells. */
export interface Composed {
  readonly message: Message;
  readonly gathered: readonly Gathered[];
  /** More than one notice takes gathered in the box. */
  readonly isFull: boolean;
  /** Some of what gathered is held or under embargo: it stays in the box. */
  readonly isHeldBack: boolean;
}

/** All that a notice would tell is held or under embargo. */
export interface HeldBack {
  readonly heldBackUntil: Instant;
}

/** So long after it was held back, it is looked at again; an embargo tells its own end. */
export const HELD_BACK_SECONDS = 3600;

/** What the notices of one queue's message share. */
export interface Shared {
  readonly comparisons: Comparisons;
  /** What is hidden from readers, read at the first call. */
  restrictions(): Promise<Restrictions>;
}

export function sharedBy(comparisons: Comparisons, services: Services): Shared {
  let restrictions: Promise<Restrictions> | undefined;
  return {
    comparisons,
    restrictions() {
      restrictions ??= restrictionsNow(services);
      return restrictions;
    },
  };
}

/**
 * Makes the message that a claimed notice stands for; null when there is nothing (any more) that may be told.
 *
 * @returns `later` while an earlier notice tells some of it: what both told at once would be told under two ids
 */
export async function messageOf(
  notice: NoticeRecord,
  subscription: Subscription,
  notifier: Notifier,
  { comparisons, restrictions }: Shared,
  services: Services,
): Promise<Composed | HeldBack | "later" | null> {
  const { ledger, clock, subscriberLinks } = services;
  const { subject } = notice;
  const envelope = async (threadKey: string) => ({
    id: notice.id,
    subscription,
    at: notice.created,
    thread: await threadOf(threadKey, subscription, notifier, services),
    links: subscriberLinks.linksFor(subscription, { confirmation: subject.kind === "confirmation" }),
  });
  const alone = (message: Message): Composed => ({ message, gathered: [], isFull: false, isHeldBack: false });
  const heldBack = (hidden?: Restriction): HeldBack => ({
    heldBackUntil: hidden?.kind === "embargo" ? hidden.until : addSeconds(clock.now(), HELD_BACK_SECONDS),
  });
  switch (subject.kind) {
    case "happening": {
      const happening = await happeningOf(subject.key, ledger);
      if (!happening) return null;
      const hidden = await restrictionOf(happening, await restrictions(), ledger);
      if (hidden) return hidden.kind === "takedown" ? null : heldBack(hidden);
      const told = toldOf(happening, comparisons, services);
      return alone({ ...(await envelope(watchIdOfHappening(happening))), kind: kindOf(happening), told });
    }
    case "gathered": {
      const { gathered: all, isFull } = await gatheredFor(notice, subject, services);
      const { happenings, gathered } = await tellable(all, await restrictions(), services);
      if (await isWithEarlier(notice, subject.box, gathered, services)) return "later";
      const isHeldBack = gathered.length < all.length;
      if (happenings.length === 0) return isHeldBack ? heldBack() : null;
      const told = happenings.map((happening) => toldOf(happening, comparisons, services));
      const more = Math.max(0, gathered.length - MOST_TOLD);
      if (subject.box === "digest") {
        return {
          message: { ...(await envelope(subscription.id)), kind: "digest", told, more },
          gathered,
          isFull,
          isHeldBack,
        };
      }
      const overall = () => overallOf(happenings, services);
      return {
        message: { ...(await envelope(subject.box)), kind: "rolling", told, more, overall },
        gathered,
        isFull,
        isHeldBack,
      };
    }
    case "summary": {
      const signs = await lifeSigns(subject.since, services);
      return alone({ ...(await envelope(subscription.id)), kind: "summary", signs });
    }
    case "trouble":
      return alone({ ...(await envelope(subscription.id)), kind: "trouble", trouble: subject.trouble });
    case "confirmation":
      return alone({ ...(await envelope(subscription.id)), kind: "confirmation" });
  }
}

function kindOf(happening: Happening): "change" | "oscillation" | "availability" {
  if (happening.kind === "event") return "availability";
  return happening.revision.change?.alternatesWith === undefined ? "change" : "oscillation";
}

async function threadOf(
  key: string,
  { id }: Subscription,
  { threads }: Notifier,
  { ledger }: Services,
): Promise<Thread> {
  return { key, ...(threads && (await ledger.postThread(id, key))) };
}

async function gatheredFor(
  { subscription }: NoticeRecord,
  { box, until: due }: Extract<NoticeRecord["subject"], { kind: "gathered" }>,
  { ledger, clock }: Services,
) {
  const gathered: Gathered[] = [];
  // However late it is tried again: a reader who has it, and drops what comes under its id, must not lose what came since.
  const until = due ?? clock.now();
  let after: string | undefined;
  do {
    const page = await ledger.gathered(subscription, box, until, { limit: 500, ...(after !== undefined && { after }) });
    gathered.push(...page.rows);
    after = page.next;
  } while (after !== undefined && gathered.length < MOST_GATHERED);
  return { gathered, isFull: after !== undefined };
}

/** True while the notice that was to tell some of this first is not settled. */
async function isWithEarlier(
  { id, subscription }: NoticeRecord,
  box: Box,
  gathered: readonly Gathered[],
  { ledger }: Services,
): Promise<boolean> {
  const first = new Set(gathered.map(({ due }) => gatheredNoticeId(box, due, subscription)));
  for (const earlier of first) {
    if (earlier !== id && (await ledger.notice(earlier))?.state === "waiting") return true;
  }
  return false;
}

/**
 * The first of what gathered that may be told, and all that leaves the box with them: what was taken down goes unsaid,
 * what is held or under embargo stays.
 */
async function tellable(
  all: readonly Gathered[],
  restrictions: Restrictions,
  { ledger }: Services,
): Promise<{ readonly happenings: readonly Happening[]; readonly gathered: readonly Gathered[] }> {
  const happenings: Happening[] = [];
  const gathered: Gathered[] = [];
  for (const one of all) {
    const isLooked = happenings.length < MOST_TOLD || restrictions.isAnything;
    const happening = isLooked ? await happeningOf(one.key, ledger) : null;
    const hidden = happening && (await restrictionOf(happening, restrictions, ledger));
    if (hidden && hidden.kind !== "takedown") continue;
    gathered.push(one);
    if (happening && !hidden && happenings.length < MOST_TOLD) happenings.push(happening);
  }
  return { happenings, gathered };
}

/** What stood before the first of these edits beside what stands after the last; null when they are no edits of one watch. */
async function overallOf(happenings: readonly Happening[], { ledger, derived }: Services): Promise<Comparison | null> {
  const edits = happenings.flatMap((happening) => (happening.kind === "revision" ? [happening.revision] : []));
  const [first, last] = [edits[0], edits.at(-1)];
  if (!first || !last || first === last) return null;
  const before = await ledger.revision(first.watchId, first.number - 1);
  if (!before) return null;
  return compareArticles(await readArticle(derived, before.article), await readArticle(derived, last.article));
}
