import type { Context } from "hono";
import { apiProblem, isApi } from "./api/routes.ts";
import { FEED_WRITERS, type Feed } from "./feed-formats.ts";
import type { Html } from "./html.ts";
import { type ProblemKind, problemPage } from "./pages/problem.ts";
import type { FeedFormat, Room } from "./room.ts";

/** For what holds its digest in its name: browsers and shared caches may keep it. */
export const FOR_EVER = "public, max-age=31536000, immutable";

const STATUS = {
  badRequest: 400,
  forbidden: 403,
  otherSite: 403,
  notFound: 404,
  methodNotAllowed: 405,
  tooLarge: 413,
  damaged: 500,
  broken: 500,
} as const satisfies Record<ProblemKind, number>;

/** A page. */
export const answer = (c: Context, page: Html): Response => c.html(String(page));

/** A feed, in the format of its path's ending. */
export function feedAnswer(c: Context, room: Room, format: FeedFormat, feed: Feed): Response {
  const { type, write } = FEED_WRITERS[format];
  return c.body(write(room, feed), 200, { "Content-Type": type });
}

/** A text of another type, shown as it is. */
export const document = (c: Context, type: string, text: string): Response =>
  c.body(text, 200, { "Content-Type": type });

/** What went wrong, as a page or a problem for programs, with the status that says so. */
export function problem(c: Context, room: Room, kind: ProblemKind): Response {
  if (kind === "methodNotAllowed") c.header("Allow", "GET, HEAD");
  if (isApi(c.req.path)) return apiProblem(c, room, kind, STATUS[kind]);
  return c.html(String(problemPage(room, kind)), STATUS[kind]);
}
