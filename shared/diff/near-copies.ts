import { commonEnds, type Place } from "./common-ends.ts";
import { gapsOf, type Matching, UNMATCHED } from "./matching.ts";
import type { Unit, Units } from "./units.ts";

/** Share of the longer one, by characters, that head and tail in common must make up. */
const ALIKE = 0.6;

/**
 * Matches unmatched units that stand in the same place and have most of their head and tail in common, as after a small
 * edit. It only saves work: they would be found similar, but without cutting them into words this is a hundred times
 * cheaper.
 *
 * @param moved - the units of before that are matched out of order
 * @returns of each unit of before that it links, how similar it is to its other
 */
export function matchNearCopies(
  texts: { readonly before: readonly string[]; readonly after: readonly string[] },
  units: Units,
  matching: Matching,
  moved: ReadonlySet<number>,
): Map<number, number> {
  const similarity = new Map<number, number>();
  const gaps = gapsOf(matching, moved);
  const rightOf = Map.groupBy(unmatched(matching.ofAfter), (index) => gaps.after[index]!);
  for (const [gap, left] of Map.groupBy(unmatched(matching.ofBefore), (index) => gaps.before[index]!)) {
    const right = rightOf.get(gap) ?? [];
    const linkIfAlike = (before: number | undefined, after: number | undefined): boolean => {
      if (before === undefined || after === undefined) return false;
      const share = alikeness(place(texts.before, units.before[before]!), place(texts.after, units.after[after]!));
      if (share < ALIKE) return false;
      matching.link(before, after);
      similarity.set(before, share);
      return true;
    };
    const pairs = Math.min(left.length, right.length);
    let head = 0;
    while (head < pairs && linkIfAlike(left[head], right[head])) head++;
    let tail = 0;
    while (tail < pairs - head && linkIfAlike(left.at(-1 - tail), right.at(-1 - tail))) tail++;
    if (left.length !== right.length) continue;
    for (let at = head + 1; at < pairs - tail - 1; at++) linkIfAlike(left[at], right[at]);
  }
  return similarity;
}

const unmatched = (mates: Int32Array): number[] => [...mates.keys()].filter((index) => mates[index] === UNMATCHED);

const place = (texts: readonly string[], { paragraph, start, end }: Unit): Place => ({
  text: texts[paragraph]!,
  start,
  end,
});

function alikeness(before: Place, after: Place): number {
  const { head, tail } = commonEnds(before, after);
  return (head + tail) / Math.max(before.end - before.start, after.end - after.start);
}
