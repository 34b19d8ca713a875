import { folded } from "../page/canonical.ts";

/** Scripts that put no spaces between words: each character counts as one. */
const WORDS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]+/gu;

const wordsOf = (text: string): ReadonlySet<string> => new Set(folded(text).match(WORDS));

/** Texts that have less than half of their words in common; nothing is unlike nothing. */
export function isUnlike(a: string, b: string): boolean {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  if (left.size === 0 || right.size === 0) return false;
  return left.intersection(right).size < 0.5 * Math.min(left.size, right.size);
}

/** One text before and after an edit: most of the words, and more than a phrase of them, are the same. */
export function isAlike(a: string, b: string): boolean {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const shared = left.intersection(right).size;
  return shared >= 4 && shared >= 0.6 * Math.max(left.size, right.size);
}
