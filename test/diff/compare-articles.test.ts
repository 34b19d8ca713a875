import { describe, expect, it } from "vitest";
import { compareArticles } from "../../shared/diff/compare.ts";
import type { Block } from "../../shared/domain/article.ts";
import { articleOf, FERRY, ferryWith } from "./articles.ts";

const edit = (after: readonly (string | Block)[], fields = {}) =>
  compareArticles(articleOf(FERRY), articleOf(after, fields));
const labels = (...args: Parameters<typeof edit>) => edit(...args).labels.map(({ kind }) => kind);

describe("labels", () => {
  it("tells each field that changed, on its own", () => {
    const comparison = edit(FERRY, { headline: "Night ferry sails again", standfirst: "Repairs done", byline: null });
    expect(comparison.labels.map(({ kind }) => kind)).toEqual(["headline", "standfirst", "byline"]);
    expect(comparison.headline).toEqual({
      from: "Night ferry stays in port",
      to: "Night ferry sails again",
      words: [
        { mark: "=", text: "Night ferry " },
        { mark: "-", text: "stays in port" },
        { mark: "+", text: "sails again" },
      ],
    });
    expect(comparison.segments.every(({ kind }) => kind === "unchanged")).toBe(true);
  });

  it("finds a number that changed, with the number as evidence on both sides", () => {
    const { labels: found, before, after } = edit(ferryWith("140 passengers", "1,400 passengers"));
    expect(found.map(({ kind }) => kind)).toEqual(["number"]);
    const evidence = (side: readonly string[], spans = found[0]!.before) =>
      spans!.map(({ paragraph, start, end }) => side[paragraph]!.slice(start, end));
    expect(evidence(before)).toEqual(["140"]);
    expect(evidence(after, found[0]!.after)).toEqual(["1,400"]);
  });

  it.each([
    ["the same value written otherwise", ferryWith("1998", "1,998"), []],
    ["a sentence with a number that goes", ferryWith(" Some 140 passengers were taken to hotels.", ""), []],
    ["a word that changes", ferryWith("small", "slight"), []],
    ["words in a quotation", ferryWith("until the hull is safe", "unless the hull is sound"), ["quotation"]],
    ["words beside a quotation", ferryWith("told reporters", "told the press"), []],
    ["a number in a quotation", ferryWith("inspectors agree", "2 inspectors agree"), ["quotation"]],
    ["quotation marks in another style", ferryWith("“We", "„We"), ["typography"]],
    ["a new correction", [...FERRY, "Correction: the ferry has 140 cabins, not passengers."], ["correction"]],
    ["an update, which is no correction", [...FERRY, "Update: the ferry sailed at noon."], []],
  ])("%s", (_what, after, expected) => {
    const { labels: firm, hints = [] } = edit(after);
    const told = [...firm, ...hints].map(({ kind }) => kind);
    expect(told.filter((kind) => ["number", "quotation", "typography", "correction"].includes(kind))).toEqual(expected);
  });

  it.each([
    ["12,500", "12.500", false],
    ["12,500", "12,600", true],
    ["1 250 000", "1250000", false],
    ["3.5", "3,5", false],
    ["3.5", "35", true],
    ["1000000", "10000", true],
    ["٣٥", "35", false],
    ["18-19", "18-20", true],
    ["10:30", "10:45", true],
    ["12 dead", "dozens dead", false],
  ])("reads %s and %s as different numbers: %s", (from, to, isChange) => {
    const text = (value: string) => `Reports from the port speak of ${value} in the first week of March alone.`;
    const found = compareArticles(articleOf([text(from)]), articleOf([text(to)])).labels.map(({ kind }) => kind);
    expect(found).toEqual(isChange ? ["number"] : []);
  });

  it("counts a list marker as no number", () => {
    const before = articleOf([...FERRY, "1. Check the hull before every single trip."]);
    const after = articleOf([...FERRY, "2. Check the hull before every single trip."]);
    expect(compareArticles(before, after).labels).toEqual([]);
  });

  it("finds a sentence that goes from the middle of a quotation", () => {
    const speech =
      "“We waited all night in the rain. Nobody came to tell us anything. We want our money back,” a passenger said.";
    const before = articleOf([...FERRY, speech]);
    const after = articleOf([...FERRY, speech.replace(" Nobody came to tell us anything.", "")]);
    expect(compareArticles(before, after).hints?.map(({ kind }) => kind)).toEqual(["quotation"]);
  });

  it("reads an unclosed quotation to the end of its paragraph", () => {
    const open = "Varga said: “The hull was painted in a great hurry by people who did not know what they did.";
    const before = articleOf([...FERRY, open]);
    const after = articleOf([...FERRY, open.replace("a great hurry", "some haste")]);
    expect(compareArticles(before, after).hints?.map(({ kind }) => kind)).toEqual(["quotation"]);
  });

  it("labels nothing in a move", () => {
    expect(labels([FERRY[0]!, FERRY[4]!, ...FERRY.slice(1, 4)])).toEqual([]);
  });
});

