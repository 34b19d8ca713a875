import type { Message } from "../../ports/message.ts";
import type { ContentLink, Passage, Section } from "../content.ts";
import { type ChatForm, chatJson, cutTo, fittedTo, isReplaced, omittedText, tellsMany } from "./fitting.ts";

/** Slack: 150 characters in a header, 255 in a block's id, 50 blocks; a happening takes three. Words are counted in their JSON. */
const HEADER_CHARACTERS = 150;
const ID_CHARACTERS = 255;
const LIMITS = { sections: 12, alone: 8000, shared: 1000, total: 12_000 };
const FACTS_CHARACTERS = 1900;
const TEXT_CHARACTERS = 300;

type Block = Readonly<Record<string, unknown>>;

const STYLES = { kept: null, removed: { strike: true }, added: { bold: true }, aside: { italic: true } } as const;

/**
 * A message in Slack's Block Kit. The words of articles stand in rich text and plain text only, where nothing in them is
 * a mark, a link or a mention. The first block's id is the notice's.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
export async function slackMessage(message: Message): Promise<string> {
  const { content, parts, lead } = await fittedTo(message, form(message.subscription.language, tellsMany(message)));
  return chatJson({
    text: escaped(cutTo(content.title, TEXT_CHARACTERS)),
    blocks: [
      {
        type: "header",
        block_id: message.id.slice(0, ID_CHARACTERS),
        text: plainText(cutTo(content.title, HEADER_CHARACTERS)),
      },
      ...(lead.length > 0
        ? [richText(lead.map((sentence) => sectionOf([text(cutTo(sentence, FACTS_CHARACTERS))])))]
        : []),
      ...parts.flat(),
      ...(content.links.length > 0 ? [richText([linkSection(content.links)])] : []),
    ],
  });
}

const form = (language: string, named: boolean): ChatForm<readonly Block[]> => ({
  limits: LIMITS,
  lengthOf: ({ kind, text: words }) =>
    lengthOf(text(words, STYLES[kind])) + (kind === "removed" ? lengthOf(BETWEEN) : 0),
  partOf: (section) => blocksOf(section, language, named),
  sizeOf: lengthOf,
});

function blocksOf(section: Section, language: string, named: boolean): readonly Block[] {
  const { heading, passages, facts, links } = section;
  const words = [
    ...(named ? [sectionOf([text(cutTo(heading, HEADER_CHARACTERS), { bold: true })])] : []),
    ...passages.map(quoteOf),
    ...omittedText(section, language).map((sentence) => sectionOf([text(sentence, { italic: true })])),
  ];
  return [
    ...(words.length > 0 ? [richText(words)] : []),
    factsBlock(cutTo(facts.join("\n"), FACTS_CHARACTERS), passages.length > 0),
    ...(links.length > 0 ? [richText([linkSection(links)])] : []),
  ];
}

/** Small print beside the words that changed; where none did, the facts are the news. */
const factsBlock = (facts: string, isAside: boolean): Block =>
  isAside ? { type: "context", elements: [plainText(facts)] } : richText([sectionOf([text(facts || " ")])]);

const quoteOf = (runs: Passage): Block => ({
  type: "rich_text_quote",
  elements: runs.flatMap((run, index) => [
    ...(run.text === "" ? [] : [text(run.text, STYLES[run.kind])]),
    ...(isReplaced(runs, index) ? [BETWEEN] : []),
  ]),
});

const linkSection = (links: readonly ContentLink[]): Block =>
  sectionOf(
    links.flatMap(({ text: name, url }, index) => [
      ...(index > 0 ? [text("  ·  ")] : []),
      { type: "link", url: cutTo(url, 3000), text: name },
    ]),
  );

const richText = (elements: readonly Block[]): Block => ({ type: "rich_text", elements });
const sectionOf = (elements: readonly Block[]): Block => ({ type: "rich_text_section", elements });
const text = (words: string, style: object | null = null): Block => ({
  type: "text",
  text: words,
  ...(style && { style }),
});
/** Between a removed run and what replaces it. */
const BETWEEN = text(" ");
/** With the comma that parts it from the next. */
const lengthOf = (written: Block | readonly Block[]): number => JSON.stringify(written).length + 1;
const plainText = (words: string): Block => ({ type: "plain_text", text: words || " ", emoji: false });

/** In the fallback text, which notifications show, these three begin a link or a mention. */
const escaped = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
