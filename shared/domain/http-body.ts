import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  type ZlibOptions,
  zstdDecompressSync,
} from "node:zlib";
import type { Failure } from "./failure.ts";
import { type HttpResponseMessage, listOf } from "./http-message.ts";
import { plainDetail } from "./plain-detail.ts";

/** Counted on the output: 77 bytes of brotli make 100 MB, so a ratio tells nothing. */
export interface BodyLimits {
  readonly decodedBytes: number;
  readonly codings: number;
}

/** The limits of a fetch, for reading again what a fetch kept; a test holds them equal to `FETCH_LIMITS`. */
export const BODY_LIMITS: BodyLimits = { decodedBytes: 40 * 1024 * 1024, codings: 2 };

/** A body with its codings removed, as far as they could be. */
export interface DecodedBody {
  readonly body: Uint8Array;
  /** `truncated`: it ends early or was cut at the limit; `undecodable`: a coding is unknown or broken. */
  readonly failure?: Failure;
}

type Decode = (coded: Uint8Array, options: { maxOutputLength: number; partial: boolean }) => Uint8Array;

const zlibOptions = (maxOutputLength: number, partial: boolean): ZlibOptions => ({
  maxOutputLength,
  ...(partial && { finishFlush: constants.Z_SYNC_FLUSH }),
});

/** RFC 9110 means zlib by `deflate`; some servers send the bare stream. The zlib header carries its own check. */
const isZlib = (bytes: Uint8Array): boolean =>
  ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0;

const gunzip: Decode = (coded, { maxOutputLength, partial }) =>
  gunzipSync(coded, zlibOptions(maxOutputLength, partial));

const DECODERS: Readonly<Record<string, Decode>> = {
  gzip: gunzip,
  "x-gzip": gunzip,
  deflate: (coded, { maxOutputLength, partial }) =>
    (isZlib(coded) ? inflateSync : inflateRawSync)(coded, zlibOptions(maxOutputLength, partial)),
  br: (coded, { maxOutputLength, partial }) =>
    brotliDecompressSync(coded, {
      maxOutputLength,
      ...(partial && { finishFlush: constants.BROTLI_OPERATION_FLUSH }),
    }),
  zstd: (coded, { maxOutputLength, partial }) =>
    zstdDecompressSync(coded, {
      maxOutputLength,
      ...(partial && { finishFlush: constants.ZSTD_e_flush }),
      params: { [constants.ZSTD_d_windowLogMax]: 23 }, // 8 MB: the most that RFC 9659 lets a server use
    }),
};

/** What we tell servers that we understand. */
export const ACCEPT_ENCODING = "gzip, br, zstd, deflate";

/**
 * The entity of a response: its body with content codings (and transfer codings besides `chunked`) removed.
 * The same bytes give the same answer in the fetcher and, years later, in the reader of WARCs.
 */
export function decodeBody(message: HttpResponseMessage, limits: BodyLimits = BODY_LIMITS): DecodedBody {
  const transfer = listOf(message.headers["transfer-encoding"]).filter((coding) => coding !== "chunked");
  const codings = [...listOf(message.headers["content-encoding"]), ...transfer].filter((name) => name !== "identity");
  if (codings.length > limits.codings) {
    const detail = `${codings.length} codings (${codings.join(", ")}); at most ${limits.codings} are undone`;
    return { body: message.body, failure: { kind: "undecodable", detail: plainDetail(detail) } };
  }
  let decoded = cutAt(message.body, limits.decodedBytes);
  for (const coding of codings.reverse()) {
    const before = decoded.failure;
    if (before?.kind === "undecodable") break;
    const inner = undo(coding, decoded.body, limits.decodedBytes);
    decoded = before ? { body: inner.body, failure: before } : inner; // what went wrong first is what went wrong
  }
  return decoded;
}

const tooLong = (maxBytes: number): Failure => ({
  kind: "truncated",
  detail: `the body is longer than ${maxBytes} bytes when decoded`,
});

const cutAt = (body: Uint8Array, maxBytes: number): DecodedBody =>
  body.length <= maxBytes ? { body } : { body: body.subarray(0, maxBytes), failure: tooLong(maxBytes) };

function undo(coding: string, coded: Uint8Array, maxBytes: number): DecodedBody {
  const decode = Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
  if (!decode)
    return { body: coded, failure: { kind: "undecodable", detail: plainDetail(`unknown coding "${coding}"`) } };
  if (coded.length === 0) return { body: coded }; // servers label empty bodies too
  try {
    return { body: decode(coded, { maxOutputLength: maxBytes, partial: false }) };
  } catch (error) {
    return { body: longestPart(decode, coded, maxBytes), failure: failureOf(error, coding, maxBytes) };
  }
}

function failureOf(error: unknown, coding: string, maxBytes: number): Failure {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ERR_BUFFER_TOO_LARGE") return tooLong(maxBytes);
  if (code === "Z_BUF_ERROR") return { kind: "truncated", detail: `the ${coding} stream ends early` };
  return { kind: "undecodable", detail: `the ${coding} stream is broken (${code || String(error)})` };
}

/**
 * What the longest decodable beginning of the coded bytes gives. zlib's one-step calls throw their output away when they
 * fail, so the place is searched for by halving: at most 13 more runs, each bounded by `maxBytes`.
 */
function longestPart(decode: Decode, coded: Uint8Array, maxBytes: number): Uint8Array {
  const part = (length: number): Uint8Array | null => {
    try {
      return decode(coded.subarray(0, length), { maxOutputLength: maxBytes, partial: true });
    } catch {
      return null;
    }
  };
  let best = part(coded.length);
  if (best) return best;
  let good = 0;
  let bad = coded.length;
  const grain = Math.max(1, coded.length >> 12);
  while (bad - good > grain) {
    const middle = (good + bad) >> 1;
    const output = part(middle);
    if (output) [best, good] = [output, middle];
    else bad = middle;
  }
  return best ?? new Uint8Array();
}
