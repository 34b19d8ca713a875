import { describe, expect, it } from "vitest";
import { compareArticles } from "../../shared/diff/compare.ts";
import { changeAsHtml } from "../../shared/diff/render/html.ts";
import { changeAsJson } from "../../shared/diff/render/json.ts";
import { changeAsText } from "../../shared/diff/render/text.ts";
import type { Block } from "../../shared/domain/article.ts";
import { readingDigest } from "../../shared/domain/article.ts";
import { articleOf } from "./articles.ts";

const INTRO = "All day long we follow the search for the ferry in the sound.";
const SAID = [
  "The ferry left the harbour at six with forty people on board.",
  "A second boat was sent out when the radio fell silent.",
  "Goal for the home side, and nobody in the stands looks at the sea.",
  "The minister said that the coastguard had all the help it needed.",
  "Goal for the home side, and nobody in the stands looks at the sea.",
  "Fog has come down over the sound, and the helicopter turned back.",
  "A life raft was found empty off the northern skerries at noon.",
  "All forty are safe, the harbour master says, and on their way home.",
];
const entry = (key: number, text = SAID[key]!): Block[] => [
  { kind: "entry", text: `Entry ${key}`, level: 2, entry: `e${key}` },
  { kind: "paragraph", text, entry: `e${key}` },
];
const blog = (...entries: readonly Block[][]) => articleOf([INTRO, ...entries.flat()]);
const changes = (...given: Parameters<typeof compareArticles>) =>
  compareArticles(...given).segments.filter(({ kind }) => kind !== "unchanged");
const told = (...given: Parameters<typeof compareArticles>) => {
  const { before, after } = compareArticles(...given);
  return changes(...given).map((segment) => [
    segment.kind,
    segment.after ? after[segment.after.paragraph] : before[segment.before!.paragraph],
  ]);
};

describe("a live blog", () => {
  it("tells a new entry on top as just that, its twin further down notwithstanding", () => {
    expect(told(blog(entry(2), entry(1), entry(0)), blog(entry(4), entry(2), entry(1), entry(0)))).toEqual([
      ["added", "Entry 4"],
      ["added", SAID[4]],
    ]);
  });

  it("tells an edit inside an entry as just that", () => {
    const edited = SAID[0]!.replace("forty", "fifty");
    expect(told(blog(entry(2), entry(1), entry(0)), blog(entry(2), entry(1), entry(0, edited)))).toEqual([
      ["edited", edited],
    ]);
  });

  it("has changed nothing when it is turned round", () => {
    const [newestFirst, oldestFirst] = [blog(entry(2), entry(1), entry(0)), blog(entry(0), entry(1), entry(2))];
    expect(readingDigest(oldestFirst)).toBe(readingDigest(newestFirst));
    expect(changes(newestFirst, oldestFirst)).toEqual([]);
  });

  it("tells an edit and nothing else when it is turned round with it", () => {
    const edited = SAID[1]!.replace("second", "third");
    const [before, after] = [blog(entry(2), entry(1), entry(0)), blog(entry(0), entry(1, edited), entry(2))];
    expect(readingDigest(after)).not.toBe(readingDigest(before));
    expect(told(before, after)).toEqual([["edited", edited]]);
  });

  it("has the same digest when its keys are others", () => {
    const renamed = blog(entry(1), entry(0)).blocks.map((block) =>
      block.entry ? { ...block, entry: `x${block.entry}` } : block,
    );
    expect(readingDigest(articleOf(renamed))).toBe(readingDigest(blog(entry(1), entry(0))));
  });

  it.each<[what: string, before: readonly number[], after: readonly number[], pagedOut: number | undefined]>([
    ["that left at the old end when as many new ones came are counted", [5, 4, 3, 1, 0], [7, 6, 5, 4, 3], 2],
    ["also where the newest stands last", [0, 1, 3, 4, 5], [1, 3, 4, 5, 6], 1],
    ["that left though fewer came are removed", [5, 4, 3, 1, 0], [6, 5, 4, 3], undefined],
    ["that left the middle are removed", [5, 4, 3, 1, 0], [6, 5, 4, 1, 0], undefined],
    ["that left a page of a few are removed", [3, 1, 0], [4, 3, 1], undefined],
  ])("entries %s", (_what, before, after, pagedOut) => {
    const [old, now] = [blog(...before.map((key) => entry(key))), blog(...after.map((key) => entry(key)))];
    expect(compareArticles(old, now).pagedOut).toBe(pagedOut);
    const [text, html] = [changeAsText(compareArticles(old, now)), changeAsHtml(compareArticles(old, now))];
    const said = `${pagedOut === 1 ? "1 entry" : `${pagedOut} entries`} left at the old end`;
    expect([text, html].map((shown) => shown.includes(said))).toEqual(Array(2).fill(pagedOut !== undefined));
    expect(text).not.toContain("next page"); // the oldest may as well have been taken out
    expect(changeAsJson(compareArticles(old, now)).leftAtOldEnd).toBe(pagedOut);
    expect(changes(old, now).some(({ kind }) => kind === "removed")).toBe(pagedOut === undefined);
  });

  it("that became one, or was one, is compared as it stands", () => {
    const plain = articleOf([INTRO, SAID[0]!]);
    expect(told(plain, blog(entry(0)))).toEqual([["added", "Entry 0"]]);
    expect(told(blog(entry(0)), plain)).toEqual([["removed", "Entry 0"]]);
  });
});
