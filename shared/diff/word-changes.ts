import type { Segment } from "../domain/comparison.ts";
import type { LabelKind } from "../domain/label.ts";
import type { Span } from "../domain/span.ts";
import type { Replacement } from "./changed-words.ts";
import { POLARITY_WORDS } from "./polarity-words.ts";
import { isMonth } from "./quantities.ts";
import { textOf } from "./spans.ts";

/** What an isolated change of a few words is, beside a number or a quotation. */
export type WordChangeKind = Extract<LabelKind, "negation" | "hedging" | "spelling" | "name">;

interface Texts {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** A longer change is a rewrite: a word that denies or hedges in it says little about what became of the sense. */
const MOST_WORDS = 3;
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*/gu;

/** The kinds of one replacement inside an edited sentence. */
export function wordChangeKinds(
  texts: Texts,
  segment: Segment,
  replacement: Replacement,
  language: string,
): WordChangeKind[] {
  const [from, to] = [
    wordsOf(textOf(texts.before, replacement.before)),
    wordsOf(textOf(texts.after, replacement.after)),
  ];
  if (from.length > MOST_WORDS || to.length > MOST_WORDS || from.length + to.length === 0) return [];
  const kinds: WordChangeKind[] = [];
  const polarity = POLARITY_WORDS[language.split("-")[0]!.toLowerCase()];
  if (polarity) {
    const lists = [polarity.negation, polarity.hedging] as const;
    const whole = [textOf(texts.before, segment.before!), textOf(texts.after, segment.after!)] as const;
    if (isOnly(from, to, lists[0]) && changesBalance(whole, lists[0])) kinds.push("negation");
    if (isOnly(from, to, lists[1]) && changesBalance(whole, lists[1])) kinds.push("hedging");
  }
  const isNamed =
    String(from) !== String(to) &&
    isName(from, texts.before, segment.before!, replacement.before) &&
    isName(to, texts.after, segment.after!, replacement.after) &&
    ![...from, ...to].some((word) => isCommon(word, texts));
  if (isSpelling(from, to, texts)) kinds.push("spelling");
  else if (isNamed) kinds.push("name");
  return kinds;
}

/** Verbs that come and go with what denies or hedges: "is" → "may be", "will" → "will not". */
const AUXILIARIES = new Set(
  "is are was were be been will shall do does did has have had est sont était sera ist sind war wird es son era adalah akan".split(
    " ",
  ),
);

/** True when words of a list came or went, and no other words but auxiliaries with them. */
function isOnly(from: readonly string[], to: readonly string[], listed: readonly string[]): boolean {
  const [old, now] = [uncontracted(from), uncontracted(to)];
  const rest = (words: readonly string[]) => words.filter((word) => !listed.includes(word) && !AUXILIARIES.has(word));
  return countOf(old, listed) !== countOf(now, listed) && String(rest(old)) === String(rest(now));
}

/**
 * True when the two whole sentences have not the same number of listed words. A sentence without an end is a piece of
 * one: what is missing in it stands in the next piece.
 */
function changesBalance(sentences: readonly [string, string], listed: readonly string[]): boolean {
  const [old, now] = sentences.map((sentence) => countOf(uncontracted(wordsOf(sentence)), listed));
  return old !== now && sentences.every((sentence) => /[.!?。！？؟।][^\p{L}\p{N}]*$/u.test(sentence));
}

/** "isn't" as "is", "not". */
const uncontracted = (words: readonly string[]): string[] =>
  words.flatMap((word) => (/n't$/.test(word) ? [word.slice(0, -3), "not"] : word));

/** True for a word that also stands in small letters: a term that is written large, not a name. */
function isCommon(word: string, { before, after }: Texts): boolean {
  const small = word.toLowerCase();
  return [...before, ...after].some((text) => text.includes(small));
}

const wordsOf = (text: string): string[] => text.replace(/’/g, "'").match(WORD) ?? [];

/** Letter case counts: a capital letter makes a month or a name of it, "May". */
const countOf = (words: readonly string[], listed: readonly string[]): number =>
  words.filter((word) => listed.includes(word)).length;

/** Fewer letters, and almost any two words are a letter apart. */
const SHORTEST_SPELLED = 4;

/**
 * One word became another that is nearly the same, and the old form is nowhere else in the new text. Not a change of
 * ending: that is grammar.
 */
function isSpelling(from: readonly string[], to: readonly string[], texts: Texts): boolean {
  const [old, now] = [from[0]?.toLowerCase(), to[0]?.toLowerCase()];
  if (from.length !== 1 || to.length !== 1 || !old || !now || old === now) return false;
  const shorter = Math.min(old.length, now.length);
  if (shorter < SHORTEST_SPELLED || /\P{L}/u.test(old + now) || !/^\p{Script=Latin}+$/u.test(old)) return false;
  let head = 0;
  while (head < shorter && old[head] === now[head]) head++;
  if (head >= shorter - 1) return false;
  if (distance(old, now) > Math.max(1, Math.floor(shorter / 5))) return false;
  const isOld = new RegExp(String.raw`(?<!\p{L})${old}(?!\p{L})`, "iu");
  return !texts.after.some((text) => isOld.test(text));
}

/** Letters to insert, remove, replace, or exchange with their neighbour. */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      }
      row.push(least);
    }
    rows.push(row);
  }
  return rows[from.length]![to.length]!;
}

/** Capitalised words, not the first of a sentence that is not all in capitals: a proper noun, in scripts that tell. */
function isName(words: readonly string[], texts: readonly string[], sentence: Span, { start }: Span): boolean {
  const isLarge = (word: string) => /^\p{Lu}[\p{Ll}\p{M}'’-]{2,}$/u.test(word) && !isMonth(word);
  if (words.length === 0 || !words.every(isLarge)) return false;
  const text = texts[sentence.paragraph]!;
  if (!/\p{L}/u.test(text.slice(sentence.start, start))) return false;
  const all = text.match(/\p{L}{4,}/gu) ?? [];
  return all.filter((word) => /^\p{Lu}/u.test(word)).length <= all.length / 2;
}
