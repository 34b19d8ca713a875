import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { ENGLISH, type Words } from "./strings.ts";
import { INDONESIAN } from "./strings-indonesian.ts";

/** What the room speaks; the first where a browser asks for none of them. */
export const LANGUAGES: readonly Words[] = [ENGLISH, INDONESIAN];

/** `id` of `id-ID`. */
const primary = (tag: string): string => tag.split("-")[0]?.toLowerCase() ?? "";

/** The words in the language that the browser likes best. An address has no part in it, so that a page has one. */
export function wordsFor(c: Context): Words {
  const supports = LANGUAGES.map(({ locale }) => primary(locale));
  const chosen = accepts(c, {
    header: "Accept-Language",
    supports,
    default: "en",
    match: (wanted, { default: otherwise }) =>
      wanted
        .filter(({ q }) => q > 0)
        .toSorted((a, b) => b.q - a.q)
        .map(({ type }) => primary(type))
        .find((type) => supports.includes(type)) ?? otherwise,
  });
  return LANGUAGES.find(({ locale }) => primary(locale) === chosen) ?? ENGLISH;
}
