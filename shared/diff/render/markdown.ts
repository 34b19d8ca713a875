import type { Comparison } from "../../domain/comparison.ts";
import { changeLines, type LineStyle } from "./lines.ts";
import { type ChangeStrings, stringsWith } from "./strings.ts";

/**
 * What acts in Markdown or in a chat (marks, links, mentions, headings) is written with a backslash, so that an article
 * cannot ring a channel or dress a link as something else. A mention is also cut by a zero-width space.
 */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]#|~<>&]/g, "\\$&")
    .replace(/^ ?(?:[-+]|\d+[.)])/, (head) => `${head.slice(0, -1)}\\${head.slice(-1)}`)
    .replace(/@/g, "@\u200b")
    .replace(/:\/\//g, ":\u200b//");

/** Marks stand directly at the words: `** word **` is no emphasis. White space moves outside. */
function around(text: string, open: string, close = open): string {
  const [lead, trail] = [/^\s*/.exec(text)![0], /\s*$/.exec(text)![0]];
  if (lead.length === text.length) return plain(text);
  return `${lead && " "}${open}${plain(text.trim())}${close}${trail && " "}`;
}

const BEGINS_WITH_MARK = /^[\p{P}\p{S}]/u;
const ENDS_WITH_MARK = /[\p{P}\p{S}]$/u;

/**
 * Marks around a part of a line. By CommonMark one between a letter and a punctuation mark neither opens nor closes
 * emphasis ("mayor**, however,** said"): a zero-width space keeps the punctuation off it.
 */
function within(text: string, mark: string): string {
  const words = text.trim();
  const [lead, trail] = [BEGINS_WITH_MARK.test(words) ? "\u200b" : "", ENDS_WITH_MARK.test(words) ? "\u200b" : ""];
  return around(text, `${mark}${lead}`, `${trail}${mark}`);
}

/** Marks that chats know: struck through, bold, italic, around words in which nothing else acts. */
export const MARKDOWN: LineStyle = {
  kept: plain,
  removed: (text) => within(text, "~~"),
  added: (text) => within(text, "**"),
  aside: (text) => around(text, "_"),
};

interface MarkdownOptions {
  readonly strings?: Partial<ChangeStrings>;
  /** Which article, as text. */
  readonly title?: string;
  /** What is known of the change beside its words, as text, a line each. */
  readonly facts?: readonly string[];
}

/** What changed in Markdown for chat: removed struck through, added bold, one paragraph a line. */
export function changeAsMarkdown(comparison: Comparison, { strings, title, facts = [] }: MarkdownOptions = {}): string {
  const head = [title === undefined ? [] : [around(title, "**")], facts.map(plain)].flat().join("  \n");
  const lines = changeLines(comparison, MARKDOWN, stringsWith(strings));
  return `${[...(head === "" ? [] : [head]), ...lines].join("\n\n")}\n`;
}
