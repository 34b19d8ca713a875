interface BylineWords {
  /** What stands before a name, wherever it is read. */
  readonly lead: string;
  /** What does so only on pages in the language: elsewhere it is part of names (Gabriele von Arnim, Theo Marsh). */
  readonly leadHere?: string;
  /** What stands between two names, on pages in the language. */
  readonly and: string;
}

const WORDS: Readonly<Record<string, BylineWords>> = {
  ar: { lead: "بقلم|كتب|كتبت|كتبه|تحرير|إعداد|مرسلة بواسطة", and: "و" },
  bg: { lead: "автор", and: "и" },
  ca: { lead: "escrit per|publicat per", leadHere: "per", and: "i" },
  cs: { lead: "napsal|napsala|autor|autorka|vystavil", and: "a" },
  da: { lead: "skrevet af|indsendt af", leadHere: "af", and: "og" },
  de: {
    lead: "über den autor|geschrieben von|verfasst von|erstellt von|eingestellt von|ein beitrag von|autor|autorin|autoren|text",
    leadHere: "von",
    and: "und",
  },
  el: { lead: "γράφει ο|γράφει η|συντάκτης|αναρτήθηκε από", leadHere: "του|της", and: "και" },
  en: {
    lead: "about the author|written by|posted by|published by|reported by|story by|words by|text by|by|author|authors",
    and: "and",
  },
  es: { lead: "escrito por|publicado por|texto de|por|autor|autora", and: "y|e" },
  fa: { lead: "نویسنده|نوشته", and: "و" },
  fi: { lead: "kirjoittanut|kirjoittaja|teksti|lähettänyt", and: "ja" },
  fr: { lead: "écrit par|publié par|rédigé par|par|auteur", and: "et" },
  he: { lead: "מאת|פורסם על ידי", and: "ו" },
  hi: { lead: "लेखक|द्वारा|प्रस्तुतकर्ता", and: "और" },
  hu: { lead: "írta|szerző|bejegyezte", and: "és" },
  id: { lead: "diposting oleh|ditulis oleh|dipublikasikan oleh|oleh|penulis|reporter", and: "dan" },
  it: { lead: "scritto da|pubblicato da|a cura di|autore", leadHere: "di|da", and: "e" },
  ja: { lead: "取材・文|文・写真|文|著者|執筆者|執筆|筆者|投稿者", and: "と" },
  ko: { lead: "작성자|글쓴이|글", and: "와|과" },
  ms: { lead: "ditulis oleh|oleh", and: "dan" },
  nb: { lead: "skrevet av|lagt inn av|tekst", leadHere: "av", and: "og" },
  nl: { lead: "geschreven door|gepost door|auteur|tekst", leadHere: "door", and: "en" },
  no: { lead: "skrevet av|lagt inn av|tekst", leadHere: "av", and: "og" },
  pl: { lead: "autor|autorka|napisał|napisała|opracował|opracowała", leadHere: "przez", and: "i|oraz" },
  pt: { lead: "escrito por|publicado por|postado por|postada por|por|autor|autora", and: "e" },
  ro: { lead: "scris de|publicat de|autor", leadHere: "de", and: "și" },
  ru: { lead: "автор|авторы|текст", and: "и" },
  sv: { lead: "skriven av|upplagd av|text", leadHere: "av", and: "och" },
  th: { lead: "โดย|เขียนโดย|ผู้เขียน", and: "และ" },
  tr: { lead: "yazan|yazar|gönderen", leadHere: "haber", and: "ve" },
  uk: { lead: "автор|авторка|текст", and: "та|і|й" },
  vi: { lead: "tác giả|người đăng|bởi", leadHere: "theo", and: "và" },
  zh: { lead: "作者|撰文|記者|记者|張貼者|发帖者|文", and: "及|与|與|和" },
};

/** Scripts that part no words by spaces: their lead words, but for those of one sign, may touch the name. */
const WIDE = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
/** What parts a lead word from the name. */
const PARTING = String.raw`(?:[\s:：/／|＝=>・·•–—]|-\s)`;

export interface BylinePatterns {
  /** The lead words at the beginning of a text, and what parts them from the name. */
  readonly lead: RegExp;
  /** A word between two names, at either end of a text or inside. */
  readonly and: RegExp;
  readonly andAtEnd: RegExp;
}

function patternsFor(language: string): BylinePatterns {
  const leads = Object.entries(WORDS).flatMap(([tag, { lead, leadHere = "" }]) =>
    `${lead}${tag === language && leadHere !== "" ? `|${leadHere}` : ""}`.split("|"),
  );
  const longestFirst = [...new Set(leads)].sort((a, b) => b.length - a.length);
  const touching = longestFirst.filter((word) => WIDE.test(word) && word.length > 1).join("|");
  const and = [...new Set(["and", ...(WORDS[language]?.and.split("|") ?? [])])].join("|");
  return {
    lead: new RegExp(`^(?:(?:${longestFirst.join("|")})(?=$|${PARTING})|(?:${touching}))${PARTING}*`, "iu"),
    and: new RegExp(`(?:^|\\s)(?:${and}|&|\\+)(?:\\s|$)`, "u"),
    andAtEnd: new RegExp(`(?:^|\\s)(?:${and}|&|\\+)$`, "u"),
  };
}

/** A word that joins one more name to another, in any of the languages, at the beginning of a text. */
export const JOINING = new RegExp(
  `^\\s*(?:${["with", "mit", "avec", "con", "com", "med", "met", "dengan", ...Object.values(WORDS).flatMap(({ and }) => and.split("|"))].join("|")}|&|\\+)(?:\\s|$)`,
  "u",
);

const known = new Map<string, BylinePatterns>();

/** @param language - of the page, a BCP 47 tag; null where it declares none */
export function bylineWords(language: string | null): BylinePatterns {
  const [primary = ""] = language?.split("-") ?? [];
  const tag = Object.hasOwn(WORDS, primary) ? primary : "";
  const patterns = known.get(tag) ?? patternsFor(tag);
  known.set(tag, patterns);
  return patterns;
}
