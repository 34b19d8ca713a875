import { describe, expect, it } from "vitest";
import { compareTexts } from "../../shared/diff/compare.ts";
import { sentencesOf } from "../../shared/diff/sentences.ts";
import type { Segment } from "../../shared/domain/comparison.ts";
import { seededRandom } from "../support/seeded-random.ts";

interface Language {
  /** What stands between two sentences. */
  readonly join: string;
  /** Each with something in it that could be taken for a boundary: an initial, an abbreviation, a decimal, a quotation. */
  readonly sentences: readonly string[];
  /** Put into the middle of a sentence at a space, or, where words touch, anywhere. */
  readonly words: readonly string[];
  readonly bracket: string;
  readonly marker: string;
  readonly quotes: readonly [open: string, close: string];
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  English: {
    join: " ",
    sentences: [
      "The ferry was late by 3.5 hours on Monday.",
      "It was Dr. Varga who told the J. R. Holm Institute.",
      "“We will wait,” she said, “until the tide turns.”",
      "Tickets cost $1,200.50 (see page 4) in all.",
      "Was the captain of the U.S. vessel asked?",
      "Nobody at harbour.example answered before 5 p.m. that day!",
      "He added that No. 7 pier is closed for good.",
      "The report says “nothing is broken.”",
    ],
    words: ["very", "e.g.", "about 2.5", "Ms. Toth"],
    bracket: "(so it was said)",
    marker: "2.",
    quotes: ["“", "”"],
  },
  Indonesian: {
    join: " ",
    sentences: [
      "Feri itu terlambat 3,5 jam pada hari Senin.",
      "Laporan itu ditulis oleh Dr. Sari dan Ir. H. Bakti.",
      "“Kami menunggu,” katanya, “sampai air pasang.”",
      "Harga karcis Rp 1.200.500 (lihat halaman 4) semuanya.",
      "Apakah PT. Laut Biru sudah ditanya?",
      "Tidak ada jawaban dari pelabuhan.example sampai pukul 17.30 hari itu!",
      "Menurut dia, dermaga No. 7 ditutup selamanya.",
      "Surat itu berbunyi “tidak ada yang rusak.”",
    ],
    words: ["sangat", "dll.", "sekitar 2,5", "Prof. Rina"],
    bracket: "(demikian kabarnya)",
    marker: "2.",
    quotes: ["“", "”"],
  },
  French: {
    join: " ",
    sentences: [
      "Le bac avait 3,5 heures de retard lundi.",
      "C’est M. Varga qui l’a dit à l’institut J.-R. Holm.",
      "« Nous attendrons », dit-elle, « que la marée tourne. »",
      "Les billets coûtent 1 200,50 euros (voir p. 4) au total.",
      "Le capitaine a-t-il été entendu ?",
      "Personne n’a répondu avant 17 h 30 ce jour-là !",
      "Selon lui, le quai no. 7 est fermé pour de bon.",
      "Le rapport dit que « rien n’est cassé. »",
    ],
    words: ["très", "etc.", "environ 2,5", "Mme. Toth"],
    bracket: "(à ce qu’on dit)",
    marker: "2.",
    quotes: ["« ", " »"],
  },
  German: {
    join: " ",
    sentences: [
      "Die Fähre kam am Montag 3,5 Stunden zu spät.",
      "Das sagte Dr. Varga dem Institut von J. R. Holm.",
      "„Wir warten“, sagte sie, „bis die Flut kommt.“",
      "Karten kosten 1.200,50 Euro (siehe S. 4) im Ganzen.",
      "Wurde der Kapitän z.B. in Kiel gefragt?",
      "Niemand hat bis 17.30 Uhr an diesem Tag geantwortet!",
      "Der Kai Nr. 7 ist nach seinen Worten für immer zu.",
      "Im Bericht steht „nichts ist kaputt.“",
    ],
    words: ["sehr", "bzw.", "etwa 2,5", "Hr. Toth"],
    bracket: "(so heißt es)",
    marker: "2.",
    quotes: ["„", "“"],
  },
  Spanish: {
    join: " ",
    sentences: [
      "El ferri llegó el lunes con 3,5 horas de retraso.",
      "Lo dijo la Dra. Varga al instituto de J. R. Holm.",
      "«Esperaremos», dijo, «hasta que suba la marea.»",
      "Los billetes cuestan 1.200,50 euros (véase la pág. 4) en total.",
      "¿Se preguntó al capitán del barco?",
      "¡Nadie respondió antes de las 17.30 de ese día!",
      "Según él, el muelle núm. 7 está cerrado para siempre.",
      "El informe dice que “nada está roto.”",
    ],
    words: ["muy", "etc.", "unos 2,5", "el Sr. Toth"],
    bracket: "(eso se dijo)",
    marker: "2.",
    quotes: ["«", "»"],
  },
  Arabic: {
    join: " ",
    sentences: [
      "تأخرت العبارة 3.5 ساعات يوم الاثنين.",
      "قال ذلك د. فرغا لمعهد هولم.",
      "«سننتظر»، قالت، «حتى يرتفع المد.»",
      "سعر التذاكر 1,200.50 دينار (انظر الصفحة 4) في المجموع.",
      "هل سئل قبطان السفينة؟",
      "لم يجب أحد من الميناء قبل المساء!",
      "الرصيف رقم ٧ مغلق إلى الأبد، كما قال.",
      "يقول التقرير «لا شيء مكسور.»",
    ],
    words: ["جدا", "حوالي 2.5", "أ. طوط"],
    bracket: "(كما قيل)",
    marker: "٢.",
    quotes: ["«", "»"],
  },
  Chinese: {
    join: "",
    sentences: [
      "周一渡轮晚点3.5小时。",
      "是J. R. Holm研究所的王医生说的。",
      "“我们会等，”她说，“直到涨潮。”",
      "票价一共1,200.50元（见第4页）。",
      "有人问过船长吗？",
      "当天下午五点以前没有人回答！",
      "他还说，7号码头将永远关闭。",
      "报告说：“没有东西损坏。”",
    ],
    words: ["非常", "大约2.5", "其实"],
    bracket: "（据说）",
    marker: "2、",
    quotes: ["「", "」"],
  },
  Japanese: {
    join: "",
    sentences: [
      "フェリーは月曜日に3.5時間遅れた。",
      "J. R. Holm研究所のヴァルガ医師がそう述べた。",
      "「潮が満ちるまで待ちます」と彼女は言った。",
      "切符は全部で1,200.50円（4ページ参照）になる。",
      "船長には尋ねたのか？",
      "その日の午後五時までに誰も答えなかった！",
      "七番桟橋は永久に閉鎖されるという。",
      "報告書には「何も壊れていない」とある。",
    ],
    words: ["とても", "約2.5", "実は"],
    bracket: "（とのこと）",
    marker: "2、",
    quotes: ["『", "』"],
  },
  Thai: {
    join: "\n",
    sentences: [
      "เรือข้ามฟากมาช้า 3.5 ชั่วโมงในวันจันทร์",
      "ดร. วาร์กา บอกสถาบัน J. R. Holm เรื่องนี้",
      "“เราจะรอ” เธอกล่าว “จนกว่าน้ำจะขึ้น”",
      "ค่าตั๋วรวม 1,200.50 บาท (ดูหน้า 4) ทั้งหมด",
      "มีใครถามกัปตันเรือหรือยัง?",
      "ไม่มีใครตอบก่อนเวลา 17.30 น. ของวันนั้น!",
      "เขากล่าวว่าท่าเรือ 7 ปิดถาวร",
      "รายงานบอกว่า “ไม่มีอะไรเสียหาย”",
    ],
    words: ["มาก", "ประมาณ 2.5", "น.ส. ทอท"],
    bracket: "(ตามที่เล่ากัน)",
    marker: "2.",
    quotes: ["“", "”"],
  },
  Hindi: {
    join: " ",
    sentences: [
      "नौका सोमवार को 3.5 घंटे देर से आई।",
      "यह बात डॉ. वर्गा ने जे. आर. होल्म संस्थान को बताई।",
      "“हम इंतज़ार करेंगे,” उसने कहा, “ज्वार आने तक।”",
      "टिकट कुल 1,200.50 रुपये (पृष्ठ 4 देखें) के हैं।",
      "क्या कप्तान से पूछा गया?",
      "उस दिन शाम पाँच बजे तक किसी ने जवाब नहीं दिया!",
      "उसने कहा कि घाट 7 हमेशा के लिए बंद है।",
      "रिपोर्ट कहती है “कुछ भी टूटा नहीं है।”",
    ],
    words: ["बहुत", "लगभग 2.5", "श्री. तोथ"],
    bracket: "(ऐसा कहा गया)",
    marker: "2.",
    quotes: ["“", "”"],
  },
};

