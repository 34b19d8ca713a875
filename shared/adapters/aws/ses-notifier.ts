import { type SESv2Client, SESv2ServiceException, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { mailbox, withoutMailbox } from "../../domain/mailbox.ts";
import { plainDetail } from "../../domain/plain-detail.ts";
import { contentOf } from "../../notices/content-of.ts";
import { mailOf } from "../../notices/mail/mail.ts";
import { NO_PICTURES, type Pictures } from "../../notices/picture.ts";
import type { Delivery, Notifier } from "../../ports/notifier.ts";

export interface SesNotifierOptions {
  readonly client: SESv2Client;
  /** A verified identity, as in `Variorum <monitor@news.example>`. */
  readonly from: string;
  /** @default none */
  readonly pictures?: Pictures;
  /** Has SES report what comes back; @default nobody hears of it */
  readonly configurationSet?: string | undefined;
}

/**
 * SES errors by name, and whether the same notice may succeed later: also once an operator has verified an identity, left
 * the sandbox or had sending resumed. `throttled`: the account's sending rate or its quota of the day is used up (the SES
 * guide's "Errors related to the sending quotas" has one name, the API's reference the other). What is not named here is
 * a bug, or no answer.
 */
const REFUSALS: Readonly<Record<string, "later" | "never" | "throttled">> = {
  TooManyRequestsException: "throttled",
  ThrottlingException: "throttled",
  LimitExceededException: "later",
  InternalServiceErrorException: "later",
  AccountSuspendedException: "later",
  SendingPausedException: "later",
  MailFromDomainNotVerifiedException: "later",
  MessageRejected: "later",
  NotFoundException: "later",
  AccessDeniedException: "later",
  BadRequestException: "never",
};

/**
 * Brings notices to mailboxes by SES, which gives each mail a Message-ID of its own: a notice that is repeated after a
 * crash carries the same `X-Variorum-Notice`, and answers the same thread. It names no `limit`: a sending rate is the
 * account's own, not an address's, and SES tells of it only by refusing. The client's adaptive retries find it.
 */
export function sesNotifier({ client, from, pictures = NO_PICTURES, configurationSet }: SesNotifierOptions): Notifier {
  return {
    channel: "email",
    async deliver(message) {
      const to = mailbox(message.subscription.address);
      const mail = await mailOf(message, await contentOf(message), { from, to }, await pictures(message));
      try {
        await client.send(
          new SendEmailCommand({
            FromEmailAddress: from,
            Destination: { ToAddresses: [to] },
            Content: { Raw: { Data: mail } },
            ...(configurationSet !== undefined && { ConfigurationSetName: configurationSet }),
          }),
        );
        return { kind: "delivered" };
      } catch (error) {
        const refused = refusal(error, to);
        if (refused) return refused;
        throw error;
      }
    },
  };
}

function refusal(error: unknown, to: string): Delivery | null {
  if (!(error instanceof Error)) return null;
  const failed = (retryable: boolean, throttled = false): Delivery => {
    const detail = plainDetail(withoutMailbox(`SES: ${error.name}: ${error.message}`, to));
    return { kind: "failed", detail, retryable, ...(throttled && { throttled }) };
  };
  if (error instanceof SESv2ServiceException) {
    const named = REFUSALS[error.name];
    if (named) return failed(named !== "never", named === "throttled");
    const status = error.$metadata.httpStatusCode ?? 0;
    return status === 429 || status >= 500 ? failed(true, status === 429) : null;
  }
  // No answer at all: the network, or the SDK's own time limit.
  return "syscall" in error || error.name === "TimeoutError" ? failed(true) : null;
}
