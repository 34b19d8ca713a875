import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Subscription } from "../../shared/domain/subscription.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { type SubscriberPurpose, signedLinks, subscriberToken } from "../../shared/notices/subscriber-links.ts";
import { PREVIEWS_AN_HOUR, SUBSCRIBING_LIMITS, subscriberDesk } from "../../shared/pipeline/notify/subscriber-desk.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import type { ReadingRoomServices } from "../../shared/reading-room/services.ts";
import { NOON } from "../support/builders.ts";
import { aSubscription } from "../support/messages.ts";
import { textOf } from "./markup.ts";
import { aReadingRoom } from "./reading-room.ts";

const KEY = "k".repeat(43);
const ADDRESS = "https://room.example";
const DAY_SECONDS = 86_400;

/** A room whose subscribers' desk is open, at an instant that a test moves. */
function anOpenRoom(given: Partial<ReadingRoomServices> & { readonly newcomers?: boolean } = {}) {
  const { newcomers = true, ...room } = given;
  let now = addSeconds(NOON, DAY_SECONDS);
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const queued: unknown[] = [];
  const base = aReadingRoom({ clock, address: ADDRESS });
  const services = {
    ...base,
    newId: randomUUID,
    noticeQueue: { send: async (messages: readonly unknown[]) => void queued.push(...messages) },
    log: { info: () => {}, warn: () => {} },
  } as unknown as Services; // the desk needs these alone
  const opened = aReadingRoom({
    ledger: base.ledger,
    derived: base.derived,
    clock,
    address: ADDRESS,
    subscribing: {
      kind: "open",
      newcomers,
      desk: subscriberDesk(KEY, services),
      clientOf: (c) => c.req.header("X-Client") ?? "203.0.113.9",
    },
    ...room,
  });
  const post = (
    path: string,
    fields: Record<string, string> | [string, string][],
    headers: Record<string, string> = {},
  ) =>
    opened.get(path, { method: "POST", body: new URLSearchParams(fields), headers: { Origin: ADDRESS, ...headers } });
  return {
    ...opened,
    publish: base.publish,
    queued,
    post,
    pass: (seconds: number) => {
      now = addSeconds(now, seconds);
    },
    subscriptions: async () => (await base.ledger.subscriptions({ limit: 100 })).rows,
  };
}

type OpenRoom = ReturnType<typeof anOpenRoom>;

const FIELDS = {
  do: "subscribe",
  address: "desk@newsroom.example",
  about: "everything",
  availability: "1",
  kind: "at-once",
  at: "08:00",
  weekday: "1",
  zone: "Europe/Berlin",
};

async function subscribed(room: OpenRoom, fields: Record<string, string> = {}): Promise<Subscription> {
  expect((await room.post("/subscribe", { ...FIELDS, ...fields })).status).toBe(202);
  const [subscription] = (await room.subscriptions()).slice(-1);
  if (!subscription) throw new Error("nobody subscribed");
  return subscription;
}

/** The path that the mail's link leads to. */
function linkOf(subscription: Subscription, purpose: SubscriberPurpose): string {
  const links = signedLinks({ room: "", key: KEY });
  const { confirm } = links.linksFor(subscription, { confirmation: true });
  const { manage, unsubscribe } = links.linksFor(subscription, { confirmation: false });
  return { confirm, manage, unsubscribe }[purpose] ?? "";
}

