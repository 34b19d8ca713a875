import { type Happening, happeningKey, watchIdOfHappening } from "../domain/happening.ts";
import { happeningNoticeId } from "../domain/notice.ts";
import type { Revision } from "../domain/revision.ts";
import { isRotation, isToldAtOnce, mayTell } from "../domain/telling.ts";
import type { Ledger } from "../ports/ledger.ts";
import type { Notifier } from "../ports/notifier.ts";
import { sharedComparisons, toldOf } from "./notify/told.ts";
import type { Services } from "./services.ts";

const PAGE = 100;

/**
 * Tells what the outbox holds and may be told now. A notice that could not be delivered stays for the next round; one
 * that was is never sent again, and one whose delivery was not yet noted when the process died repeats its own id.
 *
 * @returns how many notices were delivered
 * @throws the first error that was no expected refusal, after the other happenings had their turn
 */
export async function notify(services: Services): Promise<number> {
  const { ledger } = services;
  const broken: unknown[] = [];
  let delivered = 0;
  let after: string | undefined;
  do {
    const page = await ledger.outbox({ limit: PAGE, ...(after !== undefined && { after }) });
    for (const happening of page.rows) {
      // What one happening breaks on must not keep the others from their readers.
      await tell(happening, services).then(
        (count) => {
          delivered += count;
        },
        (error: unknown) => broken.push(error),
      );
    }
    after = page.next;
  } while (after !== undefined);
  if (broken.length > 0) throw broken[0];
  return delivered;
}

async function tell(happening: Happening, services: Services): Promise<number> {
  const { ledger, notifiers, clock, settings } = services;
  if (!isToldAtOnce(happening)) {
    await ledger.markTold(happening);
    return 0;
  }
  const standing = await ledger.standing(watchIdOfHappening(happening));
  if (!standing) throw new Error(`the outbox holds ${happeningKey(happening)} of no watch`);
  const { state, newest } = standing;
  if (!mayTell(happening, state, newest?.number ?? 0, clock.now(), settings.confirmationSeconds)) return 0;
  if (happening.kind === "revision" && (await turnedOutNone(happening.revision, newest, ledger))) {
    await ledger.markTold(happening);
    return 0;
  }
  const ends = await Promise.all(notifiers.map((notifier) => tellThrough(notifier, happening, services)));
  if (!ends.includes("later")) await ledger.markTold(happening);
  return ends.filter((end) => end === "delivered").length;
}

async function turnedOutNone(revision: Revision, newest: Revision | null, ledger: Ledger): Promise<boolean> {
  const { watchId, number } = revision;
  if (!newest || newest.number <= number) return false;
  return isRotation(revision, newest.number === number + 1 ? newest : await ledger.revision(watchId, number + 1));
}

/** One channel's notice; its own record of delivery keeps another channel's failure from repeating it. */
async function tellThrough(
  notifier: Notifier,
  happening: Happening,
  services: Services,
): Promise<"delivered" | "done" | "later"> {
  const { ledger, clock, log } = services;
  const wish = services.defaultSubscriptions.find(({ channel }) => channel === notifier.channel);
  if (!wish) return "done";
  const id = happeningNoticeId(happening, wish.id);
  if (await ledger.delivered(id)) return "done";
  const told = toldOf(happening, sharedComparisons(services), services);
  const delivery = await notifier.deliver({
    id,
    kind: happening.kind === "event" ? "availability" : "change",
    subscription: { ...wish, status: "active", created: happening.at },
    at: happening.at,
    thread: { key: watchIdOfHappening(happening) },
    links: {},
    told,
  });
  if (delivery.kind === "delivered") {
    await ledger.recordDelivery(id, clock.now());
    return "delivered";
  }
  log.warn("notice not delivered", { id, detail: delivery.detail, retryable: delivery.retryable });
  return delivery.retryable ? "later" : "done";
}
