/** Most pages are smaller, packed as they come. */
const FIRST_BYTES = 64 * 1024;

/**
 * Bytes as they come from a socket, in one buffer that grows. A list of the pieces would hold a whole read's memory for
 * each, however small, and would be there twice while it is joined.
 */
export class WireBytes {
  readonly #maxBytes: number;
  #buffer: ArrayBuffer;
  #length = 0;

  /** @param maxBytes - what goes beyond is left out */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#buffer = new ArrayBuffer(Math.min(FIRST_BYTES, maxBytes));
  }

  /** @returns false when not all of it found room */
  add(piece: Uint8Array): boolean {
    const taken = Math.min(piece.length, this.#maxBytes - this.#length);
    const needed = this.#length + taken;
    // `transfer` gives the old memory back at once, where a copy would leave it to the garbage collector.
    if (needed > this.#buffer.byteLength) this.#buffer = this.#buffer.transfer(this.#roomFor(needed));
    new Uint8Array(this.#buffer).set(taken < piece.length ? piece.subarray(0, taken) : piece, this.#length);
    this.#length = needed;
    return taken === piece.length;
  }

  /** All of it, in memory of just its size. Nothing can be added afterwards. */
  take(): Uint8Array {
    return new Uint8Array(this.#buffer.transfer(this.#length));
  }

  #roomFor(bytes: number): number {
    return Math.min(this.#maxBytes, Math.max(bytes, 2 * this.#buffer.byteLength));
  }
}