describe("subscribing", () => {
  it("asks the address, and tells nothing before its yes by the button behind the mailed link", async () => {
    const room = anOpenRoom();
    expect((await room.get("/subscribe")).text).toContain(
      '<form class="subscribing" method="post" action="/subscribe">',
    );
    const pending = await subscribed(room, {
      quietFrom: "22:00",
      quietTo: "07:00",
      enters: "tax rise, budget",
      label: "number",
    });
    expect(pending).toMatchObject({
      channel: "email",
      status: "pending",
      selector: "everything",
      filter: { availability: true, changes: { labels: ["number"], enters: ["tax rise", "budget"] } },
      rhythm: { kind: "at-once", timeZone: "Europe/Berlin", quiet: { from: "22:00", to: "07:00" }, rest: "nothing" },
    });
    expect(room.queued).toMatchObject([{ channel: "email", notices: [{ subscription: pending.id }] }]);
    const link = linkOf(pending, "confirm");
    const asking = await room.get(link);
    expect([asking.status, textOf(asking.text, "h1")]).toEqual([200, "Confirm your subscription"]);
    expect((await room.ledger.subscription(pending.id))?.status).toBe("pending");
    const done = await room.post(link, {});
    expect([done.status, textOf(done.text, "h1")]).toEqual([200, "Confirmed"]);
    expect(await room.ledger.subscription(pending.id)).toMatchObject({
      status: "active",
      confirmed: expect.any(String),
    });
    const again = await room.post(link, {});
    expect([again.status, textOf(again.text, "h1")]).toEqual([410, "This link was used already"]);
  });

  it("is offered for one article, and for the sources and tags there are", async () => {
    const room = anOpenRoom();
    const { watch } = await room.publish("https://gazette.example/bridge", [{}], { tags: ["<harbour>"] });
    const { text } = await room.get(`/subscribe?about=watch:${watch.id}`);
    expect(text).toContain(`<option value="watch:${watch.id}" selected>This article: Harbour bridge closed`);
    expect(text).toContain("tag:&lt;harbour&gt;");
    expect(text).toContain('<option value="source:gazette.example">Articles of gazette.example');
    expect((await room.get(`/watches/${watch.id}`)).text).toContain(`/subscribe?about=watch:${watch.id}`);
    expect(await subscribed(room, { about: `watch:${watch.id}` })).toMatchObject({ selector: `watch:${watch.id}` });
  });

  it("shows what a choice would have sent, and sends nothing", async () => {
    const room = anOpenRoom();
    await room.publish("https://gazette.example/bridge", [
      { text: ["The bridge is closed for 3 days."] },
      { text: ["The bridge is closed for 30 days."] },
      { text: ["The bridge is closed for 30 days, they said."] },
    ]);
    const { text } = await room.post("/subscribe", { ...FIELDS, do: "preview", address: "", label: "number" });
    expect(textOf(text, "section")).toMatch(/1 of the newest 2 changes and events\./);
    expect(await room.subscriptions()).toEqual([]);
  });

  it.each([
    [
      "a header injected into the address",
      { address: "desk@newsroom.example\r\nBcc: all@newsroom.example" },
      "is no mail address",
    ],
    ["no address", { address: "<script>alert(1)</script>" }, "is no mail address"],
    ["another channel's address", { address: "https://hooks.example/x" }, "is no mail address"],
    ["a place that no zone has", { zone: "Mars/Olympus" }, "is no time zone"],
    ["half of the quiet hours", { quietFrom: "22:00" }, "quiet.to"],
    ["the operator's own", { about: "operations" }, "is the operator"],
    ["a label that is only a hint", { label: "hedging" }, "cannot be filtered by"],
  ])("refuses %s in words, and shows the form as it was filled in", async (_fact, fields, problem) => {
    const room = anOpenRoom();
    const { status, text } = await room.post("/subscribe", { ...FIELDS, enters: '"tax" <rise>', ...fields });
    expect(status).toBe(422);
    expect(textOf(text, "main")).toContain(problem);
    expect(text).toContain("&quot;tax&quot; &lt;rise&gt;");
    expect(text).not.toContain("<script>");
    expect(await room.subscriptions()).toEqual([]);
  });

  it("previews for one client so many times an hour", async () => {
    const room = anOpenRoom();
    const preview = (client: string) => room.post("/subscribe", { ...FIELDS, do: "preview" }, { "X-Client": client });
    for (let n = 0; n < PREVIEWS_AN_HOUR; n += 1) expect((await preview("203.0.113.1")).status).toBe(200);
    const refused = await preview("203.0.113.1");
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "3600"]);
    expect(textOf(refused.text, "main")).toContain("Many previews");
    expect((await preview("203.0.113.2")).status).toBe(200);
  });

  it("takes a form from its own page alone", async () => {
    const room = anOpenRoom();
    for (const headers of [
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { Origin: "", "Sec-Fetch-Site": "cross-site" },
    ]) {
      const { status, text } = await room.post("/subscribe", FIELDS, headers);
      expect([status, textOf(text, "h1")]).toEqual([403, "This form came from another site"]);
    }
    expect(await room.subscriptions()).toEqual([]);
  });

  it("writes to one address a few times a day, whoever asks", async () => {
    const room = anOpenRoom();
    for (let n = 0; n < SUBSCRIBING_LIMITS.addressADay; n += 1) {
      const headers = { "X-Client": `203.0.113.${n}` };
      expect(
        (
          await room.post(
            "/subscribe",
            { ...FIELDS, address: n % 2 ? FIELDS.address : FIELDS.address.toUpperCase() },
            headers,
          )
        ).status,
      ).toBe(202);
    }
    const refused = await room.post("/subscribe", FIELDS, { "X-Client": "203.0.113.200" });
    expect([refused.status, textOf(refused.text, "main")]).toEqual([
      429,
      expect.stringContaining("This address was asked several times today"),
    ]);
    expect(refused.headers.get("Retry-After")).toBe("3600");
    room.pass(DAY_SECONDS);
    expect((await room.post("/subscribe", FIELDS)).status).toBe(202);
  });

  it("lets one client have so many mails sent in an hour", async () => {
    const room = anOpenRoom();
    const from = (client: string, n: number) =>
      room.post("/subscribe", { ...FIELDS, address: `reader${n}@paper.example` }, { "X-Client": client });
    for (let n = 0; n < SUBSCRIBING_LIMITS.clientAnHour; n += 1)
      expect((await from("198.51.100.1", n)).status).toBe(202);
    expect((await from("198.51.100.1", 1000)).status).toBe(429);
    expect((await from("198.51.100.2", 1001)).status).toBe(202);
    expect(await room.subscriptions()).toHaveLength(SUBSCRIBING_LIMITS.clientAnHour + 1);
  });

  it("takes no longer form than ours", async () => {
    const room = anOpenRoom();
    expect((await room.post("/subscribe", { ...FIELDS, enters: "x".repeat(64 * 1024) })).status).toBe(413);
  });
});

