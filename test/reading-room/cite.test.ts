import { describe, expect, it } from "vitest";
import { watchIdOf } from "../../shared/domain/url.ts";
import { aRestriction } from "../support/builders.ts";
import { HOSTILE } from "./hostile.ts";
import { intrusions, linksOf, textOf } from "./markup.ts";
import { aReadingRoom } from "./reading-room.ts";

const STORY = "https://gazette.example/harbour-bridge";
const ADDRESS = "https://room.example";
const PRIVATE = { access: { kind: "private", key: "k".repeat(43) } as const };

const drafts = [
  { byline: "Ana Reyes", siteName: "The Gazette", published: "2026-02-27T08:30:00+01:00", text: ["It lasts 3 days."] },
  { byline: "Ana Reyes", siteName: "The Gazette", published: "2026-02-27T08:30:00+01:00", text: ["It lasts 30 days."] },
];

async function aRoom(given: Parameters<typeof aReadingRoom>[0] = {}) {
  const room = aReadingRoom({ address: ADDRESS, ...given });
  const { watch } = await room.publish(STORY, drafts);
  const readings = [1, 2].map(async (n) => (await room.ledger.revision(watch.id, n))?.reading ?? "");
  return { ...room, watch, readings: await Promise.all(readings) };
}

describe("a quotation", () => {
  it("of a change has what it read, both instants, the hashes and its permanent page", async () => {
    const { get, watch, readings } = await aRoom();
    const { status, headers, text } = await get(`/watches/${watch.id}/changes/2/cite.txt`);
    expect([status, headers.get("Content-Type")]).toEqual([200, "text/plain; charset=utf-8"]);
    expect(text).toBe(
      [
        "“Harbour bridge closed after inspection”, The Gazette",
        "By Ana Reyes",
        STORY,
        "Edited between 12:16 and 12:31 UTC on 1 March 2026.",
        "Before: It lasts 3 days.",
        "After: It lasts 30 days.",
        `Revision 1: first seen 1 March 2026, 12:01 UTC (2026-03-01T12:01:00.400Z), reading SHA-256 ${readings[0]}`,
        `Revision 2: first seen 1 March 2026, 12:31 UTC (2026-03-01T12:31:00.400Z), reading SHA-256 ${readings[1]}`,
        `Permanent page: ${ADDRESS}/watches/${watch.id}/changes/2`,
        "",
      ].join("\n"),
    );
  });

  it("of a text has its own instant and hash", async () => {
    const { get, watch, readings } = await aRoom();
    const { text } = await get(`/watches/${watch.id}/revisions/1/cite.txt`);
    expect(text).toContain(readings[0]);
    expect(text).not.toContain(readings[1]);
    expect(text).toContain(`${ADDRESS}/watches/${watch.id}/revisions/1\n`);
  });

  it("stands on the page as it is handed out", async () => {
    const { get, watch } = await aRoom();
    for (const page of ["changes/2", "revisions/2"]) {
      const { text } = await get(`/watches/${watch.id}/${page}`);
      const handed = (await get(`/watches/${watch.id}/${page}/cite.txt`)).text;
      expect(textOf(text, "details.cite pre")).toBe(handed.replace(/\s+/g, " ").trim());
    }
  });
});

describe("CSL-JSON", () => {
  it("tells a reference manager what was read, when, and where it stands for good", async () => {
    const { get, watch, readings } = await aRoom();
    const { headers, text } = await get(`/watches/${watch.id}/changes/2/cite.json`);
    expect(headers.get("Content-Type")).toBe("application/vnd.citationstyles.csl+json");
    expect(JSON.parse(text)).toEqual([
      {
        id: `variorum-${watch.id}-change-2`,
        type: "webpage",
        title: "Harbour bridge closed after inspection",
        "container-title": "The Gazette",
        author: [{ literal: "Ana Reyes" }],
        issued: { "date-parts": [[2026, 2, 27]] },
        accessed: { "date-parts": [[2026, 3, 1]] },
        URL: STORY,
        language: "en",
        version: "Revision 2",
        archive: "Variorum",
        archive_location: `${ADDRESS}/watches/${watch.id}/changes/2`,
        note: `Edited after 2026-03-01T12:16:00.000Z, not after 2026-03-01T12:31:00.400Z; Revision 1: first seen 2026-03-01T12:01:00.400Z, SHA-256 ${readings[0]}; Revision 2: first seen 2026-03-01T12:31:00.400Z, SHA-256 ${readings[1]}`,
      },
    ]);
  });

  it("leaves out what a page does not claim, or not as a date", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish(STORY, [{ headline: null, published: "last Friday" }]);
    const [item] = JSON.parse((await room.get(`/watches/${watch.id}/revisions/1/cite.json`)).text);
    expect(item).toMatchObject({ title: STORY, "container-title": "gazette.example" });
    expect(Object.keys(item)).not.toEqual(expect.arrayContaining(["issued"]));
    expect("author" in item).toBe(false);
  });
});

