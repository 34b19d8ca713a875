import type { NoticeRecord } from "../../domain/notice.ts";
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
 * Has notices that were given up sent again, under their own ids, as if they were new.
 *
 * @param named - ids of notices, and of subscriptions, which stand for all that was given up of theirs; empty: all there are
 */
export async function redrive(
  named: readonly string[],
  { ledger, clock }: Pick<Services, "ledger" | "clock">,
): Promise<readonly Redriven[]> {
  const wanted = new Set(named);
  const dead: NoticeRecord[] = [];
  for await (const page of pagesOf((request) => ledger.deadNotices(request))) {
    dead.push(
      ...page.filter(({ id, subscription }) => named.length === 0 || wanted.has(id) || wanted.has(subscription)),
    );
  }
  const met = new Set(dead.flatMap(({ id, subscription }) => [id, subscription]));
  const unmet = named.filter((name) => !met.has(name));
  const statuses = new Map<string, string | undefined>();
  const ends: Redriven[] = [];
  for (const { id, subscription, subject } of dead) {
    if (!statuses.has(subscription)) statuses.set(subscription, (await ledger.subscription(subscription))?.status);
    const status = statuses.get(subscription);
    const isAwaited = status === "active" || (status === "pending" && subject.kind === "confirmation");
    // One of a suspended subscription would be given up at once.
    if (!isAwaited) ends.push({ id, subscription, end: status === "suspended" ? "suspended" : "ended" });
    else if (await ledger.redriveNotice(id, clock.now())) ends.push({ id, subscription, end: "waiting" });
  }
  return [...ends, ...unmet.map((id): Redriven => ({ id, end: "unknown" }))];
}
