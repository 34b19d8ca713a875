import { compareArticles } from "../../diff/compare.ts";
import type { Comparison } from "../../domain/comparison.ts";
import { type Happening, watchIdOfHappening } from "../../domain/happening.ts";
import { type Box, gatheredNoticeId, type NoticeRecord } from "../../domain/notice.ts";
import type { Subscription } from "../../domain/subscription.ts";
import { readArticle } from "../../ports/derived-store.ts";
import type { Message, Thread } from "../../ports/message.ts";
import type { Gathered } from "../../ports/notice-ledger.ts";
import type { Notifier } from "../../ports/notifier.ts";
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
}

/**
 * Makes the message that a claimed notice stands for; null when there is nothing (any more) to tell.
 *
 * @returns `later` while an earlier notice tells some of it: what both told at once would be told under two ids
 */
export async function messageOf(
  notice: NoticeRecord,
  subscription: Subscription,
  notifier: Notifier,
  comparisons: Comparisons,
  services: Services,
): Promise<Composed | "later" | null> {
  const { ledger, subscriberLinks } = services;
  const { subject } = notice;
  const envelope = async (threadKey: string) => ({
    id: notice.id,
    subscription,
    at: notice.created,
    thread: await threadOf(threadKey, subscription, notifier, services),
    links: subscriberLinks.linksFor(subscription, { confirmation: subject.kind === "confirmation" }),
  });
  const alone = (message: Message): Composed => ({ message, gathered: [], isFull: false });
  switch (subject.kind) {
    case "happening": {
      const happening = await happeningOf(subject.key, ledger);
      if (!happening) return null;
      const told = toldOf(happening, comparisons, services);
      return alone({ ...(await envelope(watchIdOfHappening(happening))), kind: kindOf(happening), told });
    }
    case "gathered": {
      const { gathered, isFull } = await gatheredFor(notice, subject, services);
      if (await isWithEarlier(notice, subject.box, gathered, services)) return "later";
      const happenings = await present(gathered.slice(0, MOST_TOLD), services);
      if (happenings.length === 0) return null;
      const told = happenings.map((happening) => toldOf(happening, comparisons, services));
      const more = Math.max(0, gathered.length - MOST_TOLD);
      if (subject.box === "digest") {
        return { message: { ...(await envelope(subscription.id)), kind: "digest", told, more }, gathered, isFull };
      }
      const overall = () => overallOf(happenings, services);
      return { message: { ...(await envelope(subject.box)), kind: "rolling", told, more, overall }, gathered, isFull };
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

async function present(gathered: readonly Gathered[], { ledger }: Services): Promise<readonly Happening[]> {
  const found: Happening[] = [];
  for (const { key } of gathered) {
    const happening = await happeningOf(key, ledger);
    if (happening) found.push(happening);
  }
  return found;
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
