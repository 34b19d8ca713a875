import type { Digest } from "./digest.ts";
import type { Instant } from "./time.ts";

/** One request and its answer as they went over the wire. Redirects make a chain of them. */
export interface Exchange {
  readonly url: string;
  /** When the request was sent. */
  readonly at: Instant;
  /** Verbatim bytes, head and body, as sent; empty when no connection came about. */
  readonly request: Uint8Array;
  /** Verbatim bytes, head and body, transfer coding left in; empty when none came. Interim 1xx answers are cut off. */
  readonly response: Uint8Array;
  /** Address that we were connected to. */
  readonly ip: string | null;
  readonly status: number | null;
  /** Lower-case names; repeated fields joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the server's certificate (DER), on https. */
  readonly certificate?: Digest;
  /** Set when the bytes are not the whole answer; the WARC's word for why. */
  readonly truncated?: "length" | "time" | "disconnect";
  /** Seconds from sending to the first and to the last byte. */
  readonly firstByteSeconds?: number;
  readonly totalSeconds?: number;
  /** Things worth keeping in the metadata record, e.g. `lenient parser`. */
  readonly notes?: readonly string[];
}
