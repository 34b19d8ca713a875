import { isAlike } from "./likeness.ts";
import { beginningOf } from "./volatile.ts";

/** Pairs of a vanished and a new text that are looked at; after a rewriting there is nothing to look for. */
const MOST_PAIRS = 400;

/** Versions of a list of texts, oldest first, an edited text by its first wording; one that comes back was not edited. */
export function asFirstWorded(lists: readonly (readonly string[])[]): string[][] {
  const first = new Map<string, string>();
  for (const [at, list] of lists.entries()) {
    const [before, later] = [new Set(lists.slice(0, at).flat()), new Set(lists.slice(at).flat())];
    const gone = (lists[at - 1] ?? []).filter((text) => !later.has(text));
    const fresh = list.filter((text) => !before.has(text));
    if (gone.length * fresh.length > MOST_PAIRS) continue;
    for (const text of fresh) {
      const was = gone.find((earlier) => isAlike(beginningOf(earlier), beginningOf(text)));
      if (was !== undefined) first.set(text, first.get(was) ?? was);
    }
  }
  return lists.map((list) => list.map((text) => first.get(text) ?? text));
}

/** Texts that stand once in every list, as many as stand in the same order everywhere. */
export function commonInOrder(lists: readonly (readonly string[])[]): string[] {
  const once = lists.map((list) => {
    const counts = new Map<string, number>();
    for (const text of list) counts.set(text, (counts.get(text) ?? 0) + 1);
    return counts;
  });
  let common = lists[0]!.filter((text) => once.every((counts) => counts.get(text) === 1));
  for (const list of lists.slice(1)) {
    const places = new Map(list.map((text, at) => [text, at]));
    const rising = longestRising(common.map((text) => places.get(text)!));
    common = rising.map((at) => common[at]!);
  }
  return common;
}

/** Indexes of a longest rising run of values, not necessarily adjacent (patience sorting: n log n). */
function longestRising(values: readonly number[]): number[] {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [at, value] of values.entries()) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[tails[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    previous.push(low > 0 ? tails[low - 1]! : -1);
    tails[low] = at;
  }
  const run: number[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at]!) run.push(at);
  return run.reverse();
}
