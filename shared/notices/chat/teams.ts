import type { Message } from "../../ports/message.ts";
import type { ContentLink, Passage, Section } from "../content.ts";
import { type ChatForm, chatJson, cutTo, fittedTo, isReplaced, omittedText, tellsMany } from "./fitting.ts";

/** Teams takes 28 KB of JSON: bytes, of which the frame, the facts and the links take their part. */
const LIMITS = { sections: 20, alone: 16_000, shared: 1500, total: 24_000 };
const TITLE_CHARACTERS = 250;
const FACTS_CHARACTERS = 1500;

type Element = Readonly<Record<string, unknown>>;

/** Without colour, too: struck through is gone, bold and underlined is new. */
const LOOKS = {
  kept: {},
  removed: { strikethrough: true, color: "Attention" },
  added: { weight: "Bolder", underline: true, color: "Good" },
  aside: { italic: true, isSubtle: true },
  /** Beside the words that changed; where none did, the facts are the news. */
  facts: { size: "Small", isSubtle: true },
} as const;

/**
 * A message for the Teams workflow "when a webhook request is received": one Adaptive Card. All words stand in rich text
 * blocks, which know no Markdown. The first element's id is the notice's.
 *
 * @see https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
 */
export async function teamsMessage(message: Message): Promise<string> {
  const { content, parts, lead } = await fittedTo(message, form(message.subscription.language, tellsMany(message)));
  const card = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    lang: content.language,
    msteams: { width: "Full" },
    body: [
      { ...rich([run(cutTo(content.title, TITLE_CHARACTERS), { size: "Large", weight: "Bolder" })]), id: message.id },
      ...lead.map((sentence) => rich([run(cutTo(sentence, FACTS_CHARACTERS))])),
      ...parts,
    ],
    ...(content.links.length > 0 && { actions: actionsOf(content.links) }),
  };
  const contentType = "application/vnd.microsoft.card.adaptive";
  return chatJson({ type: "message", attachments: [{ contentType, contentUrl: null, content: card }] });
}

const form = (language: string, named: boolean): ChatForm<Element> => ({
  limits: LIMITS,
  lengthOf: ({ kind, text }) => bytesOf(run(text, LOOKS[kind])) + (kind === "removed" ? bytesOf(BETWEEN) : 0),
  partOf: (section) => containerOf(section, language, named),
  sizeOf: bytesOf,
});

function containerOf(section: Section, language: string, named: boolean): Element {
  const { heading, passages, facts, links } = section;
  return {
    type: "Container",
    separator: true,
    spacing: "Medium",
    items: [
      ...(named ? [rich([run(cutTo(heading, TITLE_CHARACTERS), { weight: "Bolder" })])] : []),
      ...passages.map((runs) => rich(runsOf(runs))),
      ...omittedText(section, language).map((sentence) => rich([run(sentence, LOOKS.aside)])),
      rich([run(cutTo(facts.join(" "), FACTS_CHARACTERS), passages.length > 0 ? LOOKS.facts : LOOKS.kept)]),
      ...(links.length > 0 ? [{ type: "ActionSet", actions: actionsOf(links) }] : []),
    ],
  };
}

const runsOf = (runs: Passage): readonly Element[] =>
  runs.flatMap(({ kind, text }, index) => [run(text, LOOKS[kind]), ...(isReplaced(runs, index) ? [BETWEEN] : [])]);

const rich = (inlines: readonly Element[]): Element => ({ type: "RichTextBlock", inlines });
const run = (text: string, look: object = {}): Element => ({ type: "TextRun", text, ...look });
/** Between a removed run and what replaces it. */
const BETWEEN = run(" ");
/** With the comma that parts it from the next. */
const bytesOf = (element: Element): number => Buffer.byteLength(JSON.stringify(element)) + 1;
const actionsOf = (links: readonly ContentLink[]): readonly Element[] =>
  links.map(({ text: title, url }) => ({ type: "Action.OpenUrl", title, url }));
