import type { Exchange } from "../../shared/domain/exchange.ts";

/** An exchange as a fetcher would give it: the answer's bytes are the test's own. */
export function exchange(response: string | Uint8Array, rest: Partial<Exchange> = {}): Exchange {
  const url = rest.url ?? "https://warta.test/berita/pasar?a=1&b=2";
  const { host, pathname, search } = new URL(url);
  return {
    url,
    at: "2026-03-01T12:00:00.123Z",
    request: Buffer.from(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
    response: typeof response === "string" ? Buffer.from(response, "latin1") : response,
    ip: "203.0.113.7",
    status: 200,
    headers: {},
    ...rest,
  };
}

/** UUIDs that count: the nth ends in n. */
export function countingIds(): () => string {
  let count = 0;
  return () => idOf(++count);
}

export const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

export const httpBytes = (head: string, body: string | Uint8Array = ""): Buffer =>
  Buffer.concat([Buffer.from(`${head.replaceAll("\n", "\r\n")}\r\n\r\n`, "latin1"), Buffer.from(body)]);
