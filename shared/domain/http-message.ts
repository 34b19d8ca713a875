/** A response as it stands in wire bytes: where it begins and ends, and what its head says. */
export interface HttpResponseMessage {
  /** Offset of the status line; interim 1xx answers lie before it. */
  readonly start: number;
  /** Offset of the first byte after the head. */
  readonly bodyStart: number;
  /** Offset after the last byte of the message; what follows is not part of it. */
  readonly end: number;
  readonly status: number;
  /** Lower-case names, Latin-1 values; repeated fields joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly chunked: boolean;
  /** The body with its chunks joined, content codings left in. */
  readonly body: Uint8Array;
  /** False when the framing promises more than is there, or is broken. A body that ends with the connection is whole. */
  readonly whole: boolean;
}

/** What stands before the body. */
export type HttpResponseHead = Pick<HttpResponseMessage, "start" | "bodyStart" | "status" | "headers">;

const LF = 0x0a;
const CR = 0x0d;

/**
 * Reads the head of the first final response in wire bytes, and leaves the body alone.
 *
 * @returns null when there is no whole head
 */
export function readHttpHead(bytes: Uint8Array): HttpResponseHead | null {
  let start = 0;
  for (;;) {
    const head = readHead(bytes, start);
    // 101 would hand the connection over to another protocol; nobody asked for that, so it is final too.
    if (!head || head.status >= 200 || head.status === 101) return head;
    start = head.bodyStart;
  }
}

/**
 * Reads the first final response in wire bytes. Lenient about line ends, so that what a lenient parser let in can be read
 * again; strict about nothing but the status line, so that the same bytes give the same body for ever. The body is a view
 * of the bytes, or one copy of them when chunks had to be joined.
 *
 * @param bytes - what the server sent from the first byte on; may be cut anywhere
 * @returns null when there is no whole head
 */
export function readHttpResponse(bytes: Uint8Array): HttpResponseMessage | null {
  const head = readHttpHead(bytes);
  return head && { ...head, ...readBody(bytes, head) };
}

function readHead(bytes: Uint8Array, start: number): HttpResponseHead | null {
  const bodyStart = headEnd(bytes, start);
  if (bodyStart === null) return null;
  const [statusLine = "", ...lines] = latin1(bytes.subarray(start, bodyStart)).split(/\r?\n/);
  const status = /^HTTP\/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)/.exec(statusLine)?.[1];
  return status ? { start, status: Number(status), headers: readFields(lines), bodyStart } : null;
}

/** Offset after the first empty line at or after `start`; null when there is none. */
function headEnd(bytes: Uint8Array, start: number): number | null {
  let line = start;
  for (;;) {
    const end = bytes.indexOf(LF, line);
    if (end < 0) return null;
    const length = end - line;
    if (length === 0 || (length === 1 && bytes[line] === CR)) return end + 1;
    line = end + 1;
  }
}

/** Header fields of any message in this family (HTTP, WARC): lower-case names, folded lines unfolded. */
export function readFields(lines: readonly string[]): Readonly<Record<string, string>> {
  const fields = new Map<string, string>();
  let last: string | null = null;
  for (const line of lines) {
    if (/^[ \t]/.test(line) && last !== null) {
      fields.set(last, `${fields.get(last)} ${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    last = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = fields.get(last);
    fields.set(last, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(fields);
}

type Body = Pick<HttpResponseMessage, "body" | "end" | "whole" | "chunked">;

/** RFC 9112 §6.3, in its order. */
function readBody(bytes: Uint8Array, { status, headers, bodyStart }: HttpResponseHead): Body {
  const none = bytes.subarray(bodyStart, bodyStart);
  if (status === 204 || status === 304) return { body: none, end: bodyStart, whole: true, chunked: false };
  if (listOf(headers["transfer-encoding"]).at(-1) === "chunked") return readChunks(bytes, bodyStart);
  const length = headers["transfer-encoding"] === undefined ? contentLength(headers["content-length"]) : null;
  const end = length === null ? bytes.length : Math.min(bytes.length, bodyStart + length);
  const whole = length === null || end === bodyStart + length;
  return { body: bytes.subarray(bodyStart, end), end, whole, chunked: false };
}

/** Null when there is none that can be believed. */
function contentLength(field: string | undefined): number | null {
  const values = new Set(listOf(field));
  const [value = ""] = values;
  return values.size === 1 && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

/**
 * Joins the chunks in one copy of the wire bytes, each moved down over its framing: nothing is made per chunk, because a
 * server may send one for each byte.
 */
function readChunks(bytes: Uint8Array, bodyStart: number): Body {
  const body = new Uint8Array(bytes.subarray(bodyStart));
  let length = 0;
  let at = 0;
  const ended = (end: number | null): Body => {
    const cut = end ?? bytes.length;
    return { body: body.subarray(0, length), end: cut, whole: end !== null, chunked: true };
  };
  for (;;) {
    const line = readChunkLine(body, at);
    if (!line) return ended(null);
    if (line.size === 0) return ended(headEnd(bytes, bodyStart + line.end));
    const end = Math.min(body.length, line.end + line.size);
    body.copyWithin(length, line.end, end);
    length += end - line.end;
    at = end;
    if (body[at] === CR) at++;
    if (body[at] !== LF) return ended(null);
    at++;
  }
}

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

/** The size that a chunk's line tells, at most 12 digits, and where the line ends; null when it is cut or tells none. */
function readChunkLine(bytes: Uint8Array, start: number): { size: number; end: number } | null {
  let at = start;
  while (isBlank(bytes[at])) at++;
  const digits = at;
  let size = 0;
  for (let digit = hexDigit(bytes[at]); digit >= 0; digit = hexDigit(bytes[++at])) size = size * 16 + digit;
  if (at === digits || at > digits + 12) return null;
  while (isBlank(bytes[at])) at++;
  const isExtended = bytes[at] === 0x3b; // a semicolon: extensions, which mean nothing to us
  const lineEnd = isExtended ? bytes.indexOf(LF, at) : bytes[at] === CR ? at + 1 : at;
  return bytes[lineEnd] === LF ? { size, end: lineEnd + 1 } : null;
}

function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** The members of a comma-separated field, in lower case; none for an absent or empty one. */
export const listOf = (field: string | undefined): string[] =>
  (field ?? "")
    .split(",")
    .map((member) => member.trim().toLowerCase())
    .filter((member) => member !== "");

/** One array out of many. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Header bytes as text, one character per byte, so that nothing is lost or replaced. */
export const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
