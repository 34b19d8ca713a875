import { describe, expect, it } from "vitest";
import { MOST_ENROLLED } from "../../shared/domain/enrolment.ts";
import type { FailureKind } from "../../shared/domain/failure.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import { enrolmentDesk } from "../../shared/pipeline/enrol.ts";
import { enrolLink, operatorLink, readerLink } from "../../shared/reading-room/app.ts";
import type { ReadingRoomServices } from "../../shared/reading-room/services.ts";
import { aRestriction, aState } from "../support/builders.ts";
import { HOSTILE } from "./hostile.ts";
import { intrusions, textOf } from "./markup.ts";
import { aReadingRoom, publish } from "./reading-room.ts";

const KEY = "o".repeat(43);
const ADDRESS = "https://room.example";
const STORY = "https://gazette.example/bridge";

/** A room with the form, and its editor's browser. */
async function anEditorsRoom(given: Partial<ReadingRoomServices> = {}, contact: string | null = "desk@room.example") {
  const base = aReadingRoom();
  const enrolling = enrolmentDesk({ ...base, settings: { contact } });
  const room = aReadingRoom({ ...base, address: ADDRESS, operatorKey: KEY, enrolling, ...given });
  const session = async (link: string) => {
    const { headers } = await room.get(link.slice(ADDRESS.length));
    return headers.get("Set-Cookie")?.split(";")[0] ?? "";
  };
  const cookie = await session(enrolLink(ADDRESS, KEY));
  const get = (path: string, headers: Record<string, string> = { Cookie: cookie }) => room.get(path, { headers });
  const token = /name="token" value="([\w-]+)"/.exec((await get("/enrol")).text)?.[1] ?? "";
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    room.get(path, {
      method: "POST",
      body: new URLSearchParams({ token, ...fields }),
      headers: { Origin: ADDRESS, Cookie: cookie, ...headers },
    });
  /** @returns the page that tells what came of them */
  const enrol = async (urls: readonly string[], tags = "") => {
    const { status, headers } = await post("/enrol", { urls: urls.join("\r\n"), tags, every: "3600" });
    expect(status).toBe(303);
    return headers.get("Location") ?? "";
  };
  const watches = async () => (await room.ledger.watches({ limit: 1000 })).rows;
  return { ...room, room, session, cookie, get, post, enrol, watches, token };
}

const rowsOf = (text: string): string[] =>
  text.split('<ol class="enrolled"')[1]?.split("</ol>")[0]?.split("<li>").slice(1) ?? [];

