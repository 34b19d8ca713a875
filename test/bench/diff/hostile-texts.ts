/** Two sides of a comparison. */
export type Sides = readonly [before: readonly string[], after: readonly string[]];

/** Whole numbers below `n`, the same in every run. */
function numbersFrom(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % n;
  };
}

const below = numbersFrom(1);
const wordOf = (index: number): string => `w${index.toString(36)}${"abcdefghij".slice(0, index % 9)}`;
const list = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));
const wordsOf = (count: number, kinds = 20_000): string => list(count, () => wordOf(below(kinds))).join(" ");
const sentence = (count: number, kinds?: number): string => `W${wordsOf(count, kinds)}.`;

function shuffled<T>(values: readonly T[]): T[] {
  const result = [...values];
  for (let at = result.length - 1; at > 0; at--) {
    const other = below(at + 1);
    [result[at], result[other]] = [result[other]!, result[at]!];
  }
  return result;
}

const withWord = (text: string, at: number): string =>
  text
    .split(" ")
    .with(at, wordOf(below(20_000)))
    .join(" ");
const han = (): string => String.fromCharCode(0x4e00 + below(3000));
const THAI = "เรือเฟอร์รี่จอดอยู่ที่ท่าในวันจันทร์เพราะลูกเรือพบรอยร้าวที่ตัวเรือ";
const thai = (): string =>
  list(3000, () => {
    const at = below(THAI.length);
    return THAI.slice(at) + THAI.slice(0, at);
  }).join("");

const edited = (before: readonly string[], change: (texts: readonly string[]) => string[]): Sides => [
  before,
  change(before),
];

/** Inputs that cost a diff dearly: each is built when it is asked for, from numbers that are the same in every run. */
export const HOSTILE_TEXTS: Readonly<Record<string, () => Sides>> = {
  "10,000 sentences, each edited, shuffled": () =>
    edited(
      list(10_000, () => sentence(10)),
      (texts) => shuffled(texts.map((text) => withWord(text, 3))),
    ),
  "one paragraph of 10,000 sentences, each edited, shuffled": () => {
    const texts = list(10_000, () => sentence(10));
    return [[texts.join(" ")], [shuffled(texts.map((text) => withWord(text, 3))).join(" ")]];
  },
  "200,000 one-word paragraphs, half new": () =>
    edited(
      list(200_000, (index) => `p${index}`),
      (texts) => texts.map((text, index) => (index % 2 ? text : `q${index}`)),
    ),
  "29,000 one-word paragraphs, half new": () =>
    edited(
      list(29_000, (index) => `p${index}`),
      (texts) => texts.map((text, index) => (index % 2 ? text : `q${index}`)),
    ),
  "200,000 one-word paragraphs of 50 kinds, shuffled": () =>
    edited(
      list(200_000, () => wordOf(below(50))),
      shuffled,
    ),
  "1 MB, nothing in common": () =>
    edited(
      list(2000, () => sentence(60)),
      (texts) => texts.map((text) => text.replaceAll("w", "z")),
    ),
  "200 KB of Thai without a space": () => [[thai()], [thai()]],
  "300 KB of Chinese without a stop": () => [[list(300_000, han).join("")], [list(300_000, han).join("")]],
  "300 KB of Chinese without a stop, a tenth edited": () =>
    edited([list(300_000, han).join("")], ([text]) => [text!.replace(/./g, (one) => (below(10) ? one : han()))]),
  "1 MB of two words in turn, in the other order": () => [["a b ".repeat(250_000)], ["b a ".repeat(250_000)]],
  "1 MB of two words in turn, shifted by one": () => [["a b ".repeat(250_000)], [`${"b a ".repeat(249_999)}c`]],
  "20,000 sentences of two kinds": () => {
    const weather = () => list(20_000, () => (below(2) ? "It rains today." : "It snows today."));
    return [weather(), weather()];
  },
  "20,000 equal sentences and a new one": () =>
    edited(
      list(20_000, () => "The same line stands here again."),
      (texts) => ["A new one comes first.", ...texts],
    ),
  "1 MB in one sentence, all other words": () => [[wordsOf(150_000)], [wordsOf(150_000)]],
  "1 MB of full stops": () => [[".".repeat(1e6)], [`${".".repeat(1e6 - 1)}!`]],
  "1 MB of full stops with spaces": () => [[". ".repeat(5e5)], ["! ".repeat(5e5)]],
  "1 MB of abbreviations": () => [["Mr. ".repeat(25e4)], ["Dr. ".repeat(25e4)]],
  "1 MB of initials": () => [["A. B. ".repeat(16e4)], ["B. A. ".repeat(16e4)]],
  "1 MB of quotation marks": () => [['"'.repeat(1e6)], ["'".repeat(1e6)]],
  "1 MB of opening quotation marks": () => [["“a ".repeat(33e4)], ["„a ".repeat(33e4)]],
  "a full stop and 1 MB of brackets": () => [[`x.${'"'.repeat(1e6)}`], [`y.${")".repeat(1e6)}`]],
  "1 MB of white space": () => [[`${" ".repeat(1e6)}x`], [`${" \u00a0".repeat(5e5)}y`]],
  "1 MB of combining marks on one letter": () => [[`e${"\u0301".repeat(1e6)}`], [`e${"\u0300".repeat(1e6)}`]],
  "300,000 joined emoji": () => [["👩\u200d".repeat(3e5)], ["👨\u200d".repeat(3e5)]],
  "300,000 lone surrogates": () => [["\ud83d".repeat(3e5)], ["\ude00".repeat(3e5)]],
  "600,000 direction marks": () => [["\u200f\u200e".repeat(3e5)], ["\u200e\u200f".repeat(3e5)]],
  "one word of 1 MB": () => [["a".repeat(1e6)], [`${"a".repeat(1e6)}b`]],
  "1 MB of digits and commas": () => [["1,".repeat(5e5)], ["2,".repeat(5e5)]],
  "5,000 sentences of 60 words in all, shuffled, edited": () =>
    edited(
      list(5000, () => sentence(12, 60)),
      (texts) => shuffled(texts.map((text) => withWord(text, 5))),
    ),
  "19,000 sentences in reverse": () =>
    edited(
      list(19_000, () => sentence(8)),
      (texts) => texts.toReversed(),
    ),
  "30,000 sentences in one paragraph, words in reverse": () =>
    edited([list(30_000, () => sentence(8)).join(" ")], ([text]) => [text!.split(" ").toReversed().join(" ")]),
  "a sentence of 3,000 words, every other one new": () =>
    edited([sentence(3000)], ([text]) => [
      text!
        .split(" ")
        .map((word, index) => (index % 2 ? word : wordOf(below(20_000))))
        .join(" "),
    ]),
  "300 sentences of 60 words of 40 kinds": () => [list(300, () => sentence(60, 40)), list(300, () => sentence(60, 40))],
};
