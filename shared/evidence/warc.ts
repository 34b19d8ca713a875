import type { Exchange } from "../domain/exchange.ts";
import { type HttpResponseHead, joined, readHttpHead, readHttpResponse } from "../domain/http-message.ts";
import type { Instant } from "../domain/time.ts";
import type { PayloadReference } from "../domain/watch.ts";
import { recordUri, type WarcFields, warcDigest, warcRecord } from "./warc-record.ts";

interface WarcOptions {
  /** A fresh UUID. */
  readonly newId: () => string;
  /** Name and version of the program, e.g. `Variorum/0.1.0`. */
  readonly software: string;
  /** Who ran it; null where only loopback was fetched. */
  readonly contact: string | null;
}

export interface CaptureWarc extends WarcOptions {
  /** In the order in which they happened, at least one. */
  readonly exchanges: readonly Exchange[];
  /** UUID for the last exchange's response record; when it has none, for the metadata record. */
  readonly recordId: string;
  /**
   * What else was known, as JSON: the robots decision, the failure, … `robotsOverride`, the written reason for going
   * against robots.txt, is also said in the warcinfo record.
   */
  readonly metadata: { readonly robotsOverride?: string; readonly [fact: string]: unknown };
}

/**
 * The WARC 1.1 file of one capture: warcinfo, a response and a request record for each exchange with the bytes as they
 * went over the wire, and a metadata record that tells how it went.
 *
 * @throws RangeError without an exchange: a fetch always has one
 */
export function writeCaptureWarc(capture: CaptureWarc): Uint8Array {
  const { exchanges, recordId, newId, metadata } = capture;
  const last = exchanges.at(-1);
  const first = exchanges[0];
  if (!first || !last) throw new RangeError("a capture without an exchange");
  const info = warcinfo(capture, first.at, metadata.robotsOverride);
  const answered = last.response.length > 0;
  const metadataId = answered ? newId() : recordId;
  const records = [info.record];
  const concurrent: string[] = [];
  for (const exchange of exchanges) {
    const context = { exchange, warcinfoId: info.id };
    const responseId = exchange === last ? recordId : newId();
    if (exchange.response.length > 0) records.push(response(responseId, context));
    if (exchange.response.length > 0) concurrent.push(responseId);
    const partner = exchange.response.length > 0 ? responseId : metadataId;
    if (exchange.request.length > 0) records.push(request(newId(), partner, context));
  }
  const story = { ...metadata, exchanges: exchanges.map(storyOf) };
  records.push(
    warcRecord(
      "metadata",
      metadataId,
      [
        ...commonFields({ exchange: last, warcinfoId: info.id }),
        ...concurrent.map((id) => ["WARC-Concurrent-To", recordUri(id)] as const),
        ["Content-Type", "application/json"],
      ],
      Buffer.from(`${JSON.stringify(story, null, 2)}\n`),
    ),
  );
  return joined(records);
}

/** A check that brought nothing new, and the kept payload that it found again. */
export interface Revisit {
  /** What went before the last exchange (redirects, an answer that the strict parser refused); kept whole. */
  readonly before?: readonly Exchange[];
  /** The last exchange of the fetch. */
  readonly exchange: Exchange;
  readonly recordId: string;
  readonly profile: "server-not-modified" | "identical-payload-digest";
  readonly refersTo: PayloadReference;
}

export interface RevisitsWarc extends WarcOptions {
  readonly revisits: readonly Revisit[];
}

/** The WARC file of unchanged checks: for each a revisit record with the answer's head, and its request. */
export function writeRevisitsWarc({ revisits, ...options }: RevisitsWarc): Uint8Array {
  const [first] = revisits;
  if (!first) throw new RangeError("a file of revisits without a revisit");
  const info = warcinfo(options, first.exchange.at);
  const records = [info.record];
  for (const one of revisits) {
    for (const exchange of one.before ?? []) {
      if (exchange.response.length === 0) continue;
      const context = { exchange, warcinfoId: info.id };
      const id = options.newId();
      records.push(response(id, context), request(options.newId(), id, context));
    }
    const context = { exchange: one.exchange, warcinfoId: info.id };
    records.push(revisit(one, context), request(options.newId(), one.recordId, context));
  }
  return joined(records);
}

