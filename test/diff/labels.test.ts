import { describe, expect, it } from "vitest";
import { compareArticles } from "../../shared/diff/compare.ts";
import { LABEL_STANDING } from "../../shared/diff/standing.ts";
import type { Article, Block } from "../../shared/domain/article.ts";
import { articleOf, FERRY, ferryWith } from "./articles.ts";

const comparison = (before: readonly string[], after: readonly (string | Block)[], fields: Partial<Article> = {}) =>
  compareArticles(articleOf(before, fields), articleOf(after, fields));
const hints = (...args: Parameters<typeof comparison>) => (comparison(...args).hints ?? []).map(({ kind }) => kind);

describe("hints", () => {
  it.each([
    ["a denial", ferryWith("the damage was small", "the damage was not small"), ["negation"]],
    [
      "a denial drawn together",
      ferryWith("until the hull is safe", "until the hull isn’t safe"),
      ["quotation", "negation"],
    ],
    ["a hedge", ferryWith("The company declined", "The company reportedly declined"), ["hedging"]],
    ["a verb that hedges", ferryWith("has served the islands", "may have served the islands"), ["hedging"]],
    ["a denial in a rewritten phrase", ferryWith("the damage was small", "nobody had seen it yet at all"), []],
    ["a month, which is no hedge", ferryWith("inspected in May", "inspected in June"), []],
    ["a misspelt word", ferryWith("reporters", "repotrers"), ["spelling"]],
    ["another ending", ferryWith("freight along", "freights along"), []],
    ["another person", ferryWith("Ilse Varga", "Maria Varga"), ["name"]],
    ["a term that also stands in small letters", ferryWith("Ilse Varga", "Harbour Varga"), []],
    ["an update", [...FERRY, "Update: the ferry sailed at noon."], ["update"]],
    ["a clarification", [...FERRY, "Clarification: the crack was above the water."], ["correction", "clarification"]],
    ["an editor's note", [...FERRY, "Editor’s note: names were changed."], ["correction", "editors-note"]],
    ["a retraction", [...FERRY, "Retraction: this story was wrong."], ["correction", "retraction"]],
  ])("tell %s", (_what, after, expected) => {
    expect(hints(FERRY, after)).toEqual(expected);
    expect(comparison(FERRY, after).labels.filter(({ kind }) => expected.includes(kind))).toEqual([]);
  });

  it("tell where a link leads elsewhere though its words stayed", () => {
    const linked = (target: string): Block[] =>
      FERRY.map((text, index) => ({ kind: "paragraph", text, ...(index === 1 ? { links: [target] } : {}) }));
    const found = compareArticles(
      articleOf(linked("https://harbour.example/a")),
      articleOf(linked("https://harbour.example/b")),
    );
    expect(found.hints).toMatchObject([{ kind: "link", after: [{ paragraph: 1, start: 0 }] }]);
    expect(found.segments.every(({ kind }) => kind === "unchanged")).toBe(true);
  });

  it("tell links and captions apart from one that holds a comma", () => {
    const linked = (...links: string[]) =>
      articleOf([...FERRY.slice(1), { kind: "paragraph", text: FERRY[0]!, links }]);
    const kinds = (...sides: Parameters<typeof compareArticles>) =>
      compareArticles(...sides).hints?.map(({ kind }) => kind);
    expect(kinds(linked("https://a.example/b,c"), linked("https://a.example/b", "c"))).toEqual(["link"]);
    const captioned = (...texts: string[]) =>
      articleOf([...FERRY, ...texts.map((text): Block => ({ kind: "caption", text }))]);
    expect(kinds(captioned("In May,at sea"), captioned("In May", "at sea"))).toEqual(["caption"]);
  });

  it("tell another caption, which stands outside the compared text", () => {
    const caption = (text: string): Block => ({ kind: "caption", text });
    const before = articleOf([...FERRY, caption("The ferry in May.")]);
    expect(compareArticles(before, articleOf([...FERRY, caption("The ferry in June.")])).hints).toEqual([
      { kind: "caption" },
    ]);
  });

  it("are absent when nothing is doubtful", () => {
    expect(comparison(FERRY, ferryWith("small", "slight"))).not.toHaveProperty("hints");
  });
});

