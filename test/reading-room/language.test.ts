import { load } from "cheerio";
import { describe, expect, it } from "vitest";
import { ENGLISH } from "../../shared/reading-room/strings.ts";
import { INDONESIAN } from "../../shared/reading-room/strings-indonesian.ts";
import { textOf } from "./markup.ts";
import { aReadingRoom } from "./reading-room.ts";

/** All that is said, by its place; of a counted sentence the form for many. */
function said(words: object, place = ""): [string, string][] {
  return Object.entries(words).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? (name === "one" ? [] : [[`${place}.${name}`, value]]) : said(value, `${place}.${name}`),
  );
}

const placesOf = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).toSorted();

describe("the Indonesian words", () => {
  const [english, indonesian] = [said(ENGLISH), new Map(said(INDONESIAN))];

  // A sentence within `groups` is called `one`, too: it counts nothing.
  it("say all that the English ones say, with the same places to fill", () => {
    expect(english.length).toBeGreaterThan(400);
    expect([...indonesian.keys()]).toEqual(expect.arrayContaining(english.map(([place]) => place)));
    for (const [place, sentence] of english) {
      expect([place, placesOf(indonesian.get(place) ?? "")]).toEqual([place, placesOf(sentence)]);
      expect([place, indonesian.get(place)?.trim()]).not.toEqual([place, ""]);
    }
    for (const words of [ENGLISH, INDONESIAN]) {
      for (const name of ["sources", "tags"] as const) expect(placesOf(words.groups[name].one)).toEqual(["{name}"]);
      expect(placesOf(words.feed.one)).toEqual(["{headline}"]);
    }
  });

  it("are not the English ones, but for names", () => {
    const same = english.filter(
      ([place, sentence]) => /[a-z]{3} [a-z]{3}/i.test(sentence) && indonesian.get(place) === sentence,
    );
    expect(same).toEqual([]);
  });
});

describe("a page's language", () => {
  it.each([
    ["id-ID,id;q=0.9,en;q=0.8", "id"],
    ["en;q=0.4, ID;q=0.5", "id"],
    ["fr-FR, id;q=0.3", "id"],
    ["id;q=0, en", "en-GB"],
    ["en-US,en;q=0.9,id;q=0.8", "en-GB"],
    ["fr", "en-GB"],
    ["*", "en-GB"],
    ["", "en-GB"],
    [";;;,q=,<script>", "en-GB"],
  ])("for %j is %s, and caches are told", async (header, language) => {
    const { status, headers, text } = await aReadingRoom().get("/", { headers: { "Accept-Language": header } });
    expect([status, load(text)("html").attr("lang"), headers.get("Vary")]).toEqual([200, language, "Accept-Language"]);
  });

  it("is spoken on every page, with days and numbers written as in it", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish("https://koran.example/pelabuhan", [
      { language: "id", text: ["Jembatan ditutup selama 3 hari."] },
      { language: "id", text: ["Jembatan ditutup selama 30 hari."] },
    ]);
    const get = async (path: string) => (await room.get(path, { headers: { "Accept-Language": "id" } })).text;
    const change = await get(`/watches/${watch.id}/changes/2`);
    expect(change).toMatch(/antara pukul .* pada 1 Maret 2026/);
    expect(textOf(change, "del .visually-hidden")).toBe("[dihapus:");
    expect(textOf(await get("/nowhere"), "h1")).toBe("Tidak ada halaman seperti itu");
    expect(textOf(await get("/subscribe"), "main")).toContain("Tidak ada server surel di sini");
    expect((await room.get("/assets/x", { headers: { "Accept-Language": "id" } })).headers.get("Vary")).toBeNull();
  });
});
