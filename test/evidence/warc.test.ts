import { createHash } from "node:crypto";
import {
  brotliCompressSync,
  brotliDecompressSync,
  gunzipSync,
  gzipSync,
  zstdCompressSync,
  zstdDecompressSync,
} from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { WARCParser } from "warcio";
import { type CaptureWarc, writeCaptureWarc, writeRevisitsWarc } from "../../shared/evidence/warc.ts";
import { countingIds, exchange, httpBytes, idOf } from "./exchanges.ts";

const PAGE = "<!doctype html><title>Pasar pagi</title><p>Harga cabai naik dua kali lipat.</p>";
const RECORD = "0b9b1c6e-6f2e-4a57-9d3c-1f2d3c4b5a69";

const capture = (exchanges: CaptureWarc["exchanges"], metadata: CaptureWarc["metadata"] = {}): Uint8Array =>
  writeCaptureWarc({
    exchanges,
    recordId: RECORD,
    newId: countingIds(),
    software: "Variorum/0.1.0",
    contact: "desk@newsroom.test",
    metadata,
  });

const revisits = (list: Parameters<typeof writeRevisitsWarc>[0]["revisits"]): Uint8Array =>
  writeRevisitsWarc({ revisits: list, newId: countingIds(), software: "Variorum/0.1.0", contact: null });

interface Seen {
  readonly type: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
  readonly block: Buffer;
}

/** A file as warcio, which we did not write, reads it: fields and verbatim blocks. */
async function seenByWarcio(file: Uint8Array): Promise<Seen[]> {
  const seen: Seen[] = [];
  for await (const record of WARCParser.iterRecords([file], { parseHttp: false })) {
    const fields = Object.fromEntries(record.warcHeaders.headers as Iterable<[string, string]>);
    seen.push({ type: record.warcType, fields, block: Buffer.from(await record.readFully(false)) });
  }
  return seen;
}

/** The decoded content of every response, as warcio reads it. */
async function contentByWarcio(file: Uint8Array): Promise<Buffer[]> {
  const contents: Buffer[] = [];
  for await (const record of WARCParser.iterRecords([file])) {
    const content = Buffer.from(await record.readFully(true));
    if (record.warcType === "response") contents.push(content);
  }
  return contents;
}

const sha256 = (bytes: Uint8Array | string) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
const field = (seen: Seen | undefined, name: string) => seen?.fields[name.toLowerCase()];
const ofType = (seen: readonly Seen[], type: string) => seen.filter((each) => each.type === type);

