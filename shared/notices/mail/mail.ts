import MailComposer from "nodemailer/lib/mail-composer";
import { sha256 } from "../../domain/digest.ts";
import { counted } from "../../domain/wording.ts";
import type { Message } from "../../ports/message.ts";
import { shortened } from "../chat/fitting.ts";
import type { NoticeContent, Section } from "../content.ts";
import type { Picture } from "../picture.ts";
import { contentAsText } from "../text.ts";
import { noticeWords } from "../words.ts";
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
    text: textOf(content),
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

/** Of each happening's changed words in plain text: as many as the HTML beside it shows, or some more. */
const PASSAGES_CHARACTERS = 30_000;
/** What a run's marks take: `[-` and `-]`, and the space between two. */
const MARK_CHARACTERS = 5;
/** Beyond it a digest's text says how many more there are. */
const TEXT_CHARACTERS = 100_000;

function textOf(content: NoticeContent): string {
  const sections: Section[] = [];
  let characters = 0;
  for (const section of content.sections) {
    const cut = shortened(section, PASSAGES_CHARACTERS, { lengthOf: ({ text }) => text.length + MARK_CHARACTERS });
    characters += contentAsText({ ...content, lead: [], links: [], sections: [cut] }).length;
    if (sections.length > 0 && characters > TEXT_CHARACTERS) break;
    sections.push(cut);
  }
  const left = content.sections.length - sections.length;
  const words = noticeWords(content.language);
  const more = left > 0 ? [counted(words.locale, words.counts.more, left)] : [];
  return contentAsText({ ...content, lead: [...content.lead, ...more], sections });
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
