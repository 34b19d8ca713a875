import { type Context, Hono } from "hono";
import { SELF_TEST_PATH } from "../config.ts";
import type { Viewer } from "../domain/restriction.ts";
import { enter, isOperator } from "./access.ts";
import { answer, document, FOR_EVER, feedAnswer, problem } from "./answers.ts";
import { apiRoutes } from "./api/routes.ts";
import { ASSETS } from "./assets.ts";
import { capturedFile } from "./captured.ts";
import { cardPictures } from "./card.ts";
import { changeAs } from "./change-formats.ts";
import { choiceFrom } from "./chosen.ts";
import { citedChange, citedRevision, cslItem, quotation } from "./citation.ts";
import { viewFrom } from "./comparison-view.ts";
import { enrolRoutes } from "./enrolling/routes.ts";
import type { Feed } from "./feed-formats.ts";
import { feedOfAll, feedOfFilter, feedOfSource, feedOfTag, feedOfWatch } from "./feeds.ts";
import { gated } from "./gate.ts";
import { guard } from "./guard.ts";
import { health } from "./health.ts";
import { LANGUAGES, wordsFor } from "./language.ts";
import { changePage } from "./pages/change.ts";
import { comparePage } from "./pages/compare.ts";
import { coveragePage } from "./pages/coverage.ts";
import { embedPage } from "./pages/embed.ts";
import { groupPage, groupsPage } from "./pages/groups.ts";
import { historyPage } from "./pages/history.ts";
import { homePage } from "./pages/home.ts";
import { revisionPage } from "./pages/revision.ts";
import { searchPage } from "./pages/search.ts";
import { statusPage } from "./pages/status.ts";
import { watchPage } from "./pages/watch.ts";
import { watchesPage } from "./pages/watches.ts";
import {
  changeFormatFrom,
  cursorFrom,
  feedNameFrom,
  fingerprintFrom,
  groupNameFrom,
  instantFrom,
  revisionNumberFrom,
  revisionNumberOfForm,
  revisionPairFrom,
  watchIdFrom,
} from "./parameters.ts";
import { FEED_FORMATS, inFormat, paths, type Room } from "./room.ts";
import { selfTestPage } from "./self-test.ts";
import type { ReadingRoomServices } from "./services.ts";
import type { Words } from "./strings.ts";
import { subscriberRoutes } from "./subscribing/routes.ts";

export { enrolLink, operatorLink, readerLink } from "./access.ts";
export type { Access, ReadingRoomServices, Subscribing } from "./services.ts";

/**
 * The reading room: one app for Lambda and the local monitor, from request to response, reading through the ports.
 * It writes nothing but what subscribers and editors ask for at their desks, needs no script in the browser, and asks nothing of any other host.
 */
export function readingRoom(services: ReadingRoomServices): Hono {
  const inEachLanguage = (viewer: Viewer): ReadonlyMap<Words, Hono> => {
    const behindGate = gated(services, viewer);
    return new Map(LANGUAGES.map((words) => [words, roomFor({ ...behindGate, words, viewer })]));
  };
  const rooms = { reader: inEachLanguage("reader"), operator: inEachLanguage("operator") };
  return new Hono().all("*", async (c) => {
    const room = rooms[isOperator(c, services) ? "operator" : "reader"].get(wordsFor(c));
    if (!room) throw new Error("each language has a room");
    const response = await room.fetch(c.req.raw, c.env);
    if (!c.req.path.startsWith("/assets/")) response.headers.append("Vary", "Accept-Language");
    return response;
  });
}

/** The room as one of its viewers finds it: everything in it reads through that viewer's gate. */
export function roomFor(room: Room): Hono {
  const app = new Hono();
  guard(app, room);
  app.get(paths.home, async (c) =>
    answer(
      c,
      await homePage(
        room,
        choiceFrom((name) => c.req.query(name)),
        cursorFrom(c.req.query("after")),
      ),
    ),
  );
  app.get(paths.watches, async (c) => answer(c, await watchesPage(room, cursorFrom(c.req.query("after")))));
  app.get(paths.search, async (c) =>
    answer(c, await searchPage(room, c.req.query("q") ?? "", cursorFrom(c.req.query("after")))),
  );
  for (const kind of ["sources", "tags"] as const) {
    app.get(paths[kind], async (c) => answer(c, await groupsPage(room, kind, cursorFrom(c.req.query("after")))));
    app.get(`${paths[kind]}/:name`, async (c) => {
      const name = groupNameFrom(c.req.param("name"));
      return answer(c, await groupPage(room, kind, name, cursorFrom(c.req.query("after"))));
    });
  }
  app.get(paths.coverage, async (c) => answer(c, await coveragePage(room, cursorFrom(c.req.query("after")))));
  app.get(paths.status, async (c) => answer(c, await statusPage(room)));
  app.get("/enter", (c) => enter(c, room) ?? problem(c, room, "forbidden"));
  app.get("/health", (c) => health(c, room));
  app.get("/robots.txt", (c) => c.text(robotsTxt(room)));
  app.get(`${SELF_TEST_PATH}:name`, (c) => selfTestPage(c, room));
  apiRoutes(app, room);
  feedRoutes(app, room);
  watchRoutes(app, room);
  subscriberRoutes(app, room);
  enrolRoutes(app, room);
  for (const { path, type, text } of ASSETS) {
    app.get(path, (c) => c.body(text, 200, { "Content-Type": type, "Cache-Control": FOR_EVER }));
  }
  return app;
}

