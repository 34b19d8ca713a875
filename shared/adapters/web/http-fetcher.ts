import type { FETCH_LIMITS } from "../../config.ts";
import type { Exchange } from "../../domain/exchange.ts";
import { ACCEPT_ENCODING, decodeBody } from "../../domain/http-body.ts";
import type { HttpResponseMessage } from "../../domain/http-message.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Fetched, Fetcher, FetchRequest } from "../../ports/fetcher.ts";
import { type ConnectionOptions, connect } from "./connection.ts";
import { converse } from "./conversation.ts";
import { answerOf, type Hop, unasked } from "./hop.ts";
import { redirectTarget } from "./redirect.ts";
import { isMailAddress } from "./user-agent.ts";

export { userAgentOf } from "./user-agent.ts";

/** The limits of one fetch; `FETCH_LIMITS` in shared/config.ts, smaller ones in tests. */
export type FetchLimits = { readonly [Limit in keyof typeof FETCH_LIMITS]: number };

export interface HttpFetcherOptions extends Omit<ConnectionOptions, "limits"> {
  /** From `userAgentOf`. */
  readonly userAgent: string;
  /** Mail address for the `From` field; anything else is left out. */
  readonly from?: string;
  readonly limits: FetchLimits;
  readonly clock: Clock;
}

/**
 * Fetches pages over HTTP/1.1: one connection per request, no cookies, no proxy, no address inside a private network
 * unless the operator allows it. See docs/decisions/0002-fetching-and-evidence.md.
 */
export const httpFetcher = (options: HttpFetcherOptions): Fetcher => ({
  async fetch(request) {
    const outOfTime = new AbortController();
    // Real time, also where a test brings its own clock: the network keeps no other.
    const timer = setTimeout(() => outOfTime.abort(), options.limits.totalSeconds * 1000);
    try {
      return await follow(request, options, outOfTime.signal);
    } finally {
      clearTimeout(timer);
      outOfTime.abort();
    }
  },
});

/** Asks for the page, and for wherever it redirects to. */
async function follow(request: FetchRequest, options: HttpFetcherOptions, signal: AbortSignal): Promise<Fetched> {
  const exchanges: Exchange[] = [];
  const visited = new Set<string>();
  let url = request.url;
  for (;;) {
    visited.add(url);
    const hops = await ask(url, request, options, signal);
    exchanges.push(...hops.map(({ exchange }) => exchange));
    const hop = hops.at(-1) as Hop;
    if (!hop.message) return { kind: "failed", exchanges, failure: hop.failure };
    const target = redirectTarget(hop.message, url);
    if (target === null) return answered(url, hop, exchanges, options.limits);
    if (visited.has(target) || visited.size > options.limits.redirects) {
      const detail = visited.has(target) ? `back to ${target}` : `more than ${options.limits.redirects} redirects`;
      return { kind: "failed", exchanges, failure: { kind: "too-many-redirects", detail } };
    }
    url = target;
  }
}

function answered(
  url: string,
  hop: Extract<Hop, { message: HttpResponseMessage }>,
  exchanges: readonly Exchange[],
  limits: FetchLimits,
): Fetched {
  const { message } = hop;
  const { body, failure } = decodeBody(message, limits);
  const bodyFailure = hop.failure ?? failure;
  const { status, headers } = message;
  return { kind: "answered", exchanges, url, status, headers, body, ...(bodyFailure && { bodyFailure }) };
}

/** One hop; two when the strict parser refused the answer and the lenient one was tried. */
async function ask(
  url: string,
  request: FetchRequest,
  options: HttpFetcherOptions,
  signal: AbortSignal,
): Promise<readonly Hop[]> {
  const strict = await askOnce(url, request, options, signal, false);
  if (!strict.retryLenient || signal.aborted) return [strict];
  return [strict, await askOnce(url, request, options, signal, true)];
}

async function askOnce(
  text: string,
  request: FetchRequest,
  options: HttpFetcherOptions,
  signal: AbortSignal,
  lenient: boolean,
): Promise<Hop> {
  const started = options.clock.now();
  const url = URL.parse(text);
  const problem = urlProblem(url);
  if (!url || problem) return unasked(text, started, { kind: "address-forbidden", detail: `${problem}: ${text}` });
  const connecting = await connect(url, options, signal);
  if (!connecting.ok) return unasked(text, started, connecting.failure);
  const { connection } = connecting;
  const conversation = await converse(connection.socket, {
    path: url.pathname + url.search,
    headers: requestHeaders(url, request, options),
    limits: options.limits,
    clock: options.clock,
    lenient,
    signal,
  });
  return answerOf(text, connection, conversation, options.limits, lenient);
}

function urlProblem(url: URL | null): string | null {
  if (!url) return "not a URL";
  if (url.protocol !== "http:" && url.protocol !== "https:") return "not http or https";
  return url.username || url.password ? "a user name or password in the URL" : null;
}

/**
 * Validators go only to the URL that gave them. Another page that the address redirects to today may carry the same
 * `"1"`, or an older date, and would be taken for unchanged.
 */
function requestHeaders(url: URL, request: FetchRequest, { userAgent, from }: HttpFetcherOptions): string[] {
  const conditional = url.href === URL.parse(request.validatorsOf ?? request.url)?.href;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ["Host", url.host],
    ["User-Agent", userAgent],
    ["From", from !== undefined && isMailAddress(from) ? from : undefined],
    ["Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"],
    ["Accept-Encoding", ACCEPT_ENCODING],
    ["Cache-Control", "no-cache"],
    ["If-None-Match", conditional ? fieldValue(request.etag) : undefined],
    ["If-Modified-Since", conditional ? fieldValue(request.lastModified) : undefined],
    ["Connection", "close"],
  ];
  return fields.flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
}

/** What a server gave us as a validator goes back to it only if it can stand in a header. */
const fieldValue = (value: string | undefined): string | undefined =>
  value !== undefined && value.length <= 1024 && /^[\x20-\x7e\x80-\xff]+$/.test(value) ? value : undefined;
