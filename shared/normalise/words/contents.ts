import { folded } from "../page/canonical.ts";

/** What stands over a table of contents, per language. It counts only right above links to places in the page. */
const CONTENTS_LABELS: Readonly<Record<string, readonly string[]>> = {
  en: [
    "contents",
    "contents hide",
    "table of contents",
    "on this page",
    "in this article",
    "in this post",
    "in this story",
    "jump to",
    "jump to section",
    "quick links",
  ],
  id: ["daftar isi"],
  ms: ["isi kandungan"],
  es: ["contenido", "contenidos", "índice", "tabla de contenidos", "en este artículo", "en esta página"],
  pt: ["conteúdo", "índice", "sumário", "neste artigo", "nesta página"],
  fr: ["sommaire", "table des matières", "au sommaire", "dans cet article", "sur cette page"],
  de: ["inhalt", "inhaltsverzeichnis", "inhaltsübersicht", "in diesem artikel", "auf dieser seite"],
  it: ["indice", "sommario", "contenuti", "in questo articolo", "in questa pagina"],
  nl: ["inhoud", "inhoudsopgave", "in dit artikel", "op deze pagina"],
  sv: ["innehåll", "innehållsförteckning", "i artikeln"],
  da: ["indhold", "indholdsfortegnelse"],
  no: ["innhold", "innholdsfortegnelse"],
  fi: ["sisällys", "sisällysluettelo"],
  pl: ["spis treści"],
  cs: ["obsah"],
  hu: ["tartalom", "tartalomjegyzék"],
  ro: ["cuprins"],
  tr: ["içindekiler"],
  el: ["περιεχόμενα"],
  ru: ["содержание", "оглавление"],
  uk: ["зміст"],
  ar: ["المحتويات", "جدول المحتويات"],
  fa: ["فهرست", "فهرست مطالب"],
  he: ["תוכן עניינים"],
  hi: ["विषय सूची"],
  bn: ["সূচিপত্র"],
  th: ["สารบัญ"],
  vi: ["mục lục"],
  zh: ["目录", "目錄"],
  ja: ["目次"],
  ko: ["목차", "차례"],
};

const LABELS: ReadonlySet<string> = new Set(Object.values(CONTENTS_LABELS).flat().map(folded));
const MOST_CHARS = 60;

/** Whether a text says that contents follow, and nothing else. */
export const isContentsLabel = (text: string): boolean => text.length <= MOST_CHARS && LABELS.has(folded(text));
