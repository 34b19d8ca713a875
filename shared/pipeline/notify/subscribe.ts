import { LABEL_STANDING } from "../../diff/standing.ts";
import { isPublicChannel } from "../../domain/channel.ts";
import { DISCLOSURES } from "../../domain/comparison.ts";
import { confirmationNoticeId, newNotice } from "../../domain/notice.ts";
import type { NoticeFilter } from "../../domain/notice-filter.ts";
import { addressDigest, type Subscription } from "../../domain/subscription.ts";
import { parseFilter, parseSubscription } from "../../domain/subscription-schema.ts";
import type { Services } from "../services.ts";
import { queueNotices } from "./queue-notices.ts";

export type Subscribed =
  | { readonly ok: true; readonly subscription: Subscription }
  | { readonly ok: false; readonly problem: string };

type Store = Pick<Services, "ledger" | "clock" | "noticeQueue" | "log">;

/**
 * Adds a subscription.
 *
 * @param wish - what its owner decides, unchecked
 * @param vouched - the operator says that the address wants it; otherwise the address is asked, and hears nothing until
 *   it says yes
 */
export async function subscribe(
  wish: unknown,
  { vouched }: { readonly vouched: boolean },
  services: Store,
): Promise<Subscribed> {
  const { ledger, clock } = services;
  const parsed = parseSubscription(wish);
  if (!parsed.ok) return parsed;
  const problem = await filterProblem(parsed.value.filter, ledger);
  if (problem) return { ok: false, problem };
  if (!vouched && isPublicChannel(parsed.value.channel)) {
    return {
      ok: false,
      problem: "channel: an account that anybody reads cannot be asked: its secret says that it is yours",
    };
  }
  const now = clock.now();
  const subscription: Subscription = { ...parsed.value, status: vouched ? "active" : "pending", created: now };
  if (!(await ledger.addSubscription(subscription))) {
    return { ok: false, problem: `id: there is a subscription ${subscription.id} already: give another id` };
  }
  if (!vouched) await askToConfirm(subscription, services);
  return { ok: true, subscription };
}

/** Asks the address of a pending subscription whether it wants it; once for each time it was added. */
async function askToConfirm(subscription: Subscription, services: Store): Promise<void> {
  const { id, created } = subscription;
  const noticeId = confirmationNoticeId(id, created);
  const notice = newNotice(noticeId, subscription, { created, subject: { kind: "confirmation" } });
  if ((await services.ledger.addNotice(notice)) === null) await queueNotices([notice], services);
}

/** The address of a pending subscription says yes. @returns the subscription as it now stands; null when there is none */
export const confirmSubscription = (id: string, { ledger, clock }: Store): Promise<Subscription | null> =>
  ledger.changeSubscription(id, { status: "active", confirmed: clock.now() }, ["pending"]);

/** Makes a suspended subscription active again, and its address one that is tried. */
export async function resumeSubscription(
  id: string,
  { ledger }: Pick<Services, "ledger">,
): Promise<Subscription | null> {
  const subscription = await ledger.subscription(id);
  if (!subscription) return null;
  await ledger.recordAddressWell(addressDigest(subscription));
  return ledger.changeSubscription(id, { status: "active", reason: null }, ["active", "suspended"]);
}

/** Ends a subscription; idempotent. */
export const unsubscribe = (
  id: string,
  reason: string,
  { ledger }: Pick<Services, "ledger">,
): Promise<Subscription | null> => ledger.changeSubscription(id, { status: "ended", reason });

/** Keeps a filter under a name. @returns what is wrong with it; null when it is kept */
export async function saveFilter(
  name: string,
  given: unknown,
  { ledger }: Pick<Services, "ledger">,
): Promise<string | null> {
  const parsed = parseFilter(given);
  if (!parsed.ok) return parsed.problem;
  const problem = unusable(parsed.value);
  if (problem) return problem;
  await ledger.saveFilter({ name, filter: parsed.value });
  return null;
}

/**
 * There before anybody asked: added at the first start, and brought to a new address where the monitor itself moved,
 * unless a person gave it another.
 */
export async function addDefaultSubscriptions({ ledger, clock, defaultSubscriptions }: Services): Promise<void> {
  for (const wish of defaultSubscriptions) {
    const { id, address } = wish;
    if (await ledger.addSubscription({ ...wish, status: "active", created: clock.now(), givenAddress: address }))
      continue;
    const known = await ledger.subscription(id);
    if (!known || known.givenAddress === address) continue;
    const isOurs = known.address === known.givenAddress;
    await ledger.changeSubscription(id, { givenAddress: address, ...(isOurs && { address }) });
  }
}

/** What keeps a filter that is well-formed from being used; null when nothing does. */
export const filterProblem = async (
  filter: Subscription["filter"],
  ledger: Services["ledger"],
): Promise<string | null> => ("saved" in filter ? missing(filter.saved, ledger) : unusable(filter));

async function missing(name: string, ledger: Services["ledger"]): Promise<string | null> {
  const saved = await ledger.savedFilters();
  if (saved.some((filter) => filter.name === name)) return null;
  const names = saved.map((filter) => filter.name).join(", ");
  return `filter: nobody saved one as ${name}: ${names ? `give one of ${names}` : "save one first"}`;
}

/** A label that is shown as a hint never stands among a change's findings: who filters by it would hear nothing. */
function unusable({ changes }: NoticeFilter): string | null {
  const grey = changes?.labels?.find((label) => LABEL_STANDING[label] === "grey");
  if (grey === undefined) return null;
  const usable = Object.entries(LABEL_STANDING).flatMap(([label, standing]) =>
    standing === "filterable" ? [label] : [],
  );
  const instead = DISCLOSURES.find((disclosure) => disclosure === grey);
  const advice = instead ? `ask for it by disclosures, or give one of` : "give one of";
  return `labels: ${grey} is only a hint and cannot be filtered by: ${advice} ${usable.join(", ")}`;
}
