import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { MOST_ENROLLED, MOST_URL_CHARS } from "../../domain/enrolment.ts";
import { enrolSession, formToken, isFormToken } from "../access.ts";
import { answer, problem } from "../answers.ts";
import { NotFound } from "../parameters.ts";
import { paths, type Room } from "../room.ts";
import { answerPage, closedPage, formPage, placeOf, shownFrom } from "./pages.ts";
import { enrolledOf } from "./standing.ts";

/** The paths that take a POST. */
export const TAKES_LISTS = /^\/enrol(\/[0-9a-f]{64})?$/;

/** A whole list of addresses of some length. */
const MOST_BODY_BYTES = (MOST_ENROLLED * MOST_URL_CHARS) / 2;

/**
 * Pages for editors, opened by the editors' link or the operator's. A form is taken from a page of ours alone, and only
 * with the token of the session that it was made for; a GET adds nothing, so that the bookmarklet fills the form in.
 */
export function enrolRoutes(app: Hono, room: Room): void {
  const { enrolling: desk } = room;
  app.use(`${paths.enrol}/*`, unkept); // and the form itself: the pattern holds it, too
  if (!desk) {
    const closed = (c: Context) => c.html(String(closedPage(room, "noForms")), 403);
    app.all(paths.enrol, closed).all(`${paths.enrol}/:id`, closed);
    return;
  }
  const limited = bodyLimit({ maxSize: MOST_BODY_BYTES, onError: (c) => problem(c, room, "tooLarge") });
  const ownForms = csrf({ origin: (origin, c) => origin === addressOf(c, room) });

  app.get(paths.enrol, (c) =>
    withSession(c, room, async (token) =>
      answer(
        c,
        formPage(room, token, addressOf(c, room), { urls: (c.req.query("url") ?? "").slice(0, MOST_URL_CHARS) }),
      ),
    ),
  );
  app.post(paths.enrol, ownForms, limited, (c) =>
    withForm(c, room, async (fields, token) => {
      const [urls = "", tags = "", every] = [fields("urls")[0], fields("tags")[0], fields("every")[0]];
      const wish = { urls, tags, cadenceSeconds: Number(every) };
      const enrolled = await desk.enrol(wish);
      if ("id" in enrolled) return c.redirect(paths.enrolment(enrolled.id), 303);
      return c.html(String(formPage(room, token, addressOf(c, room), wish, enrolled.problem)), 422);
    }),
  );
  const enrolmentOf = async (c: Context) => {
    const id = c.req.param("id") ?? "";
    const enrolment = /^[0-9a-f]{64}$/.test(id) ? await desk.enrolment(id) : null;
    if (!enrolment) throw new NotFound();
    return { id, enrolment, shown: shownFrom(c.req.query("show"), c.req.query("from")) };
  };
  app.get(`${paths.enrol}/:id`, (c) =>
    withSession(c, room, async (token) => {
      const { id, enrolment, shown } = await enrolmentOf(c);
      const enrolled = await enrolledOf(room, enrolment);
      return answer(c, answerPage(room, { id, token, enrolment, enrolled }, shown));
    }),
  );
  app.post(`${paths.enrol}/:id`, ownForms, limited, (c) =>
    withForm(c, room, async (fields) => {
      const { id, enrolment, shown } = await enrolmentOf(c);
      await desk.takeBack(enrolment, fields("watch"));
      return c.redirect(placeOf(id, shown), 303);
    }),
  );
}

const addressOf = (c: Context, { address }: Room): string => new URL(address ?? c.req.url).origin;

/** Nobody keeps an editor's page, nor the answer that opens none. */
async function unkept(c: Context, next: () => Promise<void>): Promise<void> {
  await next();
  c.header("Cache-Control", "no-store");
}

async function withSession(c: Context, room: Room, go: (token: string) => Promise<Response>): Promise<Response> {
  const session = enrolSession(c, room);
  return session === null ? c.html(String(closedPage(room, "noLink")), 403) : go(formToken(room, session));
}

/** Goes on with the fields of a form that this session's own page made. */
async function withForm(
  c: Context,
  room: Room,
  go: (fields: (name: string) => readonly string[], token: string) => Promise<Response>,
): Promise<Response> {
  const session = enrolSession(c, room);
  if (session === null) return c.html(String(closedPage(room, "noLink")), 403);
  const body = await c.req.parseBody({ all: true });
  const fields = (name: string) => [body[name] ?? []].flat().filter((value) => typeof value === "string");
  if (!isFormToken(room, session, fields("token")[0] ?? "")) return problem(c, room, "otherSite");
  return go(fields, formToken(room, session));
}
