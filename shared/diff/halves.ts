import { type Matching, UNMATCHED } from "./matching.ts";
import { WordBag, weightOf } from "./overlap.ts";
import type { Lexicon, Tokens, TokensOf } from "./tokens.ts";
import type { Unit } from "./units.ts";
import type { WorkBudget } from "./work-budget.ts";

/** Share of a sentence's words that its neighbour's other half must hold, beyond what the neighbour itself has there. */
const CONTAINED = 0.6;
/** Fewer characters of words are contained in almost anything. */
const SHORTEST_HALF = 10;
const TOO_MANY_HALVES = "too much changed to look for the halves of every sentence that was split or merged";

/** Units `[b0, b1)` of before and `[a0, a1)` of after; `main` is the one of before that was matched first. */
export interface Join {
  readonly b0: number;
  readonly b1: number;
  readonly a0: number;
  readonly a1: number;
  readonly main: number;
}

/**
 * Finds the other halves of sentences that were split or merged: an unmatched neighbour whose words are contained in
 * what the matched sentence left over. Directed containment, because a half is never similar to the whole.
 */
export function joinHalves(
  before: readonly Unit[],
  after: readonly Unit[],
  tokensBefore: TokensOf,
  tokensAfter: TokensOf,
  lexicon: Lexicon,
  matching: Matching,
): Join[] {
  const joins: Join[] = [];
  for (let main = 0; main < before.length; main++) {
    const mate = matching.ofBefore[main]!;
    if (mate === UNMATCHED) continue;
    let join: Join = { main, b0: main, b1: main + 1, a0: mate, a1: mate + 1 };
    if (before[main]!.id !== after[mate]!.id) {
      const [a0, a1] = reach(mate, matching.ofAfter, after, tokensAfter, () => tokensBefore(main), lexicon);
      const [b0, b1] =
        a1 - a0 > 1
          ? [main, main + 1]
          : reach(main, matching.ofBefore, before, tokensBefore, () => tokensAfter(mate), lexicon);
      for (let a = a0; a < a1; a++) matching.ofAfter[a] = main;
      for (let b = b0; b < b1; b++) matching.ofBefore[b] = mate;
      join = { main, b0, b1, a0, a1 };
    }
    joins.push(join);
    main = join.b1 - 1;
  }
  return joins;
}

/**
 * Tells of an unmatched unit whether it is the other half of a matched neighbour's counterpart: no candidate for another
 * match. What a neighbour leaves over is worked out once, while no pair is undone.
 *
 * @param otherTokens - tokens of the units on the other side
 */
export function otherHalves(
  mates: Int32Array,
  units: readonly Unit[],
  tokensOf: TokensOf,
  otherTokens: TokensOf,
  lexicon: Lexicon,
  budget: WorkBudget,
): (at: number) => boolean {
  const leftovers = new Map<number, WordBag>();
  const leftBy = (neighbour: number, mate: number): WordBag | undefined => {
    const known = leftovers.get(neighbour);
    if (known) return known;
    const [whole, part] = [otherTokens(mate), tokensOf(neighbour)];
    if (!budget.spend(whole.ids.length + part.ids.length, TOO_MANY_HALVES)) return undefined;
    const left = new WordBag(whole, lexicon);
    left.subtract(part);
    leftovers.set(neighbour, left);
    return left;
  };
  return (at) =>
    [at - 1, at + 1].some((neighbour) => {
      const mate = mates[neighbour] ?? UNMATCHED;
      if (mate === UNMATCHED || units[neighbour]!.paragraph !== units[at]!.paragraph) return false;
      const left = leftBy(neighbour, mate);
      const tokens = tokensOf(at);
      if (!left || left.weight < SHORTEST_HALF || !budget.spend(tokens.ids.length, TOO_MANY_HALVES)) return false;
      return isContained(tokens, left, lexicon);
    });
}

function isContained(tokens: Tokens, left: WordBag, lexicon: Lexicon): boolean {
  const weight = weightOf(tokens, lexicon);
  const least = CONTAINED * weight;
  return weight >= SHORTEST_HALF && left.weight >= least && left.shared(tokens) >= least;
}

/** How far around `from` unmatched neighbours in its paragraph belong to the sentence with the words `whole`. */
function reach(
  from: number,
  mates: Int32Array,
  units: readonly Unit[],
  tokensOf: TokensOf,
  whole: () => Tokens,
  lexicon: Lexicon,
): [number, number] {
  const reached: [number, number] = [from, from + 1];
  const isCandidate = (at: number) => mates[at] === UNMATCHED && units[at]?.paragraph === units[from]!.paragraph;
  if (!isCandidate(from - 1) && !isCandidate(from + 1)) return reached;
  const left = new WordBag(whole(), lexicon);
  left.subtract(tokensOf(from));
  const joins = (at: number) => {
    if (!isCandidate(at)) return false;
    const tokens = tokensOf(at);
    if (!isContained(tokens, left, lexicon)) return false;
    left.subtract(tokens);
    return true;
  };
  while (joins(reached[1])) reached[1]++;
  while (joins(reached[0] - 1)) reached[0]--;
  return reached;
}
