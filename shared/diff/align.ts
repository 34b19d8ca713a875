import { heaviestChain } from "./chain.ts";
import { lengthOf, matchEqual, SHORTEST_ANCHOR, stayingPower } from "./equal-units.ts";
import { exchangeCrossed } from "./exchange.ts";
import { type Join, joinHalves } from "./halves.ts";
import { Matching, UNMATCHED } from "./matching.ts";
import { matchNearCopies } from "./near-copies.ts";
import { matchSimilar, SIMILAR_ELSEWHERE } from "./similar-units.ts";
import type { Lexicon, Tokens } from "./tokens.ts";
import type { Unit, Units } from "./units.ts";
import type { WorkBudget } from "./work-budget.ts";

/** Units `[b0, b1)` of before that became units `[a0, a1)` of after; more than one on a side: a merge or a split. */
export interface Pair extends Join {
  readonly moved: boolean;
}

/** Pairs in the order of before; every unit is in one pair at most. */
export function align(
  texts: { readonly before: readonly string[]; readonly after: readonly string[] },
  units: Units,
  lexicon: Lexicon,
  budget: WorkBudget,
): Pair[] {
  const { before, after, matchable } = units;
  if (!matchable) return [];
  const matching = new Matching(before.length, after.length);
  const outOfOrder = matchEqual(before, after, matching, budget);
  const tokensBefore = tokensBy(texts.before, before, lexicon);
  const tokensAfter = tokensBy(texts.after, after, lexicon);
  const similarity = matchNearCopies(texts, units, matching, outOfOrder);
  for (const [unit, share] of matchSimilar(units, tokensBefore, tokensAfter, lexicon, matching, outOfOrder, budget)) {
    similarity.set(unit, share);
  }
  exchangeCrossed(units, tokensBefore, tokensAfter, lexicon, matching, similarity);
  const moved = movedUnits(before, after, matching, similarity);
  const joins = joinHalves(before, after, tokensBefore, tokensAfter, lexicon, matching);
  return joins.map((join) => ({ ...join, moved: moved.has(join.main) }));
}

/** By how many of its characters a unit is known: no sentence is so long, and a text without any is not cut whole. */
const LONGEST_MEASURED = 20_000;

/** Words of the units, cut when first asked for. */
function tokensBy(texts: readonly string[], units: readonly Unit[], lexicon: Lexicon): (index: number) => Tokens {
  const known = new Map<number, Tokens>();
  return (index) => {
    let tokens = known.get(index);
    if (!tokens) {
      const { paragraph, start, end } = units[index]!;
      tokens = lexicon.tokensOf(texts[paragraph]!, start, Math.min(end, start + LONGEST_MEASURED));
      known.set(index, tokens);
    }
    return tokens;
  };
}

/**
 * The units of before that moved: matched, and off the heaviest chain. Pairs off the chain that say too little to be
 * told as a move are unlinked: short or repeated ones away from a move, and merely similar ones.
 */
function movedUnits(
  before: readonly Unit[],
  after: readonly Unit[],
  matching: Matching,
  similarity: ReadonlyMap<number, number>,
): ReadonlySet<number> {
  const sources = [...matching.ofBefore.keys()].filter((index) => matching.ofBefore[index] !== UNMATCHED);
  const onChain = heaviestChain(
    sources.map((source) => matching.ofBefore[source]!),
    sources.map((source) => stayingPower(before[source]!)),
  );
  const off = sources.filter((_, index) => !onChain[index]);
  const moved = new Set<number>();
  if (off.length === 0) return moved;
  const [timesBefore, timesAfter] = [timesOf(before), timesOf(after)];
  const saysEnough = (source: number) => {
    const unit = before[source]!;
    if (lengthOf(unit) < SHORTEST_ANCHOR) return false;
    const score = similarity.get(source);
    if (score !== undefined) return score >= SIMILAR_ELSEWHERE;
    return timesBefore.get(unit.id) === 1 && timesAfter.get(unit.id) === 1;
  };
  for (const source of off) if (saysEnough(source)) moved.add(source);
  const besideMove = (source: number, step: number) =>
    moved.has(source + step) && matching.ofBefore[source + step] === matching.ofBefore[source]! + step;
  for (const [order, step] of [
    [off, -1],
    [off.toReversed(), 1],
  ] as const) {
    for (const source of order) if (!similarity.has(source) && besideMove(source, step)) moved.add(source);
  }
  for (const source of off) if (!moved.has(source)) matching.unlink(source);
  return moved;
}

function timesOf(units: readonly Unit[]): Map<number, number> {
  const times = new Map<number, number>();
  for (const { id } of units) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}
