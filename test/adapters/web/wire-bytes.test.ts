import { describe, expect, it } from "vitest";
import { WireBytes } from "../../../shared/adapters/web/wire-bytes.ts";

const piece = (length: number, value: number) => new Uint8Array(length).fill(value);

describe("WireBytes", () => {
  it("holds the pieces one after the other, in memory of just their size", () => {
    const bytes = new WireBytes(1_000_000);
    for (let value = 0; value < 200; value++) expect(bytes.add(piece(1_000, value))).toBe(true);
    const all = bytes.take();
    expect(all.length).toBe(200_000);
    expect(all.every((byte, at) => byte === Math.floor(at / 1_000))).toBe(true);
    expect(all.buffer.byteLength).toBe(200_000);
  });
  it("keeps no piece's own memory alive", () => {
    const read = new Uint8Array(65_536);
    const bytes = new WireBytes(1_000_000);
    bytes.add(read.subarray(0, 1));
    expect(bytes.take().buffer).not.toBe(read.buffer);
  });
  it("cuts at the limit, and says so", () => {
    const bytes = new WireBytes(10);
    expect([bytes.add(piece(10, 1)), bytes.add(piece(1, 2))]).toEqual([true, false]);
    expect([...bytes.take()]).toEqual([...piece(10, 1)]);
  });
  it("fills up to the limit with the beginning of the piece that goes beyond", () => {
    const bytes = new WireBytes(100_000);
    bytes.add(piece(99_999, 1));
    expect(bytes.add(piece(65_536, 2))).toBe(false);
    const all = bytes.take();
    expect([all.length, all.at(-2), all.at(-1)]).toEqual([100_000, 1, 2]);
  });
});
