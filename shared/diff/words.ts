import type { WordMark } from "../domain/comparison.ts";
import { commonWords, type Place } from "./common-ends.ts";
import { matchInOrder } from "./shortest-edit.ts";
import type { Lexicon, Tokens } from "./tokens.ts";
import { MAX_LENGTH, type WorkBudget } from "./work-budget.ts";

/** A stretch of one side that is compared, with the tokens of it. */
interface Passage extends Place {
  readonly tokens: Tokens;
}

/** Steps that cutting a pair into words costs, whatever its length. */
const PAIR_COST = 400;
/** Without tokens, all between the common words is one replacement. */
const NO_TOKENS: Tokens = { starts: [], ends: [], ids: [] };

/** Tokens `[b0, b1)` replaced by tokens `[a0, a1)`; what is between two hunks is kept. */
interface Hunk {
  b0: number;
  b1: number;
  a0: number;
  a1: number;
}

/**
 * The words of an edited stretch in reading order. The marks are cut out of the two texts by offsets: `=` and `-`
 * rebuild before, `=` and `+` after, to the last unit.
 */
export function markWords(before: Place, after: Place, lexicon: Lexicon, budget: WorkBudget): WordMark[] {
  const { head, tail } = commonWords(before, after);
  const length = before.end - before.start + after.end - after.start - 2 * (head + tail);
  const short = length <= MAX_LENGTH;
  if (!short) budget.degrade("too long a sentence changed to compare its words");
  const affordable = short && budget.spend(PAIR_COST + 2 * length, "too many sentences changed to compare their words");
  const [from, to] = [before, after].map(({ text, start, end }): Passage => {
    const middle = { text, start: start + head, end: end - tail };
    return { ...middle, tokens: affordable ? lexicon.tokensOf(text, middle.start, middle.end) : NO_TOKENS };
  }) as [Passage, Passage];
  const matched = matchInOrder(from.tokens.ids, to.tokens.ids, budget);
  const hunks = grownTogether(hunksOf(matched, to.tokens.ids.length), from.tokens, lexicon.weights);
  const writer = new MarkWriter();
  writer.write("=", before.text.slice(before.start, from.start));
  writeMarks(from, to, hunks, writer);
  writer.write("=", before.text.slice(from.end, before.end));
  return writer.marks;
}

function hunksOf(matched: readonly number[], afterLength: number): Hunk[] {
  const hunks: Hunk[] = [];
  let [b0, a0] = [0, 0];
  for (let b1 = 0; b1 <= matched.length; b1++) {
    const a1 = b1 === matched.length ? afterLength : matched[b1]!;
    if (a1 < 0) continue;
    if (b1 > b0 || a1 > a0) hunks.push({ b0, b1, a0, a1 });
    [b0, a0] = [b1 + 1, a1 + 1];
  }
  return hunks;
}

/** Longest kept word, in characters, that goes into the phrase when words change on both sides of it. */
const LONGEST_SWALLOWED = 4;

/** Neighbouring changes grow into one phrase over marks of punctuation and a short word: "in a" → "on the", not a salad. */
function grownTogether(hunks: readonly Hunk[], before: Tokens, weights: readonly number[]): Hunk[] {
  const grown: Hunk[] = [];
  for (const hunk of hunks) {
    const last = grown.at(-1);
    if (last && isSwallowed(before, last.b1, hunk.b0, weights)) {
      last.b1 = hunk.b1;
      last.a1 = hunk.a1;
    } else grown.push({ ...hunk });
  }
  return grown;
}

/** Words that touch, as in scripts without spaces, count as one: readers see no border between them. */
function isSwallowed({ starts, ends, ids }: Tokens, from: number, to: number, weights: readonly number[]): boolean {
  let words = 0;
  let length = 0;
  for (let at = from; at < to; at++) {
    const weight = weights[ids[at]!]!;
    const touches = at > from && ends[at - 1] === starts[at] && weights[ids[at - 1]!]! > 0;
    if (weight > 0 && !touches) words++;
    length += Math.max(1, weight);
    if (words > 1 || length > LONGEST_SWALLOWED) return false;
  }
  return true;
}

function writeMarks(before: Passage, after: Passage, hunks: readonly Hunk[], writer: MarkWriter): void {
  let [b, a] = [0, 0];
  let [atBefore, atAfter] = [before.start, after.start];
  const replaceUpTo = (toBefore: number, toAfter: number) => {
    writer.replace(before.text.slice(atBefore, toBefore), after.text.slice(atAfter, toAfter));
    [atBefore, atAfter] = [toBefore, toAfter];
  };
  const keepUpTo = (b1: number) => {
    for (; b < b1; b++, a++) {
      replaceUpTo(before.tokens.starts[b]!, after.tokens.starts[a]!); // the white space before it, as a rule the same
      writer.write("=", before.text.slice(atBefore, before.tokens.ends[b]!));
      [atBefore, atAfter] = [before.tokens.ends[b]!, after.tokens.ends[a]!];
    }
  };
  for (const { b0, b1, a1 } of hunks) {
    keepUpTo(b0);
    replaceUpTo(before.tokens.starts[b1] ?? before.end, after.tokens.starts[a1] ?? after.end);
    [b, a] = [b1, a1];
  }
  keepUpTo(before.tokens.ids.length);
  replaceUpTo(before.end, after.end);
}

/** Collects marks and joins equal neighbours. */
class MarkWriter {
  readonly marks: { mark: WordMark["mark"]; text: string }[] = [];

  write(mark: WordMark["mark"], text: string): void {
    if (text === "") return;
    const last = this.marks.at(-1);
    if (last?.mark === mark) last.text += text;
    else this.marks.push({ mark, text });
  }

  /** Writes one text in place of another; white space around that both have is kept. */
  replace(before: string, after: string): void {
    if (before === after) {
      this.write("=", before);
      return;
    }
    const head = commonSpace(/^\s*/.exec(before)![0], /^\s*/.exec(after)![0]);
    const [b, a] = [before.slice(head), after.slice(head)];
    const tail = commonSpace(/\s*$/.exec(b)![0], /\s*$/.exec(a)![0]);
    this.write("=", before.slice(0, head));
    this.write("-", b.slice(0, b.length - tail));
    this.write("+", a.slice(0, a.length - tail));
    this.write("=", b.slice(b.length - tail));
  }
}

/** The length of a run of white space that both have whole; part of a run is never cut off. */
const commonSpace = (before: string, after: string): number => (before === after ? before.length : 0);
