import { counted } from "../../domain/wording.ts";
import type { Message } from "../../ports/message.ts";
import { sendable } from "../chat/fitting.ts";
import type { ContentLink, NoticeContent, Section } from "../content.ts";
import { contentOf } from "../content-of.ts";
import { type NoticeWords, noticeWords } from "../words.ts";
import { countGraphemes, headGraphemes } from "./graphemes.ts";
import { saidOf } from "./said.ts";

/** Words of a post, and where they lead. */
export interface PostPart {
  readonly text: string;
  readonly url?: string;
}

export interface Post {
  /** One after the other, line breaks included. */
  readonly parts: readonly PostPart[];
  /** BCP 47: the article's where one is told of and its language is known, since most of the words are its own. */
  readonly language: string;
}

/** How a network writes and counts. */
export interface PostForm {
  /** Graphemes of a post. */
  readonly most: number;
  /** Graphemes that a link takes, its words and its address. */
  linkLength(text: string): number;
  linkName(link: ContentLink): string;
  /** An article's words as they mention nobody and lead nowhere. */
  inert(words: string): string;
}

/** What a post has room to tell. */
const ROOM = { passages: 6, runCharacters: 400 };
const TITLE_GRAPHEMES = 140;
const HEADING_GRAPHEMES = 60;

/**
 * A message as a post that anybody may read, in so few words as the network takes: what happened, the words that changed,
 * when, and where to read on. Null for what is nobody's business but the operator's and the subscriber's.
 */
export async function postOf(message: Message, network: PostForm): Promise<Post | null> {
  if (!("told" in message)) return null;
  const form: PostForm = { ...network, inert: (words) => network.inert(sendable(words)) };
  const content = await contentOf(message, ROOM);
  const words = noticeWords(content.language);
  const title = headGraphemes(form.inert(content.title), TITLE_GRAPHEMES);
  const parts =
    message.kind === "digest" ? digestParts(title, content, words, form) : aloneParts(title, content, words, form);
  return { parts, language: languageOf(message) ?? content.language };
}

function languageOf(message: Message): string | null {
  if (message.kind === "digest" || !("told" in message)) return null;
  const last = [message.told].flat().at(-1);
  return last?.happening.kind === "revision" ? last.happening.revision.language : null;
}

/** Whole blocks with an empty line between them, as long as there is room. */
interface Sheet {
  left: number;
  readonly blocks: (readonly PostPart[])[];
}

const BREAK = { text: "\n\n" };

/** One section's: the links have their place before anything else, and the words that changed before the circumstances. */
function aloneParts(title: string, { sections, lead }: NoticeContent, words: NoticeWords, form: PostForm) {
  const section = sections[0];
  const links = section ? linkParts(section, form) : [];
  const sheet: Sheet = { left: form.most - lengthOf(links, form), blocks: [] };
  put(sheet, [{ text: title }], form);
  if (section) putPassages(sheet, section, words, form);
  const facts = [...lead, ...(section?.facts.slice(0, section.kind === "burst" ? 1 : MOST_FACTS) ?? [])].map(
    form.inert,
  );
  put(sheet, [{ text: fitting(facts, sheet.left - BREAK.text.length) }], form);
  return [...sheet.blocks, links]
    .filter((block) => block.length > 0)
    .flatMap((block, at) => (at === 0 ? block : [BREAK, ...block]));
}

function putPassages(sheet: Sheet, { passages, omitted }: Section, words: NoticeWords, form: PostForm): void {
  let told = 0;
  for (const passage of passages.slice(0, MOST_PASSAGES)) {
    const most = sheet.left - BREAK.text.length;
    const said = saidOf(passage, { most, mayCut: told === 0, words: words.post, inert: form.inert });
    if (!said || !put(sheet, [{ text: said }], form)) break;
    told += 1;
  }
  const untold = passages.length - told + omitted;
  if (untold > 0) put(sheet, [{ text: counted(words.locale, words.counts.omitted, untold) }], form);
}

/** So many passages tell what kind of change it is; the page that the link leads to has all. */
const MOST_PASSAGES = 3;
/** The first say when, and what the publisher said of it; the rest is for lists. */
const MOST_FACTS = 3;

/** As many of the first sentences as find room. */
function fitting(sentences: readonly string[], most: number): string {
  let text = "";
  for (const sentence of sentences) {
    const longer = text === "" ? sentence : `${text} ${sentence}`;
    if (countGraphemes(longer) > most) break;
    text = longer;
  }
  return text;
}

const linkParts = ({ links }: Section, form: PostForm): PostPart[] =>
  links.flatMap((link, at) => [...(at > 0 ? [{ text: "\n" }] : []), { text: form.linkName(link), url: link.url }]);

/** A line for each happening, each leading to it; those that find no room are counted. */
function digestParts(title: string, { sections, more }: NoticeContent, words: NoticeWords, form: PostForm): PostPart[] {
  const lines: PostPart[] = [];
  const rest = (untold: number) =>
    untold > 0 ? [{ text: `\n${counted(words.locale, words.counts.more, untold)}` }] : [];
  for (const [index, { heading, links }] of sections.entries()) {
    const line = {
      text: headGraphemes(form.inert(heading), HEADING_GRAPHEMES),
      ...(links[0] && { url: links[0].url }),
    };
    const untold = sections.length - index - 1 + more;
    const longer = [...lines, { text: "\n" }, line];
    if (lengthOf([{ text: title }, { text: "\n" }, ...longer, ...rest(untold)], form) > form.most) {
      return [{ text: title }, { text: "\n" }, ...lines, ...rest(untold + 1)];
    }
    lines.push(...longer.slice(-2));
  }
  return [{ text: title }, { text: "\n" }, ...lines, ...rest(more)];
}

function put(sheet: Sheet, block: readonly PostPart[], form: PostForm): boolean {
  const length = lengthOf(block, form);
  if (length === 0 || length + BREAK.text.length > sheet.left) return false;
  sheet.blocks.push(block);
  sheet.left -= length + BREAK.text.length;
  return true;
}

const lengthOf = (parts: readonly PostPart[], form: PostForm): number =>
  parts.reduce((sum, { text, url }) => sum + (url === undefined ? countGraphemes(text) : form.linkLength(text)), 0);
