import { cutWords, type OnWord } from "./plain-words.ts";

/** The words and marks of a stretch of a paragraph, white space left out. Offsets are the paragraph's, in UTF-16. */
export interface Tokens {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Equal text, equal number, within one lexicon. */
  readonly ids: readonly number[];
}

/** The tokens of a unit, by its index. */
export type TokensOf = (index: number) => Tokens;

/** Longer strings are cut before the segmenter sees them: on older engines its cost grows with their square. */
const CHUNK = 4096;
/** Within a number it is a part of it; UAX 29 also leaves it with the word before a mark: "oui\u202f!". */
const NARROW_SPACE = "\u202f";

/** Cuts text into words, and numbers each word, so that later comparisons are of numbers. One per comparison. */
export class Lexicon {
  readonly #language: string | undefined;
  readonly #ids = new Map<string, number>();
  /** By id: characters of a word, 0 for a mark of punctuation. */
  readonly weights: number[] = [];
  /** By id: the id of the same word in small letters, with one kind of apostrophe. */
  readonly folded: number[] = [];

  constructor(language?: string) {
    this.#language = language;
  }

  /** The tokens of `text` from `start` to `end`. */
  tokensOf(text: string, start: number, end: number): Tokens {
    const tokens = { starts: [] as number[], ends: [] as number[], ids: [] as number[] };
    const add = (from: number, to: number, isWord: boolean) => {
      tokens.starts.push(from);
      tokens.ends.push(to);
      tokens.ids.push(this.#idOf(text.slice(from, to), isWord));
    };
    cutWords(text, start, end, add, (from, to) => this.#segment(text, from, to, add));
    return tokens;
  }

  #segment(text: string, start: number, end: number, add: OnWord): void {
    const segmenter = wordSegmenter(this.#language);
    for (let from = start; from < end; ) {
      const to = chunkEnd(text, from, end);
      for (const { segment, index, isWordLike } of segmenter.segment(text.slice(from, to))) {
        if (!isWordLike && segment.trim() === "") continue;
        const length = segment.endsWith(NARROW_SPACE) ? segment.length - 1 : segment.length;
        add(from + index, from + index + length, isWordLike === true);
      }
      from = to;
    }
  }

  #idOf(token: string, isWord: boolean): number {
    const known = this.#ids.get(token);
    if (known !== undefined) return known;
    const id = this.weights.push(isWord ? token.length : 0) - 1;
    this.#ids.set(token, id);
    this.folded.push(id);
    const small = isWord ? token.toLowerCase().replace(/[‘’ʼ]/g, "'") : token;
    if (small !== token) this.folded[id] = this.#idOf(small, isWord);
    return id;
  }
}

/** A place to cut near `CHUNK`: at white space where there is some, else not inside a surrogate pair or before a mark. */
function chunkEnd(text: string, from: number, end: number): number {
  if (end - from <= CHUNK) return end;
  for (let at = from + CHUNK; at > from + CHUNK / 2; at--) if (/\s/.test(text[at]!)) return at;
  let at = from + CHUNK;
  while (at < end && belongsToPrevious(text, at)) at++;
  return at;
}

function belongsToPrevious(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const isLowSurrogate = code >= 0xdc00 && code <= 0xdfff;
  return isLowSurrogate || code === 0x200d || /^\p{M}/u.test(text.slice(at, at + 2));
}

const segmenters = new Map<string, Intl.Segmenter>();

/** The word segmenter of a BCP 47 tag; of English for a tag that is none, never of the machine's own language. */
function wordSegmenter(language = "en"): Intl.Segmenter {
  const known = segmenters.get(language);
  if (known) return known;
  const segmenter = new Intl.Segmenter([isLocale(language) ? language : "en", "en"], { granularity: "word" });
  segmenters.set(language, segmenter);
  return segmenter;
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
