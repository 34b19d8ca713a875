import { mailboxKey, shownMailbox } from "../../domain/mailbox.ts";
import { addressDigest, shownAddress } from "../../domain/subscription.ts";
import type { Services } from "../services.ts";
import { suspendSubscription } from "./suspend.ts";

/** A mail that was taken, and came back later. */
export interface ReturnedMail {
  readonly address: string;
  /** `gone`: the mailbox will never take one. `unwanted`: its owner called it spam. */
  readonly why: "gone" | "unwanted";
  /** One line. */
  readonly detail: string;
}

const PAGE = 500;

/**
 * Ends the telling to an address whose mails come back for good: nothing more is sent there, every subscription of it is
 * suspended, and operations hear of each. Idempotent: the same news again changes and tells nothing.
 */
export async function mailReturned(
  { address, why, detail }: ReturnedMail,
  services: Pick<Services, "ledger" | "clock" | "noticeQueue" | "log">,
): Promise<void> {
  const { ledger, clock, log } = services;
  const now = clock.now();
  const reason = `${why === "gone" ? "a mail came back" : "its owner reported a mail as spam"}: ${detail}`;
  let met = 0;
  let after: string | undefined;
  do {
    const page = await ledger.subscriptions({ limit: PAGE, ...(after !== undefined && { after }) });
    for (const subscription of page.rows) {
      const isTheirs = subscription.channel === "email" && mailboxKey(subscription.address) === mailboxKey(address);
      if (!isTheirs) continue;
      met += 1;
      if (subscription.status === "ended") continue;
      const digest = addressDigest(subscription);
      if (!(await ledger.addressHealth(digest))?.suspended) {
        const shown = shownAddress(subscription);
        const failure = { digest, channel: "email", shown, at: now, notBefore: now, detail: reason } as const;
        await ledger.recordAddressFailure({ ...failure, suspended: true });
      }
      await suspendSubscription(subscription, reason, services);
    }
    after = page.next;
  } while (after !== undefined);
  if (met === 0) log.warn("a mail came back from no subscription's address", { address: shownMailbox(address), why });
}
