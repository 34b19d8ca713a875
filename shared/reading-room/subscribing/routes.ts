import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { SUBSCRIPTION_DEFAULTS, type Subscription, shownAddress } from "../../domain/subscription.ts";
import { addSeconds } from "../../domain/time.ts";
import { fillText } from "../../domain/wording.ts";
import { isSubscriberToken, type SubscriberPurpose, signedLinks } from "../../notices/subscriber-links.ts";
import { CONFIRMATION_DAYS, type SubscriberDesk } from "../../ports/subscriber-desk.ts";
import { answer, problem } from "../answers.ts";
import { type Html, html } from "../html.ts";
import type { Room } from "../room.ts";
import { type Chosen, chosenFrom, type Fields, filterFrom, rhythmFrom } from "./form.ts";
import { buttonPage, managePage, notePage, subscribePage } from "./pages.ts";

/** A form of ours has some hundred bytes. */
const MOST_BODY_BYTES = 32 * 1024;

/** The paths that take a POST. */
export const TAKES_POSTS = /^\/(subscribe|subscriptions\/[^/]+(\/(confirm|end))?)$/;

const NEW: Chosen = {
  selector: "everything",
  filter: SUBSCRIPTION_DEFAULTS.filter,
  rhythm: SUBSCRIPTION_DEFAULTS.rhythm,
};

/**
 * Pages for subscribers, without an account and without a script. What a mail's link opens, its key opens: no session is
 * asked for. A GET changes nothing anywhere, since mail scanners follow links.
 */
export function subscriberRoutes(app: Hono, room: Room): void {
  const { subscribing, words } = room;
  const say = words.subscribing;
  app.use("/subscribe", unkept);
  app.use("/subscriptions/*", unkept);
  if (subscribing.kind !== "open") {
    const closed = closedFor(room, subscribing.kind === "closed" ? subscribing.why : "read-only");
    app.all("/subscribe", closed).all("/subscriptions/*", closed);
    return;
  }
  const { desk, clientOf, newcomers } = subscribing;
  const limited = bodyLimit({ maxSize: MOST_BODY_BYTES, onError: (c) => problem(c, room, "tooLarge") });

  if (!newcomers) app.all("/subscribe", closedFor(room, "operator"));
  app.get("/subscribe", async (c) =>
    answer(c, await subscribePage(room, { ...NEW, selector: c.req.query("about") ?? NEW.selector })),
  );
  // Only a form of this room may have mails sent: elsewhere a page could do it from each of its visitors' browsers.
  const ownForms = csrf({ origin: (origin, c) => origin === new URL(room.address ?? c.req.url).origin });
  app.post("/subscribe", ownForms, limited, async (c) => {
    const fields = await fieldsOf(c);
    const wish = {
      address: fields("address")[0],
      selector: fields("about")[0],
      filter: filterFrom(fields),
      rhythm: rhythmFrom(fields),
    };
    const chosen = chosenFrom(fields, NEW);
    if (fields("do")[0] === "preview") {
      const previewed = await desk.preview(wish.filter, wish.selector, clientOf(c));
      if (previewed === null) return tooMany(c, room, "previews");
      if (typeof previewed !== "string") return answer(c, await subscribePage(room, chosen, { previewed }));
      return c.html(String(await subscribePage(room, chosen, { problem: previewed })), 422);
    }
    const asked = await desk.ask(wish, clientOf(c));
    switch (asked.kind) {
      case "wrong":
        return c.html(String(await subscribePage(room, chosen, { problem: asked.problem })), 422);
      case "too-many":
        return tooMany(c, room, asked.of);
      case "asked": {
        const address = asked.subscription.address;
        return c.html(
          String(notePage(room, say.asked.title, fillText(say.asked.text, { address }), say.asked.later)),
          202,
        );
      }
    }
  });

  const confirmation = { title: say.confirm.title, text: say.confirm.text, button: say.confirm.button };
  app.get("/subscriptions/:id/confirm", (c) =>
    withLink(c, room, desk, "confirm", async (subscription) => {
      return (
        usedOrOld(c, room, subscription) ?? answer(c, await buttonPage(room, subscription, confirmation, actionOf(c)))
      );
    }),
  );
  app.post("/subscriptions/:id/confirm", limited, (c) =>
    withLink(c, room, desk, "confirm", async (subscription) => {
      const refused = usedOrOld(c, room, subscription);
      if (refused) return refused;
      const confirmed = (await desk.confirm(subscription.id)) ?? subscription;
      const { manage } = signedLinks({ room: room.address ?? "", key: desk.key }).linksFor(confirmed, {
        confirmation: false,
      });
      const text = fillText(say.confirm.doneText, { address: shownAddress(confirmed) });
      return answer(c, notePage(room, say.confirm.done, text, html`<a href="${manage}">${say.manage.title}</a>`));
    }),
  );

  app.get("/subscriptions/:id/end", (c) =>
    withLink(c, room, desk, "unsubscribe", async (subscription) =>
      subscription.status === "ended"
        ? answer(c, ended(room))
        : answer(c, await buttonPage(room, subscription, say.end, actionOf(c), oneClick)),
    ),
  );
  // RFC 8058: the mail program posts, without cookies, and takes no redirect.
  app.post("/subscriptions/:id/end", limited, (c) =>
    withLink(c, room, desk, "unsubscribe", async ({ id }) => {
      const fields = await fieldsOf(c);
      if (fields("List-Unsubscribe")[0] !== "One-Click") return problem(c, room, "badRequest");
      await desk.end(id);
      return answer(c, ended(room));
    }),
  );

  app.get("/subscriptions/:id", (c) =>
    withLink(c, room, desk, "manage", async (subscription, key) =>
      answer(c, await managePage(room, subscription, key, await chosenOf(room, subscription))),
    ),
  );
  app.post("/subscriptions/:id", limited, (c) =>
    withLink(c, room, desk, "manage", async (subscription, key) => {
      const fields = await fieldsOf(c);
      const { id } = subscription;
      if (fields("do")[0] === "end") {
        await desk.end(id);
        return answer(c, ended(room));
      }
      const known = await chosenOf(room, subscription);
      const filter = "saved" in subscription.filter ? {} : { filter: filterFrom(fields, known.filter) };
      const refused = await desk.change(id, { rhythm: rhythmFrom(fields), ...filter });
      if (refused === null) {
        const now = (await room.ledger.subscription(id)) ?? subscription;
        return answer(c, await managePage(room, now, key, await chosenOf(room, now), { saved: true }));
      }
      const page = await managePage(room, subscription, key, chosenFrom(fields, known), { problem: refused });
      return c.html(String(page), 422);
    }),
  );
}

