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
/** Quotation marks and brackets that close with the sentence. */
const CLOSING = /["'\p{Pf}\p{Pe}\p{Pi}»«]/u;
/** What continues a sentence after a terminator (UAX 29, SContinue). */
const CONTINUES = /^[,\-:;،؍、，：；–—﹐﹑﹕､－]/u;
const SPACE = /\s/;
const LOWER = /^\p{Ll}/u;
/** After an ambiguous terminator: marks and digits before a small letter (UAX 29, SB8). */
const LOWER_AHEAD = /^[^\p{L}\p{Sentence_Terminal}.\n]{0,24}\p{Ll}/u;
const WORD = /^[\p{L}\p{N}_/&=%#@]/u;
const SMALL_OR_DIGIT = /^[\p{Ll}\p{N}_/&=%#@]/u;
/** Shorter than this, in characters that are not white space, is a list marker or an initial, not a sentence. */
const SHORTEST = 5;

/**
 * The sentences of a paragraph, by the rules of UAX 29 with what running text needs on top: a boundary depends only on
 * what touches it, so that an edit elsewhere in the paragraph does not move it. Every character that is not white space
 * is in exactly one sentence.
 */
export function sentencesOf(text: string): Stretch[] {
  const sentences: Stretch[] = [];
  let start = skipSpace(text, 0);
  for (let at = start; at < text.length; at++) {
    const kind = CLASS[text.charCodeAt(at)]!;
    if (kind === OTHER) continue;
    const boundary = kind === LINE ? at : boundaryAfter(text, at, start);
    if (boundary < 0) {
      at = -boundary - 1;
      continue;
    }
    push(sentences, text, start, boundary);
    start = skipSpace(text, boundary);
    at = start - 1;
  }
  push(sentences, text, start, text.length);
  return sentences;
}

/**
 * Where the sentence ends that has a terminator at `at`; if it does not end there, the negative of the place after the
 * terminators.
 */
function boundaryAfter(text: string, at: number, start: number): number {
  let to = at + 1;
  while (to < text.length && CLASS[text.charCodeAt(to)] === TERMINATOR) to++;
  let end = to;
  while (end < text.length && CLOSING.test(text[end]!)) end++;
  const next = skipSpace(text, end);
  if (next === text.length) return end;
  const ahead = text.slice(next, next + 32);
  const ambiguous = AMBIGUOUS.test(text.slice(at, to));
  const inside =
    CONTINUES.test(ahead) ||
    LOWER.test(ahead) ||
    (ambiguous && LOWER_AHEAD.test(ahead)) ||
    (next === end && (ambiguous ? WORD : SMALL_OR_DIGIT).test(ahead)) ||
    solidLength(text, start, end) < SHORTEST ||
    (ambiguous && to === at + 1 && end === to && isAbbreviation(text, start, at));
  return inside ? -to : end;
}

/** True when the full stop at `stop` follows an initial or an abbreviation that a name or a number follows. */
function isAbbreviation(text: string, start: number, stop: number): boolean {
  let from = stop;
  while (from > start && !/[\s("'“‘«[]/.test(text[from - 1]!)) from--;
  const word = text.slice(from, stop);
  return /^(\p{Lu}|\p{Lu}\.-?\p{Lu})$/u.test(word) || ABBREVIATIONS.has(word.toLowerCase());
}

function push(sentences: Stretch[], text: string, start: number, end: number): void {
  let to = end;
  while (to > start && SPACE.test(text[to - 1]!)) to--;
  if (to > start) sentences.push({ start, end: to });
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && SPACE.test(text[at]!)) at++;
  return at;
}

/** Characters that are not white space in a short stretch; stops counting at `SHORTEST`. */
function solidLength(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end && count < SHORTEST; at++) if (!SPACE.test(text[at]!)) count++;
  return count;
}
