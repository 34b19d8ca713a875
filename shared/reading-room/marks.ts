import type { WordMark } from "../domain/comparison.ts";
import { type Html, html, languageTag } from "./html.ts";

/** Words with what was taken out and put in. The text keeps its white space as the marks carry it. */
export const marked = (words: readonly WordMark[]): Html => html`${words.map(({ mark, text }) => MARKS[mark](text))}`;

const MARKS: Readonly<Record<WordMark["mark"], (text: string) => Html>> = {
  "=": (text) => html`${text}`,
  "-": (text) => html`<del>${text}</del>`,
  "+": (text) => html`<ins>${text}</ins>`,
};

/** Attributes of an element that holds a publisher's text: its own direction, its own language. */
export function foreignAttributes(language: string | null | undefined): Html {
  const tag = languageTag(language);
  return tag ? html` dir="auto" lang="${tag}"` : html` dir="auto"`;
}