describe("the WARC of a capture, read back by warcio", () => {
  const chunks = `${PAGE.length.toString(16)}\r\n${PAGE}\r\n0\r\n\r\n`;
  const answers: readonly (readonly [fact: string, response: Buffer, content: string | Uint8Array])[] = [
    ["plain", httpBytes(`HTTP/1.1 200 OK\nContent-Length: ${PAGE.length}`, PAGE), PAGE],
    ["chunked", httpBytes("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", chunks), PAGE],
    ["gzip", httpBytes("HTTP/1.1 200 OK\nContent-Encoding: gzip", gzipSync(PAGE)), PAGE],
    [
      "windows-1252",
      httpBytes(
        "HTTP/1.1 200 OK\nContent-Type: text/html; charset=windows-1252\nX-Caf\xe9: \xe9t\xe9",
        Buffer.from([0x80, 0x93, 0x94, 0xff]),
      ),
      Buffer.from([0x80, 0x93, 0x94, 0xff]),
    ],
    ["empty", httpBytes("HTTP/1.1 200 OK\nContent-Length: 0"), ""],
    ["404", httpBytes("HTTP/1.1 404 Not Found\nContent-Length: 4", "gone"), "gone"],
  ];

  it.each(answers)("keeps the wire bytes of a %s answer, and they decode", async (_fact, response, content) => {
    const file = capture([exchange(response)]);
    const [kept] = ofType(await seenByWarcio(file), "response");
    expect(kept?.block.equals(response)).toBe(true);
    expect(field(kept, "WARC-Block-Digest")).toBe(sha256(response));
    expect(await contentByWarcio(file)).toEqual([Buffer.from(content)]);
  });
  it.each([
    ["br", brotliCompressSync, brotliDecompressSync],
    ["zstd", zstdCompressSync, zstdDecompressSync],
  ] as const)("keeps the wire bytes of a %s answer, which warcio cannot undo", async (coding, compress, undo) => {
    const response = httpBytes(`HTTP/1.1 200 OK\nContent-Encoding: ${coding}`, compress(PAGE));
    const file = capture([exchange(response)]);
    const [kept] = ofType(await seenByWarcio(file), "response");
    expect(kept?.block.equals(response)).toBe(true);
    expect((await contentByWarcio(file)).map((content) => String(undo(content)))).toEqual([PAGE]);
  });

  it("digests the payload with its content coding left in", async () => {
    const response = httpBytes("HTTP/1.1 200 OK\nContent-Encoding: gzip", gzipSync(PAGE));
    const [kept] = ofType(await seenByWarcio(capture([exchange(response)])), "response");
    expect(field(kept, "WARC-Payload-Digest")).toBe(sha256(gzipSync(PAGE)));
  });
  it("gives no payload digest for chunks, on which validators disagree", async () => {
    const response = httpBytes("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", chunks);
    const [kept] = ofType(await seenByWarcio(capture([exchange(response)])), "response");
    expect(kept?.fields).not.toHaveProperty("warc-payload-digest");
  });

  it("holds warcinfo, response, request and metadata, tied together", async () => {
    const one = exchange(httpBytes("HTTP/1.1 200 OK\nContent-Length: 2", "ok"));
    const [info, response, request, metadata, ...rest] = await seenByWarcio(capture([one]));
    expect([info, response, request, metadata].map((each) => each?.type)).toEqual([
      "warcinfo",
      "response",
      "request",
      "metadata",
    ]);
    expect(rest).toEqual([]);
    expect(field(response, "WARC-Record-ID")).toBe(`<urn:uuid:${RECORD}>`);
    for (const each of [request, metadata]) {
      expect(field(each, "WARC-Concurrent-To")).toBe(`<urn:uuid:${RECORD}>`);
    }
    for (const each of [response, request, metadata]) {
      expect(field(each, "WARC-Warcinfo-ID")).toBe(field(info, "WARC-Record-ID"));
      expect(field(each, "WARC-Target-URI")).toBe(one.url);
      expect(field(each, "WARC-Date")).toBe(one.at);
    }
    expect(field(response, "WARC-IP-Address")).toBe("203.0.113.7");
    expect(field(response, "Content-Type")).toBe("application/http;msgtype=response");
    expect(request?.block.equals(one.request)).toBe(true);
    expect(field(request, "Content-Type")).toBe("application/http;msgtype=request");
  });

  it("is one gzip member per record, each ending in two line ends", () => {
    const file = Buffer.from(capture([exchange(httpBytes("HTTP/1.1 200 OK\nContent-Length: 2", "ok"))]));
    const starts = [...file.toString("latin1").matchAll(/\x1f\x8b\x08\x00\x00\x00\x00\x00/g)].map(({ index }) => index);
    const texts = starts.map((start, index) => gunzipSync(file.subarray(start, starts[index + 1])).toString("latin1"));
    expect(texts.length).toBe(4);
    for (const text of texts) {
      const [, head = "", rest = ""] = /^(WARC\/1\.1\r\n(?:[^\r\n]+\r\n)+)\r\n([\s\S]*)$/.exec(text) ?? [];
      const length = Number(/^Content-Length: (\d+)\r$/m.exec(head)?.[1]);
      expect(rest.length).toBe(length + 4);
      expect(rest.slice(length)).toBe("\r\n\r\n");
    }
  });

  it("keeps each step of a redirect chain, and names the last by the capture's id", async () => {
    const hop = exchange(httpBytes("HTTP/1.1 301 Moved\nLocation: /new\nContent-Length: 0"), {
      url: "https://warta.test/old",
      status: 301,
    });
    const end = exchange(httpBytes("HTTP/1.1 200 OK\nContent-Length: 2", "ok"), { url: "https://warta.test/new" });
    const seen = await seenByWarcio(capture([hop, end]));
    const responses = ofType(seen, "response");
    const requests = ofType(seen, "request");
    expect(responses.map((each) => field(each, "WARC-Target-URI"))).toEqual([hop.url, end.url]);
    expect(field(responses[1], "WARC-Record-ID")).toBe(`<urn:uuid:${RECORD}>`);
    expect(requests.map((each) => field(each, "WARC-Concurrent-To"))).toEqual(
      responses.map((each) => field(each, "WARC-Record-ID")),
    );
    expect(new Set(seen.map((each) => field(each, "WARC-Record-ID"))).size).toBe(seen.length);
  });

  it.each(["length", "time", "disconnect"] as const)("says that a body is truncated by %s", async (truncated) => {
    const cut = exchange(httpBytes("HTTP/1.1 200 OK\nContent-Length: 900", "part"), { truncated });
    const [response] = ofType(await seenByWarcio(capture([cut])), "response");
    expect(field(response, "WARC-Truncated")).toBe(truncated);
  });

  it("keeps a fetch without an answer: the request, and what happened under the capture's id", async () => {
    const silent = exchange("", { status: null });
    const seen = await seenByWarcio(capture([silent], { failure: { kind: "timeout", detail: "no answer" } }));
    expect(seen.map(({ type }) => type)).toEqual(["warcinfo", "request", "metadata"]);
    expect(field(seen[2], "WARC-Record-ID")).toBe(`<urn:uuid:${RECORD}>`);
    expect(field(seen[1], "WARC-Concurrent-To")).toBe(`<urn:uuid:${RECORD}>`);
    expect(JSON.parse(String(seen[2]?.block))).toMatchObject({ failure: { kind: "timeout" } });
  });
  it("keeps a fetch that found no host: what happened, alone", async () => {
    const none = exchange("", { status: null, request: new Uint8Array(), ip: null });
    const seen = await seenByWarcio(capture([none]));
    expect(seen.map(({ type }) => type)).toEqual(["warcinfo", "metadata"]);
    expect(seen[1]?.fields).not.toHaveProperty("warc-concurrent-to");
  });
  it("keeps what is not HTTP as bytes, and does not call it HTTP", async () => {
    const [response] = ofType(await seenByWarcio(capture([exchange("SSH-2.0-x\r\n", { status: null })])), "response");
    expect(field(response, "Content-Type")).toBe("application/octet-stream");
    expect(String(response?.block)).toBe("SSH-2.0-x\r\n");
  });

  it("tells in the metadata how each exchange went, beside what the caller knows", async () => {
    const one = exchange(httpBytes("HTTP/1.1 200 OK\nContent-Length: 2", "ok"), {
      certificate: "ab".repeat(32),
      firstByteSeconds: 0.2,
      totalSeconds: 0.5,
      notes: ["lenient parser"],
    });
    const metadata = { robots: { kind: "none" } };
    const [record] = ofType(await seenByWarcio(capture([one], metadata)), "metadata");
    expect(JSON.parse(String(record?.block))).toEqual({
      robots: { kind: "none" },
      exchanges: [
        {
          url: one.url,
          at: one.at,
          ip: one.ip,
          status: 200,
          requestBytes: one.request.length,
          responseBytes: one.response.length,
          certificateSha256: one.certificate,
          firstByteSeconds: 0.2,
          totalSeconds: 0.5,
          notes: ["lenient parser"],
        },
      ],
    });
  });
  it("says who captured, and whether robots.txt was obeyed", async () => {
    const one = exchange(httpBytes("HTTP/1.1 204 No Content"));
    const [obeyed] = await seenByWarcio(capture([one]));
    const [ignored] = await seenByWarcio(capture([one], { robotsOverride: "court order\r\nrobots: classic" }));
    expect(String(obeyed?.block).split("\r\n")).toEqual(
      expect.arrayContaining(["software: Variorum/0.1.0", "operator: desk@newsroom.test", "robots: classic"]),
    );
    expect(String(ignored?.block).split("\r\n")).toEqual(
      expect.arrayContaining(["robots: ignore", "robotsReason: court order robots: classic"]),
    );
  });
  it("takes a URL that would break out of its line for a bug", () => {
    const bad = exchange(httpBytes("HTTP/1.1 204 No Content"), { url: "https://warta.test/" });
    expect(() => capture([{ ...bad, url: "https://warta.test/\r\nWARC-Type: x" }])).toThrow(RangeError);
    expect(() => capture([])).toThrow(RangeError);
  });
});