describe("numbers that changed", () => {
  it.each([
    ["number", "140 passengers", "1,400 passengers", "140", "1400"],
    ["date", "in 1998", "in 1989", "1998", "1989"],
    ["date", "on Monday after", "on 12 March after", undefined, undefined],
    ["date", "It was last inspected in May", "It was last inspected in May", undefined, undefined],
  ])("are a %s: %s, %s", (quantity, from, to, was, is) => {
    const { labels } = comparison(FERRY, ferryWith(from, to));
    expect(labels.flatMap(({ values }) => values ?? [])).toEqual(was ? [{ quantity, from: was, to: is }] : []);
  });

  it.each([
    ["money", "$1.5 million", "$2.5 million"],
    ["money", "1.200 Euro", "1.300 Euro"],
    ["money", "Rp 5.000", "Rp 6.000"],
    ["money", "Rp4.000", "Rp5.500"],
    ["money", "EUR5", "EUR6"],
    ["percentage", "12 %", "13 %"],
    ["percentage", "12 per cent", "21 per cent"],
    ["date", "12 March", "21 March"],
    ["date", "May 12, 2024", "May 13, 2024"],
    ["date", "12/03/2024", "13/03/2024"],
    ["date", "2024年3月1日", "2024年3月2日"],
    ["money", "-$5", "$5"],
    ["money", "€5m", "€5bn"],
    ["number", "3 ships", "4 ships"],
  ])("are told by what stands beside them: %s in %s", (quantity, from, to) => {
    const text = (value: string) => [`The council said on Tuesday that it comes to ${value} in the end, as planned.`];
    const { labels } = comparison(text(from), text(to));
    expect(labels.flatMap(({ values }) => values ?? [])).toMatchObject([{ quantity }]);
  });

  it.each([
    ["5 million", "5 billion", "5 million", "5 billion"],
    ["5 million", "6 billion", "5 million", "6 billion"],
    ["5", "5 million", "5", "5 million"],
    ["$5m", "$5 billion", "5 million", "5 billion"],
    ["5 Millionen Euro", "5 Milliarden Euro", "5 million", "5 milliarde"],
    ["5 millones", "5 mil millones", "5 millón", "5 mil millones"],
    ["Rp5 juta", "Rp5 miliar", "5 juta", "5 miliar"],
    ["5万元", "5亿元", "5 万", "5 亿"],
    ["-5 percent", "5 percent", "-5", "5"],
    ["−5%", "+5%", "-5", "5"],
    ["(-5)", "(-6)", "-5", "-6"],
  ])("have their sign and magnitude: %s became %s", (from, to, was, is) => {
    const text = (value: string) => [`The council said on Tuesday that it comes to ${value} in the end, as planned.`];
    const { labels } = comparison(text(from), text(to));
    expect(labels.flatMap(({ values }) => values ?? [])).toMatchObject([{ from: was, to: is }]);
    expect(hints(text(from), text(to))).toEqual([]);
  });

  it.each([
    ["another way to write a magnitude", "$5m", "$5 million"],
    ["a plus", "5%", "+5%"],
    ["a dash between two numbers", "10 -20 people", "10 - 20 people"],
    ["a length", "5 m of rope", "5 mm of rope"],
    ["a word beside a number", "5 people", "5 new people"],
    ["another number beside one", "5 percent", "5 10 percent"],
    ["magnitudes without a number", "millions of crowns", "billions of crowns"],
  ])("are not %s", (_what, from, to) => {
    const text = (value: string) => [`The council said on Tuesday that it comes to ${value} in the end, as planned.`];
    expect(comparison(text(from), text(to)).labels.map(({ kind }) => kind)).not.toContain("number");
    expect(hints(text(from), text(to))).toEqual([]);
  });

  it.each([
    ["a list marker", "3. Check the hull before every single trip.", "4. Check the hull before every single trip."],
    [
      "a section's number",
      "6.1 Your rights on board the ferry are these.",
      "6.2 Your rights on board the ferry are these.",
    ],
    ["an enumerator", "You may bring (1) a bag and a coat.", "You may bring (2) a bag and a coat."],
  ])("are not %s, by its position", (_what, before, after) => {
    expect(comparison([before], [after]).labels).toEqual([]);
    expect(hints([before], [after])).toEqual([]);
  });

  it.each([
    ["a counter", "Comments 36", "Comments 37"],
    ["a place in a document", "This is told in section 5 of the terms.", "This is told in section 6 of the terms."],
    ["a part of an address", "Write to 12 Quay Street at once.", "Write to 5 Mill Lane at once."],
    ["a part of a link", "See https://a.example/?id=12 for more.", "See https://a.example/?id=13 for more."],
  ])("are doubtful in %s", (_what, before, after) => {
    expect(comparison([before], [after]).labels).toEqual([]);
    expect(hints([before], [after])).toEqual(["number"]);
  });
});

describe("quotations that changed", () => {
  const speech = (words: string) => [`The harbour master, Ms. Varga, said: ${words}`];
  it.each([
    ["in speech", speech("“We will sail on Monday night.”"), speech("“We will sail on Tuesday night.”"), ["quotation"]],
    [
      "in speech without capitals",
      ["町の時計師は「古い図面を読むことから始めたのです」と話した。"],
      ["町の時計師は「図面なしで歯車を測ることから始めたのです」と話した。"],
      ["quotation"],
    ],
    [
      "not in a title",
      ["See the page “Your Rights As A Passenger” for more of it."],
      ["See the page “Your Duties As A Passenger” for more of it."],
      [],
    ],
    [
      "not after a lost opening mark",
      ["The crew » went home early that day."],
      ["The crew » went home late that day."],
      [],
    ],
  ])("count %s", (_what, before, after, found) => {
    expect(comparison(before, after).labels).toEqual([]);
    expect(hints(before, after).filter((kind) => kind === "quotation")).toEqual(found);
  });
});

describe("the table of standings", () => {
  it("decides which findings are labels", () => {
    const { labels, hints: grey = [] } = comparison(FERRY, [
      ...ferryWith("140 passengers", "150 passengers"),
      "Update: the ferry sailed at noon.",
    ]);
    expect(labels.map(({ kind }) => LABEL_STANDING[kind])).toEqual(["filterable"]);
    expect(grey.map(({ kind }) => LABEL_STANDING[kind])).toEqual(["grey"]);
  });
});
