import { folded } from "../page/canonical.ts";

/**
 * What a page prints over the places of its advertisements, per language. They come and go with what was sold today, and
 * count only where nothing else stands in the block.
 */
export const ADVERT_LABELS: Readonly<Record<string, readonly string[]>> = {
  en: [
    "advertisement",
    "advert",
    "advertising",
    "advertisement continue reading below",
    "advertisement scroll to continue",
    "article continues after advertisement",
    "article continues below advertisement",
    "continue reading below",
    "scroll to continue",
    "story continued below",
    "story continues below",
    "story continues below advertisement",
  ],
  id: ["iklan", "scroll to continue with content"],
  es: ["publicidad", "anuncio"],
  pt: ["publicidade", "continua após a publicidade"],
  fr: ["publicité", "la suite après la publicité"],
  de: ["anzeige", "werbung"],
  it: ["pubblicità"],
  nl: ["advertentie"],
  sv: ["annons", "artikeln fortsätter efter annonsen"],
  da: ["annonce"],
  no: ["annonse"],
  fi: ["mainos"],
  pl: ["reklama"],
  cs: ["reklama"],
  hu: ["hirdetés"],
  ro: ["publicitate"],
  tr: ["reklam"],
  el: ["διαφήμιση"],
  ru: ["реклама"],
  uk: ["реклама"],
  ar: ["إعلان"],
  fa: ["آگهی", "تبلیغات"],
  he: ["פרסומת"],
  hi: ["विज्ञापन"],
  bn: ["বিজ্ঞাপন"],
  th: ["โฆษณา"],
  vi: ["quảng cáo"],
  zh: ["广告", "廣告"],
  ja: ["広告"],
  ko: ["광고"],
};

const LABELS: ReadonlySet<string> = new Set(Object.values(ADVERT_LABELS).flat().map(folded));
const MOST_CHARS = 60;

/** Whether a text says that an advertisement stands here, and nothing else. */
export const isAdvertLabel = (text: string): boolean => text.length <= MOST_CHARS && LABELS.has(folded(text));
