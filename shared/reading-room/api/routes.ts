import type { Context, Hono } from "hono";
import * as v from "valibot";
import type { Restricted } from "../gate.ts";
import type { ProblemKind } from "../pages/problem.ts";
import { tombstoneStatus } from "../pages/tombstone.ts";
import { BadRequest } from "../parameters.ts";
import type { Room } from "../room.ts";
import { API, openApiDocument, PROBLEM_TYPE } from "./openapi.ts";
import { type Asked, OPERATIONS, type Operation } from "./operations.ts";
import { PARAMETERS, type ProblemSchema } from "./schemas.ts";

const ROWS = 25;

export const isApi = (path: string): boolean => path === API || path.startsWith(`${API}/`);

/** The JSON API: read-only, behind the same door and the same gate as the pages. */
export function apiRoutes(app: Hono, room: Room): void {
  if (room.access.kind === "public") {
    app.use(`${API}/*`, async (c, next) => {
      await next();
      c.header("Access-Control-Allow-Origin", "*"); // what anybody may read, anybody's page may
    });
  }
  const document = JSON.stringify(openApiDocument(room.words.name, room.address));
  app.get(`${API}/openapi.json`, (c) => c.body(document, 200, { "Content-Type": "application/json" }));
  for (const operation of OPERATIONS) {
    app.get(`${API}${operation.path.replace(/\{(\w+)\}/g, ":$1")}`, async (c) => {
      const asked = askedOf(c, operation);
      const { limit = ROWS, after } = asked;
      return c.json((await operation.respond(room, asked as Asked, { limit, ...(after && { after }) })) as object);
    });
  }
}

/** The parameters of a request. @throws BadRequest */
function askedOf(c: Context, { isPaged, isSearch }: Operation): Partial<Asked> {
  const { after, limit, q } = c.req.query();
  const query = { ...(isPaged && { after, limit }), ...(isSearch && { q: q ?? "" }) };
  const given: Readonly<Record<string, string | undefined>> = { ...query, ...c.req.param() };
  const known = Object.entries(PARAMETERS).filter(([name]) => given[name] !== undefined);
  return Object.fromEntries(
    known.map(([name, schema]) => {
      const parsed = v.safeParse(schema as v.GenericSchema, given[name]);
      if (!parsed.success) throw new BadRequest();
      return [name, parsed.output];
    }),
  ) as Partial<Asked>;
}

/** What went wrong, for programs (RFC 9457). */
export function apiProblem(c: Context, { words }: Room, kind: ProblemKind, status: number): Response {
  const { title, text } = words.problem[kind];
  return problemJson(c, { type: "about:blank", title, status, detail: text });
}

/** A tombstone, for programs. */
export function apiTombstone(c: Context, { words }: Room, restricted: Restricted): Response {
  const { restriction, revisions } = restricted;
  const { kind, at, reason } = restriction;
  return problemJson(c, {
    type: "about:blank",
    title: words.restricted[kind].title,
    status: tombstoneStatus(restricted),
    detail: words.restricted.text,
    restriction: {
      kind,
      ...(kind === "takedown" && { at, reason }),
      ...(restriction.kind === "embargo" && { until: restriction.until }),
    },
    revisions: revisions.map(({ number, firstSeen, reading, recordId }) => ({ number, firstSeen, reading, recordId })),
  });
}

const problemJson = (c: Context, problem: v.InferOutput<typeof ProblemSchema>): Response =>
  c.body(JSON.stringify(problem), problem.status as 400, { "Content-Type": PROBLEM_TYPE });
