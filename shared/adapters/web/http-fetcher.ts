import type { FETCH_LIMITS } from "../../config.ts";
import type { Exchange } from "../../domain/exchange.ts";
import type { Failure } from "../../domain/failure.ts";
import { ACCEPT_ENCODING, decodeBody } from "../../domain/http-body.ts";
import type { HttpResponseMessage } from "../../domain/http-message.ts";
import { plainDetail } from "../../domain/plain-detail.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Fetched, Fetcher, FetchRequest } from "../../ports/fetcher.ts";
import { allowedAfter, PUBLIC_ALONE } from "./addresses.ts";
import { type ConnectionOptions, connect, routeTo } from "./connection.ts";
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

/** Few servers take a longer request line; where a fetch ended is kept with the watch. */
const MAX_TARGET_CHARACTERS = 8192;

/** Asks for the page, and for wherever it redirects to. */
async function follow(request: FetchRequest, options: HttpFetcherOptions, signal: AbortSignal): Promise<Fetched> {
  const exchanges: Exchange[] = [];
  const visited = new Set<string>();
  let url = request.url;
  for (;;) {
    visited.add(url);
    const hop = await ask({ url, request, options, signal, exchanges });
    if (!hop.message) return { kind: "failed", exchanges, failure: hop.failure };
    const target = redirectTarget(hop.message, url);
    if (target === null) return answered(url, hop, exchanges, options.limits);
    if (target.length > MAX_TARGET_CHARACTERS) {
      const detail = `redirects to an address of ${target.length} characters`;
      return { kind: "failed", exchanges, failure: { kind: "malformed-response", detail } };
    }
    if (visited.has(target) || visited.size > options.limits.redirects) {
      const detail = visited.has(target) ? `back to ${target}` : `more than ${options.limits.redirects} redirects`;
      return { kind: "failed", exchanges, failure: { kind: "too-many-redirects", detail: plainDetail(detail) } };
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

/** The next request of a fetch. */
interface Step {
  readonly url: string;
  readonly request: FetchRequest;
  readonly options: HttpFetcherOptions;
  readonly signal: AbortSignal;
  /** Of the fetch so far; each step adds its own. */
  readonly exchanges: Exchange[];
}

/** Asks once; twice when the strict parser refused the answer and the lenient one is tried. */
async function ask(step: Step): Promise<Hop> {
  const mayFollow = step.exchanges.length > 0 ? step.request.mayFollow : undefined;
  const strict = await askOnce(step, false, mayFollow);
  step.exchanges.push(strict.exchange);
  if (!strict.retryLenient || step.signal.aborted) return strict;
  const lenient = await askOnce(step, true);
  step.exchanges.push(lenient.exchange);
  return lenient;
}

async function askOnce(
  { url: text, request, options, signal, exchanges }: Step,
  lenient: boolean,
  mayFollow?: FetchRequest["mayFollow"],
): Promise<Hop> {
  const started = options.clock.now();
  const not = (failure: Failure): Hop => unasked(text, started, failure);
  const url = URL.parse(text);
  const problem = urlProblem(url);
  if (!url || problem) return not({ kind: "address-forbidden", detail: plainDetail(`${problem}: ${text}`) });

  const allowAddresses = allowedIn(request, exchanges, options);
  const within = { ...options, allowAddresses };
  const routing = await routeTo(url, within, signal);
  if (!routing.ok) return not(routing.failure);
  const refusal = await mayFollow?.(text, { publicOnly: allowAddresses.size === 0 });
  if (refusal) return not(refusal);
  const connecting = await connect(routing.route, within, signal);
  if (!connecting.ok) return not(connecting.failure);

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

function allowedIn(request: FetchRequest, exchanges: readonly Exchange[], options: HttpFetcherOptions) {
  if (request.publicOnly) return PUBLIC_ALONE;
  const visited = exchanges.map(({ ip }) => ip);
  return allowedAfter(visited, options.allowAddresses);
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
