import { ABBREVIATIONS } from "./abbreviations.ts";

/** A stretch of a paragraph, UTF-16 offsets, trimmed of white space. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const OTHER = 0;
const TERMINATOR = 1;
const LINE = 2;

/**
 * Sentence terminators by UTF-16 unit, found in one cheap pass over the text. The ellipsis is no terminator to Unicode,
 * three dots are; here both are, so that typesetting does not move a boundary.
 */
const CLASS = new Uint8Array(0x10000);
for (let code = 0; code < CLASS.length; code++) {
  const character = String.fromCharCode(code);
  if (/[\p{Sentence_Terminal}.․﹒．…]/u.test(character)) CLASS[code] = TERMINATOR;
  if (/[\n\r\u0085\u2028\u2029]/u.test(character)) CLASS[code] = LINE;
}

/** Terminators that also stand inside sentences: after abbreviations, in numbers. */
const AMBIGUOUS = /^[.․﹒．…]+$/u;
/** Quotation marks and brackets that close with the sentence, or open the next one: languages differ. */
const CLOSING = /["'\p{Pf}\p{Pe}\p{Pi}]/u;
/** Those of them that open somewhere: “ and « close in German and Danish only, straight marks are their own pair. */
const OPENING_TOO = /["'\p{Pi}]/u;
const LETTER = /^[\p{L}\p{N}]/u;
/** A closing mark with the space before it that French sets, and no word behind it. */
const SPACED_CLOSING = /^[ \u00a0\u202f]([»›])(?![\p{L}\p{N}])/u;
/** A straight mark's pair is looked for so far back, in UTF-16 units. */
const QUOTED = 400;
/** What continues a sentence after a terminator (UAX 29, SContinue). */
const CONTINUES = /^[,\-:;،؍、，：；–—﹐﹑﹕､－]/u;
/** True for white space; letters are told without the pattern. */
const isSpace = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code === 0x20 || ((code < 0x21 || code > 0x7e) && /\s/.test(text[at]!));
};
const LOWER = /^\p{Ll}/u;
/** After an ambiguous terminator: marks and digits before a small letter (UAX 29, SB8). */
const LOWER_AHEAD = /^[^\p{L}\p{Sentence_Terminal}.\n]{0,24}\p{Ll}/u;
/** Directly after a terminator: the middle of a name, a number, an address. Scripts without case may go on at once. */
const CASED_OR_SIGN = /^[\p{Lu}\p{Ll}\p{Lt}\p{N}_/&=%#@]/u;
const SMALL_OR_SIGN = /^[\p{Ll}\p{N}_/&=%#@]/u;
/** Terminators that no space follows. */
const FULL_WIDTH = /[。！？｡]/;
/** One more than the letters of the longest abbreviation: so many letters before a full stop are a word. */
const LONGEST_ABBREVIATION = 1 + Math.max(...[...ABBREVIATIONS].map((word) => word.length));
/** An initial, or two; other scripts without capitals end sentences with words of one letter. */
const INITIAL =
  /(^|\p{Script=Han}|\p{Script=Hira}|\p{Script=Kana})[\p{Lu}\p{Script=Arab}\p{Script=Hebr}](\.-?[\p{Lu}\p{Script=Arab}\p{Script=Hebr}])?$/u;
/** Thai ends no sentence with a full stop, and abbreviates with it. */
const THAI = /^[\u0e00-\u0e7f]$/;
/** Shorter than this, in characters that are not white space, is a list marker or an initial, not a sentence. */
const SHORTEST = 5;

/** The sentences of a paragraph, and the places where one more may end. */
export interface Cut {
  readonly sentences: readonly Stretch[];
  /** From the end of the words before to the start of those after: an abbreviation, a small letter, a list marker. */
  readonly doubtful: readonly Stretch[];
}

/** The sentences of a paragraph. Every character that is not white space is in exactly one of them. */
export const sentencesOf = (text: string): readonly Stretch[] => cutSentences(text).sentences;

/**
 * Cuts a paragraph into sentences by the rules of UAX 29 with what running text needs on top: initials, abbreviations
 * and list markers end none, whatever kind of quotation mark or bracket stands around.
 *
 * @param most - stops looking after so many sentences and doubtful places, with one more of them to show for it
 */
export function cutSentences(text: string, most = Number.POSITIVE_INFINITY): Cut {
  const sentences: Stretch[] = [];
  const doubtful: Stretch[] = [];
  let start = skipSpace(text, 0);
  for (let at = start; at < text.length; at++) {
    const kind = CLASS[text.charCodeAt(at)]!;
    if (kind === OTHER) continue;
    if (sentences.length + doubtful.length > most) break;
    let end = at;
    if (kind === TERMINATOR) {
      const found = endAt(text, at, start);
      if (found.boundary !== "certain") {
        if (found.boundary === "doubtful") doubtful.push({ start: found.end, end: found.next });
        at = found.after - 1;
        continue;
      }
      end = found.end;
    }
    push(sentences, text, start, end);
    start = skipSpace(text, end);
    at = start - 1;
  }
  push(sentences, text, start, text.length);
  return { sentences, doubtful };
}

/** A cut with those of its doubtful places that `isBoundary` says. */
export function cutAlsoAt(
  text: string,
  { sentences, doubtful }: Cut,
  isBoundary: (place: Stretch) => boolean,
): readonly Stretch[] {
  const places = doubtful.filter(isBoundary);
  if (places.length === 0) return sentences;
  const finer: Stretch[] = [];
  for (const { start, end } of sentences) {
    let from = start;
    for (const place of places) {
      if (place.start <= from || place.end >= end) continue;
      push(finer, text, from, place.start);
      from = place.end;
    }
    push(finer, text, from, end);
  }
  return finer;
}

interface End {
  readonly boundary: "certain" | "doubtful" | "none";
  /** After the terminators. */
  readonly after: number;
  /** After the closing marks that go with them. */
  readonly end: number;
  /** The next character that is not white space. */
  readonly next: number;
}

/** What the terminator at `at` does to the sentence that began at `start`. */
function endAt(text: string, at: number, start: number): End {
  const plain = plainEnd(text, at, start);
  if (plain) return plain;
  let after = at + 1;
  while (after < text.length && CLASS[text.charCodeAt(after)] === TERMINATOR) after++;
  let end = after;
  for (;;) {
    while (end < text.length && CLOSING.test(text[end]!) && closes(text, end, start)) end++;
    const mark = text.charCodeAt(end + 1);
    if ((mark !== 0xbb && mark !== 0x203a) || !SPACED_CLOSING.test(text.slice(end, end + 3))) break;
    end += 2;
  }
  const next = skipSpace(text, end);
  const as = (boundary: End["boundary"]): End => ({ boundary, after, end, next });
  if (next === text.length) return as("certain");
  const ahead = text.slice(next, next + 32);
  const ambiguous = AMBIGUOUS.test(text.slice(at, after));
  const touching = next === end;
  if (touching && (CONTINUES.test(ahead) || (!FULL_WIDTH.test(text[at]!) && inWord(ambiguous, ahead))))
    return as("none");
  const doubtful =
    CONTINUES.test(ahead) ||
    (!FULL_WIDTH.test(text[at]!) && LOWER.test(ahead)) ||
    (ambiguous && LOWER_AHEAD.test(ahead)) ||
    solidLength(text, start, end) < SHORTEST ||
    (ambiguous && after === at + 1 && end === after && isAbbreviation(text, start, at));
  return as(doubtful ? "doubtful" : "certain");
}

/**
 * The ends that most terminators are, settled without patterns: the paragraph's; a stop, a space and a capital letter, or
 * one of a script without them; a full-width stop and a letter; and the middle of a number or an address. Null for all others.
 */
function plainEnd(text: string, at: number, start: number): End | null {
  const next = at + 1;
  if (next === text.length) return { boundary: "certain", after: next, end: next, next };
  const [stop, code] = [text.charCodeAt(at), text.charCodeAt(next)];
  if (stop === FULL_STOP && isAsciiAlphanumeric(code)) return { boundary: "none", after: next, end: next, next };
  if (solidLength(text, start, at) < SHORTEST) return null;
  if (code !== SPACE) {
    const goesOn = (stop === 0x3002 || stop === 0xff01 || stop === 0xff1f) && isKanaOrHan(code);
    return goesOn ? { boundary: "certain", after: next, end: next, next } : null;
  }
  if (stop !== FULL_STOP && stop !== 0x21 && stop !== 0x3f && stop !== 0x61f) return null;
  if (!beginsPlainly(text.charCodeAt(at + 2))) return null;
  if (stop === FULL_STOP && !followsPlainWord(text, at, start)) return null;
  return { boundary: "certain", after: next, end: next, next: at + 2 };
}

const FULL_STOP = 0x2e;
const SPACE = 0x20;
const isAsciiAlphanumeric = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
const isKanaOrHan = (code: number): boolean => (code >= 0x3041 && code <= 0x3096) || (code >= 0x4e00 && code <= 0x9fff);
const isArabic = (code: number): boolean => code >= 0x620 && code <= 0x64a && code !== 0x640;
/** A capital letter, Latin or Cyrillic, or an Arabic one. */
const beginsPlainly = (code: number): boolean =>
  (code >= 0x41 && code <= 0x5a) || (code >= 0x410 && code <= 0x42f) || isArabic(code);
const isPlainLetter = (code: number): boolean =>
  ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) ||
  (code >= 0xc0 && code <= 0x17f && code !== 0xd7 && code !== 0xf7) ||
  (code >= 0x410 && code <= 0x44f) ||
  isArabic(code);

/** True when the word before a full stop is made of letters alone, is no initial and no abbreviation. */
function followsPlainWord(text: string, stop: number, start: number): boolean {
  let from = stop;
  while (from > start && stop - from < LONGEST_ABBREVIATION && isPlainLetter(text.charCodeAt(from - 1))) from--;
  if (stop - from >= LONGEST_ABBREVIATION) return true;
  if (stop - from < 2 || text.charCodeAt(from - 1) !== SPACE) return false;
  return !ABBREVIATIONS.has(text.slice(from, stop).toLowerCase());
}

const inWord = (ambiguous: boolean, ahead: string): boolean => (ambiguous ? CASED_OR_SIGN : SMALL_OR_SIGN).test(ahead);

/** True when the full stop at `stop` follows an initial or an abbreviation that a name or a number follows. */
function isAbbreviation(text: string, start: number, stop: number): boolean {
  let from = stop;
  while (from > start && (isAsciiAlphanumeric(text.charCodeAt(from - 1)) || !/[\s("'“‘«[]/.test(text[from - 1]!)))
    from--;
  const word = text.slice(from, stop);
  return INITIAL.test(word) || THAI.test(text[stop - 1]!) || ABBREVIATIONS.has(word.toLowerCase());
}

/** False when the mark at `at` opens what follows: a word touches it, and it is not the second straight mark of two. */
function closes(text: string, at: number, start: number): boolean {
  const mark = text[at]!;
  if (!OPENING_TOO.test(mark) || !LETTER.test(text.slice(at + 1, at + 3))) return true;
  if (mark !== '"' && mark !== "'") return false;
  let before = 0;
  for (let from = Math.max(start, at - QUOTED); from < at; from++) if (text[from] === mark) before++;
  return before % 2 === 1;
}

function push(sentences: Stretch[], text: string, start: number, end: number): void {
  let to = end;
  while (to > start && isSpace(text, to - 1)) to--;
  if (to > start) sentences.push({ start, end: to });
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text, at)) at++;
  return at;
}

/** Characters that are not white space in a short stretch; stops counting at `SHORTEST`. */
function solidLength(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end && count < SHORTEST; at++) if (!isSpace(text, at)) count++;
  return count;
}
