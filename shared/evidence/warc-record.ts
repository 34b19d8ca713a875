import { constants, crc32, deflateRawSync } from "node:zlib";
import { sha256 } from "../domain/digest.ts";
import { joined } from "../domain/http-message.ts";

/** The record types of WARC 1.1 that we write. */
export type WarcType = "warcinfo" | "response" | "request" | "revisit" | "metadata";

/** Names and values in the order in which they are written; those without a value are left out. */
export type WarcFields = readonly (readonly [name: string, value: string | null | undefined])[];

/** A UUID as a record id. */
export const recordUri = (id: string): string => `<urn:uuid:${id}>`;

/** A digest as WARC writes it, over bytes. */
export const warcDigest = (bytes: Uint8Array): string => `sha256:${sha256(bytes)}`;

/**
 * One record in a gzip member of its own, so that WARC files join by concatenation and each record can be read alone. The
 * block goes in as it is.
 *
 * @throws RangeError when a value could break out of its line: a bug, since URLs and ids cannot
 */
export function warcRecord(type: WarcType, id: string, fields: WarcFields, block: Uint8Array): Uint8Array {
  const all: WarcFields = [
    ["WARC-Type", type],
    ["WARC-Record-ID", recordUri(id)],
    ...fields,
    ["WARC-Block-Digest", warcDigest(block)],
    ["Content-Length", String(block.length)],
  ];
  const lines = all.flatMap(([name, value]) => (value === null || value === undefined ? [] : [line(name, value)]));
  const head = Buffer.from(`WARC/1.1\r\n${lines.join("")}\r\n`);
  return gzipMember([head, block, Buffer.from("\r\n\r\n")]);
}

/** Deflate, no flags, no time, no system told: the same bytes wherever it is written. */
const GZIP_HEAD = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);

/**
 * One gzip member (RFC 1952) over the parts in turn. Each is deflated where it lies: a copy of all of them would be the
 * largest piece of memory of a capture. A flushed stream ends on a whole byte, so that the next can follow it.
 */
function gzipMember(parts: readonly Uint8Array[]): Uint8Array {
  const deflated = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    return deflateRawSync(part, { finishFlush: isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH });
  });
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(parts.reduce((sum, part) => crc32(part, sum), 0));
  trailer.writeUInt32LE(parts.reduce((length, part) => length + part.length, 0) % 2 ** 32, 4);
  return joined([GZIP_HEAD, ...deflated, trailer]);
}

function line(name: string, value: string): string {
  if (/[^\x20-\x7e]/.test(value)) throw new RangeError(`${name} of a WARC record: ${JSON.stringify(value)}`);
  return `${name}: ${value}\r\n`;
}
