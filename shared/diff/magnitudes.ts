/**
 * Words that multiply the number before them, by BCP 47 language: lists of forms that say the same, smaller first. The
 * first form of a list stands for all. Lower case. What a word is worth differs (a German Billion is a thousand English
 * ones), so that none is turned into digits: both sides of a comparison are one publisher's.
 */
const MAGNITUDES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  en: [
    ["thousand", "thousands"],
    ["million", "millions", "mln"],
    ["billion", "billions"],
    ["trillion", "trillions"],
  ],
  id: [["ribu"], ["juta"], ["miliar", "milyar"], ["triliun", "trilyun"]],
  fr: [["mille"], ["million", "millions"], ["milliard", "milliards"], ["billion", "billions"]],
  de: [["tausend"], ["million", "millionen", "mio"], ["milliarde", "milliarden", "mrd"], ["billion", "billionen"]],
  es: [["mil"], ["millón", "millones"], ["mil millones"], ["billón", "billones"]],
  ar: [["ألف", "آلاف"], ["مليون", "ملايين"], ["مليار", "مليارات"], ["تريليون"]],
  hi: [["हज़ार", "हजार"], ["लाख"], ["करोड़", "करोड़"], ["अरब"]],
};

/** In scripts without spaces anything may follow directly. */
const UNSPACED: readonly (readonly string[])[] = [
  ["万", "萬"],
  ["亿", "億"],
  ["兆"],
  ["พันล้าน"],
  ["ล้าน"],
  ["แสน"],
  ["หมื่น"],
];

/** Short for a magnitude beside a currency only: "£5m", "5 bn €". Elsewhere "5 m" is a length. */
const BESIDE_MONEY: readonly (readonly string[])[] = [
  ["thousand", "k"],
  ["million", "m", "mn"],
  ["billion", "bn"],
  ["trillion", "tn"],
];

/** What stands for each form. A form of several languages is listed once: its first list stands for it. */
const canonical = (lists: readonly (readonly string[])[]): ReadonlyMap<string, string> =>
  new Map(lists.toReversed().flatMap((forms) => forms.map((form) => [form, forms[0]!] as const)));

/** A regular expression for any of them, the longest first. */
const anyOf = (forms: Iterable<string>): string => [...forms].toSorted((a, b) => b.length - a.length).join("|");

const SPACED = canonical(Object.values(MAGNITUDES).flat());
const OTHERS = canonical(UNSPACED);
const SHORT = canonical(BESIDE_MONEY);

const WORD_END = String.raw`(?![\p{L}\p{M}])`;
export const MAGNITUDE_WORDS = anyOf([...SPACED.keys(), ...SHORT.keys()]);
const AFTER_NUMBER = new RegExp(`^[\\s-]?(?:(${anyOf(SPACED.keys())})${WORD_END}|(${anyOf(OTHERS.keys())}))`, "iu");
const SHORT_AFTER_NUMBER = new RegExp(`^\\s?(${anyOf(SHORT.keys())})${WORD_END}`, "iu");
const CURRENCY_BEFORE = /\p{Sc}\s?$/u;
const CURRENCY_AFTER = /^\s?\p{Sc}/u;

/** True for a word that multiplies a number, in full. */
export const isMagnitude = (word: string): boolean => SPACED.has(word.toLowerCase());

/** Characters after a number in which its magnitude stands. */
const AROUND = 16;

/** The magnitude of the number at `start` to `end`: the word that stands for it, and where it ends. */
export function magnitudeAfter(text: string, start: number, end: number): { word: string; end: number } | undefined {
  const after = text.slice(end, end + AROUND);
  const found = AFTER_NUMBER.exec(after);
  if (found) {
    const form = (found[1] ?? found[2]!).toLowerCase();
    return { word: SPACED.get(form) ?? OTHERS.get(form)!, end: end + found[0].length };
  }
  const short = SHORT_AFTER_NUMBER.exec(after);
  if (!short) return undefined;
  const [length, word] = [short[0].length, SHORT.get(short[1]!.toLowerCase())!];
  const isMoney =
    CURRENCY_BEFORE.test(text.slice(Math.max(0, start - 2), start)) || CURRENCY_AFTER.test(after.slice(length));
  return isMoney ? { word, end: end + length } : undefined;
}
