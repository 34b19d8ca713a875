import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { WARCRecord, WARCSerializer } from "warcio";
import { httpFetcher } from "../../shared/adapters/web/http-fetcher.ts";
import { FETCH_LIMITS } from "../../shared/config.ts";
import { BODY_LIMITS } from "../../shared/domain/http-body.ts";
import { writeCaptureWarc } from "../../shared/evidence/warc.ts";
import { entityOf, readWarc, WarcDamage } from "../../shared/evidence/warc-reader.ts";
import { RawServer } from "../support/raw-server.ts";
import { countingIds, exchange, httpBytes, idOf } from "./exchanges.ts";

const RECORD = idOf(777);
const answer = exchange(httpBytes("HTTP/1.1 200 OK\nContent-Length: 2\nVary: a\nVary: b", "ok"));
const file = (exchanges = [answer]): Uint8Array =>
  writeCaptureWarc({
    exchanges,
    recordId: RECORD,
    newId: countingIds(),
    software: "Variorum/0.1.0",
    contact: null,
    metadata: {},
  });
const recordOf = (bytes: Uint8Array, id = RECORD) => [...readWarc(bytes)].find((record) => record.id === id);
const plain = (fields: string, block: string): Buffer =>
  Buffer.from(`WARC/1.0\r\n${fields.replaceAll("\n", "\r\n")}\r\n\r\n${block}\r\n\r\n`);
const RESOURCE = "WARC-Type: resource\nWARC-Record-ID: <urn:uuid:a>\nWARC-Date: 2026-03-01T12:00:00Z";

describe("readWarc", () => {
  it("reads what we write", () => {
    const records = [...readWarc(file())];
    expect(records.map(({ type }) => type)).toEqual(["warcinfo", "response", "request", "metadata"]);
    expect(records[1]).toMatchObject({ id: RECORD, targetUri: answer.url, date: answer.at, block: answer.response });
    expect(records[1]?.headers["warc-ip-address"]).toBe("203.0.113.7");
    expect(records[0]?.targetUri).toBeNull();
  });
  it.each([
    ["gzip", true],
    ["plain", false],
  ])("reads what warcio writes (%s)", async (_fact, gzip) => {
    const made = WARCRecord.create(
      {
        type: "response",
        url: "http://warta.test/",
        date: "2026-03-01T12:00:00Z",
        warcVersion: "WARC/1.0",
        httpHeaders: { "Content-Type": "text/html" },
      },
      [Buffer.from("<p>satu")],
    );
    const [record] = readWarc(await WARCSerializer.serialize(made, { gzip }));
    expect(record).toMatchObject({ type: "response", date: "2026-03-01T12:00:00.000Z" });
    expect(record && Buffer.from(entityOf(record).body).toString()).toBe("<p>satu");
  });
  it("reads several records in one gzip member, and URIs in angle brackets", () => {
    const fields = `${RESOURCE}\nWARC-Target-URI: <http://a.test/>\nContent-Length: 4`;
    const two = gzipSync(Buffer.concat([plain(fields, "satu"), plain(fields, "dua!")]));
    expect([...readWarc(two)].map(({ block, targetUri }) => `${targetUri} ${Buffer.from(block)}`)).toEqual([
      "http://a.test/ satu",
      "http://a.test/ dua!",
    ]);
  });
  it("reads a gzip member with a name, a comment and extra fields in its head", () => {
    const plainGzip = gzipSync(plain(`${RESOURCE}\nContent-Length: 4`, "satu"));
    const head = Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7, 0x61, 0, 0x62, 0, 9, 9]);
    const [record] = readWarc(Buffer.concat([head, plainGzip.subarray(10)]));
    expect(String(Buffer.from(record?.block ?? []))).toBe("satu");
  });
  it("reads no record in no bytes", () => expect([...readWarc(new Uint8Array())]).toEqual([]));

  it.each<[fact: string, bytes: Uint8Array, message: RegExp]>([
    ["what is not a WARC", Buffer.from("<!doctype html>"), /byte 0 is not a WARC record/],
    ["a record without a length", plain(RESOURCE, ""), /does not tell its length/],
    ["a record with a length that is none", plain(`${RESOURCE}\nContent-Length: -4`, ""), /does not tell its length/],
    ["a record longer than the file", plain(`${RESOURCE}\nContent-Length: 400`, "satu"), /ends early/],
    ["a record without a date", plain("WARC-Type: a\nWARC-Record-ID: b\nContent-Length: 0", ""), /no date/],
    ["a record without an id", plain("WARC-Type: a\nWARC-Date: 2026-03-01\nContent-Length: 0", ""), /no id/],
    ["a record without a type", plain("WARC-Record-ID: a\nWARC-Date: 2026-03-01\nContent-Length: 0", ""), /no type/],
    ["a file that is cut", file().subarray(0, -5), /gzip member at byte \d+ ends early/],
    ["a file that is cut earlier", file().subarray(0, -30), /gzip member at byte \d+ cannot be unpacked/],
    ["a file with something behind", Buffer.concat([file(), Buffer.from("x")]), /no gzip member at byte \d+/],
  ])("refuses %s", (_fact, bytes, message) => {
    expect(() => [...readWarc(bytes)]).toThrow(WarcDamage);
    expect(() => [...readWarc(bytes)]).toThrow(message);
  });
  it("notices any byte that was changed, or gives the same records", () => {
    const whole = file();
    const before = JSON.stringify([...readWarc(whole)]);
    for (let at = 0; at < whole.length; at++) {
      const damaged = Uint8Array.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      let after: string;
      try {
        after = JSON.stringify([...readWarc(damaged)]);
      } catch (error) {
        expect(error).toBeInstanceOf(WarcDamage);
        continue;
      }
      expect(after).toBe(before); // a gzip head has bytes that mean nothing
    }
  });
  it("gives the records before the damage", () => {
    const seen: string[] = [];
    const damaged = Buffer.concat([file().subarray(0, -30)]);
    expect(() => {
      for (const { type } of readWarc(damaged)) seen.push(type);
    }).toThrow(WarcDamage);
    expect(seen).toEqual(["warcinfo", "response", "request"]);
  });
});

