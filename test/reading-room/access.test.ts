import { describe, expect, it } from "vitest";
import { robotsAllow } from "../../shared/domain/robots.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { readerLink } from "../../shared/reading-room/app.ts";
import { aRevision, aWatch, NOON } from "../support/builders.ts";
import { linksOf, textOf } from "./markup.ts";
import { aReadingRoom } from "./reading-room.ts";

const KEY = "a secret of the operator, long and random: 7f1c5a0e9b";
const ADDRESS = "https://room.example";
const PRIVATE = { access: { kind: "private", key: KEY } as const };

/** The path and query of a link. */
const pathOf = (link: string): string => link.slice(new URL(link).origin.length);

/** The cookie that a reader's link sets, as a browser sends it back. */
async function cookieFrom(room: ReturnType<typeof aReadingRoom>, key = KEY): Promise<string> {
  const { headers } = await room.get(pathOf(readerLink(ADDRESS, key)));
  return headers.get("Set-Cookie")?.split(";")[0] ?? "";
}

describe("a private reading room", () => {
  it.each([
    "/",
    "/watches",
    "/watches/abc",
    "/watches/abc/changes/2",
    "/watches/abc/revisions/1/capture",
    "/feeds/all.atom",
    "/watches/abc/feed.atom",
    "/no-such-page",
    "/health/",
    "//health",
    "/HEALTH",
  ])("keeps %s shut, and tells how it opens", async (path) => {
    const { status, text, headers } = await aReadingRoom(PRIVATE).get(path);
    expect([status, textOf(text, "h1")]).toEqual([403, "This reading room is private"]);
    expect(textOf(text, "main")).toContain("Ask for the link");
    expect(headers.get("Cache-Control")).toBe("no-store");
  });

  it("lets the monitor alone read a self-test, for as long as it lasts, without a key", async () => {
    const room = aReadingRoom({ ...PRIVATE, address: ADDRESS });
    const path = "/selftest/20260301120000000-7f1c5a0e";
    expect((await room.get(path)).status).toBe(404);
    const watch = aWatch({ url: `${ADDRESS}${path}` });
    await room.ledger.addWatch(watch);
    expect((await room.get(path)).status).toBe(404); // somebody's own idea
    await room.ledger.changeWatch(watch.id, { status: "removed" });
    await room.ledger.addWatch({ ...watch, selfTest: "mail" });
    const { status, text, headers } = await room.get(path);
    expect([status, textOf(text, "h1")]).toEqual([200, "Variorum self-test, 2026-03-01 12:00 UTC"]);
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(text).toContain("12 times a day");
    await room.ledger.recordRevision(aRevision({ watchId: watch.id, number: 1 }), watch.url);
    expect((await room.get(path)).text).toContain("31 times a day");
    expect(robotsAllow((await room.get("/robots.txt")).text, `${ADDRESS}${path}`, "Variorum").allowed).toBe(true);
    expect(robotsAllow((await room.get("/robots.txt")).text, `${ADDRESS}/watches`, "Variorum").allowed).toBe(false);
    await room.ledger.changeWatch(watch.id, { status: "removed" });
    expect((await room.get(path)).status).toBe(404);
  });

  it("opens with the reader's link, which leaves its token behind", async () => {
    const room = aReadingRoom(PRIVATE);
    const { status, headers } = await room.get(pathOf(readerLink(ADDRESS, KEY)));
    expect([status, headers.get("Location")]).toEqual([303, "/"]);
    expect(headers.get("Cache-Control")).toBe("no-store");
    const cookie = headers.get("Set-Cookie") ?? "";
    expect(cookie).toMatch(/^variorum-reader=[^;]+; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain(new URL(readerLink(ADDRESS, KEY)).searchParams.get("key"));
    expect((await room.get("/", { headers: { Cookie: await cookieFrom(room) } })).status).toBe(200);
  });

  it("sends the session over https alone where its address is https", async () => {
    const room = aReadingRoom({ ...PRIVATE, address: ADDRESS });
    const { headers } = await room.get(pathOf(readerLink(ADDRESS, KEY)));
    expect(headers.get("Set-Cookie")).toContain("; Secure");
  });

  it("keeps its pages out of shared caches and indexes", async () => {
    const room = aReadingRoom(PRIVATE);
    const { headers } = await room.get("/", { headers: { Cookie: await cookieFrom(room) } });
    expect(headers.get("Cache-Control")).toBe("private, no-cache");
    expect(headers.get("Vary")).toBe("Cookie, Accept-Language");
    expect(headers.get("X-Robots-Tag")).toBe("noindex");
  });

  it("stays shut for a link of another key, a token cut short, and none", async () => {
    const room = aReadingRoom(PRIVATE);
    const other = pathOf(readerLink(ADDRESS, `${KEY}!`));
    for (const path of [other, pathOf(readerLink(ADDRESS, KEY)).slice(0, -1), "/enter?key=", "/enter"]) {
      const { status, headers } = await room.get(path);
      expect([path, status, headers.get("Set-Cookie")]).toEqual([path, 403, null]);
    }
  });

  it("ends a session after 90 days", async () => {
    const cookie = await cookieFrom(aReadingRoom({ ...PRIVATE, now: NOON }));
    const at = (days: number) => aReadingRoom({ ...PRIVATE, now: addSeconds(NOON, days * 86_400) });
    expect((await at(89).get("/", { headers: { Cookie: cookie } })).status).toBe(200);
    expect((await at(91).get("/", { headers: { Cookie: cookie } })).status).toBe(403);
  });

  it("believes no session that was lengthened, signed with another key, or made of a link's token", async () => {
    const room = aReadingRoom(PRIVATE);
    const good = decodeURIComponent(await cookieFrom(room));
    const token = new URL(readerLink(ADDRESS, KEY)).searchParams.get("key") ?? "";
    const forged = [
      good.replace("2026", "2036"),
      decodeURIComponent(await cookieFrom(aReadingRoom({ access: { kind: "private", key: "other" } }), "other")),
      `variorum-reader=${token}`,
      `variorum-reader=2036-01-01T00:00:00.000Z.${token}`,
      "variorum-reader=",
      "variorum-reader=.",
    ];
    for (const cookie of forged) {
      const [name, value = ""] = cookie.split(/=(.*)/s);
      const { status } = await room.get("/", { headers: { Cookie: `${name}=${encodeURIComponent(value)}` } });
      expect([cookie, status]).toEqual([cookie, 403]);
    }
  });

  it("gives feed readers a key that opens feeds and nothing else", async () => {
    const room = aReadingRoom(PRIVATE);
    const { text } = await room.get("/", { headers: { Cookie: await cookieFrom(room) } });
    const feed = linksOf(text).find((link) => link.startsWith("/feeds/all.atom")) ?? "";
    const key = feed.split("?key=")[1];
    expect((await room.get(feed)).status).toBe(200);
    expect((await room.get(`/?key=${key}`)).status).toBe(403);
    expect((await room.get(`/enter?key=${key}`)).status).toBe(403);
    expect((await room.get(`/feeds/all.atom?key=${key}x`)).status).toBe(403);
  });

  it("gives a stranger no key, whatever is asked for and however", async () => {
    const room = aReadingRoom({ ...PRIVATE, address: ADDRESS });
    const asked = [
      "/",
      "/enter",
      "/enter?key=x",
      "/assets/none.css",
      "/health",
      "/robots.txt",
      "/feeds/all.atom?key=x",
    ];
    for (const path of asked) {
      for (const method of ["GET", "POST"]) {
        const { text, headers } = await room.get(path, { method });
        expect([path, /key=[\w-]{20}/.test(text), headers.get("Set-Cookie")]).toEqual([path, false, null]);
      }
    }
  });

  it("lets monitors see whether it is alive, and browsers its style sheet", async () => {
    const room = aReadingRoom(PRIVATE);
    const { text } = await room.get("/");
    const style = /href="(\/assets\/reading-room\.[0-9a-f]{16}\.css)"/.exec(text)?.[1] ?? "";
    expect((await room.get("/health")).status).toBe(503);
    expect((await room.get(style)).headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
  });
});

describe("a public reading room", () => {
  it("needs no link, and lets one that was shared before lead home", async () => {
    const room = aReadingRoom();
    expect((await room.get("/")).status).toBe(200);
    const { status, headers } = await room.get("/enter?key=whatever");
    expect([status, headers.get("Location"), headers.get("Set-Cookie")]).toEqual([303, "/", null]);
  });
});

describe("readerLink", () => {
  it("is the same each time and differs with the key", () => {
    expect(readerLink(`${ADDRESS}/`, KEY)).toBe(readerLink(ADDRESS, KEY));
    expect(readerLink(ADDRESS, KEY)).not.toBe(readerLink(ADDRESS, `${KEY}2`));
    expect(readerLink(ADDRESS, KEY)).toMatch(/^https:\/\/room\.example\/enter\?key=[\w-]{43}$/);
  });
});
