import type { Span } from "../domain/span.ts";
import { touches, wordCount } from "./findings.ts";
import { type NumberFound, numbersIn } from "./numbers.ts";
import { type Quotation, quotationsIn } from "./quotations.ts";
import type { Stretch } from "./sentences.ts";
import type { WorkBudget } from "./work-budget.ts";

/** Fewer words between quotation marks are a name, a title or irony. */
const FEWEST_WORDS_QUOTED = 4;
/** Words of a paragraph without a full stop from which its number is told, not shown as a counter beside something. */
const FEWEST_WORDS_TOLD = 12;

/**
 * One side's paragraphs as the rules of labels read them: each is searched once, when it is first asked for, however
 * many changes it holds. A page without blank lines is a single paragraph with thousands of them.
 */
export interface SideIndex {
  readonly texts: readonly string[];
  /** The numbers that a span touches, whole. */
  numbersTouching(span: Span): readonly NumberFound[];
  /** The quotation of enough words that a span lies in. */
  quotationAround(span: Span): Quotation | undefined;
  /** True when the paragraph ends like a sentence, or is as long as one. */
  tells(paragraph: number): boolean;
  /** True when more of the paragraph's words begin with a capital letter than do not: a title, a line in capitals. */
  isMostlyLarge(paragraph: number): boolean;
  /** True when a word stands in the text as it is written, alone or between hyphens and apostrophes. */
  hasWord(word: string): boolean;
  /** True when a word of small letters stands in the text in whatever case. */
  hasWordInAnyCase(small: string): boolean;
}

/** When the budget is gone, nothing more is read and nothing more is found; `budget.reason` says so. */
export function sideIndex(texts: readonly string[], budget: WorkBudget): SideIndex {
  const perParagraph = <T>(read: (text: string) => T, unread: T) => {
    const known = new Map<number, T>();
    return (paragraph: number): T => {
      if (!known.has(paragraph)) {
        const text = texts[paragraph]!;
        known.set(paragraph, budget.spend(text.length, LABELS_RAN_OUT) ? read(text) : unread);
      }
      return known.get(paragraph)!;
    };
  };
  const perText = (read: (text: string) => Iterable<string>) => {
    let known: Set<string> | undefined;
    return (word: string): boolean => {
      if (known) return known.has(word);
      known = new Set();
      for (const text of texts) {
        if (!budget.spend(text.length, LABELS_RAN_OUT)) break;
        for (const one of read(text)) known.add(one);
      }
      return known.has(word);
    };
  };
  const numbersOf = perParagraph<readonly NumberFound[]>(numbersIn, []);
  const quotationsOf = perParagraph<readonly (readonly Quotation[])[]>(longQuotations, []);
  return {
    texts,
    numbersTouching: (span) => {
      const numbers = numbersOf(span.paragraph);
      let from = firstIndex(numbers, ({ end }) => end > span.start);
      const found: NumberFound[] = [];
      for (; from < numbers.length && touches(numbers[from]!, span); from++) found.push(numbers[from]!);
      return found;
    },
    quotationAround: ({ paragraph, start, end }) => {
      const last = quotationsOf(paragraph).map((list) => list[firstIndex(list, (quoted) => quoted.start > start) - 1]);
      return last.find((quoted) => quoted && end <= quoted.end);
    },
    tells: perParagraph((text) => endsLikeSentence(text) || wordCount(text) >= FEWEST_WORDS_TOLD, false),
    isMostlyLarge: perParagraph(isMostlyLarge, true),
    hasWord: perText(wordsAndTheirParts),
    hasWordInAnyCase: perText((text) => text.toLowerCase().match(/\p{L}+/gu) ?? []),
  };
}

export const LABELS_RAN_OUT =
  "too much changed for the words of every change to be judged; labels on words are left out";

/** Index of the first of a sorted list from which on `holds`, its length when it never does. */
function firstIndex<T extends Stretch>(sorted: readonly T[], holds: (one: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** In two lists, in either of which none lies in another: single marks quote inside double ones. */
function longQuotations(text: string): Quotation[][] {
  const { double, single } = quotationsIn(text);
  const isLong = ({ start, end }: Quotation) => wordCount(text.slice(start, end)) >= FEWEST_WORDS_QUOTED;
  return [double.filter(isLong), single.filter(isLong)];
}

/** A full stop of any script after the last letter. Read from the end: a run of marks must not be read from each. */
export function endsLikeSentence(text: string): boolean {
  for (let at = text.length - 1; at >= 0; at--) {
    if (/[.!?。！？؟।]/u.test(text[at]!)) return true;
    const code = text.charCodeAt(at);
    const character = code >= 0xdc00 && code <= 0xdfff && at > 0 ? text.slice(--at, at + 2) : text[at]!;
    if (/[\p{L}\p{N}]/u.test(character)) return false;
  }
  return false;
}

function isMostlyLarge(text: string): boolean {
  const words = text.match(/\p{L}{4,}/gu) ?? [];
  return words.filter((word) => /^\p{Lu}/u.test(word)).length > words.length / 2;
}

export const WORD = /[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*/gu;

export const wordsOf = (text: string): string[] => text.replace(/’/g, "'").match(WORD) ?? [];

const wordsAndTheirParts = (text: string): string[] =>
  wordsOf(text).flatMap((word) => (/['-]/.test(word) ? [word, ...word.split(/['-]/)] : [word]));
