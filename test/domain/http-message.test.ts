import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { decodeBody } from "../../shared/domain/http-body.ts";
import { readHttpHead, readHttpResponse } from "../../shared/domain/http-message.ts";

const bytes = (text: string) => Buffer.from(text.replaceAll("\n", "\r\n"), "latin1");
const CODERS = {
  identity: (body: Uint8Array) => body,
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
};

/** A chunked answer whose chunks have the given sizes, as far as the body goes. */
function chunkedAnswer(body: Uint8Array, sizes: readonly number[], head: string): Buffer {
  const parts: Buffer[] = [bytes(`HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n${head}\n`)];
  for (let at = 0, turn = 0; at < body.length; turn++) {
    const chunk = body.subarray(at, at + (sizes[turn % sizes.length] ?? 1));
    parts.push(bytes(`${chunk.length.toString(16)}\n`), Buffer.from(chunk), bytes("\n"));
    at += chunk.length;
  }
  return Buffer.concat([...parts, bytes("0\n\n")]);
}

const answer = fc
  .record({
    body: fc.uint8Array({ maxLength: 2000 }),
    sizes: fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }),
    coding: fc.constantFrom(...(Object.keys(CODERS) as (keyof typeof CODERS)[])),
  })
  .map(({ body, sizes, coding }) => {
    const coded = body.length > 0 ? CODERS[coding](body) : body;
    return { body, coded, wire: chunkedAnswer(coded, sizes, `Content-Encoding: ${coding}\n`) };
  });

