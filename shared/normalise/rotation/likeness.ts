import { folded } from "../page/canonical.ts";

/** Scripts that put no spaces between words: each character counts as one. */
const WORDS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]+/gu;

const wordsOf = (text: string): ReadonlySet<string> => new Set(folded(text).match(WORDS));

const SPELT = /\p{L}/u;
/** Words, figures aside, below which texts are neither alike nor unlike: a toll and its label have no more. */
const LEAST_WORDS = 4;

const spelt = (text: string): ReadonlySet<string> => new Set([...wordsOf(text)].filter((word) => SPELT.test(word)));

/** Texts of more than a phrase that have less than half of their words in common; figures are no words: they are edited. */
export function isUnlike(a: string, b: string): boolean {
  const [left, right] = [spelt(a), spelt(b)];
  if (left.size < LEAST_WORDS || right.size < LEAST_WORDS) return false;
  return left.intersection(right).size < 0.5 * Math.min(left.size, right.size);
}

/** One text before and after an edit: most of the words, and more than a phrase of them, are the same. */
export function isAlike(a: string, b: string): boolean {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const shared = left.intersection(right).size;
  return shared >= LEAST_WORDS && shared >= 0.6 * Math.max(left.size, right.size);
}