describe("an embed", () => {
  it("may be framed by anybody in a public room, and carries nothing that runs", async () => {
    const { get, watch } = await aRoom();
    const { status, headers, text } = await get(`/watches/${watch.id}/changes/2/embed`);
    expect(status).toBe(200);
    expect(headers.get("Content-Security-Policy")).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *",
    );
    expect(headers.get("X-Frame-Options")).toBeNull();
    expect([text.includes("<script"), intrusions(text)]).toEqual([false, []]);
    expect(linksOf(text)).toEqual([`${ADDRESS}/watches/${watch.id}/changes/2`]);
    expect(textOf(text, ".excerpt")).toContain("It lasts");
    expect(Buffer.byteLength(text)).toBeLessThan(6000);
  });

  it("shows a changed headline once", async () => {
    const room = aReadingRoom({ address: ADDRESS });
    const { watch } = await room.publish(STORY, [{ headline: "Bridge closed" }, { headline: "Bridge open" }]);
    const { text } = await room.get(`/watches/${watch.id}/changes/2/embed`);
    expect(text.match(/closed/g)).toHaveLength(1);
    expect(textOf(text, "h1 ins")).toContain("open");
  });

  it("may be framed by nobody in a private room, nor any other page anywhere", async () => {
    const closed = await aRoom(PRIVATE);
    const open = await aRoom();
    const asked = [
      closed.get(`/watches/${closed.watch.id}/changes/2/embed`),
      open.get(`/watches/${open.watch.id}/changes/2`),
      open.get(`/watches/${open.watch.id}/revisions/2`),
      open.get("/embed"),
    ];
    for (const { headers } of await Promise.all(asked)) {
      expect(headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("X-Frame-Options")).toBe("DENY");
    }
  });

  it("is offered with its code where it can be seen, and only there", async () => {
    const code = async (given: Parameters<typeof aReadingRoom>[0]) => {
      const { get, watch } = await aRoom(given);
      return textOf((await get(`/watches/${watch.id}/changes/2`)).text, "details.cite code");
    };
    expect(await code({})).toBe(
      `<iframe src="${ADDRESS}/watches/${watchIdOf(STORY)}/changes/2/embed" title="Variorum: Harbour bridge closed after inspection" width="100%" height="320" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox" style="border:0"></iframe>`,
    );
    expect(await code({ address: null })).toBe("");
  });

  it("of a hidden change is its tombstone", async () => {
    const { get, watch, ledger } = await aRoom();
    await ledger.recordRestriction(aRestriction({ watchId: watch.id, kind: "takedown" } as never));
    const { status, text } = await get(`/watches/${watch.id}/changes/2/embed`);
    expect([status, text.includes("lasts")]).toEqual([410, false]);
  });

  it.each(HOSTILE)("keeps %s a text, here and in a citation", async (_kind, hostile) => {
    const room = aReadingRoom({ address: ADDRESS });
    const reading = (more: string) => ({
      headline: hostile + more,
      byline: hostile,
      siteName: hostile,
      published: hostile,
      language: hostile,
      text: [hostile + more],
    });
    const { watch } = await room.publish(STORY, [reading(""), reading(" 2")]);
    const { status, text } = await room.get(`/watches/${watch.id}/changes/2/embed`);
    expect([status, intrusions(text)]).toEqual([200, []]);
    expect(intrusions((await room.get(`/watches/${watch.id}/changes/2`)).text)).toEqual([]);
    const cited = await room.get(`/watches/${watch.id}/changes/2/cite.txt`);
    expect(cited.text.split("\n").length).toBeLessThanOrEqual(10);
    expect(cited.text).not.toMatch(/[\0-\x08\u202a-\u202e\u2066-\u2069]/);
    const item = JSON.parse((await room.get(`/watches/${watch.id}/changes/2/cite.json`)).text);
    expect(item).toHaveLength(1);
  });
});
