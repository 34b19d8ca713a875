/**
 * Words that lead a link to another article inside a story, per language. They count only where a link follows them or
 * where nothing else stands in the block.
 */
export const RELATED_LEADS: Readonly<Record<string, readonly string[]>> = {
  id: ["baca juga", "baca pula", "lihat juga", "simak juga", "baca selengkapnya", "artikel terkait", "berita terkait"],
  ms: ["baca lagi", "lihat juga", "berita berkaitan"],
  en: [
    "read more",
    "read also",
    "also read",
    "read next",
    "see also",
    "related",
    "related article",
    "related articles",
    "related story",
    "related stories",
    "more on this",
    "more on this story",
    "more",
    "watch",
    "listen",
    "don't miss",
    "recommended",
    "you may also like",
    "further reading",
    "keep reading",
    "most read",
    "read",
  ],
  es: [
    "también",
    "lea también",
    "lee también",
    "leer también",
    "lea más",
    "leer más",
    "te puede interesar",
    "puede interesarle",
    "más información",
    "ver también",
    "noticias relacionadas",
    "relacionado",
  ],
  pt: ["leia também", "leia mais", "veja também", "saiba mais", "relacionado", "relacionadas"],
  fr: ["lire aussi", "à lire aussi", "voir aussi", "lire également", "sur le même sujet", "à lire", "lire la suite"],
  de: [
    "lesen sie auch",
    "lesen sie mehr",
    "lesen sie hier",
    "mehr zum thema",
    "auch interessant",
    "siehe auch",
    "mehr dazu",
    "zum thema",
    "weiterlesen",
    "das könnte sie auch interessieren",
    "lies auch",
  ],
  it: ["leggi anche", "leggi di più", "vedi anche", "per approfondire", "leggi tutto"],
  nl: ["lees ook", "lees meer", "lees verder", "bekijk ook", "zie ook"],
  sv: ["läs också", "läs även", "läs mer", "se även"],
  da: ["læs også", "læs mere", "se også"],
  no: ["les også", "les mer", "se også"],
  fi: ["lue myös", "lue lisää", "katso myös"],
  pl: ["czytaj też", "czytaj także", "zobacz też", "zobacz także", "przeczytaj także", "czytaj więcej", "polecamy"],
  cs: ["čtěte také", "čtěte více", "přečtěte si také", "související"],
  tr: ["ayrıca okuyun", "ilgili haberler", "ilgili haber", "devamını oku", "bunu da okuyun"],
  ro: ["citește și", "citeşte şi", "vezi și"],
  hu: ["olvassa el ezt is", "kapcsolódó"],
  el: ["διαβάστε επίσης", "διαβάστε ακόμα", "δείτε επίσης", "διαβάστε περισσότερα"],
  ru: ["читайте также", "читать также", "читать далее", "смотрите также", "по теме", "подробнее"],
  uk: ["читайте також", "дивіться також", "читати далі", "за темою"],
  ar: ["اقرأ أيضا", "اقرأ أيضًا", "اقرأ أيضاً", "إقرأ أيضا", "شاهد أيضا", "اقرأ المزيد", "مواضيع ذات صلة"],
  fa: ["بیشتر بخوانید", "همچنین بخوانید", "مطالب مرتبط"],
  he: ["קראו גם", "קרא עוד", "קראו עוד"],
  hi: ["यह भी पढ़ें", "ये भी पढ़ें", "और पढ़ें", "इसे भी पढ़ें"],
  bn: ["আরও পড়ুন", "আরো পড়ুন"],
  th: ["อ่านเพิ่มเติม", "อ่านต่อ", "ข่าวที่เกี่ยวข้อง"],
  vi: ["xem thêm", "đọc thêm", "tin liên quan"],
  zh: ["相关阅读", "相关新闻", "延伸阅读", "更多阅读", "相關閱讀", "相關新聞", "延伸閱讀", "阅读更多", "閱讀更多"],
  ja: ["関連記事", "あわせて読みたい", "合わせて読みたい", "続きを読む", "関連リンク"],
  ko: ["관련기사", "관련 기사", "더 읽기", "함께 보기"],
};

const ALL: readonly string[] = [...new Set(Object.values(RELATED_LEADS).flat())].sort((a, b) => b.length - a.length);
const escaped = ALL.map((lead) => lead.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
const LEAD_WITH_MARK = new RegExp(`^[\\s\\p{P}\\p{S}]*(?:${escaped})\\s*[:：>›»|–—-]+\\s*`, "iu");
const LEAD_ALONE = new RegExp(`^[\\s\\p{P}\\p{S}]*(?:${escaped})\\s*[:：>›»|…–—-]*$`, "iu");

/** The length of the lead words with their colon or dash at the start of a text; 0 when there are none. */
export const leadLength = (text: string): number => LEAD_WITH_MARK.exec(text)?.[0].length ?? 0;

/** True when a text is lead words and nothing else. */
export const isLeadAlone = (text: string): boolean => text.length < 60 && LEAD_ALONE.test(text);
