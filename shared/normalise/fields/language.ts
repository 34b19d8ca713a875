import { LANGUAGES, LANGUAGES_OF, SCRIPT_LANGUAGES } from "../words/stop-words.ts";

const ENOUGH_WORDS = 8;
const MOST_CHARS = 20_000;

/**
 * The language of a text as a BCP 47 tag, or null when it cannot be told: by its script where that decides, else by the
 * share of words that only serve one language's grammar. A word list rather than a trigram library: see
 * words/stop-words.ts.
 */
export function detectedLanguage(text: string): string | null {
  const sample = text.slice(0, MOST_CHARS);
  const letters = lengthOf(sample.match(/\p{L}+/gu));
  if (letters < 20) return null;
  for (const [language, script] of SCRIPT_LANGUAGES) {
    const share = lengthOf(sample.match(script)) / letters;
    if (share > (language === "ja" ? 0.1 : 0.4)) return language;
  }
  const words = sample.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const hits = new Map<string, number>();
  for (const word of words)
    for (const language of LANGUAGES_OF.get(word) ?? []) hits.set(language, (hits.get(language) ?? 0) + 1);
  const most = Math.max(0, ...hits.values());
  if (most < ENOUGH_WORDS || most < 0.1 * words.length) return null;
  return LANGUAGES.find((language) => hits.get(language) === most) ?? null;
}

const lengthOf = (runs: readonly string[] | null): number => runs?.reduce((sum, run) => sum + run.length, 0) ?? 0;

/** `en_GB` and `EN-gb` are `en-GB`; what is no tag at all is null. */
export function languageTag(claim: string): string | null {
  const tag = claim.split(",")[0]?.trim().replace(/_/g, "-");
  if (!tag) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}
