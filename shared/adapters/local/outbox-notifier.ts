import { join } from "node:path";
import MailComposer from "nodemailer/lib/mail-composer";
import { encodeWord } from "nodemailer/lib/mime-funcs";
import type { Notice } from "../../domain/notice.ts";
import type { Instant } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Notifier } from "../../ports/notifier.ts";
import { isSystemError, writeOnceFolder } from "./write-once.ts";

export interface OutboxOptions {
  readonly folder: string;
  /** Mail addresses, as in `Variorum <monitor@news.example>`. */
  readonly from: string;
  readonly to: string;
  readonly clock: Clock;
}

/** Names that no file system, header or URL can take for something else. */
const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * Lays each notice into a folder, as `<notice id>.eml` for a mail program and as `<notice id>.json` for a script. A notice
 * that lies there already is left as it is, so that whoever takes files out of the folder sees each once.
 */
export function outboxNotifier({ folder, from, to, clock }: OutboxOptions): Notifier {
  const files = writeOnceFolder(folder);
  return {
    channel: "outbox",
    async deliver(notice) {
      if (!SAFE_ID.test(notice.id)) throw new RangeError(`not a notice id: ${JSON.stringify(notice.id)}`);
      const at = clock.now();
      const json = Buffer.from(`${JSON.stringify({ ...notice, at }, null, 2)}\n`);
      const mail = await mailOf(notice, { from, to, at });
      try {
        await files.put(`${notice.id}.json`, json);
        await files.put(`${notice.id}.eml`, mail);
        return { kind: "delivered" };
      } catch (error) {
        if (!isSystemError(error)) throw error;
        const detail = `${join(folder, notice.id)} cannot be written: ${error.message}`;
        return { kind: "failed", detail, retryable: true };
      }
    },
  };
}

interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly at: Instant;
}

/** The notice as a mail (RFC 5322), its Message-ID made from the notice's id: the same notice is the same mail. */
function mailOf(notice: Notice, { from, to, at }: Envelope): Promise<Buffer> {
  const domain = /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? "variorum.invalid";
  const mail = new MailComposer({
    from,
    to,
    text:
      notice.link !== null && !notice.text.includes(notice.link) ? `${notice.text}\n\n${notice.link}\n` : notice.text,
    messageId: `<${notice.id}@${domain}>`,
    date: new Date(at),
    // No out-of-office answers, please (RFC 3834).
    headers: {
      Subject: subjectField(notice.subject),
      "Auto-Submitted": "auto-generated",
      "X-Variorum-Notice": notice.id,
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile().build();
}

/** RFC 2047 allows an encoded word 75 characters, of which `=?UTF-8?Q?` and `?=` take 12. */
const ENCODED_CHARACTERS = 52;

/**
 * A subject on one line. What looks like an encoded word already is encoded itself: nodemailer would let it pass, and a
 * headline could have a mail program show other words than it has.
 */
function subjectField(subject: string) {
  const line = subject.replace(/[\s\p{Cc}]+/gu, " ").trim();
  const isPlain = /^[\x20-\x7e]*$/.test(line) && !line.includes("=?") && !/\S{70}/.test(line); // folded at spaces only
  return { prepared: true, foldLines: true, value: isPlain ? line : encodeWord(line, "Q", ENCODED_CHARACTERS) };
}
