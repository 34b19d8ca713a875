import type { Digest } from "./digest.ts";
import type { Failure } from "./failure.ts";
import type { Instant } from "./time.ts";
import type { WatchId } from "./watch.ts";

/** One retrieval whose bytes are kept. Revisits (304, identical payload) are kept in the archive alone. */
export interface Capture {
  readonly watchId: WatchId;
  /** UUID of the response's WARC record, without the `urn:uuid:`; for a fetch without an answer, of its metadata record. */
  readonly recordId: string;
  /** When the request was sent. */
  readonly at: Instant;
  /** Where the redirects ended. */
  readonly url: string;
  /** HTTP status of the last answer; null when none came. */
  readonly status: number | null;
  /** Key of the WARC in the evidence archive. */
  readonly warc: string;
  /** Digest of the entity body (transfer and content codings removed); null when none came. */
  readonly payload: Digest | null;
  /** Why it is not the article; null for a good capture. */
  readonly failure: Failure | null;
  /** Of a page that alternates between two readings: the revision that this one reads as. */
  readonly arm?: number;
}
