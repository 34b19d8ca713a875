import type { AddressHealth } from "../../domain/address-health.ts";
import type { NoticeEnd, NoticeRecord } from "../../domain/notice.ts";
import { isGivenUp, retryWaitSeconds, spread } from "../../domain/retry.ts";
import { addressDigest, type Subscription, shownAddress } from "../../domain/subscription.ts";
import { addSeconds, type Instant, secondsBetween, toInstant } from "../../domain/time.ts";
import type { NoticeMessage } from "../../ports/notice-queue.ts";
import type { Delivery, Notifier } from "../../ports/notifier.ts";
import type { Services } from "../services.ts";
import { followUp } from "./follow-up.ts";
import { messageOf, type Shared, sharedBy } from "./message-of.ts";
import { noteServerPace, serverHealth, slowServer } from "./slow-receiver.ts";
import { suspendSubscription } from "./suspend.ts";
import { sharedComparisons } from "./told.ts";

/** How sending a notice ended; `not-due`: somebody else has it or had it, or it is put off. */
export type Sent = "delivered" | "waiting" | "dead" | "dropped" | "not-due";

/**
 * Sends the notices of one message side by side. Each is claimed first, so that of two that carry the same notice one
 * sends it; the claim of a sender that dies runs out, and the notice is sent again under its own id.
 *
 * @param comparisons - those of the messages before, where many tell the same
 * @returns how each ended, in the order of the message
 * @throws the first error that was no expected refusal, after the others had their turn; its notice is tried again
 */
export async function sendNotices(
  { notices }: NoticeMessage,
  services: Services,
  comparisons = sharedComparisons(services),
): Promise<readonly Sent[]> {
  const shared = sharedBy(comparisons, services);
  const ended = await Promise.allSettled(notices.map(({ id }) => send(id, shared, services)));
  return ended.map((end) => {
    if (end.status === "rejected") throw end.reason;
    return end.value;
  });
}

async function send(id: string, shared: Shared, services: Services): Promise<Sent> {
  const { ledger, clock, log, noticeLeaseSeconds } = services;
  const now = clock.now();
  const claimed = await ledger.claimNotice(id, now, addSeconds(now, noticeLeaseSeconds));
  if (!claimed) return "not-due";
  const end = await attempt(claimed, shared, services);
  await ledger.settleNotice(claimed, end, clock.now());
  if (end.state === "dead" || (end.state === "waiting" && !end.unsent)) {
    log.warn("notice not delivered", { id, state: end.state, detail: end.detail });
  }
  return end.state;
}

const dropped = (detail: string): NoticeEnd => ({ state: "dropped", detail });
const dead = (detail: string): NoticeEnd => ({ state: "dead", detail });
const putOff = (due: Instant, detail: string): NoticeEnd => ({ state: "waiting", due, detail, unsent: true });
const heldBack = (due: Instant, detail: string): NoticeEnd => ({
  state: "waiting",
  due,
  detail,
  unsent: true,
  by: "us",
});

/** From when on a notice had its chance. */
const trialOf = ({ since, created }: NoticeRecord): Instant => since ?? created;

async function attempt(notice: NoticeRecord, shared: Shared, services: Services): Promise<NoticeEnd> {
  const { ledger, clock, notifiers } = services;
  const subscription = await ledger.subscription(notice.subscription);
  const notifier = notifiers.find(({ channel }) => channel === notice.channel);
  const unwanted = unwantedBecause(notice, subscription);
  if (unwanted) return unwanted;
  if (!subscription || !notifier) return dead(`no ${notice.channel} is set up here`);
  // Every attempt before died in the middle: whatever it breaks on, it must not go on for ever.
  const before = notice.attempts - 1;
  if (before > 0 && isGivenUp(trialOf(notice), before, clock.now()))
    return dead(notice.detail ?? "it was never delivered");
  const address = addressDigest(subscription);
  const health = await ledger.addressHealth(address);
  // Somebody asks for this address anew: whether it takes mail again is seen by the question itself.
  if (health?.suspended && notice.subject.kind !== "confirmation") {
    await suspendSubscription(subscription, health.detail, services);
    return dead(`its address is gone: ${health.detail}`);
  }
  const server = await serverHealth(subscription, services);
  const wait =
    unreachable(notice, health, clock.now()) ??
    (await slowServer(notice, server, services)) ??
    (await outOfTurn(notice, address, notifier, services));
  if (wait) return wait;
  const composed = await messageOf(notice, subscription, notifier, shared, services);
  if (!composed) return dropped("there is nothing to tell any more");
  if (composed === "later") {
    return putOff(addSeconds(clock.now(), AFTER_EARLIER_SECONDS), "what gathered before it is told first");
  }
  if ("heldBackUntil" in composed) return heldBack(composed.heldBackUntil, "the operator holds back what it tells");
  const begun = clock.now();
  const delivery = await notifier.deliver(composed.message);
  await noteServerPace(subscription, begun, server, services);
  if (delivery.kind === "failed") return refused(notice, subscription, delivery, health, services);
  if (health) await ledger.recordAddressWell(health.digest);
  await followUp(notice, composed, delivery.reference, services);
  return { state: "delivered" };
}

