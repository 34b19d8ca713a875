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
function around(text: string, mark: string): string {
  const [lead, trail] = [/^\s*/.exec(text)![0], /\s*$/.exec(text)![0]];
  if (lead.length === text.length) return plain(text);
  return `${lead && " "}${mark}${plain(text.trim())}${mark}${trail && " "}`;
}

/** Marks that chats know: struck through, bold, italic, around words in which nothing else acts. */
export const MARKDOWN: LineStyle = {
  kept: plain,
  removed: (text) => around(text, "~~"),
  added: (text) => around(text, "**"),
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