describe("entityOf", () => {
  it("gives status, fields and body", () => {
    const record = recordOf(file());
    const { body, ...rest } = record ? entityOf(record) : {};
    expect(rest).toEqual({ status: 200, headers: { "content-length": "2", vary: "a, b" } });
    expect(String(Buffer.from(body ?? []))).toBe("ok");
  });
  it("says that a record is truncated", () => {
    const record = recordOf(file([{ ...answer, truncated: "time" }]));
    expect(record && entityOf(record).bodyFailure).toMatchObject({ kind: "truncated" });
  });
  it("refuses a record that holds no answer", () => {
    const request = [...readWarc(file())].find(({ type }) => type === "request");
    expect(() => request && entityOf(request)).toThrow(WarcDamage);
  });
  it("reads within the limits of a fetch", () => {
    expect(BODY_LIMITS).toEqual({ decodedBytes: FETCH_LIMITS.decodedBytes, codings: FETCH_LIMITS.codings });
  });
});

describe("a kept answer, read again", () => {
  const page = "<p>Harga beras naik 3 hari berturut-turut.</p>".repeat(500);
  const chunk = (bytes: Uint8Array) => Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, CRLF]);
  const CRLF = Buffer.from("\r\n");
  const gzipped = gzipSync(page);
  it.each<[fact: string, answer: Uint8Array]>([
    ["plain", httpBytes(`HTTP/1.1 200 OK\nContent-Length: ${page.length}`, page)],
    ["empty", httpBytes("HTTP/1.1 200 OK\nContent-Length: 0")],
    [
      "chunked gzip behind an interim answer",
      Buffer.concat([
        httpBytes("HTTP/1.1 103 Early Hints"),
        httpBytes("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nContent-Encoding: gzip"),
        chunk(gzipped.subarray(0, 33)),
        chunk(gzipped.subarray(33)),
        Buffer.from("0\r\nX-T: 1\r\n\r\n"),
      ]),
    ],
    [
      "cut inside gzip",
      httpBytes("HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 999999", gzipped.subarray(0, 90)),
    ],
    [
      "broken gzip",
      httpBytes(
        "HTTP/1.1 200 OK\nContent-Encoding: gzip",
        Buffer.concat([gzipped.subarray(0, 90), CRLF, gzipped.subarray(90)]),
      ),
    ],
    ["of unknown coding", httpBytes("HTTP/1.1 200 OK\nContent-Encoding: sdch\nContent-Length: 3", "abc")],
    ["longer than it says", httpBytes("HTTP/1.1 200 OK\nContent-Length: 3", "abcdef")],
    ["with bare line feeds", Buffer.from(`HTTP/1.1 200 OK\nContent-Length: 3\n\nabc`)],
    ["too long to unpack", httpBytes("HTTP/1.1 200 OK\nContent-Encoding: gzip", gzipSync(Buffer.alloc(300_000)))],
    ["too long for the wire", httpBytes("HTTP/1.1 200 OK\nContent-Length: 400000", Buffer.alloc(400_000, "k"))],
    ["404", httpBytes("HTTP/1.1 404 Not Found\nContent-Length: 3", "abc")],
    ["304", httpBytes("HTTP/1.1 304 Not Modified")],
  ])("gives what the fetcher gave (%s)", async (_fact, bytes) => {
    const limits = { ...FETCH_LIMITS, decodedBytes: 200_000, wireBytes: 250_000 };
    const server = await RawServer.listen((socket) => socket.end(bytes));
    const clock = { now: () => new Date().toISOString(), sleep: async () => {} };
    const allowAddresses = new Set(["loopback"] as const);
    const fetched = await httpFetcher({ userAgent: "Variorum/0.1", limits, allowAddresses, clock }).fetch({
      url: server.url(),
    });
    await server.close();
    if (fetched.kind !== "answered") return expect.unreachable(fetched.failure.detail);
    const record = recordOf(file([...fetched.exchanges]));
    const entity = record && entityOf(record, limits);
    expect(entity?.status).toBe(fetched.status);
    expect(entity?.headers).toEqual(fetched.headers);
    expect(entity && Buffer.from(entity.body).equals(fetched.body)).toBe(true);
    expect(entity?.bodyFailure?.kind).toBe(fetched.bodyFailure?.kind);
  });
});
