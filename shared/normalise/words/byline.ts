/** Words that stand before a name in a byline, per language. */
export const BYLINE_LEADS: Readonly<Record<string, readonly string[]>> = {
  en: ["written by", "posted by", "published by", "reported by", "story by", "by"],
  id: ["diposting oleh", "ditulis oleh", "oleh", "penulis", "reporter"],
  es: ["escrito por", "publicado por", "por"],
  pt: ["publicado por", "por"],
  fr: ["écrit par", "publié par", "par"],
  de: ["geschrieben von", "von"],
  it: ["scritto da", "pubblicato da", "di", "da"],
  nl: ["geschreven door", "door"],
  sv: ["av"],
  da: ["af"],
  tr: ["yazan"],
  pl: ["autor", "przez"],
  ru: ["автор"],
  ar: ["كتب", "بقلم"],
  zh: ["作者", "文", "记者"],
  ja: ["文", "著者", "執筆"],
};

const escaped = [...new Set(Object.values(BYLINE_LEADS).flat())].sort((a, b) => b.length - a.length).join("|");
const LEAD = new RegExp(`^(?:${escaped})(?:\\s*[:：]\\s*|\\s+)`, "iu");

/** A byline without the words before the name. */
export const withoutBylineLead = (text: string): string => text.replace(LEAD, "").trim();
