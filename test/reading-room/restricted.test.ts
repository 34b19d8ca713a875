import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { fileSearchIndex } from "../../shared/adapters/search/file-search-index.ts";
import { sha256 } from "../../shared/domain/digest.ts";
import type { RestrictionAct } from "../../shared/domain/restriction.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import type { Watch } from "../../shared/domain/watch.ts";
import { signedLinks } from "../../shared/notices/subscriber-links.ts";
import { subscriberDesk } from "../../shared/pipeline/notify/subscriber-desk.ts";
import { readIntoIndex } from "../../shared/pipeline/read-into-index.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import { operatorLink, readerLink, roomFor } from "../../shared/reading-room/app.ts";
import { gated } from "../../shared/reading-room/gate.ts";
import type { ReadingRoomServices } from "../../shared/reading-room/services.ts";
import { ENGLISH } from "../../shared/reading-room/strings.ts";
import { anEvent, aRestriction, NOON } from "../support/builders.ts";
import { aSubscription } from "../support/messages.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { linksOf, textOf } from "./markup.ts";
import { aReadingRoom } from "./reading-room.ts";

const STORY = "https://gazette.example/slugword";
const OTHER = "https://other.example/ferry";
const NAMES = ["alpha", "bravo", "charlie", "delta"] as const;
const KEY = "k".repeat(43);
const DAY = addSeconds(NOON, 86_400);

/** A paragraph that all texts share, and a headline, a byline and a sentence that one of them has alone. */
const draft = (name: string) => ({
  headline: `${name}head of the council`,
  standfirst: `${name}standfirst in short`,
  byline: `${name}byline`,
  modified: `${name}date`,
  text: ["The ferries run as they did.", `The council met ${name}word after noon and agreed on nothing.`],
});

/** Words of one text alone, in whatever form a page has them. */
const wordsOf = (name: string): RegExp => new RegExp(`${name}(head|standfirst|byline|date|word)`, "i");
const ANY_WORDS = new RegExp(`slugword|${NAMES.map((name) => wordsOf(name).source).join("|")}`, "i");

/** A room with one article of four texts, an event of each, and another article; pictures as the words on them. */
async function aRoom(acts: (watch: Watch) => readonly RestrictionAct[], given: Partial<ReadingRoomServices> = {}) {
  const base = aReadingRoom({ now: DAY });
  const desk = subscriberDesk(KEY, {
    ...base,
    newId: () => "0123456789abcdef",
    noticeQueue: { send: async () => {} },
    log: { info: () => {}, warn: () => {} },
  } as unknown as Services); // the desk needs these alone
  const search = fileSearchIndex(join(temporaryFolder(), "search.sqlite"));
  onTestFinished(() => search.close());
  const room = {
    ...base,
    address: "https://room.example",
    search,
    cards: { draw: async (card: object) => new TextEncoder().encode(JSON.stringify(card)) },
    subscribing: { kind: "open" as const, newcomers: true, desk, clientOf: () => "reader" },
    ...given,
  };
  const { watch } = await base.publish(STORY, NAMES.map(draft), { tags: ["council"] });
  const { watch: other } = await base.publish(OTHER, [draft("ferry"), draft("ferrytwo")]);
  await base.ledger.recordEvent(anEvent({ watchId: watch.id, headline: draft("bravo").headline }), STORY);
  await base.ledger.saveFilter({ name: "all", filter: { availability: true, changes: {} } });
  await base.ledger.addSubscription(aSubscription({ id: "council", channel: "email", selector: `watch:${watch.id}` }));
  for (const happening of (await base.ledger.outbox({ limit: 100 })).rows) await base.ledger.markTold(happening);
  await readIntoIndex({ ...base, log: { info: () => {}, warn: () => {} } }, search);
  for (const act of acts(watch)) await base.ledger.recordRestriction(act);
  const open = roomFor({ ...room, words: ENGLISH, viewer: "reader" });
  const shut = roomFor({ ...gated(room, "reader"), words: ENGLISH, viewer: "reader" });
  return { room, watch, other, open, shut };
}

type Made = Awaited<ReturnType<typeof aRoom>>;

