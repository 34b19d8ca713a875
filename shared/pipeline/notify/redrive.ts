import type { NoticeRecord } from "../../domain/notice.ts";
import { addSeconds, type Instant } from "../../domain/time.ts";
import type { Services } from "../services.ts";
import { pagesOf } from "./life-signs.ts";

/** What became of a notice that was to be sent again. */
export interface Redriven {
  readonly id: string;
  /** `suspended`, `ended`: its subscription, so that it was left as it is; `unknown`: nothing of that name was given up. */
  readonly end: "waiting" | "suspended" | "ended" | "unknown";
  readonly subscription?: string;
}

/**
 * Has notices that were given up sent again, under their own ids, as if they were new, and in the order in which they were.
 *
 * @param named - ids of notices, and of subscriptions, which stand for all that was given up of theirs; empty: all there are
 * @param since - those made then or later alone
 */
export async function redrive(
  named: readonly string[],
  { ledger, clock }: Pick<Services, "ledger" | "clock">,
  { since = "" }: { readonly since?: Instant } = {},
): Promise<readonly Redriven[]> {
  const wanted = new Set(named);
  const dead: NoticeRecord[] = [];
  for await (const page of pagesOf((request) => ledger.deadNotices(request))) {
    const isNamed = ({ id, subscription }: NoticeRecord) =>
      named.length === 0 || wanted.has(id) || wanted.has(subscription);
    dead.push(...page.filter((notice) => notice.created >= since && isNamed(notice)));
  }
  dead.sort(byAge);
  const met = new Set(dead.flatMap(({ id, subscription }) => [id, subscription]));
  const unmet = named.filter((name) => !met.has(name));
  const statuses = new Map<string, string | undefined>();
  const ends: Redriven[] = [];
  let redriven = 0;
  for (const { id, subscription, subject } of dead) {
    if (!statuses.has(subscription)) statuses.set(subscription, (await ledger.subscription(subscription))?.status);
    const status = statuses.get(subscription);
    const isAwaited = status === "active" || (status === "pending" && subject.kind === "confirmation");
    // One of a suspended subscription would be given up at once.
    if (!isAwaited) ends.push({ id, subscription, end: status === "suspended" ? "suspended" : "ended" });
    else if (await ledger.redriveNotice(id, addSeconds(clock.now(), redriven / 1000))) {
      redriven += 1; // each is due a millisecond after the one before it: senders take first what is due first
      ends.push({ id, subscription, end: "waiting" });
    }
  }
  return [...ends, ...unmet.map((id): Redriven => ({ id, end: "unknown" }))];
}

/** Of those made in the same instant, a watch's own by their number. */
const byAge = (a: NoticeRecord, b: NoticeRecord): number =>
  a.created < b.created ? -1 : a.created > b.created ? 1 : NATURAL.compare(a.id, b.id);

const NATURAL = new Intl.Collator("en", { numeric: true });
