import type { WordMark } from "../domain/comparison.ts";
import { type Html, html, languageTag } from "./html.ts";
import type { Words } from "./strings.ts";

/** Words with what was taken out and put in, said aloud as well. The text keeps its white space as the marks carry it. */
export const marked = ({ marks }: Words, words: readonly WordMark[]): Html =>
  html`${words.map(({ mark, text }) => MARKS[mark](text, marks))}`;

const MARKS: Readonly<Record<WordMark["mark"], (text: string, said: Words["marks"]) => Html>> = {
  "=": (text) => html`${text}`,
  "-": (text, said) => html`<del>${heard(`${said.removedStart} `)}${text}${heard(said.removedEnd)}</del>`,
  "+": (text, said) => html`<ins>${heard(`${said.addedStart} `)}${text}${heard(said.addedEnd)}</ins>`,
};

/** For those who listen; the style sheet hides it from sight. Its own `dir` keeps it from deciding the paragraph's. */
const heard = (text: string): Html => html`<span class="visually-hidden" dir="auto">${text}</span>`;

/** Attributes of an element that holds a publisher's text: its own direction, its own language. */
export function foreignAttributes(language: string | null | undefined): Html {
  const tag = languageTag(language);
  return tag ? html` dir="auto" lang="${tag}"` : html` dir="auto"`;
}