/** Of each parameter of a route, what it can be. A route with another one fails here until it says so. */
const valuesOf = ({ watch }: Made): Readonly<Record<string, readonly string[]>> => ({
  id: [watch.id],
  n: ["1", "2", "3", "4"],
  format: ["patch", "markdown", "json"],
  number: ["1", "2", "3", "4"],
  from: ["1", "2", "4"],
  to: ["2", "3"],
  pair: ["1...2", "2...3", "1...3", "3...4", "4...1"],
  file: ["gazette.example", "council", "all"],
  name: ["first"],
});

/** A route's parameters as they stand in its path, with the pattern of those that have one. */
const PARAMETER = /:(\w+)(\{[^}]*\})?/;

/** All requests that the room's routes answer, with every value in every place. */
async function requestsOf(made: Made): Promise<readonly Request[]> {
  const values = valuesOf(made);
  const filled = (path: string): string[] => {
    const match = PARAMETER.exec(path);
    if (!match) return [path.replaceAll("*", "x")];
    const [whole, name = "", pattern = ""] = match;
    const ending = /\\\.(\w+)\}$/.exec(pattern)?.[1];
    const those = values[name];
    if (!those) throw new Error(`the route ${path} has a parameter that this test does not know: ${name}`);
    return those.flatMap((value) => filled(path.replace(whole, ending ? `${value}.${ending}` : value)));
  };
  const subscription = await made.room.ledger.subscription("council");
  if (!subscription) throw new Error("it was added");
  const links = signedLinks({ room: "https://room.example", key: KEY });
  const own = [true, false]
    .flatMap((confirmation) => Object.values(links.linksFor(subscription, { confirmation })))
    .filter((link) => link.includes("/subscriptions/"));
  const routes = made.shut.routes.filter(({ method, path }) => method === "GET" && !path.startsWith("/subscriptions"));
  const paths = [...new Set(routes.map(({ path }) => path))].flatMap(filled);
  const asking = [
    `/subscribe?about=watch:${made.watch.id}`,
    "/search?q=council",
    "/search?q=site:gazette.example+met",
    "/api/v1/search?q=council",
  ];
  const whole = paths.filter((path) => /\/(changes|compare)\/[^/]+$/.test(path)).map((path) => `${path}?whole=1`);
  const preview = new Request("https://room.example/subscribe", {
    method: "POST",
    headers: { Origin: "https://room.example" },
    body: new URLSearchParams({
      do: "preview",
      address: "a@b.example",
      about: "everything",
      kind: "at-once",
      all: "1",
    }),
  });
  return [
    ...[...paths, ...whole, ...asking].map((path) => new Request(`https://room.example${path}`)),
    ...own.map((link) => new Request(link)),
    preview,
  ];
}

/** The requests whose answer has words that a pattern finds, in its body or its headers. */
async function leaks(made: Made, app: Made["open"], pattern: RegExp): Promise<string[]> {
  const found = [];
  for (const request of await requestsOf(made)) {
    const response = await app.fetch(request.clone());
    const head = [...response.headers].join("\n");
    if (pattern.test(`${await response.text()}\n${head}`))
      found.push(`${request.method} ${new URL(request.url).pathname}`);
  }
  return [...new Set(found)];
}

const textOfRevision = async ({ room, watch }: Made, number: number) => {
  const revision = await room.ledger.revision(watch.id, number);
  return { revision: { number, reading: revision?.reading ?? "" } };
};

/** A room in which one revision, or the whole watch, is hidden. */
async function hiding(given: Partial<RestrictionAct>, number?: number, services: Partial<ReadingRoomServices> = {}) {
  const made = await aRoom(() => [], services);
  const text = number === undefined ? {} : await textOfRevision(made, number);
  await made.room.ledger.recordRestriction(aRestriction({ watchId: made.watch.id, ...text, ...given } as never));
  return made;
}