describe("readHttpResponse", () => {
  it("gives the body back, however it was cut into chunks and coded", () => {
    fc.assert(
      fc.property(answer, ({ body, wire }) => {
        const message = readHttpResponse(wire);
        expect(message).toMatchObject({ whole: true, chunked: true, end: wire.length });
        const decoded = message && decodeBody(message);
        expect(decoded?.failure).toBeUndefined();
        expect(decoded && Buffer.from(decoded.body).equals(body)).toBe(true);
      }),
    );
  });
  it("gives a beginning of the body when the bytes are cut anywhere, and says that it is not whole", () => {
    fc.assert(
      fc.property(answer, fc.nat(), ({ body, coded, wire }, place) => {
        const message = readHttpResponse(wire.subarray(0, place % wire.length));
        if (!message) return;
        expect(message.whole).toBe(false);
        expect(Buffer.from(message.body).equals(coded.subarray(0, message.body.length))).toBe(true);
        const decoded = decodeBody(message);
        expect(Buffer.from(decoded.body).equals(body.subarray(0, decoded.body.length))).toBe(true);
      }),
    );
  });
  it("reads the same message whatever follows it", () => {
    fc.assert(
      fc.property(answer, fc.uint8Array({ maxLength: 50 }), ({ wire }, more) => {
        const alone = readHttpResponse(wire);
        const followed = readHttpResponse(Buffer.concat([wire, more]));
        expect(followed?.end).toBe(wire.length);
        expect(followed && Buffer.from(followed.body).equals(alone?.body ?? bytes("?"))).toBe(true);
      }),
    );
  });
  it("never throws, whatever the bytes", () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((tail) => Buffer.concat([bytes("HTTP/1.1 200 OK\n"), tail])),
      fc
        .array(
          fc.constantFrom(
            "HTTP/1.1 200\n",
            "HTTP/1.1 100\n",
            "\n",
            "Transfer-Encoding: chunked\n",
            "5\nhello\n",
            "0\n",
            "Content-Length: 9\n",
            " x\n",
            ":\n",
            "ffffffffffff\n",
          ),
        )
        .map((parts) => bytes(parts.join(""))),
    );
    fc.assert(
      fc.property(noise, (some) => {
        const message = readHttpResponse(some);
        if (message) expect(() => decodeBody(message)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it.each<[fact: string, wire: string]>([
    ["no bytes", ""],
    ["half a head", "HTTP/1.1 200 OK\nContent-Type: te"],
    ["an interim answer alone", "HTTP/1.1 100 Continue\n\n"],
    ["no status", "HTTP/1.1 OK\n\n"],
    ["a page without a head", "<!doctype html>\n\n"],
  ])("finds no answer in %s", (_fact, wire) => expect(readHttpResponse(bytes(wire))).toBeNull());

  it.each<[fact: string, head: string, body: string]>([
    ["stops at the stated length", "Content-Length: 3", "abc"],
    ["takes the same length twice for one", "Content-Length: 3\nContent-Length: 3", "abc"],
    ["does not believe two lengths", "Content-Length: 3\nContent-Length: 4", "abcdef"],
    ["does not believe a length that is none", "Content-Length: +3", "abcdef"],
    ["does not believe a length beside another transfer coding", "Content-Length: 3\nTransfer-Encoding: x", "abcdef"],
    ["reads to the end without a length", "X: y", "abcdef"],
  ])("%s", (_fact, head, body) => {
    expect(Buffer.from(readHttpResponse(bytes(`HTTP/1.1 200 OK\n${head}\n\nabcdef`))?.body ?? []).toString()).toBe(
      body,
    );
  });
  it("unfolds folded fields and skips what is no field", () => {
    const { headers } = readHttpResponse(bytes("HTTP/1.1 200 OK\nX: a\n  b\nno field\n: none\n\n")) ?? {};
    expect(headers).toEqual({ x: "a b" });
  });
  it("makes nothing for each chunk, and one buffer for all of them", () => {
    const views = vi.spyOn(Uint8Array.prototype, "subarray");
    const read = (chunks: number) => {
      const wire = Uint8Array.from(chunkedAnswer(Buffer.alloc(chunks, "x"), [1], ""));
      const before = views.mock.calls.length;
      const message = readHttpResponse(wire);
      return { made: views.mock.calls.length - before, wire, message };
    };
    const few = read(2);
    const many = read(20_000);
    views.mockRestore();
    expect(many.message?.body.length).toBe(20_000);
    expect(many.made).toBe(few.made);
    expect(many.message?.body.buffer.byteLength).toBeLessThanOrEqual(many.wire.length);
  });
  it("gives a body that is not chunked where it lies", () => {
    const wire = bytes("HTTP/1.1 200 OK\nContent-Length: 3\n\nabc");
    expect(readHttpResponse(wire)?.body.buffer).toBe(wire.buffer);
  });
  it.each<[fact: string, framed: string, body: string, whole: boolean]>([
    ["blanks around a size", " \t3\t \nabc\n0\n\n", "abc", true],
    ["capitals and leading zeros in a size", "00000000000A\n0123456789\n0\n\n", "0123456789", true],
    ["extensions", '3 ;a="b"\nabc\n0;c\n\n', "abc", true],
    ["trailers", "3\nabc\n0\nX-Sum: 1\n\n", "abc", true],
    ["a size of thirteen digits", "3\nabc\n0000000000003\nabc\n", "abc", false],
    ["a size with a sign", "3\nabc\n-3\nabc\n", "abc", false],
    ["words after a size", "3\nabc\n3 x\nabc\n", "abc", false],
    ["no size", "3\nabc\n;x\nabc\n", "abc", false],
    ["a chunk longer than its size", "3\nabcd\n0\n\n", "abc", false],
    ["a chunk that is cut", "9\nabc", "abc", false],
  ])("reads chunks with %s", (_fact, framed, body, whole) => {
    const message = readHttpResponse(bytes(`HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n${framed}`));
    expect([Buffer.from(message?.body ?? []).toString(), message?.whole]).toEqual([body, whole]);
  });
});

describe("readHttpHead", () => {
  it("says what readHttpResponse says of the head, interim answers passed over", () => {
    const wire = bytes("HTTP/1.1 103 Early Hints\nX: a\n\nHTTP/1.1 404 Not Found\nX: b\n\nabc");
    const { start, bodyStart, status, headers } = readHttpResponse(wire) ?? {};
    expect(readHttpHead(wire)).toEqual({ start, bodyStart, status, headers });
    expect(status).toBe(404);
  });
});
