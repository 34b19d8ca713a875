import { magnitudeAfter } from "./magnitudes.ts";
import type { Stretch } from "./sentences.ts";

/** A number in a text with its sign and magnitude, and what it says, however it is written. */
export interface NumberFound extends Stretch {
  readonly value: string;
}

const NUMBER = /\p{Nd}+(?:[.,٫٬'’\u00a0\u202f ]\p{Nd}+)*/gu;
/** Groups of thousands, with any one mark between them: what they say is the same without the marks. */
const GROUPED = /^\d{1,3}([.,' ])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$/;
/** A number that only counts items: at the head of a paragraph, before a full stop, bracket or colon; "6.1 Your rights". */
const MARKER =
  /^\s*(?:[*•·–-]\s+)?[([]?(?:\p{Nd}{1,3}(?:\.\p{Nd}{1,3})*[.)\]:、．°º](?=\s|$)|\p{Nd}{1,3}(?:\.\p{Nd}{1,3})+(?=\s+\p{Lu}))/u;
/** The same inside a sentence: "(1)", "(2)". */
const ENUMERATOR = /\(\p{Nd}{1,2}\)/gu;

/** The numbers of a paragraph. A list marker at its head and an enumerator are none, by their position. */
export function numbersIn(text: string): NumberFound[] {
  const marker = MARKER.exec(text)?.[0].length ?? 0;
  const enumerators = new Set([...text.matchAll(ENUMERATOR)].map(({ index }) => index + 1));
  return [...text.matchAll(NUMBER)]
    .filter(({ index }) => index >= marker && !enumerators.has(index))
    .flatMap((match) => parts(match[0], match.index))
    .map((number) => whole(text, number));
}

/** Directly at a number or its currency, after white space or a bracket. Behind another number a dash means "to". */
const SIGN = /(?:^|[^\p{Nd}\s]\s+|[([]\s?|^\s+)([-+‐‑−–])\p{Sc}?$/u;
/** Characters before a number in which its sign is looked for. */
const BEFORE = 6;

/** A number with its sign and its magnitude: "-5 million". A plus says nothing. */
function whole(text: string, { start, end, value }: NumberFound): NumberFound {
  const sign = SIGN.exec(text.slice(Math.max(0, start - BEFORE), start));
  const magnitude = magnitudeAfter(text, start, end);
  const isMinus = sign !== null && sign[1] !== "+";
  return {
    start: sign ? start - sign[0].length + sign[0].lastIndexOf(sign[1]!) : start,
    end: magnitude?.end ?? end,
    value: `${isMinus ? "-" : ""}${value}${magnitude ? ` ${magnitude.word}` : ""}`,
  };
}

/** One number, or the several that white space or a comma happens to hold together: "in 2020, 12", "18 19". */
function parts(text: string, start: number): NumberFound[] {
  const ascii = asciiDigits(text);
  if (GROUPED.test(ascii) || /^\d+(?:[.,]\d+)?$/.test(ascii)) {
    return [{ start, end: start + text.length, value: plainValue(ascii) }];
  }
  return [...ascii.matchAll(/\d+/g)].map((match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
    value: plainValue(match[0]),
  }));
}

/** Digits of any script as 0 to 9, Arabic separators as theirs, one kind of each mark: the length stays. */
function asciiDigits(text: string): string {
  return text
    .replace(/٫/g, ".")
    .replace(/٬/g, ",")
    .replace(/’/g, "'")
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Decimal digits stand in runs of ten that begin with zero. Digits beyond the BMP take two units and keep two. */
function digitValue(digit: string): string {
  let zero = digit.codePointAt(0)!;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) {
    zero--;
    value++;
  }
  return String(value).padStart(digit.length, "0");
}

const plainValue = (ascii: string): string => {
  const groupMark = GROUPED.exec(ascii)?.[1];
  return (groupMark ? ascii.replaceAll(groupMark, "") : ascii).replace(",", ".").replace(/^0+(?=\d)/, "");
};
