import type { HttpResponseMessage } from "../../domain/http-message.ts";

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Where a response sends us, absolute and without fragment; null when it is an answer to keep (also a redirect without a
 * place to go). A target that we may not ask is judged when it is asked.
 */
export function redirectTarget(message: HttpResponseMessage, from: string): string | null {
  if (!REDIRECTS.has(message.status)) return null;
  const location = message.headers.location;
  if (!location) return null;
  // Servers write UTF-8 here; the head was read as Latin-1.
  const target = URL.parse(Buffer.from(location, "latin1").toString("utf8"), from);
  if (!target) return null;
  target.hash = "";
  return target.href;
}