describe("the WARC of unchanged checks, read back by warcio", () => {
  const refersTo = {
    digest: "cd".repeat(32),
    url: "https://warta.test/new",
    at: "2026-02-28T12:00:00.000Z",
    recordId: RECORD,
  };
  const notModified = exchange(httpBytes('HTTP/1.1 304 Not Modified\nETag: "a"'), { status: 304 });
  const same = exchange(httpBytes("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "2\r\nok\r\n0\r\n\r\n"));

  it("holds a revisit with the answer's head, and its request, for each", async () => {
    const seen = await seenByWarcio(
      revisits([
        { exchange: notModified, recordId: idOf(901), profile: "server-not-modified", refersTo },
        { exchange: same, recordId: idOf(902), profile: "identical-payload-digest", refersTo },
      ]),
    );
    expect(seen.map(({ type }) => type)).toEqual(["warcinfo", "revisit", "request", "revisit", "request"]);
    const [first, second] = ofType(seen, "revisit");
    expect([first, second].map((each) => field(each, "WARC-Profile"))).toEqual([
      "http://netpreserve.org/warc/1.1/revisit/server-not-modified",
      "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
    ]);
    for (const each of [first, second]) {
      expect(field(each, "WARC-Refers-To")).toBe(`<urn:uuid:${RECORD}>`);
      expect(field(each, "WARC-Refers-To-Target-URI")).toBe(refersTo.url);
      expect(field(each, "WARC-Refers-To-Date")).toBe(refersTo.at);
    }
    expect(String(first?.block)).toBe('HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n');
    expect(String(second?.block)).toBe("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    expect(ofType(seen, "request").map((each) => field(each, "WARC-Concurrent-To"))).toEqual([
      `<urn:uuid:${idOf(901)}>`,
      `<urn:uuid:${idOf(902)}>`,
    ]);
  });
  it("says that the block is cut where a body was, and only there", async () => {
    const seen = await seenByWarcio(
      revisits([
        { exchange: notModified, recordId: idOf(901), profile: "server-not-modified", refersTo },
        { exchange: same, recordId: idOf(902), profile: "identical-payload-digest", refersTo },
      ]),
    );
    expect(ofType(seen, "revisit").map((each) => field(each, "WARC-Truncated"))).toEqual([undefined, "length"]);
  });
  it("gives the payload's digest, chunks joined, where the profile demands it", async () => {
    const file = revisits([{ exchange: same, recordId: idOf(902), profile: "identical-payload-digest", refersTo }]);
    const [revisit] = ofType(await seenByWarcio(file), "revisit");
    expect(field(revisit, "WARC-Payload-Digest")).toBe(sha256("ok"));
    expect(field(revisit, "WARC-Block-Digest")).toBe(sha256(revisit?.block ?? ""));
  });
  it("keeps the redirects that led to an unchanged page", async () => {
    const hop = exchange(httpBytes("HTTP/1.1 301 Moved\nLocation: /new\nContent-Length: 0"), { status: 301 });
    const file = revisits([
      { before: [hop], exchange: notModified, recordId: idOf(901), profile: "server-not-modified", refersTo },
    ]);
    const seen = await seenByWarcio(file);
    expect(seen.map(({ type }) => type)).toEqual(["warcinfo", "response", "request", "revisit", "request"]);
    expect(seen[1]?.block.equals(hop.response)).toBe(true);
  });
  it("joins with other files by concatenation", async () => {
    const one = revisits([{ exchange: notModified, recordId: idOf(901), profile: "server-not-modified", refersTo }]);
    const two = capture([exchange(httpBytes("HTTP/1.1 204 No Content"))]);
    expect((await seenByWarcio(Buffer.concat([one, two]))).length).toBe(3 + 4);
  });
  it("takes a revisit without an answer for a bug", () => {
    const silent = { exchange: exchange(""), recordId: RECORD, profile: "server-not-modified" as const, refersTo };
    expect(() => revisits([silent])).toThrow(RangeError);
    expect(() => revisits([])).toThrow(RangeError);
  });
});

describe("a large answer", () => {
  const body = Buffer.alloc(1_000_000, PAGE);
  it.each([
    ["plain", httpBytes(`HTTP/1.1 200 OK\nContent-Length: ${body.length}`, body)],
    ["chunked", httpBytes("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", `f4240\r\n${body}\r\n0\r\n\r\n`)],
  ])("is neither joined nor copied while it is written (%s)", async (_fact, answer) => {
    const copies = vi.spyOn(Uint8Array.prototype, "set");
    const moves = vi.spyOn(Uint8Array.prototype, "copyWithin");
    const written = capture([exchange(answer)]);
    const sizes = copies.mock.calls.map(([source]) => source.length);
    const moved = moves.mock.calls.length;
    vi.restoreAllMocks();
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThan(body.length);
    expect(moved).toBe(0);
    const [seen] = ofType(await seenByWarcio(written), "response");
    expect(seen?.block.equals(answer)).toBe(true);
  });
});
