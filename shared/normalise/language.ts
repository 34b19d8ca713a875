import { SCRIPT_LANGUAGES, STOP_WORDS } from "./words/stop-words.ts";

const ENOUGH_WORDS = 8;
const MOST_CHARS = 20_000;

/**
 * The language of a text as a BCP 47 tag, or null when it cannot be told: by its script where that decides, else by the
 * share of words that only serve one language's grammar. A word list rather than a trigram library: see
 * words/stop-words.ts.
 */
export function detectedLanguage(text: string): string | null {
  const sample = text.slice(0, MOST_CHARS);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 20) return null;
  for (const [language, script] of SCRIPT_LANGUAGES) {
    const share = (sample.match(script)?.length ?? 0) / letters;
    if (share > (language === "ja" ? 0.1 : 0.4)) return language;
  }
  const words = sample.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  let best: { language: string; hits: number } | null = null;
  for (const [language, stopWords] of STOP_WORDS) {
    const hits = words.reduce((sum, word) => sum + (stopWords.has(word) ? 1 : 0), 0);
    if (best === null || hits > best.hits) best = { language, hits };
  }
  return best !== null && best.hits >= ENOUGH_WORDS && best.hits >= 0.1 * words.length ? best.language : null;
}

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
