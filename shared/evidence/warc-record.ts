import { gzipSync } from "node:zlib";
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
  return gzipSync(joined([head, block, Buffer.from("\r\n\r\n")]));
}

function line(name: string, value: string): string {
  if (/[^\x20-\x7e]/.test(value)) throw new RangeError(`${name} of a WARC record: ${JSON.stringify(value)}`);
  return `${name}: ${value}\r\n`;
}