function unwantedBecause({ subject }: NoticeRecord, subscription: Subscription | null): NoticeEnd | null {
  if (!subscription || subscription.status === "ended") return dropped("the subscription was ended");
  if (subscription.status === "suspended")
    return dead(`the subscription is suspended: ${subscription.reason ?? "no reason given"}`);
  const asks = subject.kind === "confirmation";
  if (subscription.status === "pending" && !asks) return dropped("the address has not confirmed the subscription");
  if (subscription.status === "active" && asks) return dropped("the address has confirmed already");
  return null;
}

/** A delivery that is under way ends sooner; one that is tried again comes back with the clock's next minute at best. */
const AFTER_EARLIER_SECONDS = 60;

/** Others that wait for the same address come back one after the other, within this part of their wait. */
const SPREAD = 0.25;

function unreachable({ id }: NoticeRecord, health: AddressHealth | null, now: Instant): NoticeEnd | null {
  if (!health || health.suspended || health.notBefore <= now) return null;
  const waitSeconds = (Date.parse(health.notBefore) - Date.parse(now)) / 1000;
  return putOff(spread(health.notBefore, SPREAD * waitSeconds, id), `its address fails: ${health.detail}`);
}

async function outOfTurn(
  { id }: NoticeRecord,
  address: string,
  { limit }: Notifier,
  { ledger, clock }: Services,
): Promise<NoticeEnd | null> {
  if (!limit) return null;
  const length = limit.seconds * 1000;
  const begun = Math.floor(Date.parse(clock.now()) / length) * length;
  const turn = { key: `address:${address}`, from: toInstant(begun), most: limit.deliveries };
  if (await ledger.takeTurn(turn)) return null;
  return putOff(spread(toInstant(begun + length), limit.seconds, id), "its address takes no more for now");
}

/** How long what a service throttles waits at least, and at most. SES advises up to ten minutes; a daily quota takes hours. */
const THROTTLED_SECONDS = { least: 60, most: 1800 } as const;

/** No attempt of the notice's: a day's quota would use up all it has. It waits longer the older it is, with others apart. */
function throttledUntil(notice: NoticeRecord, detail: string, now: Instant): NoticeEnd {
  const begun = trialOf(notice);
  if (isGivenUp(begun, 0, now)) return dead(detail);
  const { least, most } = THROTTLED_SECONDS;
  const wait = Math.max(least, Math.min(most, secondsBetween(begun, now) / 2));
  return putOff(spread(addSeconds(now, wait / 2), wait / 2, `${notice.id} ${now}`), detail);
}

async function refused(
  notice: NoticeRecord,
  subscription: Subscription,
  { detail, retryable, retryAfterSeconds, gone, throttled, unwanted }: Extract<Delivery, { kind: "failed" }>,
  health: AddressHealth | null,
  services: Services,
): Promise<NoticeEnd> {
  const { ledger, clock } = services;
  const now = clock.now();
  if (throttled) return throttledUntil(notice, detail, now);
  if (unwanted) return dropped(detail);
  if (!gone && !retryable) return dead(detail);
  // Attempts that died with their sender say nothing of the address: they lengthen no wait.
  const failures = Math.min(notice.attempts, (health?.failures ?? 0) + 1);
  const due = addSeconds(now, retryWaitSeconds(notice.id, failures, retryAfterSeconds));
  const { channel } = subscription;
  const address = { digest: addressDigest(subscription), channel, shown: shownAddress(subscription) };
  await ledger.recordAddressFailure({ ...address, at: now, notBefore: due, detail, ...(gone && { suspended: true }) });
  if (gone) {
    await suspendSubscription(subscription, detail, services);
    return dead(detail);
  }
  return isGivenUp(trialOf(notice), notice.attempts, now) ? dead(detail) : { state: "waiting", due, detail };
}
