import { createHmac, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { ENROL_COOKIE, READER_COOKIE } from "../config.ts";
import { addSeconds, type Instant, isInstant } from "../domain/time.ts";
import type { ReadingRoomServices } from "./services.ts";

/** A reader who comes back within this time needs the link only once. */
const SESSION_SECONDS = 90 * 24 * 60 * 60;

/** Open without a key: they tell nothing of what is watched, or ask for a subscriber's or an editor's own. The monitor itself reads the self-test. */
const OPEN = /^\/(health|robots\.txt|assets\/[^/]+|selftest\/[^/]+|subscriptions\/.+|enrol(\/.+)?)$/;
const FEED = /^\/(feeds\/(all|(sources|tags|filters)\/[^/]+)|watches\/[^/]+\/feed)\.(atom|json)$/;

/** What the door needs to know. */
type Door = Pick<ReadingRoomServices, "access" | "operatorKey" | "clock" | "address">;

/** One secret signs several things; the purpose keeps a signature for one from opening another. */
const sign = (key: string, purpose: "link" | "feed" | "enrol-form" | SessionPurpose, text: string): string =>
  createHmac("sha256", key).update(`variorum ${purpose}\n${text}`).digest("base64url");

type SessionPurpose = "session" | "operator-session" | "enrol-session";

const operatorToken = (key: string): string => sign(key, "operator-session", "link");
const enrolToken = (key: string): string => sign(key, "enrol-session", "link");
const linkToken = (key: string): string => sign(key, "link", "1");
const feedToken = (key: string): string => sign(key, "feed", "1");

/** The link that opens a private reading room. It is good until the key is changed. */
export const readerLink = (address: string, key: string): string =>
  `${address.replace(/\/+$/, "")}/enter?key=${linkToken(key)}`;

/** The link that shows an operator what is held or under embargo, too. It is nobody else's. */
export const operatorLink = (address: string, key: string): string =>
  `${address.replace(/\/+$/, "")}/enter?key=${operatorToken(key)}`;

/** The link that opens the form for adding articles, and nothing else: it may be shared with a newsroom. */
export const enrolLink = (address: string, key: string): string =>
  `${address.replace(/\/+$/, "")}/enter?key=${enrolToken(key)}`;

/** A private room's own secret serves for its operator as well: readers know what it signs for them, never the secret. */
const operatorKeyOf = ({ access, operatorKey }: Door): string | null =>
  operatorKey ?? (access.kind === "private" ? access.key : null);

/** Whether a request comes with the operator's session, or to the API with the key of the operator's link. */
export function isOperator(c: Context, door: Door): boolean {
  const [key, cookie] = [operatorKeyOf(door), getCookie(c, READER_COOKIE)];
  if (key === null) return false;
  if (cookie && isSession("operator-session", key, cookie, door.clock.now())) return true;
  return same(bearer(c), operatorToken(key));
}

/** What a program gives in place of a session; only the API takes it, which changes nothing and shows no form. */
const bearer = (c: Context): string =>
  c.req.path.startsWith("/api/")
    ? (/^Bearer ([\w-]{1,100})$/i.exec(c.req.header("Authorization") ?? "")?.[1] ?? "")
    : "";

/** The session, an editor's or the operator's, with which a request may add articles; null without one. */
export function enrolSession(c: Context, door: Door): string | null {
  const key = operatorKeyOf(door);
  if (key === null) return null;
  const sessions = [
    ["enrol-session", getCookie(c, ENROL_COOKIE)],
    ["operator-session", getCookie(c, READER_COOKIE)],
  ] as const;
  const now = door.clock.now();
  return sessions.find(([purpose, cookie]) => cookie && isSession(purpose, key, cookie, now))?.[1] ?? null;
}

/** What a form of that session carries, so that no other page can send it. */
export const formToken = (door: Door, session: string): string =>
  sign(operatorKeyOf(door) ?? "", "enrol-form", session);

/** Whether a form was made for that session. */
export const isFormToken = (door: Door, session: string, token: string): boolean =>
  same(token, formToken(door, session));

/** A feed's path, with the key that feed readers need for want of cookies; it opens feeds alone. */
export const feedPath = ({ access }: Pick<Door, "access">, path: string): string =>
  access.kind === "private" ? `${path}?key=${feedToken(access.key)}` : path;

/** Lets a request through when the room is public, the path open, the session good, or the feed's key right. */
export function onlyReaders(door: Door, refuse: (c: Context) => Response | Promise<Response>): MiddlewareHandler {
  const { access, clock } = door;
  return async (c, next) => {
    if (access.kind === "public" || OPEN.test(c.req.path) || c.req.path === "/enter") return next();
    const cookie = getCookie(c, READER_COOKIE);
    if (cookie && isSession("session", access.key, cookie, clock.now())) return next();
    if (isOperator(c, door) || same(bearer(c), linkToken(access.key))) return next();
    const key = FEED.test(c.req.path) ? c.req.query("key") : undefined;
    if (key && (same(key, feedToken(access.key)) || same(key, linkToken(access.key)))) return next();
    return refuse(c);
  };
}

/** Takes a reader's, an editor's or the operator's link: starts the session and leads on without the token. Null for a link that is not good. */
export function enter(c: Context, door: Door): Response | null {
  const { access } = door;
  const [key, operatorKey] = [c.req.query("key") ?? "", operatorKeyOf(door)];
  if (operatorKey !== null && same(key, operatorToken(operatorKey)))
    return begin(c, door, "operator-session", operatorKey);
  if (operatorKey !== null && same(key, enrolToken(operatorKey))) return begin(c, door, "enrol-session", operatorKey);
  if (access.kind === "public") return c.redirect("/", 303);
  return same(key, linkToken(access.key)) ? begin(c, door, "session", access.key) : null;
}

/** Of readers and the operator one cookie, so that whatever is cached by it tells an operator's pages from a reader's. */
const SESSIONS = {
  session: { cookie: READER_COOKIE, path: "/" },
  "operator-session": { cookie: READER_COOKIE, path: "/" },
  "enrol-session": { cookie: ENROL_COOKIE, path: "/enrol" },
} as const satisfies Record<SessionPurpose, object>;

function begin(c: Context, { clock, address }: Door, purpose: SessionPurpose, key: string): Response {
  const secure = (address ?? c.req.url).startsWith("https:");
  const { cookie, path } = SESSIONS[purpose];
  setCookie(c, cookie, session(purpose, key, addSeconds(clock.now(), SESSION_SECONDS)), {
    httpOnly: true,
    sameSite: "Lax", // a link in a mail or a chat must open the page it names
    secure,
    path,
    maxAge: SESSION_SECONDS,
  });
  c.header("Cache-Control", "no-store"); // the answer carries a session
  return c.redirect(path, 303);
}

const session = (purpose: SessionPurpose, key: string, until: Instant): string =>
  `${until}.${sign(key, purpose, until)}`;

function isSession(purpose: SessionPurpose, key: string, cookie: string, now: Instant): boolean {
  const dot = cookie.lastIndexOf(".");
  const until = cookie.slice(0, dot);
  return same(cookie.slice(dot + 1), sign(key, purpose, until)) && isInstant(until) && until > now;
}

/** Compares in a time that tells nothing of where the two differ. */
function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
