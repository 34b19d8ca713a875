import { SOFTWARE } from "../config.ts";
import { type Digest, sha256 } from "../domain/digest.ts";
import type { Exchange } from "../domain/exchange.ts";
import type { Instant } from "../domain/time.ts";
import type { PayloadReference, Watch } from "../domain/watch.ts";
import { captureKey, revisitsKey } from "../evidence/keys.ts";
import { writeCaptureWarc, writeRevisitsWarc } from "../evidence/warc.ts";
import type { Fetched } from "../ports/fetcher.ts";
import type { Services } from "./services.ts";

/** A fetch whose bytes are in the evidence archive. */
export interface Kept {
  readonly at: Instant;
  readonly recordId: string;
  readonly warc: string;
  readonly payload: Digest | null;
}

/** Keeps the verbatim bytes of a fetch as one WARC, before anything interprets them. */
export async function keepCapture(
  watch: Watch,
  fetched: Fetched,
  robots: string,
  { evidence, newId, settings }: Services,
): Promise<Kept | null> {
  const [first] = fetched.exchanges;
  if (!first || fetched.exchanges.every((exchange) => exchange.response.length === 0)) return null;
  const recordId = newId();
  const warc = captureKey(watch.id, first.at, recordId);
  const bytes = writeCaptureWarc({
    exchanges: fetched.exchanges,
    recordId,
    newId,
    software: SOFTWARE,
    contact: settings.contact,
    metadata: {
      watch: watch.url,
      robots,
      ...(watch.robotsOverride !== undefined && { robotsOverride: watch.robotsOverride }),
      ...(fetched.kind === "failed" && { failure: fetched.failure.detail }),
    },
  });
  await evidence.keep(warc, bytes);
  return { at: first.at, recordId, warc, payload: fetched.kind === "answered" ? sha256(fetched.body) : null };
}

/** An unchanged check: a 304, or bytes that we already hold. */
export interface Revisit {
  readonly exchange: Exchange;
  /** What led there: redirects, or an attempt that broken HTTP made us repeat. */
  readonly before: readonly Exchange[];
  readonly recordId: string;
  readonly profile: "server-not-modified" | "identical-payload-digest";
  readonly refersTo: PayloadReference;
}

/**
 * What makes a fetch a revisit: its answer says, or is, what one of the references holds. Null when it is none.
 * @param conditional - validators were sent; a 304 that nobody asked for says nothing
 */
export function revisitOf(
  fetched: Fetched,
  held: { readonly article?: PayloadReference; readonly failed?: PayloadReference },
  conditional: boolean,
  newId: () => string,
): Revisit | null {
  const exchange = fetched.exchanges.at(-1);
  if (fetched.kind !== "answered" || fetched.bodyFailure || !exchange) return null;
  const of = (refersTo: PayloadReference, profile: Revisit["profile"]): Revisit => {
    return { exchange, before: fetched.exchanges.slice(0, -1), recordId: newId(), profile, refersTo };
  };
  const { article, failed } = held;
  if (fetched.status === 304) return article && conditional ? of(article, "server-not-modified") : null;
  const same = fetched.status === 200 ? article : failed;
  return same?.url === fetched.url && same.digest === sha256(fetched.body)
    ? of(same, "identical-payload-digest")
    : null;
}

/** Keeps the unchanged checks of one batch together: one object for up to twenty of them keeps the bill boring. */
export async function keepRevisits(
  revisits: readonly Revisit[],
  { evidence, newId, settings }: Services,
): Promise<void> {
  const [first] = revisits;
  if (!first) return;
  const bytes = writeRevisitsWarc({ revisits, newId, software: SOFTWARE, contact: settings.contact });
  await evidence.keep(revisitsKey(first.exchange.at, first.recordId), bytes);
}
