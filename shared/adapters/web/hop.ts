import type { Exchange } from "../../domain/exchange.ts";
import type { Failure } from "../../domain/failure.ts";
import { type HttpResponseMessage, readHttpResponse } from "../../domain/http-message.ts";
import { type Instant, secondsBetween } from "../../domain/time.ts";
import type { Connection } from "./connection.ts";
import { type Conversation, type Ending, UNASKED_UPGRADE } from "./conversation.ts";

/** One request of a fetch and what became of it. A message with a failure is one whose body is not whole. */
export type Hop = { readonly exchange: Exchange; readonly retryLenient?: boolean } & (
  | { readonly message: null; readonly failure: Failure }
  | { readonly message: HttpResponseMessage; readonly failure?: Failure }
);

/** A hop that never became a request. */
export const unasked = (url: string, at: Instant, failure: Failure): Hop => ({
  exchange: { url, at, request: new Uint8Array(), response: new Uint8Array(), ip: null, status: null, headers: {} },
  message: null,
  failure,
});

interface HopLimits {
  readonly wireBytes: number;
  readonly headerBytes: number;
  readonly firstByteSeconds: number;
  readonly totalSeconds: number;
}

/** Reads a conversation: which of its bytes are the answer, and whether that is whole. */
export function answerOf(
  url: string,
  { ip, certificate }: Connection,
  conversation: Conversation,
  limits: HopLimits,
  lenient: boolean,
): Hop {
  const { at, sent, received, firstByteAt, endedAt } = conversation;
  const message = acceptable(readHttpResponse(received), conversation.ending, limits.headerBytes);
  const ending = judged(conversation.ending, message);
  const truncated = message || received.length > 0 ? TRUNCATED[ending.kind] : undefined;
  const notes = notesOn(conversation, message, ending, lenient);
  const exchange: Exchange = {
    url,
    at,
    request: sent,
    response: message ? received.subarray(message.start, message.end) : received,
    ip,
    status: message?.status ?? null,
    headers: message?.headers ?? {},
    ...(certificate !== undefined && { certificate }),
    ...(truncated && { truncated }),
    ...(firstByteAt !== null && { firstByteSeconds: secondsBetween(at, firstByteAt) }),
    totalSeconds: secondsBetween(at, endedAt),
    ...(notes.length > 0 && { notes }),
  };
  const retryLenient = !lenient && ending.kind === "unparsable" && !BEYOND_LENIENCE.has(ending.code);
  const failure = failureOf(ending, message, limits);
  if (!message) return { exchange, message, failure: failure ?? malformed("no status line"), retryLenient };
  return { exchange, message, ...(failure && { failure }), retryLenient };
}

/** What no leniency mends: contradicting lengths, what is not HTTP at all, bytes after the end. */
const BEYOND_LENIENCE: ReadonlySet<string> = new Set([
  "HPE_UNEXPECTED_CONTENT_LENGTH",
  "HPE_INVALID_CONSTANT",
  "HPE_INVALID_VERSION",
  "HPE_INVALID_STATUS",
  UNASKED_UPGRADE,
]);

/** No head beyond the limit is taken for one, whether or not the bytes behind the limit had arrived with it. */
function acceptable(message: HttpResponseMessage | null, ending: Ending, headerBytes: number) {
  const tooLong = ending.kind === "header-length" && message && message.bodyStart - message.start > headerBytes;
  return tooLong ? null : message;
}

/** The parser's word, except that a message which is not whole by its own framing did not end well. */
function judged(ending: Ending, message: HttpResponseMessage | null): Ending {
  if (ending.kind !== "whole" || !message || message.whole) return ending;
  return { kind: "disconnect", code: "the message is shorter than it says" };
}

/** The WARC's word for why bytes are missing. What we stop reading because it is not HTTP is a connection cut. */
const TRUNCATED: Readonly<Record<Ending["kind"], Exchange["truncated"]>> = {
  whole: undefined,
  length: "length",
  pieces: "length",
  "header-length": "length",
  time: "time",
  disconnect: "disconnect",
  unparsable: "disconnect",
};

const malformed = (detail: string): Failure => ({ kind: "malformed-response", detail });

function failureOf(ending: Ending, message: HttpResponseMessage | null, limits: HopLimits): Failure | undefined {
  const cut = (detail: string): Failure => ({ kind: message ? "truncated" : "malformed-response", detail });
  switch (ending.kind) {
    case "whole":
      return undefined;
    case "length":
      return cut(`the answer is longer than ${limits.wireBytes} bytes`);
    case "pieces":
      return cut(`the answer comes in more than ${ending.what}`);
    case "header-length":
      return cut(`the head or the trailers are longer than ${limits.headerBytes} bytes`);
    case "unparsable":
      return malformed(`the answer is not valid HTTP (${ending.code})`);
    case "disconnect":
      return message
        ? { kind: "truncated", detail: `the connection ended inside the body (${ending.code})` }
        : { kind: "connection-failed", detail: `the connection ended before an answer (${ending.code})` };
    case "time": {
      const seconds = ending.limit === "total" ? limits.totalSeconds : limits.firstByteSeconds;
      const detail = `${ending.limit === "total" ? "not whole" : "no answer"} within ${seconds} s`;
      return { kind: message ? "truncated" : "timeout", detail };
    }
  }
}

function notesOn(
  { received }: Conversation,
  message: HttpResponseMessage | null,
  ending: Ending,
  lenient: boolean,
): string[] {
  const notes: string[] = [];
  if (lenient) notes.push("lenient parser");
  if (ending.kind === "unparsable") notes.push(`parser refused: ${ending.code}`);
  if (message && message.start > 0) notes.push(`${message.start} bytes of interim 1xx answers cut off`);
  const after = message ? received.length - message.end : 0;
  if (after > 0) notes.push(`${after} bytes after the message cut off`);
  return notes;
}
