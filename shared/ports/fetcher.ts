import type { Failure } from "../domain/failure.ts";
import type { Instant } from "../domain/time.ts";

export interface FetchRequest {
  /** http or https, canonical. */
  readonly url: string;
  /** Validators of the last capture; leave out for the unconditional fetch of the day. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** URL that gave the validators, where redirects ended; `url` unless told. They are sent to no other. */
  readonly validatorsOf?: string;
}

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
  readonly certificate?: string;
  /** Set when the bytes are not the whole answer; the WARC's word for why. */
  readonly truncated?: "length" | "time" | "disconnect";
  /** Seconds from sending to the first and to the last byte. */
  readonly firstByteSeconds?: number;
  readonly totalSeconds?: number;
  /** Things worth keeping in the metadata record, e.g. `lenient parser`. */
  readonly notes?: readonly string[];
}

/** What a fetch brought. Whatever went over the wire is in `exchanges`, also when it failed. */
export type Fetched =
  | {
      readonly kind: "answered";
      readonly exchanges: readonly Exchange[];
      /** Where the redirects ended. */
      readonly url: string;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** Entity body, transfer and content codings removed; cut at the limit when `truncated` is set. */
      readonly body: Uint8Array;
      /** Why the body is not whole or could not be decoded: the failure to record. */
      readonly bodyFailure?: Failure;
    }
  | { readonly kind: "failed"; readonly exchanges: readonly Exchange[]; readonly failure: Failure };

/** Asks servers for pages, honestly, within limits. Never throws for anything that a server or an address can do. */
export interface Fetcher {
  fetch(request: FetchRequest): Promise<Fetched>;
}
