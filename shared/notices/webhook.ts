import { createHmac } from "node:crypto";
import { lineOf } from "../diff/render/lines.ts";
import { MARKDOWN } from "../diff/render/markdown.ts";
import type { Instant } from "../domain/time.ts";
import { fillText } from "../domain/wording.ts";
import type { Message } from "../ports/message.ts";
import { chatJson, cutTo, omittedText } from "./chat/fitting.ts";
import type { NoticeContent } from "./content.ts";
import { contentOf } from "./content-of.ts";
import { noticeJson } from "./notice-json.ts";
import { contentAsText } from "./text.ts";

/** Characters of `{text}` and `{markdown}` in a template: chats that are fed so take 4000 and more. */
const TEMPLATE_CHARACTERS = 3900;

/**
 * What a webhook gets: the event by the Standard Webhooks specification, or what the subscription's template makes of the
 * notice, for chats that want a form of their own. The same at every repetition.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export async function webhookBody(message: Message): Promise<string> {
  const content = await contentOf(message);
  const { template } = message.subscription;
  if (template !== undefined) return chatJson(filled(JSON.parse(template), partsOf(message, content)));
  return chatJson({ type: `notice.${message.kind}`, timestamp: message.at, data: noticeJson(message, content) });
}

/** What a template may name, each in braces. */
function partsOf({ id, kind, at }: Message, content: NoticeContent) {
  const [first] = content.sections;
  return {
    id,
    kind,
    at,
    title: inert(content.title),
    text: cutTo(inert(contentAsText(content).trim()), TEMPLATE_CHARACTERS),
    markdown: markdownOf(content),
    url: first?.links[0]?.url ?? content.links[0]?.url ?? "",
  };
}

/** Some chats take `<users/all>` and `<address|words>` in plain text for a mention and a link: a zero-width space ends both. */
const inert = (text: string): string => text.replaceAll("<", "<\u200b");

/** Whole lines of Markdown as far as there is room, so that no mark is cut. */
function markdownOf(content: NoticeContent): string {
  const lines = [
    `**${MARKDOWN.kept(content.title)}**`,
    ...content.lead.map(MARKDOWN.kept),
    ...content.sections.flatMap((section) => [
      ...(content.sections.length === 1 ? [] : [`**${MARKDOWN.kept(section.heading)}**`]),
      ...section.passages.map((runs) => lineOf(runs, MARKDOWN)),
      ...omittedText(section, content.language).map(MARKDOWN.aside),
      MARKDOWN.kept(section.facts.join(" ")),
      section.links.map(({ text, url }) => `[${MARKDOWN.kept(text)}](<${url}>)`).join(" · "),
    ]),
  ];
  let text = "";
  for (const line of lines) {
    if (text.length + line.length + 2 > TEMPLATE_CHARACTERS) break;
    text += text === "" ? line : `\n\n${line}`;
  }
  return text;
}

/** Fills every text of a JSON value. It is filled after it was parsed: no headline can add to the JSON. */
function filled(value: unknown, parts: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") return fillText(value, parts);
  if (Array.isArray(value)) return value.map((entry) => filled(entry, parts));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, filled(entry, parts)]));
}

/**
 * The headers that let a receiver know a repetition, and who sent it, by the Standard Webhooks specification.
 *
 * @param now - of this attempt: receivers refuse what is minutes old
 * @param secret - `whsec_` and base64, or any other text; unsigned without one
 */
export function webhookHeaders(id: string, body: string, now: Instant, secret: string | undefined) {
  const timestamp = String(Math.floor(Date.parse(now) / 1000));
  const signature = secret === undefined ? null : signatureOf(`${id}.${timestamp}.${body}`, secret);
  return { "webhook-id": id, "webhook-timestamp": timestamp, ...(signature && { "webhook-signature": signature }) };
}

function signatureOf(signed: string, secret: string): string {
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice("whsec_".length), "base64") : Buffer.from(secret);
  return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}
