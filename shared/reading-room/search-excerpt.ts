import { sentencesOf } from "../diff/sentences.ts";
import { type Article, comparedBlocks } from "../domain/article.ts";
import type { SearchTerm } from "../domain/search-query.ts";
import { placedWordsOf, wordsOf } from "../domain/whole-words.ts";

/** A stretch of a sentence; `isMatch`: it is what was asked for. */
export interface ExcerptPart {
  readonly text: string;
  readonly isMatch: boolean;
}

/** So much is shown around the first match in a longer sentence, in UTF-16 units. */
const LONGEST = 320;
const BEFORE_MATCH = 120;

/**
 * The sentence in which most of the terms stand, those marked; the first of several. Null when no sentence has any: the
 * match is in the headline alone.
 */
export function searchExcerpt(article: Article, terms: readonly SearchTerm[]): readonly ExcerptPart[] | null {
  let best: { text: string; matches: readonly Stretch[]; terms: number } | null = null;
  for (const text of [article.standfirst, article.byline, ...comparedBlocks(article).map((block) => block.text)]) {
    if (text === null) continue;
    const words = wordsOf(text); // cheaper than with their places, which most paragraphs are not asked for
    if (!terms.some((term) => stands(words, term))) continue;
    const all = matchesIn(text, terms);
    for (const { start, end } of sentencesOf(text)) {
      const inside = all.filter((match) => match.start >= start && match.start < end);
      const count = new Set(inside.map(({ term }) => term)).size;
      if (count > (best?.terms ?? 0)) {
        const matches = inside.map((match) => ({ ...match, start: match.start - start, end: match.end - start }));
        best = { text: text.slice(start, end), matches, terms: count };
        if (count === terms.length) return partsOf(best.text, matches);
      }
    }
  }
  return best && partsOf(best.text, best.matches);
}

/** Whether the first word of a term stands in a text: what else it asks for is looked at where it does. */
const stands = (text: readonly string[], { words: [first = ""], ...term }: SearchTerm): boolean =>
  term.isPrefix ? text.some((word) => word.startsWith(first)) : text.includes(first);

/** A text with the terms in it marked, whole. */
export const markedTerms = (text: string, terms: readonly SearchTerm[]): readonly ExcerptPart[] =>
  cutAt(text, matchesIn(text, terms));

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly term: number;
}

/** In reading order; where two begin at one word, the longer. */
function matchesIn(text: string, terms: readonly SearchTerm[]): readonly Stretch[] {
  const placed = placedWordsOf(text);
  const found: Stretch[] = [];
  for (const [at, { word, start }] of placed.entries()) {
    for (const [n, { words, isPrefix }] of terms.entries()) {
      const last = words.length - 1;
      const fits = words.every((wanted, offset) => {
        const there = offset === 0 ? word : placed[at + offset]?.word;
        return offset === last && isPrefix ? there?.startsWith(wanted) : there === wanted;
      });
      if (fits) found.push({ start, end: placed[at + last]!.end, term: n });
    }
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

function partsOf(sentence: string, matches: readonly Stretch[]): readonly ExcerptPart[] {
  if (sentence.length <= LONGEST) return cutAt(sentence, matches);
  const from = wordStart(sentence, Math.max(0, (matches[0]?.start ?? 0) - BEFORE_MATCH));
  const to = wordStart(sentence, Math.min(sentence.length, from + LONGEST));
  const inside = matches
    .filter(({ start, end }) => start >= from && end <= to)
    .map((match) => ({ ...match, start: match.start - from, end: match.end - from }));
  const gap = (is: boolean): ExcerptPart[] => (is ? [{ text: "…", isMatch: false }] : []);
  return [...gap(from > 0), ...cutAt(sentence.slice(from, to), inside), ...gap(to < sentence.length)];
}

/** At or shortly after `at`: behind white space where there is some near, never within a surrogate pair. */
function wordStart(text: string, at: number): number {
  if (at === 0 || at >= text.length) return Math.min(at, text.length);
  const space = text.slice(at, at + 24).search(/\s/);
  if (space >= 0) return at + space + 1;
  return text.charCodeAt(at) >>> 10 === 0x37 ? at + 1 : at;
}

function cutAt(text: string, matches: readonly Stretch[]): readonly ExcerptPart[] {
  const parts: ExcerptPart[] = [];
  let told = 0;
  const push = (to: number, isMatch: boolean) => {
    if (to > told) parts.push({ text: text.slice(told, to), isMatch });
    told = Math.max(told, to);
  };
  for (const { start, end } of matches) {
    if (end <= told) continue;
    push(start, false);
    push(end, true);
  }
  push(text.length, false);
  return parts;
}
