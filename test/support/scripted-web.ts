import type { Exchange } from "../../shared/domain/exchange.ts";
import type { Failure } from "../../shared/domain/failure.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Fetched, Fetcher, FetchRequest } from "../../shared/ports/fetcher.ts";

/** What a scripted page answers: an answer, or a failure on the way. */
export type Answer =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly via?: readonly Redirect[];
      /** Where the redirects end, when not at the URL that was asked for. */
      readonly at?: string;
    }
  | { readonly failure: Failure };

export interface Redirect {
  readonly from: string;
  readonly status: number;
}

export interface ScriptedWeb extends Fetcher {
  /** From now on the URL answers so; a function is asked each time. */
  set(url: string, answer: Answer | ((request: FetchRequest) => Answer | Promise<Answer>)): void;
  /** Everything asked for so far, oldest first. */
  readonly asked: FetchRequest[];
}

const ANSWER_SECONDS = 0.5;

/** A web in memory: what is not set is 404, so every host's robots.txt allows everything. */
export function scriptedWeb(clock: Clock): ScriptedWeb {
  const pages = new Map<string, Answer | ((request: FetchRequest) => Answer | Promise<Answer>)>();
  const asked: FetchRequest[] = [];
  return {
    asked,
    set: (url, answer) => void pages.set(url, answer),
    async fetch(request): Promise<Fetched> {
      asked.push(request);
      const at = clock.now();
      const set = pages.get(request.url) ?? { status: 404, body: "not here" };
      const answer = typeof set === "function" ? await set(request) : set;
      if ("failure" in answer) return { kind: "failed", failure: answer.failure, exchanges: [] };
      const { status = 200, headers = {}, body = "", via = [], at: end = request.url } = answer;
      const all = { "content-type": "text/html; charset=utf-8", ...headers };
      const exchange = (url: string, code: number, text: string): Exchange => ({
        url,
        at,
        request: Buffer.from(`GET ${new URL(url).pathname} HTTP/1.1\r\nhost: ${new URL(url).host}\r\n\r\n`),
        response: Buffer.from(
          `HTTP/1.1 ${code} X\r\n${Object.entries(all)
            .map(([name, value]) => `${name}: ${value}\r\n`)
            .join("")}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
        ),
        ip: "192.0.2.1",
        status: code,
        headers: all,
        totalSeconds: ANSWER_SECONDS,
      });
      const refused = via.length > 0 && (await request.mayFollow?.(end, { publicOnly: true }));
      if (refused) {
        return { kind: "failed", failure: refused, exchanges: via.map((hop) => exchange(hop.from, hop.status, "")) };
      }
      const exchanges = [...via.map((hop) => exchange(hop.from, hop.status, "")), exchange(end, status, body)];
      return {
        kind: "answered",
        exchanges,
        url: end,
        status,
        headers: all,
        body: Buffer.from(body),
        ...cutShort(headers),
      };
    },
  };
}

/** Seconds after a request's instant at which its scripted answer has arrived. */
export const arrivalAfter = (at: string): string => addSeconds(at, ANSWER_SECONDS);

export interface PageText {
  readonly headline: string;
  readonly paragraphs: readonly string[];
  readonly byline?: string;
  readonly modified?: string;
}

/** A plain news page. */
export const pageOf = ({ headline, paragraphs, byline = "Mara Lind", modified }: PageText): string => `<!doctype html>
<html lang="en"><head><title>${headline}</title><meta name="author" content="${byline}">
${modified ? `<meta property="article:modified_time" content="${modified}">` : ""}</head>
<body><article><h1>${headline}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join("\n")}</article></body></html>`;

/** A page with this header of the test's own comes cut short. */
const cutShort = (headers: Readonly<Record<string, string>>) =>
  headers["x-cut"]
    ? { bodyFailure: { kind: "truncated" as const, detail: "the connection ended inside the body" } }
    : {};
