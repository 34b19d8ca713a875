import { heaviestChain } from "./chain.ts";
import { type Matching, UNMATCHED } from "./matching.ts";
import { matchInOrder } from "./shortest-edit.ts";
import type { Unit } from "./units.ts";
import type { WorkBudget } from "./work-budget.ts";

/**
 * Shorter units, in characters, are no anchors and do not move on their own: "Yes.", a date line, a list marker stand
 * anywhere.
 */
export const SHORTEST_ANCHOR = 10;

/**
 * Matches equal units. Anchors first: units that stand once on each side and are long enough to mean something. Between
 * the anchors that kept their order, the rest is matched in order; beside those that moved, their equal neighbours move
 * along.
 *
 * @returns the units of before that are matched out of order
 */
export function matchEqual(
  before: readonly Unit[],
  after: readonly Unit[],
  matching: Matching,
  budget: WorkBudget,
): ReadonlySet<number> {
  const anchors = anchorsOf(before, after);
  const onChain = heaviestChain(
    anchors.map(([, target]) => target),
    anchors.map(([source]) => stayingPower(before[source]!)),
  );
  let [b, a] = [0, 0];
  const matchGap = (beforeTo: number, afterTo: number) => {
    if (beforeTo > b && afterTo > a) {
      const inGap = matchInOrder(idsOf(before, b, beforeTo), idsOf(after, a, afterTo), budget);
      inGap.forEach((target, source) => {
        if (target !== UNMATCHED) matching.link(b + source, a + target);
      });
    }
    [b, a] = [beforeTo + 1, afterTo + 1];
  };
  anchors.forEach(([source, target], index) => {
    if (!onChain[index]) return;
    matching.link(source, target);
    matchGap(source, target);
  });
  matchGap(before.length, after.length);
  const moved = new Set<number>();
  anchors.forEach(([source, target], index) => {
    if (onChain[index] || !matching.isFree(source, target)) return;
    for (const unit of moveAlong(before, after, source, target, matching)) moved.add(unit);
  });
  return moved;
}

/** Indexes of units with equal text that stand once on each side and are long; in the order of before. */
function anchorsOf(before: readonly Unit[], after: readonly Unit[]): (readonly [number, number])[] {
  const places = new Map<number, number>();
  after.forEach(({ id }, index) => {
    places.set(id, places.has(id) ? UNMATCHED : index);
  });
  const times = new Map<number, number>();
  for (const { id } of before) times.set(id, (times.get(id) ?? 0) + 1);
  const anchors: (readonly [number, number])[] = [];
  before.forEach((unit, index) => {
    const place = places.get(unit.id) ?? UNMATCHED;
    if (place !== UNMATCHED && times.get(unit.id) === 1 && lengthOf(unit) >= SHORTEST_ANCHOR) {
      anchors.push([index, place]);
    }
  });
  return anchors;
}

/** Links a pair that moved, and whatever stands beside it on both sides and is equal and free. @returns those of before */
function moveAlong(
  before: readonly Unit[],
  after: readonly Unit[],
  source: number,
  target: number,
  matching: Matching,
): number[] {
  const moved = [source];
  matching.link(source, target);
  for (const step of [-1, 1]) {
    for (let [b, a] = [source + step, target + step]; ; b += step, a += step) {
      const [left, right] = [before[b], after[a]];
      if (!left || !right || left.id !== right.id || !matching.isFree(b, a)) break;
      matching.link(b, a);
      moved.push(b);
    }
  }
  return moved;
}

/** What a sentence weighs beside its characters, when it is asked who moved: of two readings, the one with fewer moves. */
const EACH = 12;

/** The weight by which a unit stays in place while lighter ones move past it. */
export const stayingPower = (unit: Unit): number => lengthOf(unit) + EACH;

export const lengthOf = (unit: Unit): number => unit.end - unit.start;

const idsOf = (units: readonly Unit[], from: number, to: number): number[] =>
  units.slice(from, to).map((unit) => unit.id);
