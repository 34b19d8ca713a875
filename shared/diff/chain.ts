/**
 * The heaviest chain of pairs that stand in the same order on both sides: what is off the chain has moved. Weighed by
 * characters, so that the long text stays and the short one moved past it. O(n log n) with a prefix-maximum tree.
 *
 * @param targets - for each pair, in the order of the before side, its place on the after side; all different
 * @param weights - of the pairs, above 0
 * @returns for each pair whether it is on the chain
 */
export function heaviestChain(targets: readonly number[], weights: readonly number[]): boolean[] {
  const ranks = ranksOf(targets);
  const best = new Array<number>(targets.length);
  const previous = new Array<number>(targets.length);
  const tree = new Array<number>(targets.length + 1).fill(-1); // rank → the pair that ends the heaviest chain up to it
  let heaviest = -1;
  for (let pair = 0; pair < targets.length; pair++) {
    let last = -1;
    for (let at = ranks[pair]!; at > 0; at -= at & -at) last = heavier(tree[at]!, last, best);
    previous[pair] = last;
    best[pair] = weights[pair]! + (last < 0 ? 0 : best[last]!);
    for (let at = ranks[pair]! + 1; at < tree.length; at += at & -at) tree[at] = heavier(tree[at]!, pair, best);
    heaviest = heavier(heaviest, pair, best);
  }
  const onChain = new Array<boolean>(targets.length).fill(false);
  for (let pair = heaviest; pair >= 0; pair = previous[pair]!) onChain[pair] = true;
  return onChain;
}

function ranksOf(targets: readonly number[]): number[] {
  const ranks = new Array<number>(targets.length);
  [...targets.keys()]
    .sort((a, b) => targets[a]! - targets[b]!)
    .forEach((pair, rank) => {
      ranks[pair] = rank;
    });
  return ranks;
}

/** Of two pairs (-1: none) the one that ends the heavier chain; the first one on a tie. */
const heavier = (a: number, b: number, best: readonly number[]): number =>
  a < 0 ? b : b < 0 || best[a]! >= best[b]! ? a : b;