describe("the form for adding articles", () => {
  it("opens with the editors' or the operator's link, never the reader's or a feed's", async () => {
    const access = { kind: "private", key: "r".repeat(43) } as const;
    const { room, session, get, cookie } = await anEditorsRoom({ access });
    const reader = await session(readerLink(ADDRESS, access.key));
    const editor = await get("/enrol");
    expect([editor.status, textOf(editor.text, "h1")]).toEqual([200, "Add articles"]);
    expect((await get("/enrol", { Cookie: await session(operatorLink(ADDRESS, KEY)) })).status).toBe(200);
    const others = ["", reader, reader.replace("reader", "enrol"), cookie.replace(/.$/, "!")];
    const forged = await session(enrolLink(ADDRESS, access.key));
    for (const other of [...others, forged]) expect((await get("/enrol", { Cookie: other })).status).toBe(403);
    expect((await get("/")).status).toBe(403); // the editors' link opens no private room
    expect((await room.get("/", { headers: { Cookie: cookie.replace("enrol", "reader") } })).status).toBe(403);
    expect(editor.text).not.toMatch(/\?key=/);
  });

  it("has a session for itself alone, and is kept by nobody", async () => {
    const { room, get } = await anEditorsRoom();
    const { headers } = await room.get(enrolLink(ADDRESS, KEY).slice(ADDRESS.length));
    expect(headers.get("Location")).toBe("/enrol");
    expect(headers.get("Set-Cookie")).toMatch(
      /^variorum-enrol=[^;]+; Max-Age=7776000; Path=\/enrol; HttpOnly; Secure; SameSite=Lax$/,
    );
    for (const path of ["/enrol", "/enrol/x"]) {
      expect((await get(path)).headers.get("Cache-Control")).toBe("no-store");
    }
  });

  it("is filled in by the bookmarklet's address, which adds nothing", async () => {
    const { get, watches } = await anEditorsRoom();
    const { text } = await get(`/enrol?url=${encodeURIComponent(`${STORY}?a=1&b=</textarea><script>`)}`);
    expect(textOf(text, "textarea")).toBe(`${STORY}?a=1&b=</textarea><script>`);
    expect(text).toContain(
      "javascript:location.href=&quot;https://room.example/enrol?url=&quot;+encodeURIComponent(location.href)",
    );
    expect(await watches()).toEqual([]);
  });

  it("tells at once what is no address, watched already, or twice in the list", async () => {
    const { publish, enrol, get, watches } = await anEditorsRoom();
    await publish(STORY, [{}], { id: watchIdOf(STORY), tags: ["old"] });
    const place = await enrol(
      [
        `${STORY}#top`,
        "# a remark",
        "",
        "https://paper.example/a?utm_source=x",
        "https://paper.example/a",
        "paper.example/b",
        "javascript:alert(1)",
        "ftp://x.example/",
        `https://long.example/${"x".repeat(3000)}`,
      ],
      "harbour, council ,harbour",
    );
    const { text } = await get(place);
    const rows = rowsOf(text).map((row) => textOf(row, "strong"));
    expect(rows).toEqual(["watched before", "not read yet", "twice in the list", ...Array(4).fill("no address")]);
    expect(rowsOf(text)[0]).toContain(`href="/watches/${watchIdOf(STORY)}"`);
    expect(rowsOf(text)[3]).toContain("did you mean https://paper.example/b?");
    const added = await watches();
    expect(added.map(({ tags, cadenceSeconds }) => [tags, cadenceSeconds])).toEqual([
      [["old"], 900],
      [["harbour", "council"], 3600],
    ]);
    expect((await get(place)).text).toBe(text);
  });

  it("shows what was read of each page, and why others were not", async () => {
    const room = await anEditorsRoom();
    const failing: readonly (readonly [FailureKind, string])[] = [
      ["challenge", "blocked"],
      ["robots-disallowed", "blocked"],
      ["soft-404", "no article"],
      ["address-forbidden", "forbidden address"],
      ["timeout", "no answer"],
    ];
    const urls = failing.map(([kind]) => `https://paper.example/${kind}`);
    const place = await room.enrol([STORY, "https://gazette.example/wall", ...urls]);
    const read = async (url: string, draft: Parameters<typeof publish>[2][number]) => {
      const watch = await room.ledger.watch(watchIdOf(url));
      if (watch) await publish(room.room, watch, [draft]);
    };
    await read(STORY, { text: ["Crossing is barred for 3 days.", "The mayor spoke."], byline: "Ada Field" });
    await read("https://gazette.example/wall", { flags: ["paywall: the page says that .x is not free"] });
    for (const [kind] of failing) {
      const failure = { kind, detail: "<b>told</b>", at: "2026-03-01T12:00:00.000Z" };
      const id = watchIdOf(`https://paper.example/${kind}`);
      await room.ledger.settle(id, aState({ newest: 0, checked: failure.at, failures: 1, failure }));
    }
    const page = await anotherLook(room, place);
    const rows = rowsOf(page);
    expect(rows.map((row) => textOf(row, "strong"))).toEqual([
      "readable",
      "behind a paywall",
      ...failing.map(([, name]) => name),
    ]);
    expect(textOf(rows[0] ?? "", ".enrolled-reading")).toBe(
      "Harbour bridge closed after inspection Crossing is barred for 3 days. The mayor spoke. 9 words · by Ada Field",
    );
    expect(rows[2]).toContain("&lt;b&gt;told&lt;/b&gt;");
    const blocked = await anotherLook(room, `${place}?show=blocked`);
    expect(rowsOf(blocked)).toHaveLength(2);
    expect(blocked.match(/ checked/g)).toHaveLength(2);
    expect(textOf(page, "nav[aria-label='How they stand']")).toContain("blocked: 2");
  });

  it("takes back what this list added, and nothing else", async () => {
    const room = await anEditorsRoom();
    await room.publish(STORY, [{}], { id: watchIdOf(STORY) });
    const place = await room.enrol([STORY, "https://paper.example/a", "https://paper.example/b"]);
    const [a, others] = [watchIdOf("https://paper.example/a"), [watchIdOf(STORY), "nobody"]];
    for (const watch of [a, ...others]) {
      const { status, headers } = await room.post(`${place}?show=waiting`, { watch });
      expect([status, headers.get("Location")]).toEqual([303, `${place}?show=waiting`]);
    }
    expect((await room.watches()).map(({ url }) => url)).toEqual([STORY, "https://paper.example/b"]);
    expect(rowsOf(await anotherLook(room, place)).map((row) => textOf(row, "strong"))).toEqual([
      "watched before",
      "taken back",
      "not read yet",
    ]);
  });

  it("shows an editor no word that is kept from readers", async () => {
    const room = await anEditorsRoom();
    const place = await room.enrol([STORY]);
    const watch = await room.ledger.watch(watchIdOf(STORY));
    if (!watch) throw new Error("it was added");
    const { newest } = await publish(room.room, watch, [{ headline: "secretword", text: ["secretword"] }]);
    expect(await anotherLook(room, place)).toContain("secretword");
    const revision = { number: newest.number, reading: newest.reading };
    await room.ledger.recordRestriction(aRestriction({ watchId: watch.id, kind: "takedown", revision }));
    const fresh = await anEditorsRoom({
      ledger: room.ledger,
      derived: room.derived,
      enrolling: enrolmentDesk({ ...room.room, settings: { contact: "x@y.example" } }),
    });
    const page = await anotherLook(fresh, place);
    expect(page).not.toContain("secretword");
    expect(textOf(rowsOf(page)[0] ?? "", "strong")).toBe("kept from readers");
  });

  it("takes a form only from its own page, with its own session", async () => {
    const room = await anEditorsRoom();
    const fields = { urls: STORY, tags: "", every: "900" };
    const refused = [
      await room.post("/enrol", fields, { Origin: "https://evil.example" }),
      await room.post("/enrol", fields, { Origin: "null" }),
      await room.post("/enrol", fields, { Origin: "", "Sec-Fetch-Site": "cross-site" }),
      await room.post("/enrol", fields, { Cookie: "" }),
      await room.post("/enrol", { ...fields, token: "" }),
      await room.post("/enrol", { ...fields, token: "x".repeat(43) }),
      await room.post("/enrol", fields, { Cookie: await room.session(operatorLink(ADDRESS, KEY)) }), // another's token
    ];
    expect(refused.map(({ status }) => status)).toEqual(Array(7).fill(403));
    for (const method of ["PUT", "DELETE", "PATCH"])
      expect((await room.room.get("/enrol", { method })).status).toBe(405);
    expect((await room.post("/enrol/x", {})).status).toBe(405);
    expect(await room.watches()).toEqual([]);
  });

  it.each([
    ["nothing", { urls: "# nothing\n\n" }, "no address in the list"],
    [
      "too many",
      { urls: Array.from({ length: MOST_ENROLLED + 1 }, (_, n) => `https://a.example/${n}`).join("\n") },
      "more than 500",
    ],
    ["tags that are none", { tags: `${"x".repeat(61)}, y` }, "more than ten tags"],
    ["a cadence that is not offered", { every: "1" }, "how often"],
  ])("refuses %s in words, adds nothing, and shows the form as it was filled in", async (_what, fields, words) => {
    const room = await anEditorsRoom();
    const sent = { urls: STORY, tags: "<harbour>", every: "900", ...fields };
    const { status, text } = await room.post("/enrol", sent);
    expect([status, textOf(text, "[role=alert]")]).toEqual([422, expect.stringContaining(words)]);
    expect(textOf(text, "textarea")).toBe(sent.urls.replace(/\s+/g, " ").trim());
    expect(text).toContain(`value="${sent.tags.replaceAll("<", "&lt;").replaceAll(">", "&gt;")}"`);
    expect(await room.watches()).toEqual([]);
  });

  it("takes five hundred at once, and shows fifty at a time", async () => {
    const room = await anEditorsRoom();
    const place = await room.enrol(Array.from({ length: MOST_ENROLLED }, (_, n) => `https://paper.example/${n}`));
    expect(await room.watches()).toHaveLength(MOST_ENROLLED);
    expect(rowsOf(await anotherLook(room, place))).toHaveLength(50);
    expect(rowsOf(await anotherLook(room, `${place}?from=450`))[49]).toContain("https://paper.example/499");
    expect((await room.post("/enrol", { urls: "x".repeat(600_000), every: "900" })).status).toBe(413);
  });

  it("adds nothing of others while no contact is set", async () => {
    const room = await anEditorsRoom({}, null);
    const loopless = enrolmentDesk({ ...room.room, settings: { contact: null } });
    const enrolled = await loopless.enrol({ urls: STORY, tags: "", cadenceSeconds: 900 });
    const [entry] = "id" in enrolled ? ((await loopless.enrolment(enrolled.id))?.entries ?? []) : [];
    expect(entry).toMatchObject({ kind: "refused", problem: expect.stringContaining("contact") });
  });

  it("is closed where no form can be sent, and says so", async () => {
    const { status, text } = await aReadingRoom({ operatorKey: KEY }).get("/enrol");
    expect([status, textOf(text, "main")]).toEqual([403, expect.stringContaining("command line")]);
  });
});

