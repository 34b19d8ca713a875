/** The words of a text in order, folded: case, width, and the accents of Latin and Greek letters do not count. */
export type WordSequence = readonly string[];
export type Phrase = WordSequence;

/** A stretch of letters, numbers and what is written on them; in scripts without spaces, one such character. */
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Scripts whose words stand without spaces between them. Their characters are compared one by one. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const UNSPACED_OR_WORD = new RegExp(`${UNSPACED.source}\\p{M}*|(?:(?!${UNSPACED.source})[\\p{L}\\p{N}\\p{M}])+`, "gu");

/** Marks on Latin and Greek letters; elsewhere a mark may be half of the letter. */
const ACCENTS = /(?<=[\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;

export function wordsOf(text: string): WordSequence {
  const folded = text.normalize("NFKD").replace(ACCENTS, "").normalize("NFC").toUpperCase().toLowerCase();
  return folded.match(UNSPACED.test(folded) ? UNSPACED_OR_WORD : WORD) ?? [];
}

/** The words of a text with the places where they stand in it, in UTF-16 units; of `½` come two with one place. */
export function placedWordsOf(
  text: string,
): readonly { readonly word: string; readonly start: number; readonly end: number }[] {
  return [...text.matchAll(UNSPACED_OR_WORD)].flatMap(({ 0: found, index }) =>
    wordsOf(found).map((word) => ({ word, start: index, end: index + found.length })),
  );
}

/** How often a phrase stands in a text, word by word; never inside a longer word. An empty phrase stands nowhere. */
export function phraseIn(words: WordSequence, phrase: Phrase): number {
  const [first] = phrase;
  if (first === undefined) return 0;
  let found = 0;
  for (let at = words.indexOf(first); at >= 0; at = words.indexOf(first, at + 1)) {
    if (phrase.every((word, offset) => words[at + offset] === word)) found += 1;
  }
  return found;
}
