import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { fileSearchIndex } from "../../shared/adapters/search/file-search-index.ts";
import { readIntoIndex } from "../../shared/pipeline/read-into-index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { HOSTILE } from "./hostile.ts";
import { intrusions } from "./markup.ts";
import { aReadingRoom, type Draft } from "./reading-room.ts";

/** A room whose articles are in its search index. */
async function aSearchedRoom(stories: Readonly<Record<string, readonly Draft[]>>) {
  const search = fileSearchIndex(join(temporaryFolder(), "search.sqlite"));
  onTestFinished(() => search.close());
  const room = aReadingRoom({ search });
  const log = { info: () => {}, warn: () => {} };
  const ids = new Map<string, string>();
  for (const [name, drafts] of Object.entries(stories)) {
    const { watch } = await room.publish(`https://www.${name}.example/story`, drafts, { tags: [name] });
    ids.set(name, watch.id);
  }
  for (const happening of (await room.ledger.outbox({ limit: 100 })).rows) await room.ledger.markTold(happening);
  await readIntoIndex({ ...room, log }, search);
  const ask = (question: string) => room.get(`/search?${new URLSearchParams({ q: question }).toString()}`);
  return { ...room, ids, ask };
}

const text = (...sentences: string[]): Draft => ({ text: [sentences.join(" ")] });

describe("the search page", () => {
  it("shows the sentence that matched, marked, and that it still stands", async () => {
    const { ask, ids } = await aSearchedRoom({
      gazette: [text("The ferry sails.", "The bridge is closed for 30 days.", "The council meets.")],
    });
    const page = await ask("bridge 30");
    expect(page.status).toBe(200);
    expect(page.text).toContain("The <mark>bridge</mark> is closed for <mark>30</mark> days.</p>");
    expect(page.text).not.toContain("The ferry sails.");
    expect(page.text).toContain("Stands in the newest text (revision 1).");
    expect(page.text).toContain(`href="/watches/${ids.get("gazette")}/revisions/1"`);
  });

  it("says in which revision words were taken out, and leads to that change", async () => {
    const { ask, ids } = await aSearchedRoom({
      gazette: [text("Three were hurt."), text("Three were hurt, police said."), text("Some were hurt, police said.")],
    });
    const page = await ask('"three were hurt"');
    expect(page.text).toContain("<mark>Three were hurt</mark>, police said.");
    expect(page.text).toContain(
      `No longer there since <a href="/watches/${ids.get("gazette")}/changes/3">revision 3</a>.`,
    );
    expect(page.text).toContain("It last stood in revision 2.");
  });

  it("marks what stands in the headline", async () => {
    const { ask } = await aSearchedRoom({ gazette: [{ headline: "Mayor resigns", text: ["She gave no reason."] }] });
    expect((await ask("mayor")).text).toContain("><mark>Mayor</mark> resigns</a>");
  });

  it.each([
    ["ru", "Мост закрыт на 30 дней. Паром ходит.", "закрыт", "Мост <mark>закрыт</mark> на 30 дней."],
    ["ar", "الجسر مغلق. العبارة تعمل.", "مغلق", "الجسر <mark>مغلق</mark>."],
    ["zh", "旧桥关闭三十天。渡轮照常。", "关闭", "旧桥<mark>关闭</mark>三十天。"],
    ["ja", "東京都は橋を閉鎖した。船は動く。", "東京", "<mark>東京</mark>都は橋を閉鎖した。"],
    ["th", "กรุงเทพปิดสะพานเก่า", "สะพาน", "กรุงเทพปิด<mark>สะพาน</mark>เก่า"],
  ])("marks words of %s", async (language, written, question, shown) => {
    const { ask } = await aSearchedRoom({ gazette: [{ language, text: [written] }] });
    const page = await ask(question);
    expect(page.text).toContain(shown);
    expect(page.text).toContain(`lang="${language}"`);
  });

  it("finds by the tags that watches carry today", async () => {
    const { ask, ledger, ids } = await aSearchedRoom({ gazette: [text("A bridge.")], courier: [text("A bridge.")] });
    expect((await ask("bridge tag:courier")).text).not.toContain("www.gazette.example");
    await ledger.changeWatch(ids.get("gazette")!, { tags: ["courier"] });
    expect((await ask("bridge tag:courier")).text).toContain("www.gazette.example");
  });

  it("goes on page by page", async () => {
    const stories = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`paper${n}`, [text("A bridge.")]]));
    const { ask, get } = await aSearchedRoom(stories);
    const first = (await ask("bridge")).text;
    const next = /href="([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const second = (await get(next)).text;
    const count = (page: string) => page.split('class="happening found"').length - 1;
    expect([count(first), count(second)]).toEqual([10, 2]);
    expect(second).not.toContain('rel="next"');
  });

  it.each([
    ["nothing yet", "", "Finds articles by the words of any of their revisions"],
    ["what holds no word", '"" -', "There is no word in this to look for."],
    ["what is nowhere", "lighthouse", "No revision of any article has this."],
  ])("says so when asked for %s", async (_what, question, said) => {
    const { ask } = await aSearchedRoom({ gazette: [text("A bridge.")] });
    const page = await ask(question);
    expect([page.status, page.text.includes(said)]).toEqual([200, true]);
  });

  it("escapes what was asked, and what was found", async () => {
    const { ask } = await aSearchedRoom({ gazette: [text('<img src=x onerror="alert(1)"> bridge')] });
    const page = await ask('bridge "><script>alert(1)</script>');
    expect(page.status).toBe(200);
    expect(page.text).not.toContain("<script>alert");
    const found = await ask("bridge");
    expect(found.text).toContain("&lt;img src=x");
    expect(found.text).not.toContain("<img src=x");
  });

  it.each(HOSTILE)("keeps text what is hostile: %s", async (_kind, hostile) => {
    const { ask } = await aSearchedRoom({
      gazette: [{ headline: `Bridge ${hostile}`, language: hostile, text: [`A bridge ${hostile} bridge.`] }],
    });
    for (const question of [hostile, `bridge ${hostile}`, "bridge", `bridge "${hostile}" -${hostile} tag:${hostile}`]) {
      const page = await ask(question);
      expect([question, page.status, intrusions(page.text)]).toEqual([question, 200, []]);
    }
  });

  it("refuses a place that no search gave out", async () => {
    const { get } = await aSearchedRoom({ gazette: [text("A bridge.")] });
    expect((await get("/search?q=bridge&after=x")).status).toBe(400);
  });

  it("is not there without an index, nor in the navigation", async () => {
    const room = aReadingRoom();
    expect((await room.get("/search?q=bridge")).status).toBe(404);
    expect((await room.get("/")).text).not.toContain('href="/search"');
  });
});
