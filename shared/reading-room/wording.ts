import { type Counted, counted as countedIn } from "../domain/wording.ts";
import { type Child, type Html, html } from "./html.ts";
import type { Words } from "./strings.ts";

/** Puts the parts where the sentence has their names. Strings are escaped when the result is written. */
export function fill(sentence: string, parts: Readonly<Record<string, Child>>): Html {
  const children = sentence.split(/\{(\w+)\}/).map((piece, index) => (index % 2 ? parts[piece] : piece));
  return html`${children as Child[]}`;
}

/** A counted sentence in the form that the language has for this number. */
export const counted = (words: Words, sentence: Counted, count: number): string =>
  countedIn(words.locale, sentence, count);

/** A wait in seconds as readers say it: `15 minutes`. */
export function period(words: Words, seconds: number): string {
  const units = [
    ["week", 604_800],
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ] as const;
  const [unit, size] = units.find(([, length]) => seconds >= length && seconds % length === 0) ?? ["second", 1];
  return new Intl.NumberFormat(words.locale, { style: "unit", unit, unitDisplay: "long" }).format(seconds / size);
}

/** The same with other parts in it. */
export const countedWith = (
  words: Words,
  sentence: Counted,
  count: number,
  parts: Readonly<Record<string, Child>>,
): Html => {
  const places = Object.fromEntries(Object.keys(parts).map((name) => [name, `{${name}}`]));
  return fill(countedIn(words.locale, sentence, count, places), parts);
};
