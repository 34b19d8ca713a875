import type { Hono, MiddlewareHandler } from "hono";
import { etag } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { ArchiveDamage } from "../ports/archive.ts";
import { onlyReaders } from "./access.ts";
import { problem } from "./answers.ts";
import { apiTombstone, isApi } from "./api/routes.ts";
import { TAKES_LISTS } from "./enrolling/routes.ts";
import { Restricted } from "./gate.ts";
import { EMBEDDED } from "./pages/embed.ts";
import { tombstonePage, tombstoneStatus } from "./pages/tombstone.ts";
import { BadRequest, NotFound } from "./parameters.ts";
import type { Room } from "./room.ts";
import { TAKES_POSTS } from "./subscribing/routes.ts";

/** Nothing from elsewhere, no script but the file of our own, no frame around us. */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"], // what is kept of publishers is never sent under a type that runs (nosniff)
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** What stands in somebody's story asks for its style sheet and icon and nothing else, and whoever likes may frame it. */
const EMBED_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  formAction: ["'none'"],
  baseUri: ["'none'"],
  frameAncestors: ["*"],
};

const FRAMED = { xFrameOptions: false, crossOriginResourcePolicy: "cross-origin" } as const;

const READING: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** Sets what holds for every answer, whatever the page. */
export function guard(app: Hono, room: Room): void {
  const https = room.address?.startsWith("https:");
  const closed = {
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    xFrameOptions: "DENY",
    strictTransportSecurity: https ? "max-age=31536000" : false, // over plain http browsers ignore it
  };
  const [usual, framed, loaded] = [
    secureHeaders(closed),
    secureHeaders({ ...closed, ...FRAMED, contentSecurityPolicy: EMBED_POLICY }),
    secureHeaders({ ...closed, crossOriginResourcePolicy: "cross-origin" }), // a sandboxed frame is of no origin
  ];
  app.use((c, next) => {
    if (c.req.path.startsWith("/assets/")) return loaded(c, next);
    return room.access.kind === "public" && EMBEDDED.test(c.req.path) ? framed(c, next) : usual(c, next);
  });
  app.use(caching(room), etag());
  app.use(async (c, next) =>
    READING.has(c.req.method) ||
    (c.req.method === "POST" && [TAKES_POSTS, TAKES_LISTS].some((paths) => paths.test(c.req.path)))
      ? next()
      : problem(c, room, "methodNotAllowed"),
  );
  app.use(onlyReaders(room, (c) => problem(c, room, "forbidden")));
  app.notFound((c) => problem(c, room, "notFound"));
  app.onError((error, c) => {
    if (error instanceof NotFound) return problem(c, room, "notFound");
    if (error instanceof Restricted && isApi(c.req.path)) return apiTombstone(c, room, error);
    if (error instanceof Restricted) return c.html(String(tombstonePage(room, error)), tombstoneStatus(error));
    if (error instanceof HTTPException && error.status === 403) return problem(c, room, "otherSite");
    if (error instanceof BadRequest) return problem(c, room, "badRequest");
    room.report?.(error, c.req.path);
    return problem(c, room, error instanceof ArchiveDamage ? "damaged" : "broken");
  });
}

/** Pages are asked for anew each time (a 304 is cheap); those of a private room, and the operator's, stay out of shared caches and indexes. */
const caching =
  ({ access, viewer }: Room): MiddlewareHandler =>
  async (c, next) => {
    await next();
    const closed = access.kind === "private" || viewer === "operator";
    const hidden = closed && !c.req.path.startsWith("/assets/");
    if (hidden) c.header("X-Robots-Tag", "noindex");
    if (hidden) c.header("Vary", "Cookie");
    if (c.res.status >= 400) c.header("Cache-Control", "no-store");
    else if (!c.res.headers.has("Cache-Control"))
      c.header("Cache-Control", hidden ? "private, no-cache" : "public, no-cache");
  };