const closedFor = (room: Room, why: "no-mail" | "read-only" | "operator") => (c: Context) => {
  const { closed, closedBecause } = room.words.subscribing.refused;
  return c.html(String(notePage(room, closed, closedBecause[why])), 403);
};

function tooMany(c: Context, room: Room, of: "address" | "client" | "all" | "previews"): Response {
  const { refused } = room.words.subscribing;
  c.header("Retry-After", "3600");
  return c.html(String(notePage(room, refused.tooMany, refused[of])), 429) as Response;
}

/** What an unsubscribe form sends, as mail programs do. */
const oneClick = html`<input type="hidden" name="List-Unsubscribe" value="One-Click">`;

const ended = (room: Room): Html =>
  notePage(room, room.words.subscribing.end.done, room.words.subscribing.end.doneText);

/** Nobody keeps an answer with a link's key in it. */
async function unkept(c: Context, next: () => Promise<void>): Promise<void> {
  await next();
  c.header("Cache-Control", "no-store");
}

/** Goes on when the link's key is good for this; an unknown subscription and a forged key look alike. */
async function withLink(
  c: Context,
  room: Room,
  desk: SubscriberDesk,
  purpose: SubscriberPurpose,
  go: (subscription: Subscription, key: string) => Promise<Response>,
): Promise<Response> {
  const [id, key] = [c.req.param("id") ?? "", c.req.query("key") ?? ""];
  const subscription = /^[a-z0-9][a-z0-9-]{0,63}$/.test(id) ? await room.ledger.subscription(id) : null;
  if (subscription && isSubscriberToken(key, desk.key, purpose, subscription)) return go(subscription, key);
  const { forged, forgedText } = room.words.subscribing.refused;
  return c.html(String(notePage(room, forged, forgedText)), 403);
}

const DAY_SECONDS = 86_400;

/** Why a confirmation's link does nothing any more; null when it may still be used. */
function usedOrOld(c: Context, room: Room, { status, created }: Subscription): Response | null {
  const { reused, reusedText, expired, expiredText } = room.words.subscribing.confirm;
  if (status !== "pending") return c.html(String(notePage(room, reused, reusedText)), 410);
  if (room.clock.now() <= addSeconds(created, CONFIRMATION_DAYS * DAY_SECONDS)) return null;
  return c.html(String(notePage(room, expired, expiredText)), 410);
}

const actionOf = (c: Context): string => `${c.req.path}?key=${encodeURIComponent(c.req.query("key") ?? "")}`;

async function fieldsOf(c: Context): Promise<Fields> {
  const body = await c.req.parseBody({ all: true });
  return (name) => [body[name] ?? []].flat().filter((value) => typeof value === "string");
}

async function chosenOf({ ledger }: Room, { selector, filter, rhythm }: Subscription): Promise<Chosen> {
  const saved = "saved" in filter ? (await ledger.savedFilters()).find(({ name }) => name === filter.saved) : null;
  const conditions = "saved" in filter ? (saved?.filter ?? SUBSCRIPTION_DEFAULTS.filter) : filter;
  return { selector, filter: conditions, rhythm };
}
