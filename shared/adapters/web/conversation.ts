import { request as httpRequest, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { joined } from "../../domain/http-message.ts";
import type { Instant } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { codeOf } from "./connection.ts";
import { WireBytes } from "./wire-bytes.ts";

/** Why we stopped listening. `whole`: the parser saw the end of the message. */
export type Ending =
  | { readonly kind: "whole" }
  | { readonly kind: "length" | "header-length" }
  | { readonly kind: "pieces"; readonly what: string }
  | { readonly kind: "time"; readonly limit: "first byte" | "total" }
  | { readonly kind: "disconnect"; readonly code: string }
  | { readonly kind: "unparsable"; readonly code: string };

/**
 * The parser reports every chunk, so that 20 MiB in chunks of one byte would keep a core busy for ten seconds. A page that
 * is flushed for each of its tags comes in thousands.
 */
const MAX_PIECES = 200_000;
const MAX_INTERIM_ANSWERS = 100;

/** The code of a 101: the server would go on in another protocol. */
export const UNASKED_UPGRADE = "an upgrade that nobody asked for";

/** All bytes of one connection, both ways, and how it ended. */
export interface Conversation {
  readonly at: Instant;
  readonly sent: Uint8Array;
  /** Interim answers and bytes after the message included; never more than the limit. */
  readonly received: Uint8Array;
  readonly firstByteAt: Instant | null;
  readonly endedAt: Instant;
  readonly ending: Ending;
}

export interface ConversationOptions {
  readonly path: string;
  /** Name and value by turns, in the order in which they go out. */
  readonly headers: readonly string[];
  readonly limits: { readonly firstByteSeconds: number; readonly headerBytes: number; readonly wireBytes: number };
  readonly clock: Clock;
  /** Accept what the strict parser refuses, e.g. bare line feeds. */
  readonly lenient: boolean;
  /** Aborted when the whole fetch has run out of time. */
  readonly signal: AbortSignal;
}

/**
 * Sends one GET over an open socket and listens to the end of the answer. Node's parser tells when that is; the bytes are
 * taken from the socket (on https above TLS), because a parser's view of them is no evidence. Closes the socket.
 */
export function converse(socket: Socket, options: ConversationOptions): Promise<Conversation> {
  const { clock, limits, signal } = options;
  const { promise, resolve } = Promise.withResolvers<Conversation>();
  const sent = tapWrites(socket);
  const received = new WireBytes(limits.wireBytes);
  let firstByteAt: Instant | null = null;
  let ended = false;

  const request = httpRequest({
    createConnection: () => socket, // without an agent: one request, one connection, no proxy from the environment
    method: "GET",
    path: options.path,
    headers: [...options.headers],
    setHost: false,
    insecureHTTPParser: options.lenient,
    maxHeaderSize: limits.headerBytes,
  });
  const at = clock.now();

  const end = (ending: Ending): void => {
    if (ended) return;
    ended = true;
    clearTimeout(firstByteTimer);
    signal.removeEventListener("abort", outOfTime);
    const endedAt = clock.now();
    request.destroy();
    socket.destroy();
    resolve({ at, sent: joined(sent), received: received.take(), firstByteAt, endedAt, ending });
  };
  const count = (max: number, what: string) => {
    let counted = 0;
    return (): void => {
      if (++counted > max) end({ kind: "pieces", what: `${max} ${what}` });
    };
  };
  const outOfTime = () => end({ kind: "time", limit: "total" });
  const firstByteTimer = setTimeout(() => end({ kind: "time", limit: "first byte" }), limits.firstByteSeconds * 1000);
  signal.addEventListener("abort", outOfTime, { once: true });
  if (signal.aborted) outOfTime();

  const listen = (chunk: Buffer): void => {
    if (ended) return;
    clearTimeout(firstByteTimer);
    firstByteAt ??= clock.now();
    if (!received.add(chunk)) end({ kind: "length" });
  };
  // Before the parser's own listener, so that no byte is read that was not kept.
  request.once("socket", () => socket.prependListener("data", listen));
  let answer: IncomingMessage | null = null;
  request.once("response", (response) => {
    answer = response;
    response.once("end", () => end({ kind: "whole" }));
    response.once("error", failed);
    response.on("data", count(MAX_PIECES, "pieces"));
  });
  request.on("information", count(MAX_INTERIM_ANSWERS, "interim answers"));
  const failed = (error: Error) => end(answer?.complete ? { kind: "whole" } : endingOf(error));
  request.on("error", failed);
  request.once("upgrade", () => end({ kind: "unparsable", code: UNASKED_UPGRADE }));
  request.once("close", () => {
    if (!answer) end({ kind: "disconnect", code: "ECONNRESET" });
  });
  request.end();
  return promise;
}

/** Keeps a copy of everything that is written to a socket from now on. */
function tapWrites(socket: Socket): Uint8Array[] {
  const sent: Uint8Array[] = [];
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  socket.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    const encoding = typeof rest[0] === "string" ? (rest[0] as BufferEncoding) : "utf8";
    sent.push(typeof chunk === "string" ? Buffer.from(chunk, encoding) : Uint8Array.from(chunk));
    return write(chunk, ...rest);
  }) as typeof socket.write;
  return sent;
}

function endingOf(error: Error): Ending {
  const code = codeOf(error);
  if (code === "HPE_HEADER_OVERFLOW") return { kind: "header-length" };
  if (code === "HPE_INVALID_EOF_STATE") return { kind: "disconnect", code: "ECONNRESET" };
  return code.startsWith("HPE_") ? { kind: "unparsable", code } : { kind: "disconnect", code };
}