describe("a subscriber's link", () => {
  const active = aSubscription({
    id: "mail-1",
    channel: "email",
    address: "desk@newsroom.example",
    selector: "everything",
    status: "active",
  });

  async function roomWith(given: Partial<Subscription> = {}): Promise<OpenRoom & { subscription: Subscription }> {
    const room = anOpenRoom();
    const subscription = { ...active, ...given };
    await room.ledger.addSubscription(subscription);
    return { ...room, subscription };
  }

  it.each(["confirm", "manage", "unsubscribe"] as const)(
    "to %s is refused when it is forged, cut short or another's",
    async (purpose) => {
      const { get, post, subscription, ledger } = await roomWith();
      const good = linkOf(subscription, purpose);
      const path = good.split("?")[0] ?? "";
      const others = (["confirm", "manage", "unsubscribe"] as const).filter((other) => other !== purpose);
      const keys = [
        "",
        "x",
        good.split("key=")[1]?.slice(0, -1) ?? "",
        ...others.map((other) => subscriberToken(KEY, other, subscription)),
        subscriberToken("z".repeat(43), purpose, subscription),
      ];
      for (const key of keys) {
        for (const { status, text } of [
          await get(`${path}?key=${key}`),
          await post(`${path}?key=${key}`, { do: "end", "List-Unsubscribe": "One-Click" }),
        ]) {
          expect([key, status, textOf(text, "h1")]).toEqual([key, 403, "This link is not good"]);
        }
      }
      expect(
        (await get(`/subscriptions/nobody?key=${subscriberToken(KEY, purpose, { ...subscription, id: "nobody" })}`))
          .status,
      ).toBe(403);
      expect((await ledger.subscription(subscription.id))?.status).toBe("active");
    },
  );

  it("to confirm expires after three days", async () => {
    const { get, post, pass, subscription, ledger } = await roomWith({
      status: "pending",
      created: addSeconds(NOON, DAY_SECONDS),
    });
    pass(3 * DAY_SECONDS - 1);
    expect((await get(linkOf(subscription, "confirm"))).status).toBe(200);
    pass(2);
    const { status, text } = await post(linkOf(subscription, "confirm"), {});
    expect([status, textOf(text, "h1")]).toEqual([410, "This link has expired"]);
    expect((await ledger.subscription(subscription.id))?.status).toBe("pending");
  });

  it("ends the subscription by one POST of the mail program, and by no GET", async () => {
    const { get, app, subscription, ledger } = await roomWith();
    const link = linkOf(subscription, "unsubscribe");
    expect(textOf((await get(link)).text, "h1")).toBe("End this subscription?");
    expect((await ledger.subscription(subscription.id))?.status).toBe("active");
    // As RFC 8058 has it: another origin, no cookie, a form of one field.
    const headers = { "Content-Type": "application/x-www-form-urlencoded", Origin: "https://mail.example" };
    const odd = await app.request(link, { method: "POST", headers, body: "List-Unsubscribe=Later" });
    expect(odd.status).toBe(400);
    const response = await app.request(link, { method: "POST", headers, body: "List-Unsubscribe=One-Click" });
    expect(response.status).toBe(200);
    expect(await ledger.subscription(subscription.id)).toMatchObject({
      status: "ended",
      reason: "ended by the subscriber",
    });
    expect((await app.request(link, { method: "POST", headers, body: "List-Unsubscribe=One-Click" })).status).toBe(200);
  });

  it("takes the one click as multipart, too", async () => {
    const { app, subscription, ledger } = await roomWith();
    const body = new FormData();
    body.set("List-Unsubscribe", "One-Click");
    await app.request(linkOf(subscription, "unsubscribe"), { method: "POST", body });
    expect((await ledger.subscription(subscription.id))?.status).toBe("ended");
  });

  it("changes rhythm and filter, keeps what the form does not show, and ends", async () => {
    const { get, post, subscription, ledger } = await roomWith({
      filter: { availability: true, changes: { labels: ["number"], languages: ["en"] } },
    });
    const link = linkOf(subscription, "manage");
    const shown = (await get(link)).text;
    expect(shown).toMatch(/value="number" checked/);
    expect(shown).not.toContain("desk@newsroom.example");
    const saved = await post(link, {
      ...FIELDS,
      do: "save",
      kind: "weekly",
      weekday: "5",
      label: "headline",
      address: "evil@example.org",
      about: "operations",
    });
    expect([saved.status, textOf(saved.text, ".done")]).toEqual([200, "Saved."]);
    expect(await ledger.subscription(subscription.id)).toMatchObject({
      address: subscription.address,
      selector: "everything",
      filter: { availability: true, changes: { labels: ["headline"], languages: ["en"] } },
      rhythm: { kind: "weekly", weekday: 5 },
    });
    expect((await post(link, { ...FIELDS, do: "save", at: "soon" })).status).toBe(422);
    expect(textOf((await post(link, { do: "end" })).text, "h1")).toBe("Ended");
    expect(textOf((await get(link)).text, "h1")).toBe("This subscription has ended");
  });

  it.each([null, {}, { significance: "cosmetic" as const }, { disclosures: ["correction" as const] }])(
    "leaves conditions %j that the form does not show as they are",
    async (changes) => {
      const { post, subscription, ledger } = await roomWith({ filter: { availability: true, changes } });
      const { availability: _, ...rest } = FIELDS;
      expect((await post(linkOf(subscription, "manage"), { ...rest, do: "save" })).status).toBe(200);
      expect((await ledger.subscription(subscription.id))?.filter).toEqual({ availability: false, changes });
    },
  );

  it("opens without a session where the room is private, and nothing else does", async () => {
    const room = anOpenRoom({ access: { kind: "private", key: "a".repeat(40) } });
    await room.ledger.addSubscription(active);
    expect((await room.get(linkOf(active, "manage"))).status).toBe(200);
    expect((await room.get("/subscribe")).status).toBe(403);
    expect((await room.post("/subscribe", FIELDS)).status).toBe(403);
  });

  it("is kept by nobody on the way", async () => {
    const { get, subscription } = await roomWith();
    const { headers } = await get(linkOf(subscription, "manage"));
    expect([headers.get("Cache-Control"), headers.get("Referrer-Policy")]).toEqual(["no-store", "no-referrer"]);
  });
});

describe("the pages", () => {
  it("are closed where nothing could be sent, and say so", async () => {
    const { status, text } = await aReadingRoom().get("/subscribe");
    expect([status, textOf(text, "main")]).toEqual([403, expect.stringContaining("No mail server is set up here")]);
    expect((await aReadingRoom().get("/")).text).not.toContain('href="/subscribe"');
  });

  it("close to newcomers by the operator's wish, and stay open to those who subscribed", async () => {
    const room = anOpenRoom({ newcomers: false });
    const one = aSubscription({ id: "mail-1", channel: "email", address: "desk@newsroom.example", status: "active" });
    await room.ledger.addSubscription(one);
    for (const { status, text } of [await room.get("/subscribe"), await room.post("/subscribe", FIELDS)]) {
      expect([status, textOf(text, "main")]).toEqual([403, expect.stringContaining("closed it to newcomers")]);
    }
    expect(await room.subscriptions()).toHaveLength(1);
    expect((await room.get(linkOf(one, "manage"))).status).toBe(200);
  });
});
