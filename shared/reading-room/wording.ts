import { type Child, type Html, html } from "./html.ts";
import type { Counted, Words } from "./strings.ts";

/** Puts the parts where the sentence has their names. Strings are escaped when the result is written. */
export function fill(sentence: string, parts: Readonly<Record<string, Child>>): Html {
  const children = sentence.split(/\{(\w+)\}/).map((piece, index) => (index % 2 ? parts[piece] : piece));
  return html`${children as Child[]}`;
}

/** The same as one line of plain text. */
export const fillText = (sentence: string, parts: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name] ?? ""));

/** A counted sentence in the form that the language has for this number. */
export function counted(words: Words, sentence: Counted, count: number): string {
  const one = sentence.one !== undefined && new Intl.PluralRules(words.locale).select(count) === "one";
  const form = one ? (sentence.one ?? sentence.other) : sentence.other;
  return fillText(form, { count: new Intl.NumberFormat(words.locale).format(count) });
}

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
