import { lineOf } from "../../diff/render/lines.ts";
import { MARKDOWN } from "../../diff/render/markdown.ts";
import type { Message } from "../../ports/message.ts";
import type { ContentLink, Section } from "../content.ts";
import { type ChatForm, chatJson, cutTo, fittedTo, omittedText } from "./fitting.ts";

/** Discord: 2000 characters of text, 256 in an embed's title, 4096 below it, ten embeds, 6000 in all of them. */
const CONTENT_CHARACTERS = 2000;
const TITLE_CHARACTERS = 256;
const DESCRIPTION_CHARACTERS = 4096;
const LIMITS = { sections: 10, alone: 2400, shared: 500, total: 5900 };
const FACTS_CHARACTERS = 900;

interface Embed {
  readonly title: string;
  readonly url?: string;
  readonly description: string;
  readonly color: number;
}

const COLOURS: Readonly<Record<Section["kind"], number>> = {
  change: 0x0b4aa2,
  burst: 0x0b4aa2,
  oscillation: 0x6b5b95,
  unpublished: 0xb3261e,
  restored: 0x1b7f3b,
};

/**
 * A message for a Discord webhook: an embed for each happening, with marks of its Markdown around words in which nothing
 * else is one. Nobody is mentioned, whatever stands in an article. The last line of the text is the notice's id, in small
 * print: a webhook's message has no field that readers do not see, and `nonce` is not among its parameters.
 *
 * @see https://docs.discord.com/developers/resources/message#embed-object-embed-limits
 * @see https://docs.discord.com/developers/resources/webhook#execute-webhook
 */
export async function discordMessage(message: Message): Promise<string> {
  const { content, parts, lead } = await fittedTo(message, form(message.subscription.language));
  const lines = [`**${MARKDOWN.kept(cutTo(content.title, TITLE_CHARACTERS))}**`, ...lead.map(MARKDOWN.kept)];
  const links = linkLine(content.links);
  const idLine = `-# \`${message.id}\``;
  return chatJson({
    username: "Variorum",
    content: `${wholeLines([...lines, ...(links ? [links] : [])], CONTENT_CHARACTERS - idLine.length - 1)}\n${idLine}`,
    embeds: parts,
    allowed_mentions: { parse: [] },
  });
}

const form = (language: string): ChatForm<Embed> => ({
  limits: LIMITS,
  lengthOf: (run) => MARKDOWN[run.kind](run.text).length + 1,
  partOf: (section) => embedOf(section, language),
  sizeOf: ({ title, description }) => title.length + description.length,
});

function embedOf(section: Section, language: string): Embed {
  const { kind, heading, passages, facts, links } = section;
  const url = links.find(({ role }) => role !== "article")?.url ?? links[0]?.url;
  const small = cutTo(facts.join(" "), FACTS_CHARACTERS);
  const blocks = [
    ...passages.map((runs) => lineOf(runs, MARKDOWN)),
    ...omittedText(section, language).map(MARKDOWN.aside),
    // small print beside the words that changed; where none did, the facts are the news
    ...(small ? [`${passages.length > 0 ? "-# " : ""}${MARKDOWN.kept(small)}`] : []),
    linkLine(links),
  ];
  return {
    title: cutTo(MARKDOWN.kept(heading), TITLE_CHARACTERS),
    ...(url !== undefined && { url }),
    description: wholeLines(
      blocks.filter((block) => block !== ""),
      DESCRIPTION_CHARACTERS,
      "\n\n",
    ),
    color: COLOURS[kind],
  };
}

/** Marks are never cut in the middle: a line that finds no room is left out. */
function wholeLines(lines: readonly string[], longest: number, between = "\n"): string {
  let text = "";
  for (const line of lines) {
    const longer = text === "" ? line : `${text}${between}${line}`;
    if (longer.length <= longest) text = longer;
  }
  return text;
}

/** Angle brackets keep Discord from adding a picture of each page. */
const linkLine = (links: readonly ContentLink[]): string =>
  links.map(({ text, url }) => `[${MARKDOWN.kept(text)}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`).join(" · ");