describe("the gate", () => {
  it.each(NAMES.map((name, index) => [name, index + 1] as const))(
    "lets no word of a hidden text through any route: %s",
    async (name, number) => {
      const made = await hiding({ kind: "takedown", reason: "settled out of court" }, number);
      expect(await leaks(made, made.shut, wordsOf(name))).toEqual([]);
      // Without it, the same requests are answered with these words: the pages, what a change is handed on as, feeds …
      const open = await leaks(made, made.open, wordsOf(name));
      expect(open).toEqual(expect.arrayContaining([`GET /watches/${made.watch.id}`, "GET /feeds/all.atom", "GET /"]));
      expect(open).toContain(`GET /watches/${made.watch.id}/revisions/${number}`);
      for (const kind of ["", "/patch", "/markdown", "/json", "/card.png"]) {
        expect(open).toContain(`GET /watches/${made.watch.id}/changes/${Math.min(number + 1, 4)}${kind}`);
      }
      const api = `/api/v1/articles/${made.watch.id}`;
      for (const path of [`${api}/revisions`, `${api}/revisions/${number}`, "/api/v1/happenings"]) {
        expect(open).toContain(`GET ${path}`);
      }
      for (const path of [`/watches/${made.watch.id}/history`, "/feeds/tags/council.json", "/feeds/filters/all.atom"]) {
        expect(open).toContain(`GET ${path}`);
      }
      if (number === 4) expect(open).toEqual(expect.arrayContaining(["GET /search", "GET /api/v1/search"]));
      if (number > 1) expect(open).toContain("POST /subscribe"); // a preview names headlines, and the first made no change
    },
  );

  it("lets no word of a hidden watch through, nor its address", async () => {
    const made = await hiding({ kind: "hold" });
    expect(await leaks(made, made.shut, ANY_WORDS)).toEqual([]);
    const open = await leaks(made, made.open, ANY_WORDS);
    expect(open.length).toBeGreaterThan(35);
    expect(open).toEqual(expect.arrayContaining(["GET /watches", "GET /subscriptions/council", "GET /subscribe"]));
  });

  it("lets the captured file of a hidden text through nowhere", async () => {
    const made = await hiding({ kind: "embargo", until: addSeconds(DAY, 1) } as never, 2);
    const captures = [1, 2, 3, 4].map((n) => made.shut.request(`/watches/${made.watch.id}/revisions/${n}/capture`));
    expect((await Promise.all(captures)).map(({ status }) => status)).toEqual([200, 403, 200, 200]);
    const { warc = "" } = (await made.room.ledger.revision(made.watch.id, 2)) ?? {};
    const page = await (await made.shut.request(`/watches/${made.watch.id}`)).text();
    expect(page).not.toContain(warc);
  });

  it("shows what is not hidden as it did", async () => {
    const made = await hiding({ kind: "takedown" }, 2);
    const page = (path: string) => made.shut.request(`/watches/${made.watch.id}${path}`);
    const statuses = async (paths: string[]) => Promise.all(paths.map(async (path) => (await page(path)).status));
    const shown = ["", "/revisions/1", "/revisions/3", "/changes/4", "/compare/1...3", "/compare/3...1", "/history"];
    expect(await statuses(shown)).toEqual(shown.map(() => 200));
    const gone = ["/revisions/2", "/changes/2", "/changes/3", "/changes/3/json", "/compare/1...2", "/compare/2...4"];
    expect(await statuses(gone)).toEqual(gone.map(() => 410));
    expect(textOf(await (await page("/compare/1...3")).text(), "main")).toContain("charlieword");
    expect(textOf(await (await page("/history")).text(), "main")).toContain("Followed back to revision 3");
    const home = await (await made.shut.request("/")).text();
    expect(linksOf(home).filter((link) => /changes\/\d$/.test(link))).toEqual([
      `/watches/${made.watch.id}/changes/4`,
      `/watches/${made.other.id}/changes/2`,
    ]);
  });

  it("hides the same text where it comes again, and what tells of its words", async () => {
    const made = await aRoom(() => []);
    const back = aReadingRoom({ now: DAY });
    const { watch } = await back.publish(STORY, [draft("alpha"), draft("bravo"), draft("alpha"), draft("charlie")]);
    const { reading = "" } = (await back.ledger.revision(watch.id, 1)) ?? {};
    await back.ledger.recordRestriction(aRestriction({ watchId: watch.id, revision: { number: 1, reading } } as never));
    const statuses = [1, 2, 3, 4].map(async (n) => (await back.get(`/watches/${watch.id}/revisions/${n}`)).status);
    expect(await Promise.all(statuses)).toEqual([403, 200, 403, 200]);
    const changes = [2, 3, 4].map(async (n) => (await back.get(`/watches/${watch.id}/changes/${n}`)).status);
    expect(await Promise.all(changes)).toEqual([403, 403, 403]);
    expect((await back.get("/")).text).not.toMatch(wordsOf("alpha"));
    expect(made.watch.id).toBe(watch.id);
  });

  it("says that nothing is listed only where nothing is left", async () => {
    const room = aReadingRoom({ now: DAY });
    for (let n = 0; n < 3; n++) {
      const drafts = Array.from({ length: 40 }, (_, index) => draft(`x${index}`));
      const { watch } = await room.publish(`https://paper${n}.example/a`, n === 0 ? drafts.slice(0, 2) : drafts);
      if (n > 0) await room.ledger.recordRestriction(aRestriction({ watchId: watch.id }));
    }
    const { text } = await room.get("/");
    expect(textOf(text, "main")).not.toContain("No change has been seen yet");
    expect(linksOf(text).filter((link) => /changes\/2$/.test(link))).toHaveLength(1);
  });
});

