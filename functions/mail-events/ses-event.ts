import * as v from "valibot";
import { bareAddress, withoutMailbox } from "../../shared/domain/mailbox.ts";
import { plainDetail } from "../../shared/domain/plain-detail.ts";
import type { ReturnedMail } from "../../shared/pipeline/notify/mail-returned.ts";

const recipient = v.object({ emailAddress: v.string(), diagnosticCode: v.optional(v.string()) });

/** What SES publishes of a mail (its event format), as far as it is asked for. */
const EVENT = v.variant("eventType", [
  v.object({
    eventType: v.literal("Bounce"),
    bounce: v.object({
      bounceType: v.string(),
      bounceSubType: v.optional(v.string(), ""),
      bouncedRecipients: v.array(recipient),
    }),
  }),
  v.object({
    eventType: v.literal("Complaint"),
    complaint: v.object({
      complaintFeedbackType: v.nullish(v.string()),
      complaintSubType: v.nullish(v.string()),
      complainedRecipients: v.array(recipient),
    }),
  }),
]);

/**
 * The mails that an event says came back for good. A transient bounce (a full mailbox, an absence) is none: SES has tried
 * for hours, and the next notice tries anew; nor is an undetermined one.
 *
 * @param text - the message of the topic
 * @throws when the event is none of the two that are subscribed to
 */
export function returnedMails(text: string): readonly ReturnedMail[] {
  const event = v.parse(EVENT, JSON.parse(text));
  if (event.eventType === "Complaint") {
    const { complaintFeedbackType, complaintSubType, complainedRecipients } = event.complaint;
    const detail = plainDetail(complaintFeedbackType ?? complaintSubType ?? "complaint");
    return complainedRecipients.map(({ emailAddress }) => ({
      address: bareAddress(emailAddress.trim()),
      why: "unwanted",
      detail,
    }));
  }
  const { bounceType, bounceSubType, bouncedRecipients } = event.bounce;
  if (bounceType !== "Permanent") return [];
  return bouncedRecipients.map(({ emailAddress, diagnosticCode }) => {
    const address = bareAddress(emailAddress.trim());
    const detail = plainDetail(withoutMailbox(diagnosticCode ?? `permanent bounce ${bounceSubType}`.trim(), address));
    return { address, why: "gone", detail };
  });
}
