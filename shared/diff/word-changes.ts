import type { LabelKind } from "../domain/label.ts";
import type { Span } from "../domain/span.ts";
import type { Edit, Replacement } from "./changed-words.ts";
import { type Findings, type Found, labelOf } from "./findings.ts";
import { isMagnitude } from "./magnitudes.ts";
import { POLARITY_WORDS } from "./polarity-words.ts";
import { isMonth } from "./quantities.ts";
import { endsLikeSentence, type SideIndex, wordsOf } from "./side-index.ts";
import { textOf } from "./spans.ts";

/** What an isolated change of a few words is, beside a number or a quotation. */
const KINDS = ["negation", "hedging", "spelling", "name"] as const satisfies readonly LabelKind[];
type WordChangeKind = (typeof KINDS)[number];

interface Sides {
  readonly before: SideIndex;
  readonly after: SideIndex;
}

/** A longer change is a rewrite: a word that denies or hedges in it says little about what became of the sense. */
const MOST_WORDS = 3;

/** A few words changed in a way that word lists and letters tell. `language`: BCP 47. */
export function wordChanges(sides: Sides, edits: readonly Edit[], language: string): Found[] {
  const found = new Map<WordChangeKind, Findings[]>(KINDS.map((kind) => [kind, []]));
  for (const { segment, replacements } of edits) {
    const sentence = { before: segment.before!, after: segment.after! };
    const balance = polarityOf(sides, sentence, language);
    for (const replacement of replacements) {
      const finding = { before: solid(replacement.before), after: solid(replacement.after) };
      for (const kind of kindsOf(sides, sentence, replacement, balance)) found.get(kind)!.push(finding);
    }
  }
  return KINDS.map((kind) => ({ label: labelOf(kind, found.get(kind)!) }));
}

/** A side without words has nothing to point to. */
const solid = (span: Span): Span[] => (span.end > span.start ? [span] : []);

interface Polarity {
  readonly kind: "negation" | "hedging";
  readonly listed: readonly string[];
  /** See `changesBalance`; asked once for a sentence, since each of its replacements asks. */
  isChanged(): boolean;
}

function polarityOf(sides: Sides, sentence: Replacement, language: string): Polarity[] {
  const lists = POLARITY_WORDS[language.split("-")[0]!.toLowerCase()];
  if (!lists) return [];
  return (["negation", "hedging"] as const).map((kind) => {
    const whole = () =>
      [textOf(sides.before.texts, sentence.before), textOf(sides.after.texts, sentence.after)] as const;
    let known: boolean | undefined;
    return {
      kind,
      listed: lists[kind],
      isChanged: () => {
        known ??= changesBalance(whole(), lists[kind]);
        return known;
      },
    };
  });
}

/** The kinds of one replacement inside an edited sentence. */
function kindsOf(
  sides: Sides,
  sentence: Replacement,
  replacement: Replacement,
  polarity: readonly Polarity[],
): WordChangeKind[] {
  const from = wordsOf(textOf(sides.before.texts, replacement.before));
  const to = wordsOf(textOf(sides.after.texts, replacement.after));
  if (from.length > MOST_WORDS || to.length > MOST_WORDS || from.length + to.length === 0) return [];
  const kinds: WordChangeKind[] = polarity
    .filter(({ listed, isChanged }) => isOnly(from, to, listed) && isChanged())
    .map(({ kind }) => kind);
  const isNamed =
    String(from) !== String(to) &&
    isName(from, sides.before, sentence.before, replacement.before) &&
    isName(to, sides.after, sentence.after, replacement.after) &&
    ![...from, ...to].some((word) => isCommon(word, sides));
  if (isSpelling(from, to, sides.after)) kinds.push("spelling");
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
  return old !== now && sentences.every(endsLikeSentence);
}

/** "isn't" as "is", "not". */
const uncontracted = (words: readonly string[]): string[] =>
  words.flatMap((word) => (/n't$/.test(word) ? [word.slice(0, -3), "not"] : word));

/** True for a word that also stands in small letters: a term that is written large, not a name. */
function isCommon(word: string, { before, after }: Sides): boolean {
  const small = word.toLowerCase();
  return before.hasWord(small) || after.hasWord(small);
}

/** Letter case counts: a capital letter makes a month or a name of it, "May". */
const countOf = (words: readonly string[], listed: readonly string[]): number =>
  words.filter((word) => listed.includes(word)).length;

/** Fewer letters, and almost any two words are a letter apart. */
const SHORTEST_SPELLED = 4;
/** More letters are no word. The distance of two costs the square. */
const LONGEST_SPELLED = 64;

/**
 * One word became another that is nearly the same, and the old form is nowhere else in the new text. Not a change of
 * ending: that is grammar.
 */
function isSpelling(from: readonly string[], to: readonly string[], newer: SideIndex): boolean {
  const [old, now] = [from[0]?.toLowerCase(), to[0]?.toLowerCase()];
  if (from.length !== 1 || to.length !== 1 || !old || !now || old === now) return false;
  if (isMagnitude(old) && isMagnitude(now)) return false;
  const shorter = Math.min(old.length, now.length);
  if (shorter < SHORTEST_SPELLED || Math.max(old.length, now.length) > LONGEST_SPELLED) return false;
  if (/\P{L}/u.test(old + now) || !/^\p{Script=Latin}+$/u.test(old)) return false;
  let head = 0;
  while (head < shorter && old[head] === now[head]) head++;
  if (head >= shorter - 1) return false;
  if (distance(old, now) > Math.max(1, Math.floor(shorter / 5))) return false;
  return !newer.hasWordInAnyCase(old);
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

/** Of a sentence, in UTF-16 units: its first letter stands in them. */
const MOST_LEAD = 256;

/** Capitalised words, not the first of a sentence that is not all in capitals: a proper noun, in scripts that tell. */
function isName(words: readonly string[], side: SideIndex, sentence: Span, { start }: Span): boolean {
  const isLarge = (word: string) => /^\p{Lu}[\p{Ll}\p{M}'’-]{2,}$/u.test(word) && !isMonth(word) && !isMagnitude(word);
  if (words.length === 0 || !words.every(isLarge)) return false;
  const text = side.texts[sentence.paragraph]!;
  const lead = text.slice(sentence.start, Math.min(start, sentence.start + MOST_LEAD));
  return /\p{L}/u.test(lead) && !side.isMostlyLarge(sentence.paragraph);
}
