import { withoutMailbox } from "../../domain/mailbox.ts";
import { plainDetail } from "../../domain/plain-detail.ts";
import type { Delivery } from "../../ports/notifier.ts";

/** An error of nodemailer's SMTP client. */
export interface SmtpError extends Error {
  readonly code: string;
  /** The command that the server refused. */
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** Enhanced status codes (RFC 3463, 7505) of an address that will never take mail. */
const GONE = /\b5\.(1\.[1236]|1\.10|2\.1)\b/;

/** Enhanced status codes of what passes: a full mailbox, and a policy about us (relaying, a password, a block list). */
const PASSES = /\b5\.(2\.2|7\.\d+)\b/;

/** Of servers that give no enhanced code: replies for no such mailbox, and no such user here (RFC 5321) … */
const NO_MAILBOX: ReadonlySet<number> = new Set([550, 551]);
/** … which stand for every other refusal too: what their words must name, and what they may not. */
const NAMES_MAILBOX = /\b(user|mailbox|recipient|account|address|unknown|no such)\b/i;
const NAMES_US =
  /\b(relay(ing)?|auth(entication|enticate|enticated|orized)?|blocked|blacklist(ed)?|blocklist(ed)?|listed|spam\w*|reputation|policy|denied|permitted|not allowed|sender|spf|dkim|dmarc|full|quota)\b/i;

/**
 * What a mail server's refusal means. About the receiver it is taken at its word; what it says about us (our name, our
 * password, our address) an operator can mend, so the notice waits for that. Null for what is no refusal: a bug.
 *
 * @param to - the receiver's address, which servers repeat: shown shortened
 */
export function smtpRefusal(error: unknown, to: string): Delivery | null {
  if (!isSmtpError(error)) return null;
  const { code, command = "", response = "", responseCode = 0, message } = error;
  const detail = withoutMailbox(`SMTP: ${response || `${code}: ${message}`}`, to);
  const failed = { kind: "failed", detail: plainDetail(detail) } as const;
  if (SES_THROTTLES.test(response)) return { ...failed, retryable: true, throttled: true };
  const isFinal = responseCode >= 500;
  if (!isFinal || code === "EAUTH" || OURS.has(command)) return { ...failed, retryable: true };
  if (command !== "RCPT TO") return { ...failed, retryable: false };
  const said = withoutMailbox(response, to, ""); // the words of an address are not the server's
  if (/\b5\.\d+\.\d+\b/.test(said)) {
    if (GONE.test(said)) return { ...failed, retryable: false, gone: true };
    return { ...failed, retryable: PASSES.test(said) };
  }
  if (NAMES_US.test(said) || !NAMES_MAILBOX.test(said)) return { ...failed, retryable: true };
  return { ...failed, retryable: false, ...(NO_MAILBOX.has(responseCode) && { gone: true }) };
}

/** SES by SMTP, when the account's sending rate or its quota of the day is used up: its guide, "Reaching sending limits with SMTP". */
const SES_THROTTLES = /^454 Throttling failure\b/;

/** Commands that are refused for who we are, not for whom we write to. */
const OURS: ReadonlySet<string> = new Set(["CONN", "EHLO", "HELO", "STARTTLS", "MAIL FROM"]);

export const isSmtpError = (error: unknown): error is SmtpError =>
  error instanceof Error && "code" in error && typeof error.code === "string" && /^E[A-Z]+$/.test(error.code);
