import { createTransport } from "nodemailer";
import { mailbox } from "../../domain/mailbox.ts";
import { contentOf } from "../../notices/content-of.ts";
import { mailOf } from "../../notices/mail/mail.ts";
import type { Delivery, Notifier } from "../../ports/notifier.ts";
import { smtpRefusal } from "./smtp-refusal.ts";

export interface SmtpNotifierOptions {
  /** `smtp://user:password@host:587` (STARTTLS) or `smtps://user:password@host` (TLS from the start). */
  readonly url: string;
  /** Mail address, as in `Variorum <monitor@news.example>`. */
  readonly from: string;
  readonly timeouts?: { readonly connectSeconds: number; readonly answerSeconds: number };
}

const TIMEOUTS = { connectSeconds: 10, answerSeconds: 30 };

/** Hosts to which a password may travel without TLS: they are this machine. */
const THIS_MACHINE = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Brings notices to mailboxes by the operator's mail server. Each mail has a connection of its own. */
export function smtpNotifier({ url, from, timeouts = TIMEOUTS }: SmtpNotifierOptions): Notifier {
  const { username, hostname } = new URL(url);
  const transport = createTransport({
    url,
    requireTLS: username !== "" && !THIS_MACHINE.test(hostname),
    connectionTimeout: timeouts.connectSeconds * 1000,
    greetingTimeout: timeouts.connectSeconds * 1000,
    socketTimeout: timeouts.answerSeconds * 1000,
    dnsTimeout: timeouts.connectSeconds * 1000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    channel: "email",
    async deliver(message): Promise<Delivery> {
      const to = mailbox(message.subscription.address);
      const raw = await mailOf(message, await contentOf(message), { from, to });
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

const bareAddress = (from: string): string => /<([^<>]*)>\s*$/.exec(from)?.[1] ?? from;
