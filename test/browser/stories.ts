import type { Draft } from "../reading-room/reading-room.ts";

const BRIDGE = [
  "The harbour bridge was closed on Monday after engineers found a crack in its northern pier. The bridge will stay closed for 3 days. Some 1,200 drivers cross it each day.",
  "“We will not open it until it is safe and the inspectors agree,” said the harbour master, Ilse Varga. The company that built it declined to comment.",
  "Ferries run every hour from the north quay. Tickets cost 4 euros.",
  "The bridge was built in 1998 and has served the islands since. It was last inspected in May, when nothing was found that gave cause for concern.",
  "The council meets on Thursday.",
];
const longer = BRIDGE.map((text) => text.replace("3 days", "30 days"));
const quoted = longer.map((text) =>
  text.replace("agree,” said", "are sure of it,” said").replace(" The company that built it declined to comment.", ""),
);
const moved = [quoted[0]!, quoted[3]!, quoted[1]!, `${quoted[2]} Bicycles are free.`, quoted[4]!];
const CORRECTION = "Correction: an earlier version of this article said that the bridge would be closed for 3 days.";

const SHORT = "Harbour bridge closed after inspection";
const LONG = "Harbour bridge closed for a month";
const given = { standfirst: "Engineers found a crack in the northern pier", byline: "By Ada Quill" };

const JISR = [
  "أغلقت السلطات الجسر يوم الاثنين بعد أن عثر المهندسون على شرخ في العمود الشمالي. سيبقى الجسر مغلقا لمدة 3 أيام.",
  "قال مدير الميناء: «لن نفتحه حتى يكون آمنا». رفضت الشركة التعليق.",
  "تعمل العبارات كل ساعة.",
];
const TOKEIDAI = [
  "町の時計台が、春分の日の正午に再び動き出す。台風で歯車が欠けて以来、針は三時七分を指したままだった。",
  "工作部の顧問は「生徒たちは古い図面を読むことから始めた」と話す。図面は倉庫の米びつの底から見つかった。",
  "費用は住民の寄付と朝市の売り上げでまかなわれた。",
];

/** The demo's articles, invented, with each text that they had, oldest first. */
export const STORIES = {
  bridge: {
    url: "https://gazette.example/harbour-bridge",
    tags: ["harbour"],
    drafts: [
      { ...given, headline: SHORT, text: BRIDGE },
      { ...given, headline: SHORT, text: longer },
      { ...given, headline: LONG, text: quoted },
      { ...given, headline: LONG, text: moved },
      { ...given, headline: LONG, text: [...moved, CORRECTION], modified: "2026-03-01T14:00:00.000Z" },
    ],
  },
  jisr: {
    url: "https://sahifa.example/jisr",
    tags: ["harbour"],
    drafts: [
      { headline: "إغلاق الجسر", language: "ar", text: JISR },
      {
        headline: "إغلاق الجسر لمدة شهر",
        language: "ar",
        text: JISR.map((text) => text.replace("3 أيام", "30 يوما").replace(" رفضت الشركة التعليق.", "")),
      },
    ],
  },
  tokeidai: {
    url: "https://hamabe.example/tokeidai",
    tags: ["clock"],
    drafts: [
      { headline: "港の時計台、春分の日に再び動く", language: "ja", text: TOKEIDAI },
      {
        headline: "港の時計台、春分の日に再び動く",
        language: "ja",
        text: TOKEIDAI.map((text) => text.replace("古い図面を読む", "歯車を測る")),
      },
    ],
  },
  fares: {
    url: "https://courier.example/ferry-fares",
    tags: ["ferry"],
    drafts: [
      {
        headline: "Ferry fares to rise in April",
        text: ["A ticket will cost 6 euros from April.", "Pupils go on sailing for nothing, the port office said."],
      },
      {
        headline: "Ferry fares may rise in April",
        text: ["A ticket will cost 5 euros from April.", "Pupils go on sailing for nothing, the port office said."],
      },
    ],
  },
} as const satisfies Record<string, { url: string; tags: readonly string[]; drafts: readonly Draft[] }>;
