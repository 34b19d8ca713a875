import { heaviestChain } from "./chain.ts";
import { stayingPower } from "./equal-units.ts";
import { gapsOf, type Matching, UNMATCHED } from "./matching.ts";
import { WordBag, weightOf } from "./overlap.ts";
import { SIMILAR_ELSEWHERE } from "./similar-units.ts";
import type { Lexicon, TokensOf } from "./tokens.ts";
import type { Units } from "./units.ts";

/**
 * Undoes crossed pairs. A line that stands twice with a small difference (an entry of a table of contents and its
 * heading) and is edited in both places can come to look like two lines that changed places. Where both would be in
 * place the other way round, and similar, they are two edits and not two moves.
 *
 * @param similarity - of each unit of before that is not equal to its mate, how similar it is; kept up to date
 */
export function exchangeCrossed(
  { before, after }: Pick<Units, "before" | "after">,
  tokensBefore: TokensOf,
  tokensAfter: TokensOf,
  lexicon: Lexicon,
  matching: Matching,
  similarity: Map<number, number>,
): void {
  const sources = [...matching.ofBefore.keys()].filter((index) => matching.ofBefore[index] !== UNMATCHED);
  const onChain = heaviestChain(
    sources.map((source) => matching.ofBefore[source]!),
    sources.map((source) => stayingPower(before[source]!)),
  );
  const off = sources.filter((_, index) => !onChain[index]);
  if (off.length < 2) return;
  const gaps = gapsOf(matching, new Set(off));
  const sourceBy = new Map(off.map((source) => [placeKey(gaps, source, matching), source]));
  const likeness = (b: number, a: number): number => {
    if (before[b]!.id === after[a]!.id) return 1;
    const [left, right] = [tokensBefore(b), tokensAfter(a)];
    const bag = new WordBag(left, lexicon);
    return (2 * bag.shared(right)) / (bag.weight + weightOf(right, lexicon) || 1);
  };
  for (const source of off) {
    const mate = matching.ofBefore[source]!;
    const other = sourceBy.get(`${gaps.after[mate]} ${gaps.before[source]}`);
    if (other === undefined || other <= source) continue;
    const otherMate = matching.ofBefore[other]!;
    const [first, second] = [likeness(source, otherMate), likeness(other, mate)];
    if (Math.min(first, second) < SIMILAR_ELSEWHERE) continue;
    matching.link(source, otherMate);
    matching.link(other, mate);
    for (const [unit, share] of [
      [source, first],
      [other, second],
    ] as const) {
      if (share < 1) similarity.set(unit, share);
      else similarity.delete(unit);
    }
  }
}

/** Where a pair stands on both sides: the gap of before, the gap of after. */
const placeKey = (gaps: ReturnType<typeof gapsOf>, source: number, { ofBefore }: Matching): string =>
  `${gaps.before[source]} ${gaps.after[ofBefore[source]!]}`;
