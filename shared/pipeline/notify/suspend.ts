import { newNotice, type Trouble, troubleNoticeId } from "../../domain/notice.ts";
import { type Subscription, shownAddress } from "../../domain/subscription.ts";
import type { Services } from "../services.ts";
import { queueNotices } from "./queue-notices.ts";

/**
 * Ends the telling to an address that is gone for good, and says so to those who run the monitor. Only what is active: one
 * that ended meanwhile, or never said yes, must not become one that can be resumed. It is said first: should the process
 * die in between, the next notice finds the subscription active at an address that is gone, and comes here again.
 */
export async function suspendSubscription(
  subscription: Subscription,
  reason: string,
  services: Pick<Services, "ledger" | "clock" | "noticeQueue" | "log">,
): Promise<void> {
  const { id } = subscription;
  const { ledger } = services;
  if ((await ledger.subscription(id))?.status !== "active") return;
  await tellOperations({ kind: "suspended", subscription: id, address: shownAddress(subscription), reason }, services);
  await ledger.changeSubscription(id, { status: "suspended", reason }, ["active"]);
}

/** Tells a trouble to every subscription of the monitor's own selector; the same one once a day. */
export async function tellOperations(
  trouble: Trouble,
  services: Pick<Services, "ledger" | "clock" | "noticeQueue" | "log">,
): Promise<void> {
  const { ledger, clock } = services;
  const now = clock.now();
  const { rows } = await ledger.subscriptionsOf("operations", { limit: 100 });
  for (const subscription of rows.filter(({ status }) => status === "active")) {
    const id = troubleNoticeId(subscription.id, trouble, now);
    const notice = newNotice(id, subscription, { created: now, subject: { kind: "trouble", trouble } });
    if ((await ledger.addNotice(notice)) === null) await queueNotices([notice], services);
  }
}