describe("search", () => {
  it("finds no hidden text, and goes on to what is not hidden", async () => {
    const made = await hiding({ kind: "hold" }, 4);
    const found = async (app: Made["shut"], question: string) =>
      linksOf(await (await app.request(`/search?q=${question}`)).text()).filter((link) => link.includes("/revisions/"));
    expect(await found(made.open, "deltaword")).toEqual([`/watches/${made.watch.id}/revisions/4`]);
    expect(await found(made.shut, "deltaword")).toEqual([]);
    expect(await found(made.shut, "bravoword")).toEqual([`/watches/${made.watch.id}/revisions/2`]);
    expect(await found(made.shut, "ferrytwoword")).toEqual([`/watches/${made.other.id}/revisions/2`]);
  });
});

describe("a restriction", () => {
  it("takes effect on a picture that was drawn before, and on an answer that a cache keeps", async () => {
    const made = await aRoom(() => []);
    let now = DAY;
    const app = roomFor({
      ...gated({ ...made.room, clock: { ...made.room.clock, now: () => now } }, "reader"),
      words: ENGLISH,
      viewer: "reader",
    });
    const card = () => app.request(`/watches/${made.watch.id}/changes/2/card.png`);
    const before = await card();
    expect([before.status, before.headers.get("Cache-Control")]).toEqual([200, "public, no-cache"]);
    const etag = before.headers.get("ETag") ?? "";
    await made.room.ledger.recordRestriction(aRestriction({ watchId: made.watch.id, kind: "takedown" } as never));
    now = addSeconds(now, 2);
    const again = await app.request(`/watches/${made.watch.id}/changes/2/card.png`, {
      headers: { "If-None-Match": etag },
    });
    expect([again.status, again.headers.get("Cache-Control")]).toEqual([410, "no-store"]);
  });

  it("ends with its embargo, without anybody's hand", async () => {
    const made = await hiding({ kind: "embargo", until: addSeconds(DAY, 60) } as never, 2);
    const at = async (seconds: number) => {
      const services = { ...made.room, clock: { ...made.room.clock, now: () => addSeconds(DAY, seconds) } };
      const app = roomFor({ ...gated(services, "reader"), words: ENGLISH, viewer: "reader" });
      return (await app.request(`/watches/${made.watch.id}/revisions/2`)).status;
    };
    expect([await at(59), await at(60)]).toEqual([403, 200]);
  });
});

describe("a tombstone", () => {
  it.each([
    ["a hold", { kind: "hold", reason: "reason-of-hold" }, 403, "Held back"],
    [
      "an embargo",
      { kind: "embargo", until: "2026-04-01T08:00:00.000Z", reason: "reason-of-hold" },
      403,
      "Under embargo",
    ],
    ["a takedown", { kind: "takedown", reason: "It named a minor" }, 410, "Taken down"],
    ["a demand", { kind: "takedown", legal: true, reason: "Order 7" }, 451, "Taken down"],
  ])("tells of %s what readers may know", async (_what, act, status, title) => {
    const made = await hiding(act as never, 2);
    const response = await made.shut.request(`/watches/${made.watch.id}/revisions/2`);
    const text = await response.text();
    expect([response.status, textOf(text, "h1")]).toEqual([status, title]);
    const { reading = "", recordId = "" } = (await made.room.ledger.revision(made.watch.id, 2)) ?? {};
    expect(text).toContain(reading);
    expect(text).toContain(recordId);
    const main = textOf(text, "main");
    if (act.kind === "takedown") expect(main).toMatch(/1 March 2026, 12:00 UTC.*The reason given: (It named|Order 7)/);
    else expect(main).not.toContain("reason-of-hold");
    if (act.kind === "embargo") expect(main).toContain("before 1 April 2026, 08:00 UTC");
    expect(response.headers.get("Cache-Control")).toBe("no-store");
  });

  it("stands for a whole watch with the hashes of its texts", async () => {
    const made = await hiding({ kind: "takedown", reason: "It named a minor" });
    for (const path of ["", "/history", "/revisions/3", "/feed.atom", "/compare/1...2"]) {
      const response = await made.shut.request(`/watches/${made.watch.id}${path}`);
      expect([path, response.status]).toEqual([path, 410]);
      const text = await response.text();
      for (const { reading } of (await made.room.ledger.revisions(made.watch.id, { limit: 9 })).rows) {
        expect(text).toContain(reading);
      }
      expect(text).not.toMatch(/gazette/);
    }
  });

  it("shows a reason as text, whatever it is", async () => {
    const made = await hiding({ kind: "takedown", reason: "<script>alert(1)</script>" }, 2);
    const text = await (await made.shut.request(`/watches/${made.watch.id}/revisions/2`)).text();
    expect(text).not.toContain("<script>alert");
    expect(textOf(text, "main")).toContain("<script>alert(1)</script>");
  });
});

