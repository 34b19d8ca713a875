import type { IncomingHttpHeaders } from "node:http";
import { plainDetail } from "../../domain/plain-detail.ts";
import type { Delivery } from "../../ports/notifier.ts";
import type { Posted } from "./post.ts";

/** How a service says no, where it says more than HTTP does. */
export interface Refusals {
  /** The address is gone for good. */
  isGone(status: number, body: string): boolean;
  /** The same message will never be taken. What is neither may succeed later: also once an operator has mended it. */
  isFinal(status: number): boolean;
}

/** Standard Webhooks: 410 ends it, and anything else is tried again, since a receiver may be between two releases. */
export const BY_HTTP_ALONE: Refusals = { isGone: (status) => status === 410, isFinal: () => false };

/**
 * What a receiver's answer means for a delivery.
 * @param now - epoch milliseconds of the answer, for a Retry-After that names an instant
 */
export function deliveryOf(posted: Posted, host: string, { isGone, isFinal }: Refusals, now: number): Delivery {
  if (posted.kind === "unanswered") {
    return { kind: "failed", detail: posted.detail, retryable: posted.retryable };
  }
  const { status, headers, body } = posted;
  if (status >= 200 && status < 300) return { kind: "delivered" };
  const why = status >= 300 && status < 400 ? "a redirect, and none is followed: subscribe its new address" : body;
  const failed = { kind: "failed", detail: plainDetail(`${host} answers ${status}: ${why}`) } as const;
  if (isGone(status, body)) return { ...failed, retryable: false, gone: true };
  const wish = retryAfterSeconds(headers["retry-after"], now) ?? (status === 429 ? resetSeconds(headers, now) : null);
  return { ...failed, retryable: !isFinal(status), ...(wish !== null && { retryAfterSeconds: wish }) };
}

/** When a limit is over: an instant at Mastodon, epoch seconds at Bluesky. */
function resetSeconds(headers: IncomingHttpHeaders, now: number): number | null {
  const [instant, epoch] = [headers["x-ratelimit-reset"], headers["ratelimit-reset"]].map(String);
  const until = /^\d{9,11}$/.test(epoch ?? "") ? Number(epoch) * 1000 : Date.parse(instant ?? "");
  return Number.isNaN(until) ? null : Math.max(0, Math.ceil((until - now) / 1000));
}

/** Seconds, fractions allowed (Discord), or an HTTP date. */
function retryAfterSeconds(wish: string | undefined, now: number): number | null {
  if (!wish) return null;
  if (/^\d{1,9}(\.\d{1,9})?$/.test(wish)) return Math.ceil(Number(wish));
  const until = Date.parse(wish);
  return Number.isNaN(until) ? null : Math.max(0, Math.ceil((until - now) / 1000));
}