/** A monitor that obeys it may read its own self-test. */
const robotsTxt = ({ access }: Room): string =>
  `User-agent: *\n${access.kind === "private" ? `Disallow: /\nAllow: ${SELF_TEST_PATH}` : "Allow: /"}\n`;

/** Feeds, each in every format; a name may hold dots, and whatever else a tag has. */
function feedRoutes(app: Hono, room: Room): void {
  const named: readonly (readonly [path: string, feedOf: (room: Room, name: string) => Promise<Feed>])[] = [
    ["/feeds/sources/", feedOfSource],
    ["/feeds/tags/", feedOfTag],
    ["/feeds/filters/", feedOfFilter],
  ];
  for (const format of FEED_FORMATS) {
    const serve = async (c: Context, feed: Promise<Feed>) => feedAnswer(c, room, format, await feed);
    app.get(inFormat(paths.feed, format), (c) => serve(c, feedOfAll(room)));
    app.get(`/watches/:id/feed.${format}`, (c) => serve(c, feedOfWatch(room, watchIdFrom(c.req.param("id")))));
    for (const [path, feedOf] of named) {
      app.get(`${path}:file{.+\\.${format}}`, (c) => serve(c, feedOf(room, feedNameFrom(c.req.param("file") ?? ""))));
    }
  }
}

/** What is under one watch. */
function watchRoutes(app: Hono, room: Room): void {
  app.get("/watches/:id", async (c) => {
    const after = cursorFrom(c.req.query("after"));
    const before = instantFrom(c.req.query("before"));
    const place = { ...(after && { after }), ...(before && { before }) };
    return answer(c, await watchPage(room, watchIdFrom(c.req.param("id")), place));
  });
  app.get("/watches/:id/revisions/:n", async (c) => {
    const { id, n } = c.req.param();
    return answer(c, await revisionPage(room, watchIdFrom(id), revisionNumberFrom(n)));
  });
  app.get("/watches/:id/revisions/:n/capture", async (c) => {
    const { id, n } = c.req.param();
    const file = await capturedFile(room, c, watchIdFrom(id), revisionNumberFrom(n));
    return file ?? problem(c, room, "tooLarge");
  });
  app.get("/watches/:id/changes/:n", async (c) => {
    const { id, n } = c.req.param();
    return answer(
      c,
      await changePage(
        room,
        watchIdFrom(id),
        revisionNumberFrom(n),
        viewFrom((name) => c.req.query(name)),
      ),
    );
  });
  const cited = [
    ["revisions", citedRevision],
    ["changes", citedChange],
  ] as const;
  for (const [kind, citedOf] of cited) {
    const asked = (c: Context) => citedOf(room, watchIdFrom(c.req.param("id")), revisionNumberFrom(c.req.param("n")));
    app.get(`/watches/:id/${kind}/:n/cite.txt`, async (c) =>
      document(c, "text/plain; charset=utf-8", `${quotation(room, await asked(c))}\n`),
    );
    app.get(`/watches/:id/${kind}/:n/cite.json`, async (c) =>
      document(c, "application/vnd.citationstyles.csl+json", JSON.stringify([cslItem(room, await asked(c))], null, 2)),
    );
  }
  app.get("/watches/:id/changes/:n/embed", async (c) => {
    const { id, n } = c.req.param();
    return answer(c, await embedPage(room, watchIdFrom(id), revisionNumberFrom(n)));
  });
  const picture = cardPictures(room);
  app.get("/watches/:id/changes/:n/card.png", async (c) => {
    const { id, n } = c.req.param();
    const png = await picture(watchIdFrom(id), revisionNumberFrom(n));
    return c.body(Uint8Array.from(png), 200, { "Content-Type": "image/png" });
  });
  app.get("/watches/:id/changes/:n/:format", async (c) => {
    const { id, n, format } = c.req.param();
    const found = await changeAs(room, watchIdFrom(id), revisionNumberFrom(n), changeFormatFrom(format));
    return document(c, found.type, found.text);
  });
  app.get("/watches/:id/history", async (c) => answer(c, await historyPage(room, watchIdFrom(c.req.param("id")))));
  app.get("/watches/:id/compare", (c) => {
    const id = watchIdFrom(c.req.param("id"));
    const a = revisionNumberOfForm(c.req.query("a"));
    return c.redirect(paths.compare(id, a, revisionNumberOfForm(c.req.query("b"))), 303);
  });
  app.get("/watches/:id/compare/:pair", async (c) => {
    const id = watchIdFrom(c.req.param("id"));
    const [a, b] = revisionPairFrom(c.req.param("pair"));
    const seen = fingerprintFrom(c.req.query("seen"));
    const compared = { a, b, ...(seen !== undefined && { seen }) };
    return answer(
      c,
      await comparePage(
        room,
        id,
        compared,
        viewFrom((name) => c.req.query(name)),
      ),
    );
  });
}