/** The bookmarklet is a script by its nature: a link of ours, whose address no list and no page has a part in. */
const withoutBookmarklet = (text: string): string =>
  text.replace(/<a href="javascript:location\.href=[^"<>]*">/, "<a>");

describe.each(HOSTILE)("%s", (_kind, text) => {
  it("stays text on the editors' pages", async () => {
    const room = await anEditorsRoom();
    const sent = text.toWellFormed();
    const prefilled = await room.get(`/enrol?url=${encodeURIComponent(sent.slice(0, 2000))}`);
    const refused = await room.post("/enrol", { urls: sent, tags: sent, every: "1" });
    const place = await room.enrol(
      [STORY, text, `https://paper.example/${text.slice(0, 1000)}`],
      text
        .replaceAll(",", "")
        .slice(0, 50)
        .replace(/\p{Cc}/gu, ""),
    );
    const watch = await room.ledger.watch(watchIdOf(STORY));
    if (watch) await publish(room.room, watch, [{ headline: text, byline: text, language: text, text: [text] }]);
    const pages = [prefilled.text, refused.text, await anotherLook(room, place)].map(withoutBookmarklet);
    for (const page of pages) expect([intrusions(page), page.includes("\0")]).toEqual([[], false]);
  });
});

async function anotherLook(room: Awaited<ReturnType<typeof anEditorsRoom>>, place: string): Promise<string> {
  const { status, text } = await room.room.get(place, { headers: { Cookie: room.cookie } });
  expect(status).toBe(200);
  return text;
}