type Edit = (sentence: string, language: Language, random: () => number) => string;

/** What an editor does to one sentence, each a way in which a boundary could flip beside it. */
const EDITS: Readonly<Record<string, Edit>> = {
  "a word put in": (sentence, { words, join }, random) => {
    const at = join === "" ? 1 + Math.floor(random() * (sentence.length - 3)) : spaceIn(sentence, random);
    const word = words[Math.floor(random() * words.length)]!;
    return join === ""
      ? sentence.slice(0, at) + word + sentence.slice(at)
      : `${sentence.slice(0, at)} ${word}${sentence.slice(at)}`;
  },
  "a list marker before it": (sentence, { marker }) => `${marker} ${sentence}`,
  "a bracket before it": (sentence, { bracket }) => `${bracket} ${sentence}`,
  "quotation marks around it": (sentence, { quotes: [open, close] }) => `${open}${sentence}${close}`,
  "a number changed": (sentence) => sentence.replace(/\d+/, (number) => `${Number(number) + 1}.75`),
  "a small letter at its head": (sentence) => sentence[0]!.toLowerCase() + sentence.slice(1),
  "its terminator changed": (sentence) => sentence.replace(/([.。।])(["”“»’」]*)$/u, "!$2"),
};

const ROUNDS = 40;

describe.each(Object.entries(LANGUAGES))("sentences in %s", (_name, language) => {
  it("end where they end, whichever stand side by side", () => {
    const random = seededRandom(7);
    for (let round = 0; round < ROUNDS; round++) {
      const sentences = shuffled(language.sentences, random);
      const text = sentences.join(language.join);
      expect(sentencesOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(sentences);
    }
  });

  it.each(Object.entries(EDITS))("are told as they were beside one with %s", (_what, edit) => {
    const random = seededRandom(11);
    for (let round = 0; round < ROUNDS; round++) {
      const sentences = shuffled(language.sentences, random);
      const at = Math.floor(random() * sentences.length);
      const edited = sentences.with(at, edit(sentences[at]!, language, random));
      const [before, after] = [sentences, edited].map((side) => side.join(language.join)) as [string, string];
      const others = sentences.filter((_, index) => edited[index] === sentences[index]);
      const told = unchangedIn(compareTexts([before], [after]), before).filter((text) => others.includes(text));
      expect({ after, told }).toEqual({ after, told: others });
    }
  });
});

/** The text of the segments that are told as unchanged. */
const unchangedIn = (segments: readonly Segment[], before: string): string[] =>
  segments.flatMap((segment) =>
    segment.kind === "unchanged" && segment.before ? [before.slice(segment.before.start, segment.before.end)] : [],
  );

function spaceIn(sentence: string, random: () => number): number {
  const spaces = [...sentence.matchAll(/ /g)].map(({ index }) => index);
  return spaces[Math.floor(random() * spaces.length)]!;
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}
