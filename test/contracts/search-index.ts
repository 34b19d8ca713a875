import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseSearchQuery } from "../../shared/domain/search-query.ts";
import type { IndexedText, SearchIndex, SearchPage } from "../../shared/ports/search-index.ts";

export interface SearchSetup {
  readonly index: SearchIndex;
  /** Another instance on the same storage, as another process would have. */
  reopen(): SearchIndex;
  close(): void | Promise<void>;
}

/** One version of an article as a test gives it. */
export function aText(watchId: string, number: number, text: string, given: Partial<IndexedText> = {}): IndexedText {
  return {
    watchId,
    number,
    url: `https://www.${watchId}.example/story`,
    article: `articles/${watchId}-${number}.json.gz`,
    headline: null,
    paragraphs: text.split("\n"),
    ...given,
  };
}

/** What every search index promises; see shared/ports/search-index.ts. */
export function searchIndexContract(name: string, open: () => Promise<SearchSetup>): void {
  describe(`${name} as a search index`, () => {
    let setup: SearchSetup;
    let index: SearchIndex;
    beforeEach(async () => {
      setup = await open();
      index = setup.index;
    });
    afterEach(() => setup.close());

    const find = (question: string, page: Partial<SearchPage> = {}) =>
      index.find(parseSearchQuery(question), { limit: 10, ...page });
    /** `bridge 2/3`: found in version 2 of 3. */
    const found = async (question: string, page: Partial<SearchPage> = {}): Promise<string[]> =>
      (await find(question, page)).hits.map(({ watchId, number, newest }) => `${watchId} ${number}/${newest}`);

    it("is begun once something was added, be it nothing", async () => {
      expect(await index.isBegun()).toBe(false);
      expect(await found("bridge")).toEqual([]);
      await index.add([]);
      expect(await index.isBegun()).toBe(true);
      expect(await setup.reopen().isBegun()).toBe(true);
      expect(await found("bridge")).toEqual([]);
    });

    it("finds in headline and text, for every instance", async () => {
      await index.add([aText("bridge", 1, "The bridge is closed.", { headline: "Harbour news" })]);
      expect(await found("closed")).toEqual(["bridge 1/1"]);
      expect(await found("harbour")).toEqual(["bridge 1/1"]);
      const again = await setup.reopen().find(parseSearchQuery("harbour closed"), { limit: 1 });
      expect(again.hits).toEqual([{ watchId: "bridge", number: 1, newest: 1, article: "articles/bridge-1.json.gz" }]);
    });

    it("tells whether words still stand, came back, or were taken out in which version", async () => {
      await index.add([
        aText("gone", 1, "Three were hurt."),
        aText("gone", 2, "Three were hurt, police said."),
        aText("gone", 3, "Police said nothing."),
        aText("gone", 4, "Police still said nothing."),
        aText("back", 1, "Three were hurt."),
        aText("back", 2, "Some were hurt."),
        aText("back", 3, "Three were hurt."),
        aText("new", 1, "Nothing is known."),
        aText("new", 2, "At least three are hurt."),
      ]);
      expect(await found("three hurt")).toEqual(["new 2/2", "back 3/3", "gone 2/4"]);
      expect(await found("three hurt in:current")).toEqual(["new 2/2", "back 3/3"]);
      expect(await found("three hurt in:earlier")).toEqual(["gone 2/4"]);
    });

    it("finds all words in one version, not in two", async () => {
      await index.add([aText("two", 1, "The ferry sails."), aText("two", 2, "The bridge is open.")]);
      expect(await found("ferry bridge")).toEqual([]);
      expect(await found("ferry -bridge")).toEqual(["two 1/2"]);
    });

    it.each<readonly [what: string, question: string, hits: readonly string[]]>([
      ["all words, in any order", "open bridge", ["b", "a"]],
      ["whole words", "bridg", []],
      ["beginnings", "bridg*", ["b", "a"]],
      ["phrases", '"harbour bridge"', ["a"]],
      ["no phrase over the end of a paragraph", '"again tolls"', []],
      ["without a word", "bridge -tolls", ["b"]],
      ["without a phrase", 'bridge -"harbour bridge"', ["b"]],
      ["whatever the case and the accents of Latin letters", "CAFE", ["c"]],
      ["words with an apostrophe", "isn't", ["c"]],
      ["of a source", "bridge source:a.example", ["a"]],
      ["of the domain above it", "source:example", []],
      ["not of a source", "bridge -source:www.a.example", ["b"]],
      ["of a source alone", "source:www.b.example", ["b"]],
      ["no source in the text", "www", []],
    ])("finds %s", async (_what, question, hits) => {
      await index.add([
        aText("a", 1, "The harbour bridge is open again\nTolls are due."),
        aText("b", 1, "An open question: the bridge over the harbour"),
        aText("c", 1, "The café isn't there"),
      ]);
      expect((await find(question)).hits.map(({ watchId }) => watchId)).toEqual(hits);
    });

    it.each([
      [
        "en",
        "The council’s budget was re-opened on Monday.",
        ["council's budget", '"re-opened on monday"', "ope* bud*"],
        ["budge"],
      ],
      [
        "de",
        "Die Größe der Straßenbahn überraschte viele Fußgänger.",
        ["strassenbahn", "große", '"überraschte viele"'],
        ["bahn"],
      ],
      [
        "id",
        "Gubernur membantah kabar kenaikan tarif bus-bus kota.",
        ["tarif kota", '"membantah kabar"', "kenai*"],
        ["naik"],
      ],
      ["ru", "Ёлку на площади Ленина открыли вчера.", ["ёлку площади", '"площади ленина"', "откры*"], ["лени"]],
      ["ar", "أعلنت الوزارة إغلاق الجسر القديم.", ["إغلاق الجسر", '"الجسر القديم"', "الوز*"], ["جسر"]],
      ["zh", "北京大学周三宣布关闭旧桥。", ["北京", "大学", '"关闭旧桥"', "北京 旧桥"], ["京北"]],
      ["ja", "東京都は水曜日、古い橋を閉鎖した。", ["東京", "水曜日", '"橋を閉鎖"'], ["都東"]],
      ["th", "กรุงเทพมหานครประกาศปิดสะพานเก่าเมื่อวันพุธ", ["กรุงเทพ", "สะพาน", '"ปิดสะพาน"'], ["พานสะ"]],
    ])("finds words of %s, and none that are not there", async (_language, text, there, notThere) => {
      await index.add([aText("story", 1, text), aText("other", 1, "Something else.")]);
      for (const question of there) expect([question, await found(question)]).toEqual([question, ["story 1/1"]]);
      for (const question of notThere) expect([question, await found(question)]).toEqual([question, []]);
    });

    it("takes each version once, in whatever steps and orders they come", async () => {
      const first = aText("story", 1, "The bridge is closed.");
      await index.add([aText("story", 2, "The bridge is open."), first]);
      await index.add([first, first, aText("story", 3, "The bridge is gone.")]);
      await setup.reopen().add([first]);
      expect(await found("closed")).toEqual(["story 1/3"]);
      expect(await found("bridge")).toEqual(["story 3/3"]);
    });

    it("goes through all that there is in pages, each article once", async () => {
      const ids = Array.from({ length: 23 }, (_, n) => `w${n}`);
      for (const number of [1, 2, 3]) {
        for (let at = 0; at < ids.length; at += 6) {
          await index.add(ids.slice(at, at + 6).map((id) => aText(id, number, `The bridge, version ${number}.`)));
        }
      }
      const seen: string[] = [];
      let after: string | undefined;
      let pages = 0;
      do {
        const page = await find("bridge", { limit: 4, ...(after !== undefined && { after }) });
        seen.push(...page.hits.map(({ watchId }) => watchId));
        after = page.next;
        pages += 1;
      } while (after !== undefined && pages < 50);
      expect(seen).toEqual(ids.toReversed());
      expect(pages).toBe(6);
    });

    it("passes over what may not be shown, on every page, and still fills it", async () => {
      await index.add(Array.from({ length: 12 }, (_, n) => aText(`w${n}`, 1, "The bridge is closed.")));
      const choose: SearchPage["choose"] = async (hits) =>
        hits.map(({ watchId }) => Number(watchId.slice(1)) % 2 === 0);
      const first = await find("bridge", { limit: 4, choose });
      expect(first.hits.map(({ watchId }) => watchId)).toEqual(["w10", "w8", "w6", "w4"]);
      const second = await find("bridge", { limit: 4, choose, after: first.next ?? "" });
      expect(second.hits.map(({ watchId }) => watchId)).toEqual(["w2", "w0"]);
      expect(second.next).toBeUndefined();
      expect(await found("bridge", { choose: async (hits) => hits.map(() => false) })).toEqual([]);
    });

    it("looks at so much for one page, then says where to go on", async () => {
      await index.add(Array.from({ length: 450 }, (_, n) => aText(`w${n}`, 1, "The bridge is closed.")));
      let shown = 0;
      const choose: SearchPage["choose"] = async (hits) => {
        shown += hits.length;
        return hits.map(({ watchId }) => watchId === "w0");
      };
      const first = await find("bridge", { choose });
      expect(first.hits).toEqual([]);
      expect(first.next).toBeDefined();
      expect(shown).toBeLessThanOrEqual(200);
      let after = first.next;
      for (let pages = 0; after !== undefined && pages < 5; pages++) {
        const page = await find("bridge", { choose, after });
        if (page.hits.length > 0) expect(page.hits[0]?.watchId).toBe("w0");
        after = page.next;
      }
      expect(shown).toBe(450);
    });

    it("answers whatever it is asked", async () => {
      await index.add([aText("story", 1, "The bridge is closed.")]);
      const hostile = [
        '" OR 1=1 --',
        "bridge AND",
        "NEAR(bridge closed, 2)",
        "{headline}: bridge",
        "place:watch",
        'source:"a\' OR ""',
        '-"',
        "*",
        "^bridge",
        "bridge\0closed",
        "\ud800bridge",
        "(".repeat(400),
        "a -".repeat(200),
        "\u202ebridge",
        "¶",
        "source:watch:story",
      ];
      for (const question of hostile) expect(Array.isArray((await find(question)).hits)).toBe(true);
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: "binary", maxLength: 60 }), async (question) => {
          expect(Array.isArray((await find(question)).hits)).toBe(true);
        }),
        { numRuns: 60 },
      );
    });

    it.each(["", "0", "-1", "x", "1e9", "9".repeat(30)])(
      "refuses the place %j, which it never gave out",
      async (after) => {
        await index.add([aText("story", 1, "The bridge is closed.")]);
        await expect(find("bridge", { after })).rejects.toThrow(RangeError);
      },
    );
  });
}
