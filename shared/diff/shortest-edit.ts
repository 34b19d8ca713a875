import { diffArrays } from "diff";
import { MAX_EDIT_LENGTH, type WorkBudget } from "./work-budget.ts";

const NONE = -1;

/**
 * Matches equal numbers of two sequences in order, as many as can be.
 *
 * Head and tail are matched first, and what occurs on one side only is left out before the search: it can match nothing
 * and would cost the most.
 *
 * @returns for each index of `before` its index in `after`, or -1
 */
export function matchInOrder(before: readonly number[], after: readonly number[], budget: WorkBudget): number[] {
  const matched = new Array<number>(before.length).fill(NONE);
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) matched[head] = head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) {
    matched[before.length - 1 - tail] = after.length - 1 - tail;
    tail++;
  }
  if (head + tail === shorter) return matched;

  const middle = { from: head, beforeTo: before.length - tail, afterTo: after.length - tail };
  const inAfter = new Set(after.slice(middle.from, middle.afterTo));
  const left = indexesOf(before, middle.from, middle.beforeTo, inAfter);
  if (left.length === 0) return matched;
  const inBefore = new Set(left.map((index) => before[index]!));
  const right = indexesOf(after, middle.from, middle.afterTo, inBefore);

  let [i, j] = [0, 0];
  for (const part of shortestEdit(
    left.map((at) => before[at]!),
    right.map((at) => after[at]!),
    budget,
  )) {
    if (part.removed) i += part.count;
    else if (part.added) j += part.count;
    else for (let k = 0; k < part.count; k++) matched[left[i++]!] = right[j++]!;
  }
  return matched;
}

function indexesOf(values: readonly number[], from: number, to: number, wanted: ReadonlySet<number>): number[] {
  const found: number[] = [];
  for (let index = from; index < to; index++) if (wanted.has(values[index]!)) found.push(index);
  return found;
}

/** Parts of the shortest edit; none (nothing matches) when it is longer than the budget allows. */
function shortestEdit(before: number[], after: number[], budget: WorkBudget) {
  const least = Math.abs(before.length - after.length);
  const most = Math.min(MAX_EDIT_LENGTH, Math.floor(Math.sqrt(budget.left)));
  const reason = "too many words changed in one place to line them up";
  if (least > most) {
    budget.degrade(reason);
    return [];
  }
  const parts = diffArrays(before, after, { maxEditLength: most });
  const edits = parts ? parts.reduce((sum, part) => sum + (part.added || part.removed ? part.count : 0), 0) : most;
  budget.spend(edits * edits, reason);
  if (!parts) budget.degrade(reason);
  return parts ?? [];
}
