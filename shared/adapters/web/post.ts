import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { plainDetail } from "../../domain/plain-detail.ts";
import { type ConnectionOptions, codeOf, connect, routeTo } from "./connection.ts";

export interface PosterOptions extends Omit<ConnectionOptions, "limits"> {
  /** From `userAgentOf`. */
  readonly userAgent: string;
  readonly limits?: PostLimits;
}

/** The limits of one delivery; smaller ones in tests. */
export interface PostLimits {
  readonly dnsSeconds: number;
  readonly connectSeconds: number;
  /** Of all of it. Standard Webhooks asks for 15 to 30. */
  readonly totalSeconds: number;
}

const LIMITS: PostLimits = { dnsSeconds: 5, connectSeconds: 5, totalSeconds: 15 };

/** Of an answer so much is read; it may say why it refuses, or describe what was made. */
const ANSWER_BYTES = 256 * 1024;

export interface PostRequest {
  readonly body: string | Uint8Array;
  /** @default JSON */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Posted =
  | { readonly kind: "answered"; readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }
  /** Nothing that is an answer came back. No part of the URL beyond its host stands in the detail: it may be a secret. */
  | { readonly kind: "unanswered"; readonly detail: string; readonly retryable: boolean };

/**
 * Posts to an address that a subscriber named, over the same guarded connections that pages are fetched by: no
 * private address unless the operator opened it, no proxy, no redirect followed.
 */
export async function post(
  address: string,
  { body, contentType = "application/json; charset=utf-8", headers = {} }: PostRequest,
  options: PosterOptions,
): Promise<Posted> {
  const { limits = LIMITS } = options;
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return refused("the address is no web address");
  // Not AbortSignal.timeout, which would hold all that hangs on it, the message too, until its time is up.
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(), limits.totalSeconds * 1000);
  try {
    return await postTo(url, { body, contentType, headers }, { ...options, limits }, time.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function postTo(
  url: URL,
  { body, contentType, headers }: Required<PostRequest>,
  options: PosterOptions & { readonly limits: PostLimits },
  signal: AbortSignal,
): Promise<Posted> {
  const routing = await routeTo(url, options, signal);
  const connecting = routing.ok ? await connect(routing.route, options, signal) : routing;
  if (!connecting.ok) {
    const { kind, detail } = connecting.failure;
    return { kind: "unanswered", detail, retryable: kind !== "address-forbidden" };
  }
  const sent = {
    Host: url.host,
    "User-Agent": options.userAgent,
    "Content-Type": contentType,
    "Content-Length": String(Buffer.byteLength(body)),
    Connection: "close",
    ...headers,
  };
  return answerTo(
    connecting.connection.socket,
    { path: url.pathname + url.search, headers: sent, body },
    { host: url.host, signal, seconds: options.limits.totalSeconds },
  );
}

const refused = (detail: string): Posted => ({ kind: "unanswered", detail, retryable: false });

function answerTo(
  socket: Socket,
  { path, headers, body }: { path: string; headers: Record<string, string>; body: string | Uint8Array },
  { host, signal, seconds }: { host: string; signal: AbortSignal; seconds: number },
): Promise<Posted> {
  const { promise, resolve } = Promise.withResolvers<Posted>();
  const failed = (detail: string) =>
    resolve({ kind: "unanswered", detail: plainDetail(`${host}: ${detail}`), retryable: true });
  const request = httpRequest({ createConnection: () => socket, method: "POST", path, headers, setHost: false });
  signal.addEventListener("abort", () => failed(`no answer within ${seconds} s`), { once: true });
  if (signal.aborted) failed(`no answer within ${seconds} s`);
  request.on("error", (error) => failed(codeOf(error))); // also after the outcome is known: a reset while we hang up
  request.once("response", (response) => {
    resolve(read(response, signal).then((text) => answered(response, text)));
  });
  request.once("upgrade", () => failed("an upgrade that nobody asked for"));
  request.once("close", () => failed("closed without an answer"));
  request.end(body);
  return promise.finally(() => {
    request.destroy();
    socket.destroy();
  });
}

const answered = ({ statusCode = 0, headers }: IncomingMessage, body: string): Posted => ({
  kind: "answered",
  status: statusCode,
  headers,
  body,
});

/** As much of the body as comes in time and is allowed: the status has decided already. */
function read(response: IncomingMessage, signal: AbortSignal): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  const end = () => resolve(Buffer.concat(chunks).subarray(0, ANSWER_BYTES).toString());
  response.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= ANSWER_BYTES) end();
  });
  for (const event of ["end", "error", "close"]) response.on(event, end);
  signal.addEventListener("abort", end, { once: true });
  return promise;
}