describe("significance", () => {
  const heading = (text: string): Block => ({ kind: "heading", text, level: 2 });
  it.each([
    ["typography", ferryWith("“We", '"We'), {}, "cosmetic"],
    ["a word", ferryWith("small", "slight"), {}, "substantive"],
    ["a move", [FERRY[0]!, FERRY[4]!, ...FERRY.slice(1, 4)], {}, "substantive"],
    ["the byline", FERRY, { byline: "Ada Brandt and Jo Lind" }, "substantive"],
    ["letter case of the headline", FERRY, { headline: "Night Ferry Stays in Port" }, "cosmetic"],
    ["a claimed date alone", FERRY, { modified: "2026-03-02T08:00:00.000Z" }, "cosmetic"],
  ])("%s", (_what, after, fields, expected) => {
    expect(edit(after, fields).significance).toBe(expected);
  });

  it("takes letter case for style in headings, not in the text", () => {
    const compare = (from: string | Block, to: string | Block) =>
      compareArticles(articleOf([...FERRY, from]), articleOf([...FERRY, to])).significance;
    expect(compare(heading("What happens next"), heading("What Happens Next"))).toBe("cosmetic");
    expect(compare("The council thanked the us navy.", "The council thanked the US navy.")).toBe("substantive");
  });

  it("does not compare related links and captions", () => {
    const related: Block = { kind: "related", text: "Ten ferries you should see" };
    const caption: Block = { kind: "caption", text: "The ferry in port" };
    expect(edit([related, ...FERRY, caption]).segments.every(({ kind }) => kind === "unchanged")).toBe(true);
  });
});

describe("disclosure", () => {
  const later = { modified: "2026-03-01T12:00:00.000Z" };
  const notice = (text: string) => [...FERRY, text];
  it.each([
    ["nothing said", ferryWith("small", "slight"), {}, "none"],
    ["the date moved", ferryWith("small", "slight"), later, "date-only"],
    ["the date moved back", ferryWith("small", "slight"), { modified: "2026-02-01T12:00:00.000Z" }, "none"],
    ["the date moved in another zone only", FERRY, { modified: "2026-03-01T10:00:00+02:00" }, "none"],
    ["a notice counts before the date", notice("Clarification: the crack is 3 cm long."), later, "clarification"],
    [
      "the gravest notice counts",
      [...notice("Update: repaired."), "Correction: a crack, not a hole."],
      {},
      "correction",
    ],
    ["at the head", ["RETRACTION: this report was wrong.", ...FERRY], {}, "retraction"],
    ["in brackets", notice("(Editor’s note: the name was added.)"), {}, "editors-note"],
    [
      "a sentence at the foot",
      FERRY.map((text, index) => (index === 4 ? `${text} Updated 2 March 2026.` : text)),
      {},
      "update",
    ],
    ["by a phrase", notice("An earlier version of this article gave the wrong year."), {}, "correction"],
    [
      "the story's own words",
      ferryWith("The company declined", "Update works on board, the crew said. The company declined"),
      {},
      "none",
    ],
    ["a subject, not a heading", notice("Correction of the course took the captain an hour."), {}, "none"],
    ["Indonesian", notice("Ralat: kapal itu dibangun pada 1998."), {}, "correction"],
    ["French", notice("Mise à jour : le ferry est reparti."), {}, "update"],
    ["German", notice("Anmerkung der Redaktion: Der Name wurde ergänzt."), {}, "editors-note"],
    ["Spanish", notice("Fe de errores: el barco es de 1998."), {}, "correction"],
    ["Arabic", notice("تصحيح: بنيت العبارة عام 1998."), {}, "correction"],
    ["Chinese", notice("更正：渡轮建于1998年。"), {}, "correction"],
    ["Japanese", notice("訂正：フェリーは1998年に建造された。"), {}, "correction"],
    ["Thai", notice("แก้ไข: เรือสร้างในปี 1998"), {}, "correction"],
  ])("%s", (_what, after, fields, expected) => {
    expect(edit(after, fields).disclosure).toBe(expected);
  });

  it.each([
    [
      "an update that became a correction",
      [...FERRY, "Update: This article was updated on Monday to add a comment of the company."],
      [...FERRY, "Correction: This article was updated on Tuesday to correct the number of days."],
    ],
    [
      "a correction of one more error",
      [...FERRY, "Correction: An earlier version of this article misstated the name of the ferry."],
      [
        ...FERRY,
        "Corrections: An earlier version of this article misstated the name of the ferry and the number of days.",
      ],
    ],
    [
      "a correction of another day",
      [...FERRY, "This article was corrected on 1 March 2026."],
      [...FERRY, "This article was corrected on 2 March 2026."],
    ],
    [
      "a correction in another place",
      ["Correction: the crack is in the hull of the ferry, and repairs take 3 days.", ...FERRY],
      [...FERRY, "Correction: the crack is in the hull of the ferry, and repairs take 30 days."],
    ],
    [
      "a word put before the first paragraph",
      FERRY,
      FERRY.map((text, at) => (at === 0 ? `CORRECTION: ${text}` : text)),
    ],
  ])("counts %s", (_what, before, after) => {
    const edited = after.map((text) => text.replace("take 3 days", "take 30 days"));
    expect(compareArticles(articleOf(before), articleOf(edited)).disclosure).toBe("correction");
  });

  it("counts a headline whose notice is another", () => {
    const headed = (headline: string) => articleOf(FERRY, { headline });
    const disclosure = (before: string, after: string) => compareArticles(headed(before), headed(after)).disclosure;
    expect(disclosure("Update: Night ferry stays in port", "Corrected: Night ferry stays in port")).toBe("correction");
    expect(disclosure("Update: Night ferry stays in port", "Update: Night ferry sails")).toBe("none");
  });

  it.each([
    ["in the same words", "Correction: a crack, it’s no hole."],
    ["in other typography", "Correction: a crack, it's no hole."],
  ])("does not count a notice that was there before, %s", (_how, now) => {
    const noticed = articleOf(notice("Correction: a crack, it’s no hole."));
    expect(compareArticles(noticed, articleOf([...ferryWith("small", "slight"), now])).disclosure).toBe("none");
  });
});
