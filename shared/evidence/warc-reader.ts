import { crc32, inflateRawSync } from "node:zlib";
import type { Failure } from "../domain/failure.ts";
import { BODY_LIMITS, type BodyLimits, decodeBody } from "../domain/http-body.ts";
import { readFields, readHttpResponse } from "../domain/http-message.ts";
import { type Instant, toInstant } from "../domain/time.ts";

/** A record as it stands in a WARC file, ours or another's. */
export interface WarcRecord {
  readonly type: string;
  /** The UUID of a `urn:uuid:` id; any other id without its angle brackets. */
  readonly id: string;
  readonly targetUri: string | null;
  readonly date: Instant;
  /** The WARC fields: lower-case names; repeated ones joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The verbatim block. */
  readonly block: Uint8Array;
}

/** A file that is not a WARC, or not a whole one; says where. */
export class WarcDamage extends Error {
  override readonly name = "WarcDamage";
}

/** Room for the largest wire body with head and framing, with much to spare for other people's files. */
const MAX_MEMBER_BYTES = 1024 * 1024 * 1024;

/**
 * The records of a WARC file, one after the other; gzip members are opened as they are reached, so that damage further on
 * does not hide what stands before it.
 *
 * @throws WarcDamage while iterating, at the first byte that cannot be read
 */
export function* readWarc(bytes: Uint8Array): Generator<WarcRecord> {
  for (const { at, content } of members(bytes)) yield* recordsOf(content, at);
}

interface Member {
  readonly at: number;
  readonly content: Uint8Array;
}

/** Gzip members unpacked; a file that is not gzip is one member as it stands. */
function* members(bytes: Uint8Array): Generator<Member> {
  if (bytes[0] !== 0x1f) {
    yield { at: 0, content: bytes };
    return;
  }
  let at = 0;
  while (at < bytes.length) {
    const start = deflateStart(bytes, at);
    const { buffer, engine } = inflate(bytes.subarray(start), at);
    const trailer = start + engine.bytesWritten;
    if (trailer + 8 > bytes.length) throw new WarcDamage(`the gzip member at byte ${at} ends early`);
    const view = new DataView(bytes.buffer, bytes.byteOffset + trailer, 8);
    if (view.getUint32(0, true) !== crc32(buffer) || view.getUint32(4, true) !== buffer.length % 2 ** 32) {
      throw new WarcDamage(`the gzip member at byte ${at} does not have its checksum`);
    }
    yield { at, content: buffer };
    at = trailer + 8;
  }
}

function inflate(deflated: Uint8Array, at: number): { buffer: Uint8Array; engine: { bytesWritten: number } } {
  try {
    // With `info`, zlib also tells how many bytes it took: where the next member begins. The types do not know.
    const options = { info: true, maxOutputLength: MAX_MEMBER_BYTES };
    return inflateRawSync(deflated, options) as unknown as { buffer: Uint8Array; engine: { bytesWritten: number } };
  } catch (error) {
    throw new WarcDamage(`the gzip member at byte ${at} cannot be unpacked: ${(error as Error).message}`);
  }
}

const FLAG = { headerCrc: 0x02, extra: 0x04, name: 0x08, comment: 0x10 } as const;

/** Where the deflate stream of a gzip member begins (RFC 1952 §2.3). */
function deflateStart(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0x1f || bytes[at + 1] !== 0x8b || bytes[at + 2] !== 8) {
    throw new WarcDamage(`no gzip member at byte ${at}`);
  }
  const flags = bytes[at + 3] ?? 0;
  let start = at + 10;
  if (flags & FLAG.extra) start += 2 + (bytes[start] ?? 0) + ((bytes[start + 1] ?? 0) << 8);
  for (const flag of [FLAG.name, FLAG.comment]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, start);
    if (end < 0) throw new WarcDamage(`the gzip member at byte ${at} ends early`);
    start = end + 1;
  }
  return flags & FLAG.headerCrc ? start + 2 : start;
}

/** The records in one member (ours hold one each); `origin` is its place in the file, for messages. */
function* recordsOf(content: Uint8Array, origin: number): Generator<WarcRecord> {
  let at = skipLineEnds(content, 0);
  while (at < content.length) {
    const where = `the record at byte ${origin}${at > 0 ? ` + ${at}` : ""}`;
    const headLength = Buffer.from(content.buffer, content.byteOffset + at, content.length - at).indexOf("\r\n\r\n");
    const [version = "", ...lines] = (headLength < 0 ? "" : text(content.subarray(at, at + headLength))).split("\r\n");
    if (!/^WARC\/[01]\.\d+$/.test(version)) throw new WarcDamage(`${where} is not a WARC record`);
    const headers = readFields(lines);
    const length = Number(headers["content-length"] ?? Number.NaN);
    const start = at + headLength + 4;
    if (!Number.isSafeInteger(length) || length < 0) throw new WarcDamage(`${where} does not tell its length`);
    if (start + length > content.length) throw new WarcDamage(`${where} ends early`);
    yield record(headers, content.subarray(start, start + length), where);
    at = skipLineEnds(content, start + length);
  }
}

/** WARC 1.1 fields are UTF-8. */
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function skipLineEnds(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 0x0d || bytes[at] === 0x0a) at++;
  return at;
}

function record(headers: Readonly<Record<string, string>>, block: Uint8Array, where: string): WarcRecord {
  const milliseconds = Date.parse(headers["warc-date"] ?? "");
  if (Number.isNaN(milliseconds)) throw new WarcDamage(`${where} has no date`);
  const type = headers["warc-type"]?.toLowerCase();
  const id = unbracketed(headers["warc-record-id"])?.replace(/^urn:uuid:/i, "");
  if (!type || !id) throw new WarcDamage(`${where} has no ${type ? "id" : "type"}`);
  const targetUri = unbracketed(headers["warc-target-uri"]) ?? null;
  return { type, id, targetUri, date: toInstant(milliseconds), headers, block };
}

/** WARC 1.0 put angle brackets around every URI. */
const unbracketed = (uri: string | undefined): string | undefined => uri?.replace(/^<(.*)>$/, "$1");

/** What a kept answer says: the same as the fetcher gave when it kept it. */
export interface Entity {
  readonly status: number;
  /** Lower-case names; repeated fields joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Transfer and content codings removed. */
  readonly body: Uint8Array;
  /** Why the body is not whole or could not be decoded. */
  readonly bodyFailure?: Failure;
}

/**
 * The entity in a response (or revisit) record.
 * @throws WarcDamage when its block is no HTTP response
 */
export function entityOf(record: WarcRecord, limits: BodyLimits = BODY_LIMITS): Entity {
  const message = readHttpResponse(record.block);
  if (!message) throw new WarcDamage(`record ${record.id} (${record.type}) holds no HTTP response`);
  const { body, failure } = decodeBody(message, limits);
  const cut = record.headers["warc-truncated"];
  const problem: Failure | undefined = cut
    ? { kind: "truncated", detail: `the record is truncated (${cut})` }
    : failure;
  return { status: message.status, headers: message.headers, body, ...(problem && { bodyFailure: problem }) };
}