describe("the operator's link", () => {
  const session = async (room: ReturnType<typeof aReadingRoom>, link: string) => {
    const { headers } = await room.get(link.replace(/^https:\/\/[^/]+/, ""));
    return { Cookie: headers.get("Set-Cookie")?.split(";")[0] ?? "" };
  };

  /** A room with a held text, a text under embargo, and one that was taken down. */
  async function held(given: Partial<ReadingRoomServices>) {
    const room = aReadingRoom({ now: DAY, ...given });
    const { watch } = await room.publish(STORY, NAMES.map(draft));
    const kinds = [{ kind: "hold" }, { kind: "embargo", until: addSeconds(DAY, 9) }, { kind: "takedown" }] as const;
    for (const [index, kind] of kinds.entries()) {
      const { reading = "" } = (await room.ledger.revision(watch.id, index + 1)) ?? {};
      const revision = { number: index + 1, reading };
      await room.ledger.recordRestriction(aRestriction({ watchId: watch.id, revision, ...kind } as never));
    }
    const texts = async (headers: Record<string, string>) =>
      Promise.all(
        [1, 2, 3, 4].map(async (n) => (await room.get(`/watches/${watch.id}/revisions/${n}`, { headers })).status),
      );
    return { room, watch, texts };
  }

  it("shows what is held or under embargo, and not what was taken down", async () => {
    const { room, texts, watch } = await held({ operatorKey: KEY });
    expect(await texts({})).toEqual([403, 403, 410, 200]);
    const operator = await session(room, operatorLink("https://room.example", KEY));
    expect(await texts(operator)).toEqual([200, 200, 410, 200]);
    const { text, headers } = await room.get(`/watches/${watch.id}`, { headers: operator });
    expect(text).toContain(ENGLISH.restricted.operator);
    expect([headers.get("Cache-Control"), headers.get("Vary")]).toEqual([
      "private, no-cache",
      "Cookie, Accept-Language",
    ]);
    expect((await room.get(`/watches/${watch.id}`)).text).not.toContain(ENGLISH.restricted.operator);
  });

  it("is signed with the private room's own secret, and opens the room; a reader's link shows nothing hidden", async () => {
    const access = { kind: "private", key: KEY } as const;
    const { room, texts } = await held({ access });
    expect(await texts(await session(room, readerLink("https://room.example", KEY)))).toEqual([403, 403, 410, 200]);
    expect(await texts(await session(room, operatorLink("https://room.example", KEY)))).toEqual([200, 200, 410, 200]);
    expect((await room.get("/")).status).toBe(403);
  });

  it("is believed of nobody who has not the secret", async () => {
    const { room, texts } = await held({ operatorKey: KEY });
    const hidden = [403, 403, 410, 200];
    expect(await texts(await session(room, operatorLink("https://room.example", `${KEY}!`)))).toEqual(hidden);
    expect(await texts(await session(room, readerLink("https://room.example", KEY)))).toEqual(hidden);
    const { texts: keyless } = await held({});
    expect(await keyless({ Cookie: `variorum-reader=2036-01-01T00:00:00.000Z.${sha256("")}` })).toEqual(hidden);
  });
});
