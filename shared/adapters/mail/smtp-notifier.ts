import { createTransport } from "nodemailer";
import { bareAddress, mailbox } from "../../domain/mailbox.ts";
import { contentOf } from "../../notices/content-of.ts";
import { mailOf } from "../../notices/mail/mail.ts";
import { NO_PICTURES, type Pictures } from "../../notices/picture.ts";
import type { Delivery, Notifier } from "../../ports/notifier.ts";
import { type SmtpTimeouts, smtpOptions } from "./smtp-options.ts";
import { smtpRefusal } from "./smtp-refusal.ts";

export interface SmtpNotifierOptions {
  /** `smtp://user:password@host:587` (STARTTLS) or `smtps://user:password@host` (TLS from the start). */
  readonly url: string;
  /** Mail address, as in `Variorum <monitor@news.example>`. */
  readonly from: string;
  /** @default none */
  readonly pictures?: Pictures;
  readonly timeouts?: SmtpTimeouts;
}

/** Brings notices to mailboxes by the operator's mail server. Each mail has a connection of its own. */
export function smtpNotifier({ url, from, pictures = NO_PICTURES, timeouts }: SmtpNotifierOptions): Notifier {
  const transport = createTransport(smtpOptions(url, timeouts));
  return {
    channel: "email",
    async deliver(message): Promise<Delivery> {
      const to = mailbox(message.subscription.address);
      const raw = await mailOf(message, await contentOf(message), { from, to }, await pictures(message));
      try {
        await transport.sendMail({ envelope: { from: bareAddress(from), to: [to] }, raw });
        return { kind: "delivered" };
      } catch (error) {
        const refusal = smtpRefusal(error, to);
        if (refusal) return refusal;
        throw error;
      }
    },
  };
}
