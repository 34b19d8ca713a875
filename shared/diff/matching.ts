export const UNMATCHED = -1;

/** Which unit of one side goes with which of the other; each with one at most. */
export class Matching {
  readonly ofBefore: Int32Array;
  readonly ofAfter: Int32Array;

  constructor(before: number, after: number) {
    this.ofBefore = new Int32Array(before).fill(UNMATCHED);
    this.ofAfter = new Int32Array(after).fill(UNMATCHED);
  }

  link(before: number, after: number): void {
    this.ofBefore[before] = after;
    this.ofAfter[after] = before;
  }

  unlink(before: number): void {
    this.ofAfter[this.ofBefore[before]!] = UNMATCHED;
    this.ofBefore[before] = UNMATCHED;
  }

  isFree(before: number, after: number): boolean {
    return this.ofBefore[before] === UNMATCHED && this.ofAfter[after] === UNMATCHED;
  }
}

/**
 * For each unit of either side, how many stand before it that are matched in order: equal numbers on both sides are the
 * same place.
 *
 * @param moved - the units of before that are matched out of order
 */
export function gapsOf(
  { ofBefore, ofAfter }: Matching,
  moved: ReadonlySet<number>,
): { readonly before: Int32Array; readonly after: Int32Array } {
  const count = (mates: Int32Array, isMoved: (index: number) => boolean) => {
    let gap = 0;
    return mates.map((mate, index) => (mate === UNMATCHED || isMoved(index) ? gap : ++gap));
  };
  return {
    before: count(ofBefore, (index) => moved.has(index)),
    after: count(ofAfter, (index) => moved.has(ofAfter[index]!)),
  };
}
