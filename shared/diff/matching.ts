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
