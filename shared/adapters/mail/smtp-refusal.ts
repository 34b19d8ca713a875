import { plainDetail } from "../../domain/plain-detail.ts";
import type { Delivery } from "../../ports/notifier.ts";

/** An error of nodemailer's SMTP client. */
interface SmtpError extends Error {
  readonly code: string;
  /** The command that the server refused. */
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** Enhanced status codes (RFC 3463, 7505) of an address that will never take mail. */
const GONE = /\b5\.(1\.[1236]|1\.10|2\.1)\b/;

/** Of servers that give no enhanced code: no such mailbox, and no such user here (RFC 5321). */
const NO_MAILBOX: ReadonlySet<number> = new Set([550, 551]);

/**
 * What a mail server's refusal means. About the receiver it is taken at its word; what it says about us (our name, our
 * password, our address) an operator can mend, so the notice waits for that. Null for what is no refusal: a bug.
 */
export function smtpRefusal(error: unknown): Delivery | null {
  if (!isSmtpError(error)) return null;
  const { code, command = "", response, responseCode = 0, message } = error;
  const failed = { kind: "failed", detail: plainDetail(`SMTP: ${response ?? `${code}: ${message}`}`) } as const;
  const isFinal = responseCode >= 500;
  if (!isFinal || code === "EAUTH" || OURS.has(command)) return { ...failed, retryable: true };
  if (command !== "RCPT TO") return { ...failed, retryable: false };
  const gone = /\b5\.\d+\.\d+\b/.test(response ?? "") ? GONE.test(response ?? "") : NO_MAILBOX.has(responseCode);
  return { ...failed, retryable: false, ...(gone && { gone: true }) };
}

/** Commands that are refused for who we are, not for whom we write to. */
const OURS: ReadonlySet<string> = new Set(["CONN", "EHLO", "HELO", "STARTTLS", "MAIL FROM"]);

const isSmtpError = (error: unknown): error is SmtpError =>
  error instanceof Error && "code" in error && typeof error.code === "string" && /^E[A-Z]+$/.test(error.code);