interface Context {
  readonly exchange: Exchange;
  readonly warcinfoId: string;
}

function warcinfo({ newId, software, contact }: WarcOptions, at: Instant, robotsOverride?: string) {
  const id = newId();
  const fields = {
    software,
    format: "WARC File Format 1.1",
    conformsTo: "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    ...(contact !== null && { operator: oneLine(contact) }),
    robots: robotsOverride ? "ignore" : "classic",
    ...(robotsOverride && { robotsReason: oneLine(robotsOverride) }),
  };
  const text = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  const record = warcRecord(
    "warcinfo",
    id,
    [
      ["WARC-Date", at],
      ["Content-Type", "application/warc-fields"],
    ],
    Buffer.from(text.join("")),
  );
  return { id, record };
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

const commonFields = ({ exchange, warcinfoId }: Context): WarcFields => [
  ["WARC-Date", exchange.at],
  ["WARC-Target-URI", exchange.url],
  ["WARC-Warcinfo-ID", recordUri(warcinfoId)],
];

function response(id: string, context: Context): Uint8Array {
  const { exchange } = context;
  const head = readHttpHead(exchange.response);
  const fields: WarcFields = [
    ...commonFields(context),
    ["WARC-IP-Address", exchange.ip],
    ["WARC-Truncated", exchange.truncated],
    ["WARC-Payload-Digest", head && payloadDigest(head, exchange.response)],
    // What is not HTTP is kept as bytes, and not called HTTP.
    ["Content-Type", head ? "application/http;msgtype=response" : "application/octet-stream"],
  ];
  return warcRecord("response", id, fields, exchange.response);
}

/**
 * Over the body with content codings left in. None on chunked bodies: the standard digests them with the chunks joined,
 * half of the validators with the chunks as they are, and all accept that there is none; the block's digest covers it.
 */
function payloadDigest({ headers }: HttpResponseHead, bytes: Uint8Array): string | null {
  if (headers["transfer-encoding"] !== undefined) return null; // the chunks stay as they are, and are not read
  const message = readHttpResponse(bytes);
  return message && warcDigest(message.body);
}

function request(id: string, partner: string, context: Context): Uint8Array {
  const fields: WarcFields = [
    ...commonFields(context),
    ["WARC-IP-Address", context.exchange.ip],
    ["WARC-Concurrent-To", recordUri(partner)],
    ["Content-Type", "application/http;msgtype=request"],
  ];
  return warcRecord("request", id, fields, context.exchange.request);
}

function revisit({ recordId, profile, refersTo }: Revisit, context: Context): Uint8Array {
  const { exchange } = context;
  const message = readHttpResponse(exchange.response);
  if (!message) throw new RangeError(`a revisit of ${exchange.url} without an answer`);
  const head = exchange.response.subarray(0, message.bodyStart);
  const cut = message.bodyStart < exchange.response.length;
  const fields: WarcFields = [
    ...commonFields(context),
    ["WARC-IP-Address", exchange.ip],
    ["WARC-Profile", `http://netpreserve.org/warc/1.1/revisit/${profile}`],
    ["WARC-Refers-To", recordUri(refersTo.recordId)],
    ["WARC-Refers-To-Target-URI", refersTo.url],
    ["WARC-Refers-To-Date", refersTo.at],
    // The profile demands the digest of the payload itself: chunks joined, content codings left in.
    ["WARC-Payload-Digest", profile === "identical-payload-digest" ? warcDigest(message.body) : null],
    ["WARC-Truncated", cut ? "length" : null],
    ["Content-Type", "application/http;msgtype=response"],
  ];
  return warcRecord("revisit", recordId, fields, head);
}

/** How one exchange went, for the metadata record. */
const storyOf = ({ request, response, ...story }: Exchange): object => ({
  url: story.url,
  at: story.at,
  ip: story.ip,
  status: story.status,
  requestBytes: request.length,
  responseBytes: response.length,
  certificateSha256: story.certificate,
  truncated: story.truncated,
  firstByteSeconds: story.firstByteSeconds,
  totalSeconds: story.totalSeconds,
  notes: story.notes,
});
