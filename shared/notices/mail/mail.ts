import MailComposer from "nodemailer/lib/mail-composer";
import { sha256 } from "../../domain/digest.ts";
import type { Message } from "../../ports/message.ts";
import type { NoticeContent } from "../content.ts";
import type { Picture } from "../picture.ts";
import { contentAsText } from "../text.ts";
import { contentAsHtml } from "./html.ts";
import { subjectField } from "./subject.ts";

/** Mail addresses, as in `Variorum <monitor@news.example>`. */
export interface Correspondents {
  readonly from: string;
  readonly to: string;
}

/**
 * A notice as a mail (RFC 5322) in plain text and HTML. All that names it is made from the notice: told again, it is the
 * same mail, and whoever honours the Message-ID shows it once. A picture stands in the HTML, and says nothing that the
 * words do not.
 */
export function mailOf(
  message: Message,
  content: NoticeContent,
  { from, to }: Correspondents,
  picture: Picture | null = null,
): Promise<Buffer> {
  const cid = `picture.${message.id}@${domainOf(from)}`;
  const mail = new MailComposer({
    from,
    to,
    text: contentAsText(content),
    html: contentAsHtml(content, picture && { url: `cid:${cid}`, alt: picture.alt }),
    attachments: picture
      ? [{ cid, filename: "change.png", content: Buffer.from(picture.png), contentDisposition: "inline" }]
      : [],
    messageId: messageIdOf(message.id, from),
    date: new Date(message.at),
    headers: headersOf(message, content, from),
    baseBoundary: sha256(message.id).slice(0, 16),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile().build();
}

export const messageIdOf = (id: string, from: string): string => `<${id}@${domainOf(from)}>`;

function headersOf({ id, subscription, thread, links }: Message, content: NoticeContent, from: string) {
  // One article is one thread: all that is told of it answers a mail that was never sent, so that none has to come first.
  const root = thread.key === subscription.id ? null : messageIdOf(`${thread.key}.${subscription.id}`, from);
  return {
    Subject: subjectField(content.title),
    ...(root !== null && { References: root, "In-Reply-To": root }),
    "List-Id": `<${subscription.id}.${domainOf(from)}>`,
    ...unsubscribeHeaders(links.unsubscribe),
    // No out-of-office answers, please: RFC 3834, and Exchange's own word.
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
    "X-Variorum-Notice": id,
  };
}

/** RFC 8058: one POST to the address ends the subscription. It wants https. */
function unsubscribeHeaders(url: string | undefined): Record<string, string> {
  const parsed = url === undefined ? null : URL.parse(url);
  if (!parsed) return {};
  const oneClick = parsed.protocol === "https:" && { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
  return { "List-Unsubscribe": `<${parsed.href}>`, ...oneClick };
}

const domainOf = (from: string): string => /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? "variorum.invalid";
