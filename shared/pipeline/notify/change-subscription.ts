import { parseSubscription, type SubscriptionWish } from "../../domain/subscription-schema.ts";
import type { SubscriptionChange } from "../../ports/notice-ledger.ts";
import type { Services } from "../services.ts";
import { filterProblem, type Subscribed } from "./subscribe.ts";

/** What may be decided anew, unchecked: the rest is what a subscription is. */
export type SubscriptionRevision = Readonly<
  Partial<Record<"address" | "filter" | "rhythm" | "perHour" | "secret" | "template" | "language", unknown>>
>;

/** Gives a subscription another filter, rhythm, address …: all of what is given, or nothing of it. */
export async function changeSubscription(
  id: string,
  change: SubscriptionRevision,
  { ledger }: Pick<Services, "ledger">,
): Promise<Subscribed> {
  const known = await ledger.subscription(id);
  if (!known) return { ok: false, problem: `id: there is no subscription ${id}` };
  if (known.status === "ended") return { ok: false, problem: `id: ${id} was ended: add another one` };
  const { status: _, reason: __, created: ___, confirmed: ____, givenAddress: _____, ...wish } = known;
  const parsed = parseSubscription({ ...wish, ...change });
  if (!parsed.ok) return parsed;
  const problem = await filterProblem(parsed.value.filter, ledger);
  if (problem) return { ok: false, problem };
  const given = Object.keys(change).map((field) => [field, parsed.value[field as keyof SubscriptionWish]]);
  const changed = await ledger.changeSubscription(id, Object.fromEntries(given) as SubscriptionChange);
  return changed ? { ok: true, subscription: changed } : { ok: false, problem: `id: there is no subscription ${id}` };
}
