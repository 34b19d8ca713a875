import { describe, expect, it, vi } from "vitest";
import { ArchiveDamage } from "../../shared/ports/archive.ts";
import { ANSWER_BYTES } from "../../shared/reading-room/captured.ts";
import { textOf } from "./markup.ts";
import { aReadingRoom } from "./reading-room.ts";

const STORY = "https://gazette.example/harbour-bridge";

describe("every answer", () => {
  it.each(["/", "/watches", "/no-such-page", "/feeds/all.atom", "/health"])(
    "of %s carries the guards",
    async (path) => {
      const { headers } = await aReadingRoom().get(path);
      expect(headers.get("Content-Security-Policy")).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(headers.get("Referrer-Policy")).toBe("no-referrer");
      expect(headers.get("X-Frame-Options")).toBe("DENY");
      expect(headers.get("Cross-Origin-Opener-Policy")).toBe("same-origin");
      expect(headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
      expect(headers.get("Set-Cookie")).toBeNull();
    },
  );

  it("asks for https from then on where the address is https, and not elsewhere", async () => {
    const of = async (address: string | null) =>
      (await aReadingRoom({ address }).get("/")).headers.get("Strict-Transport-Security");
    expect([await of("https://room.example"), await of("http://127.0.0.1:8080"), await of(null)]).toEqual([
      "max-age=31536000",
      null,
      null,
    ]);
  });

  it("has no script but one file of ours and asks nothing of another host", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, [{ text: ["It lasts 3 days."] }, { text: ["It lasts 30 days."] }]);
    const { text } = await room.get(`/watches/${watch.id}/changes/2`);
    expect(text).not.toMatch(/<img|<iframe|@import|url\(/i);
    expect(text.match(/<script[^>]*>[^<]*/g)).toEqual([
      expect.stringMatching(/^<script src="\/assets\/[^"]+" defer>$/),
    ]);
    expect((await room.get("/")).text).not.toContain("<script");
    expect([...text.matchAll(/(?:src|rel="stylesheet" href)="([^"]+)"/g)].map(([, address]) => address?.[0])).toEqual([
      "/",
      "/",
    ]);
  });

  it("is asked for anew, and not sent again while it is the same", async () => {
    const room = aReadingRoom();
    const { headers } = await room.get("/");
    expect(headers.get("Cache-Control")).toBe("public, no-cache");
    const again = await room.get("/", { headers: { "If-None-Match": headers.get("ETag") ?? "" } });
    expect([again.status, again.text, again.headers.get("Cache-Control")]).toEqual([304, "", "public, no-cache"]);
  });

  it("answers HEAD as GET, without the body", async () => {
    const { status, text, headers } = await aReadingRoom().get("/", { method: "HEAD" });
    expect([status, text, headers.get("Content-Type")]).toEqual([200, "", "text/html; charset=UTF-8"]);
  });
});

describe("what is not there", () => {
  const paths = (id: string) => [
    "/no-such-page",
    "/watches/none",
    `/watches/${id}/revisions/9`,
    `/watches/${id}/revisions/0`,
    `/watches/${id}/revisions/01`,
    `/watches/${id}/revisions/1e0`,
    `/watches/${id}/revisions/-1`,
    `/watches/${id}/revisions/99999999999999999999`,
    `/watches/${id}/revisions/9/capture`,
    `/watches/${id}/changes/1`, // the baseline is no change
    `/watches/${id}/changes/9`,
    `/watches/${id}/compare/1...9`,
    `/watches/${id}/compare/1..2`,
    `/watches/${id}/compare/1...2...1`,
    `/watches/${"x".repeat(65)}`,
    "/watches/%2e%2e%2fledger",
    "/assets/reading-room.0000000000000000.css",
  ];

  it("is a 404 page that leads home", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, [{ text: ["It lasts 3 days."] }, { text: ["It lasts 30 days."] }]);
    for (const path of paths(watch.id)) {
      const { status, text } = await room.get(path);
      expect([path, status, textOf(text, "h1")]).toEqual([path, 404, "There is no such page"]);
      expect(text).toContain('<a href="/">');
    }
  });
});

describe("what cannot be meant", () => {
  it.each([
    "/?after=%00",
    `/?after=${"x".repeat(2000)}`,
    "/watches/abc?before=yesterday",
    "/watches/abc/compare",
    "/watches/abc/compare?a=1",
    "/watches/abc/compare?a=1&b=0",
    "/watches/abc/compare?a=1.5&b=2",
    "/watches/abc/compare?a=1&b=Infinity",
  ])("%s is a 400 page", async (path) => {
    const { status, text } = await aReadingRoom().get(path);
    expect([status, textOf(text, "h1")]).toEqual([400, "This address cannot be understood"]);
  });

  it("a cursor of nobody's making goes on nowhere", async () => {
    const room = aReadingRoom();
    await room.publish(STORY, [{ text: ["It lasts 3 days."] }, { text: ["It lasts 30 days."] }]);
    for (const path of ["/?after=!", "/watches?after=zzz%23%23", "/watches?after=~"]) {
      expect((await room.get(path)).status).toBe(200);
    }
  });

  it.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])("%s is told that this room is for reading", async (method) => {
    const { status, headers } = await aReadingRoom().get("/", { method });
    expect([status, headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
  });
});

describe("what breaks", () => {
  it("is reported to the operator and shown as our fault, without its particulars", async () => {
    const report = vi.fn();
    const room = aReadingRoom({ report });
    const broken = { ...room.ledger, recent: () => Promise.reject(new Error("secret path /data")) };
    const { status, text } = await aReadingRoom({ report, ledger: broken }).get("/");
    expect([status, textOf(text, "h1")]).toEqual([500, "Something went wrong here"]);
    expect(text).not.toContain("secret");
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ message: "secret path /data" }), "/");
  });

  it("is named damage where the archive does not give back what the ledger names", async () => {
    const report = vi.fn();
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, [{ text: ["It lasts 3 days."] }, { text: ["It lasts 30 days."] }]);
    const lost = aReadingRoom({ report, ledger: room.ledger });
    for (const page of ["/revisions/1", "/changes/2", "/revisions/1/capture"]) {
      const { status, text } = await lost.get(`/watches/${watch.id}${page}`);
      expect([page, status, textOf(text, "h1")]).toEqual([
        page,
        500,
        "What is kept for this page is damaged or missing",
      ]);
    }
    expect(report.mock.calls.map(([error]) => error instanceof ArchiveDamage)).toEqual([true, true, true]);
  });

  it("is told before it breaks: a capture too large for an answer", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, [{}]);
    const evidence = { ...room.evidence, read: async () => new Uint8Array(ANSWER_BYTES + 1) };
    const { status } = await aReadingRoom({ ...room, evidence }).get(`/watches/${watch.id}/revisions/1/capture`);
    expect(status).toBe(413);
  });
});

describe("health", () => {
  it.each([
    ["alive", "2026-03-01T12:03:00.000Z", 200, true],
    ["late", "2026-03-01T12:05:00.000Z", 503, false],
  ])("is told to monitors: %s", async (_fact, now, status, alive) => {
    const room = aReadingRoom({ now });
    await room.ledger.recordTick("2026-03-01T12:01:00.000Z");
    const answer = await room.get("/health");
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      status,
      { alive, lastTick: "2026-03-01T12:01:00.000Z", now },
    ]);
  });
});
