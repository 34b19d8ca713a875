import {
  type MessageAttributeValue,
  PublishCommand,
  type PublishCommandInput,
  type SNSClient,
  SNSServiceException,
} from "@aws-sdk/client-sns";
import { watchIdOfHappening } from "../../domain/happening.ts";
import type { NoticeContent } from "../../notices/content.ts";
import { contentOf } from "../../notices/content-of.ts";
import { contentAsText } from "../../notices/text.ts";
import type { Message } from "../../ports/message.ts";
import type { Delivery, Notifier } from "../../ports/notifier.ts";

/** SNS takes 256 KiB with the attributes; they and the envelope stay under the difference. */
const MAX_TEXT_BYTES = 250 * 1024;

/** SNS: ASCII, fewer than 100 characters, no control characters, begins with a letter, a number or a punctuation mark. */
const MAX_SUBJECT_CHARACTERS = 99;

/**
 * SNS errors by name, and whether the same notice may succeed later: also once an operator has mended topic or key;
 * `throttled`: once the account is asked less. What is not named here is a bug, or no answer.
 */
const REFUSALS: Readonly<Record<string, "later" | "never" | "throttled">> = {
  ThrottledException: "throttled",
  KMSThrottlingException: "throttled",
  InternalErrorException: "later",
  InvalidParameterException: "never",
  InvalidParameterValueException: "never",
  InvalidSecurityException: "never",
  ValidationException: "never",
  NotFoundException: "later",
  AuthorizationErrorException: "later",
  KMSAccessDeniedException: "later",
  KMSDisabledException: "later",
  KMSInvalidStateException: "later",
  KMSNotFoundException: "later",
  KMSOptInRequired: "later",
};

/**
 * Publishes notices to the topic that is the subscription's address; people subscribe to it by mail, phone or queue. The
 * attributes let them filter there: `noticeId`, `kind` (`change`, `oscillation`, `unpublished`, `restored`, `rolling`,
 * `digest`, `summary`, `trouble`), of a notice about one watch `watchId`, of one change `significance` and `labels`.
 * A standard topic has no deduplication: a notice that is repeated after a crash carries the same `noticeId`.
 */
export function snsNotifier({ client }: { readonly client: SNSClient }): Notifier {
  return {
    channel: "sns",
    async deliver(message) {
      const publication = publicationOf(message, await contentOf(message));
      try {
        await client.send(new PublishCommand({ TopicArn: message.subscription.address, ...publication }));
        return { kind: "delivered" };
      } catch (error) {
        const refused = refusal(error);
        if (refused) return refused;
        throw error;
      }
    },
  };
}

function refusal(error: unknown): Delivery | null {
  if (!(error instanceof Error)) return null;
  const failed = (retryable: boolean, throttled = false): Delivery => {
    return {
      kind: "failed",
      detail: `SNS: ${error.name}: ${error.message}`,
      retryable,
      ...(throttled && { throttled }),
    };
  };
  if (error instanceof SNSServiceException) {
    const named = REFUSALS[error.name];
    if (named) return failed(named !== "never", named === "throttled");
    const status = error.$metadata.httpStatusCode ?? 0;
    return status === 429 || status >= 500 ? failed(true, status === 429) : null;
  }
  // No answer at all: the network, or the SDK's own time limit.
  return "syscall" in error || error.name === "TimeoutError" ? failed(true) : null;
}

const publicationOf = (message: Message, content: NoticeContent): Omit<PublishCommandInput, "TopicArn"> => ({
  Subject: asciiSubject(content.title),
  Message: textOf(content),
  MessageAttributes: attributesOf(message),
});

function attributesOf(message: Message): Record<string, MessageAttributeValue> {
  const text = (StringValue: string): MessageAttributeValue => ({ DataType: "String", StringValue });
  const { id, kind } = message;
  const [told] = "told" in message && kind !== "digest" ? [message.told].flat() : [];
  const common = { noticeId: text(id), ...(told && { watchId: text(watchIdOfHappening(told.happening)) }) };
  if (kind === "rolling" || !told) return { ...common, kind: text(kind) };
  if (told.happening.kind === "event") return { ...common, kind: text(told.happening.event.kind) };
  const { significance, labels = [] } = told.happening.revision.change ?? {};
  return {
    ...common,
    kind: text(kind),
    ...(significance && { significance: text(significance) }),
    ...(labels.length > 0 && { labels: { DataType: "String.Array", StringValue: JSON.stringify(labels) } }),
  };
}

/** What SNS carries on to SQS must be XML characters; a lone surrogate is no text at all. */
const sendable = (text: string): string =>
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "\ufffd");

/** The text, cut between characters when it is longer than SNS takes. */
function textOf(content: NoticeContent): string {
  const whole = Buffer.from(sendable(contentAsText(content)));
  if (whole.byteLength <= MAX_TEXT_BYTES) return whole.toString();
  const link = content.sections[0]?.links[0] ?? content.links[0];
  const where = link === undefined ? "" : ` The whole of it: ${link.url}`;
  const end = `\n\n[The text is cut here: it is longer than this channel carries.${where}]`;
  // Decoded as a stream, a character whose last bytes are cut off is left out.
  return new TextDecoder().decode(whole.subarray(0, MAX_TEXT_BYTES - Buffer.byteLength(end)), { stream: true }) + end;
}

/** Typographic characters that have an ASCII twin but no decomposition to it. */
const ASCII_TWINS: Readonly<Record<string, string>> = {
  "‘": "'",
  "’": "'",
  "‚": "'",
  "‹": "'",
  "›": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "‐": "-",
  "‑": "-",
  "‒": "-",
  "–": "-",
  "—": "-",
  "−": "-",
  "→": "->",
  "·": "-",
  "•": "-",
  "■": "-",
  ß: "ss",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  ø: "o",
  Ø: "O",
  đ: "d",
  Đ: "D",
  ł: "l",
  Ł: "L",
  ð: "d",
  Ð: "D",
  þ: "th",
  Þ: "Th",
  ı: "i",
  "€": "EUR",
  "£": "GBP",
  "×": "x",
  "⁄": "/",
};

/**
 * A subject as SNS takes it. Accents are dropped, other letters become `?`; a headline in another script would be all
 * question marks, so then its readable part or a plain sentence stands in: the message has the real one.
 */
export function asciiSubject(subject: string): string {
  const ascii = subject
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, " ")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\x20-\x7e]/gu, (character) => ASCII_TWINS[character] ?? "?")
    .replace(/(\?\s*){2,}/g, (run) => (run.endsWith(" ") ? "... " : "..."))
    .trim();
  const readable = /[A-Za-z0-9]/.test(ascii) ? ascii : "A watched article changed";
  return readable.length <= MAX_SUBJECT_CHARACTERS ? readable : `${readable.slice(0, MAX_SUBJECT_CHARACTERS - 3)}...`;
}
