import { otherHalves } from "./halves.ts";
import { gapsOf, type Matching, UNMATCHED } from "./matching.ts";
import { WordBag, weightOf } from "./overlap.ts";
import type { Lexicon, Tokens, TokensOf } from "./tokens.ts";
import type { Unit, Units } from "./units.ts";
import type { WorkBudget } from "./work-budget.ts";

/** Share of common words (Dice, by characters) from which two sentences in the same place are one, edited. Flat from 0.3 to 0.45. */
const SIMILAR_HERE = 0.3;
/** The same for two sentences in different places: moved and edited. Measured flat from 0.5 to 0.7. */
export const SIMILAR_ELSEWHERE = 0.5;
/** Least characters of words in a sentence that may have moved and been edited. */
const SHORTEST_MOVED = 20;
/** Sentences measured exactly for each one; measured: two cost 0.002 of F1, more than eight gain nothing. */
const CANDIDATES = 8;
/** Candidates that share less than this part of what the best one shares are not measured. */
const FAINT = 0.4;
/** How much a candidate in the same place is preferred. */
const HERE = 0.15;
/** A word in more sentences than this, and than a tenth of them, tells nothing about which is meant. */
const COMMON_WORD = 64;
/** Steps that each unit costs, whatever its length. */
const UNIT_COST = 100;
const TOO_MUCH = "too much changed to look for every sentence that was edited or moved";

interface Candidate {
  readonly before: number;
  readonly after: number;
  readonly score: number;
}

/**
 * Matches what is left by the words it has in common, best first.
 *
 * @param moved - the units of before that are matched out of order
 * @returns of each unit of before that it links, how similar it is to its other
 */
export function matchSimilar(
  units: Pick<Units, "before" | "after">,
  tokensBefore: TokensOf,
  tokensAfter: TokensOf,
  lexicon: Lexicon,
  matching: Matching,
  moved: ReadonlySet<number>,
  budget: WorkBudget,
): ReadonlyMap<number, number> {
  const left = free(matching.ofBefore);
  const right = free(matching.ofAfter);
  const similarity = new Map<number, number>();
  if (left.length === 0 || right.length === 0) return similarity;
  const gaps = gapsOf(matching, moved);
  const cost = costOf(left, units.before) + costOf(right, units.after);
  if (!budget.spend(cost, TOO_MUCH)) return similarity;
  const index = new WordIndex(right, tokensAfter, lexicon);

  const found: Candidate[] = [];
  for (const before of left) {
    const tokens = tokensBefore(before);
    const candidates = index.candidates(tokens, budget);
    if (candidates.length === 0) continue;
    const bag = new WordBag(tokens, lexicon);
    for (const after of candidates) {
      const dice = (2 * bag.shared(tokensAfter(after))) / (bag.weight + index.weight(after));
      const here = gaps.before[before] === gaps.after[after];
      const least = Math.min(bag.weight, index.weight(after));
      if (here ? dice < SIMILAR_HERE : dice < SIMILAR_ELSEWHERE || least < SHORTEST_MOVED) continue;
      found.push({ before, after, score: here ? dice + HERE : dice });
    }
  }
  found.sort((a, b) => b.score - a.score || a.before - b.before || a.after - b.after);
  const isHalfBefore = otherHalves(matching.ofBefore, units.before, tokensBefore, tokensAfter, lexicon, budget);
  const isHalfAfter = otherHalves(matching.ofAfter, units.after, tokensAfter, tokensBefore, lexicon, budget);
  for (const { before, after, score } of found) {
    if (!matching.isFree(before, after) || isHalfAfter(after) || isHalfBefore(before)) continue;
    matching.link(before, after);
    similarity.set(before, score);
  }
  return similarity;
}

/** Cutting a unit into words, in steps: so much for each, and two for a character. */
const costOf = (indexes: readonly number[], units: readonly Unit[]): number =>
  indexes.reduce((sum, index) => sum + UNIT_COST + 2 * (units[index]!.end - units[index]!.start), 0);

const free = (mates: Int32Array): number[] => [...mates.keys()].filter((index) => mates[index] === UNMATCHED);

/** Which of the units have a word. */
class WordIndex {
  readonly #lexicon: Lexicon;
  readonly #units: readonly number[];
  /** Of a word (its folded id), places in `#units`, ascending. */
  readonly #places = new Map<number, number[]>();
  readonly #weights: Float64Array;
  readonly #weightOf = new Map<number, number>();
  readonly #common: number;
  /** By place: weight of the words found so far; all 0 between two searches. */
  readonly #shared: Float64Array;

  constructor(units: readonly number[], tokensOf: TokensOf, lexicon: Lexicon) {
    this.#lexicon = lexicon;
    this.#units = units;
    this.#common = Math.max(COMMON_WORD, units.length / 10);
    this.#weights = new Float64Array(units.length);
    this.#shared = new Float64Array(units.length);
    units.forEach((unit, place) => {
      const tokens = tokensOf(unit);
      this.#weights[place] = weightOf(tokens, lexicon);
      this.#weightOf.set(unit, this.#weights[place]);
      for (const id of tokens.ids) {
        if (lexicon.weights[id] === 0) continue;
        const word = lexicon.folded[id]!;
        const places = this.#places.get(word);
        if (!places) this.#places.set(word, [place]);
        else if (places.at(-1) !== place) places.push(place);
      }
    });
  }

  weight(unit: number): number {
    return this.#weightOf.get(unit) ?? 0;
  }

  /** The units that have most in common with the tokens, by a rough measure; best first. */
  candidates(tokens: Tokens, budget: WorkBudget): number[] {
    const touched = this.#touch(tokens, budget);
    const best: { readonly place: number; readonly rough: number }[] = [];
    for (const place of touched) {
      const rough = this.#shared[place]! / (this.#weights[place]! + 1);
      this.#shared[place] = 0;
      if (best.length === CANDIDATES && rough <= best.at(-1)!.rough) continue;
      let at = best.length;
      while (at > 0 && best[at - 1]!.rough < rough) at--;
      best.splice(at, 0, { place, rough });
      if (best.length > CANDIDATES) best.pop();
    }
    const least = FAINT * (best[0]?.rough ?? 0);
    return best.filter(({ rough }) => rough >= least).map(({ place }) => this.#units[place]!);
  }

  /** Adds up what each place shares with the tokens. @returns the places that share anything */
  #touch(tokens: Tokens, budget: WorkBudget): number[] {
    const { folded, weights } = this.#lexicon;
    const touched: number[] = [];
    for (const word of new Set(tokens.ids.map((id) => folded[id]!))) {
      const places = this.#places.get(word);
      if (!places || places.length > this.#common) continue;
      if (!budget.spend(places.length, TOO_MUCH)) break;
      for (const place of places) {
        if (this.#shared[place] === 0) touched.push(place);
        this.#shared[place]! += weights[word]!;
      }
    }
    return touched.sort((a, b) => a - b);
  }
}
