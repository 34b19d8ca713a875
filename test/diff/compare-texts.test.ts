import { describe, expect, it } from "vitest";
import { compareTexts } from "../../shared/diff/compare.ts";
import type { Segment, SegmentKind } from "../../shared/domain/comparison.ts";
import { FERRY, ferryWith } from "./articles.ts";

const changed = (before: readonly string[], after: readonly string[], language = "en") => {
  const text = (side: readonly string[], span: Segment["before"]) =>
    span && side[span.paragraph]!.slice(span.start, span.end);
  return compareTexts(before, after, { language })
    .filter(({ kind }) => kind !== "unchanged")
    .map((segment) => ({ ...segment, from: text(before, segment.before), to: text(after, segment.after) }));
};
const kinds = (before: readonly string[], after: readonly string[], language?: string): SegmentKind[] =>
  changed(before, after, language).map(({ kind }) => kind);
const marks = (segment: Segment | undefined) =>
  segment?.words?.filter(({ mark }) => mark !== "=").map(({ mark, text }) => mark + text);

describe("compareTexts", () => {
  it("finds nothing in equal texts, sentence by sentence", () => {
    const segments = compareTexts(FERRY, FERRY);
    expect(segments).toHaveLength(10);
    expect(segments.every(({ kind }) => kind === "unchanged")).toBe(true);
  });

  it("marks the one word that changed in the one sentence", () => {
    const found = changed(FERRY, ferryWith("3 days", "30 days"));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: "edited", from: "She expects repairs to take 3 days." });
    expect(marks(found[0])).toEqual(["-3", "+30"]);
  });

  it("tells an added and a removed sentence as such", () => {
    const after = ferryWith(" The company declined to comment.", "").map((paragraph, index) =>
      index === 3 ? `${paragraph} Fishing boats went out as usual.` : paragraph,
    );
    expect(changed(FERRY, after)).toMatchObject([
      { kind: "removed", from: "The company declined to comment." },
      { kind: "added", to: "Fishing boats went out as usual." },
    ]);
  });

  it("tells a moved paragraph as moved, not as removed and added", () => {
    const after = [FERRY[0]!, FERRY[4]!, FERRY[1]!, FERRY[2]!, FERRY[3]!];
    expect(changed(FERRY, after)).toMatchObject([
      { kind: "moved", from: "The ferry was built in 1998 and has served the islands since." },
      { kind: "moved", from: "It was last inspected in May." },
    ]);
  });

  it("tells two lines that were both edited as edits, though each now looks like the other", () => {
    const lines = [
      "How we share what you tell us",
      ...FERRY,
      "4. How we share what you tell us",
      "Only with the port.",
    ];
    const after = lines.with(0, "How rarely we share what you tell us").with(6, "How we share what you tell us");
    expect(kinds(lines, after)).toEqual(["edited", "edited"]);
  });

  it("of two readings of a move tells the one with fewer moved sentences", () => {
    const long = "The harbour master, who came at noon, expects that all repairs will take at least 3 days.";
    const short = ["Ferries lay idle in port.", "Buses ran late all day long.", "Trains were full by noon."];
    const [first, ...moved] = [FERRY[0]!, long];
    const found = changed([first, ...short, ...moved, FERRY[4]!], [first, ...moved, ...short, FERRY[4]!]);
    expect(found).toMatchObject([{ kind: "moved", from: long }]);
  });

  it("sees the words that changed in a sentence that moved", () => {
    const sentence = "The town council meets again on Thursday.";
    const after = ferryWith(` ${sentence}`, "");
    after[0] += ` ${sentence.replace("Thursday", "Friday")}`;
    const [found, ...more] = changed(FERRY, after);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ kind: "moved", edited: true });
    expect(marks(found)).toEqual(["-Thursday", "+Friday"]);
  });

  it("keeps a sentence that was split as one segment", () => {
    const before = [
      "Rain fell on the whole coast until the evening, and the rivers rose above their banks. Schools closed.",
    ];
    const after = [
      "Rain fell on the whole coast until the evening. The rivers rose above their banks. Schools closed.",
    ];
    expect(changed(before, after)).toMatchObject([
      { kind: "edited", to: "Rain fell on the whole coast until the evening. The rivers rose above their banks." },
    ]);
    expect(changed(after, before)).toMatchObject([
      { kind: "edited", from: "Rain fell on the whole coast until the evening. The rivers rose above their banks." },
    ]);
  });

  it("takes the other half of a split sentence for no edit of its removed neighbour", () => {
    const whole = "The crew found a crack in the hull before dawn, and the master called the inspectors at once.";
    const halves = "The crew found a crack in the hull before dawn. The master called the inspectors at once.";
    expect(changed([`${whole} The master called the owners at noon.`], [halves])).toMatchObject([
      { kind: "edited", from: whole, to: halves },
      { kind: "removed", from: "The master called the owners at noon." },
    ]);
  });

  it("sees no edit where a paragraph is only broken in two", () => {
    const broken = FERRY.flatMap((paragraph, index) =>
      index === 1
        ? ["The harbour master, Ms. Ilse Varga, said the damage was small.", "She expects repairs to take 3 days."]
        : paragraph,
    );
    expect(kinds(FERRY, broken)).toEqual([]);
  });

  it("grows neighbouring word changes into one phrase", () => {
    const [found] = changed(
      ["The boats lay in a harbour near the town all winter."],
      ["The boats lay on a lake near the town all winter."],
    );
    expect(marks(found)).toEqual(["-in a harbour", "+on a lake"]);
  });

  it("grows over two short words that touch in a script without spaces", () => {
    const [found] = changed(["港务局认为桥梁已经完全安全通行。"], ["市政府认为道路已经完全危险通行。"], "zh");
    expect(marks(found)).toEqual(["-港务局认为桥梁已经完全安全", "+市政府认为道路已经完全危险"]);
  });

  it("keeps a narrow space in its number, and out of the word before a mark", () => {
    const [spoken, counted] = changed(
      ["Il a dit oui\u202f! Le prix est de 12\u202f000 euros."],
      ["Elle a dit oui ! Le prix est de 12\u202f500 euros."],
      "fr",
    );
    expect(marks(spoken)).toEqual(["-Il", "+Elle", "-\u202f", "+ "]);
    expect(marks(counted)).toEqual(["-12\u202f000", "+12\u202f500"]);
  });

  it.each([
    ["quotation marks", ferryWith("“We", '"We').map((text) => text.replace("agree,”", 'agree,"'))],
    ["a kind of dash", ferryWith("coast road", "coast road")],
  ])("knows %s as typography", (_what, after) => {
    expect(changed(FERRY, after).every(({ cosmetic }) => cosmetic === true)).toBe(true);
  });

  it("knows dashes, ellipses and guillemets as typography, and a dropped quotation mark as none", () => {
    const edit = (from: string, to: string) => changed([from], [to]).map(({ kind, cosmetic }) => [kind, cosmetic]);
    expect(edit("Ships – all of them – wait...", "Ships — all of them — wait…")).toEqual([["edited", true]]);
    expect(edit("Il a dit « jamais » hier.", "Il a dit “jamais” hier.")).toEqual([["edited", true]]);
    expect(edit("The “safe” ferry sank in May.", "The safe ferry sank in May.")).toEqual([["edited", undefined]]);
    expect(edit("The beam is 5' long at most.", 'The beam is 5" long at most.')).toEqual([["edited", undefined]]);
  });

  it("takes white space for no edit", () => {
    expect(kinds(["Boats  lay in\u00a0port all night."], ["Boats lay in port\u200b all night."])).toEqual([]);
  });

  it("never tells a short or repeated line as a move", () => {
    const before = ["Read on.", ...FERRY.slice(0, 2), "Advertisement here", ...FERRY.slice(2), "Advertisement here"];
    const after = [...FERRY.slice(0, 2), "Advertisement here", ...FERRY.slice(2), "Advertisement here", "Read on."];
    expect(kinds(before, after).toSorted()).toEqual(["added", "removed"]);
  });

  it.each([
    [
      "zh",
      ["渡轮周一停在港口，没有出海。船员在船体上发现了裂缝。", "市议会周四再次开会。"],
      ["渡轮周二停在港口，没有出海。船员在船体上发现了裂缝。", "市议会周四再次开会。"],
      "-周一",
    ],
    [
      "ja",
      ["フェリーは月曜日に港に留まった。船体に亀裂が見つかった。"],
      ["フェリーは火曜日に港に留まった。船体に亀裂が見つかった。"],
      "-月曜日",
    ],
    [
      "ar",
      ["بقيت العبارة في الميناء يوم الاثنين. وجد الطاقم شرخا في الهيكل."],
      ["بقيت العبارة في الميناء يوم الثلاثاء. وجد الطاقم شرخا في الهيكل."],
      "-الاثنين",
    ],
    [
      "hi",
      ["नौका सोमवार को बंदरगाह में रुकी रही। चालक दल को दरार मिली।"],
      ["नौका मंगलवार को बंदरगाह में रुकी रही। चालक दल को दरार मिली।"],
      "-सोमवार",
    ],
  ])("finds the changed word of one sentence in %s", (language, before, after, first) => {
    const found = changed(before, after, language);
    expect(found).toHaveLength(1);
    expect(marks(found[0])?.[0]).toBe(first);
  });
});
