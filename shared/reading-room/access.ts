import { createHmac, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { READER_COOKIE } from "../config.ts";
import { addSeconds, type Instant, isInstant } from "../domain/time.ts";
import type { ReadingRoomServices } from "./services.ts";

/** A reader who comes back within this time needs the link only once. */
const SESSION_SECONDS = 90 * 24 * 60 * 60;

/** Open without a key: they tell nothing of what is watched, or ask for a subscriber's own. The monitor itself reads the self-test. */
const OPEN = /^\/(health|robots\.txt|assets\/[^/]+|selftest\/[^/]+|subscriptions\/.+)$/;
const FEED = /^\/(feeds\/(all|(sources|tags|filters)\/[^/]+)|watches\/[^/]+\/feed)\.(atom|json)$/;

/** What the door needs to know. */
type Door = Pick<ReadingRoomServices, "access" | "clock" | "address">;

/** One secret signs three things; the purpose keeps a signature for one from opening another. */
const sign = (key: string, purpose: "link" | "feed" | "session", text: string): string =>
  createHmac("sha256", key).update(`variorum ${purpose}\n${text}`).digest("base64url");

const linkToken = (key: string): string => sign(key, "link", "1");
const feedToken = (key: string): string => sign(key, "feed", "1");

/** The link that opens a private reading room. It is good until the key is changed. */
export const readerLink = (address: string, key: string): string =>
  `${address.replace(/\/+$/, "")}/enter?key=${linkToken(key)}`;

/** A feed's path, with the key that feed readers need for want of cookies; it opens feeds alone. */
export const feedPath = ({ access }: Pick<Door, "access">, path: string): string =>
  access.kind === "private" ? `${path}?key=${feedToken(access.key)}` : path;

/** Lets a request through when the room is public, the path open, the session good, or the feed's key right. */
export function onlyReaders(
  { access, clock }: Door,
  refuse: (c: Context) => Response | Promise<Response>,
): MiddlewareHandler {
  return async (c, next) => {
    if (access.kind === "public" || OPEN.test(c.req.path) || c.req.path === "/enter") return next();
    const cookie = getCookie(c, READER_COOKIE);
    if (cookie && isSession(access.key, cookie, clock.now())) return next();
    const key = FEED.test(c.req.path) ? c.req.query("key") : undefined;
    if (key && (same(key, feedToken(access.key)) || same(key, linkToken(access.key)))) return next();
    return refuse(c);
  };
}

/** Takes a reader's link: starts the session and leads on without the token. Null for a link that is not good. */
export function enter(c: Context, { access, clock, address }: Door): Response | null {
  if (access.kind === "public") return c.redirect("/", 303);
  if (!same(c.req.query("key") ?? "", linkToken(access.key))) return null;
  const secure = (address ?? c.req.url).startsWith("https:");
  setCookie(c, READER_COOKIE, session(access.key, addSeconds(clock.now(), SESSION_SECONDS)), {
    httpOnly: true,
    sameSite: "Lax", // a link in a mail or a chat must open the page it names
    secure,
    path: "/",
    maxAge: SESSION_SECONDS,
  });
  c.header("Cache-Control", "no-store"); // the answer carries a session
  return c.redirect("/", 303);
}

const session = (key: string, until: Instant): string => `${until}.${sign(key, "session", until)}`;

function isSession(key: string, cookie: string, now: Instant): boolean {
  const dot = cookie.lastIndexOf(".");
  const until = cookie.slice(0, dot);
  return same(cookie.slice(dot + 1), sign(key, "session", until)) && isInstant(until) && until > now;
}

/** Compares in a time that tells nothing of where the two differ. */
function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
