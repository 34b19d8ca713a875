import { describe, expect, it } from "vitest";
import type { RotatingPlace } from "../../../shared/domain/rotation.ts";
import { addSeconds } from "../../../shared/domain/time.ts";
import {
  afterCapture,
  afterRevisit,
  hasSettled,
  isEstablished,
  lastWithout,
  lastWithoutSettled,
  placesLearnt,
} from "../../../shared/normalise/rotation/rotation.ts";
import { bathsArticle, CLOSE, HOUR, holding, PROMOTIONS, readingsOf, STORY } from "../../support/baths-story.ts";
import { NOON } from "../../support/builders.ts";

const [A, B, C, D] = PROMOTIONS;
const learnt = (contents: readonly (readonly string[])[], gaps?: readonly number[]) =>
  placesLearnt(readingsOf(contents, gaps)).map(({ why }) => why);

describe("a place that rotates", () => {
  it.each<[string, string[][], number[] | undefined, string]>([
    ["unlike contents twice, minutes apart", [[A], [B], [C]], [CLOSE, CLOSE], "swapped"],
    ["unlike contents three times, one a return", [[A], [B], [A], [C]], [HOUR, HOUR, CLOSE], "swapped"],
    ["two contents to and fro", [[A], [B], [A], [B]], undefined, "flips"],
    ["there and not there", [[], [A], [], [A]], undefined, "flips"],
    ["there and not there, and another each time", [[], [A], [], [B], []], undefined, "flips"],
  ])("is learnt from %s", (_how, contents, gaps, why) => expect(learnt(contents, gaps)).toEqual([why]));

  it.each<[string, string[][], number[] | undefined]>([
    ["two readings", [[A], [B]], [CLOSE]],
    ["one change", [[A], [A], [B], [B]], undefined],
    ["a change taken back", [[A], [B], [A]], [CLOSE, CLOSE]],
    ["a paragraph added", [[], [], [A]], undefined],
    ["a paragraph added, then another in its place", [[], [A], [B]], [CLOSE, CLOSE]],
    ["what somebody rewrites twice, the second time within minutes", [[A], [B], [C]], [HOUR, CLOSE]],
    ["a figure set alone, at every look", [["12"], ["17"], ["23"], ["31"]], [CLOSE, CLOSE, CLOSE]],
    [
      "a box of figures, an element each",
      ["12 40", "17 38", "23 31", "31 5"].map((pair) => ["Dead", pair.split(" ")[0]!, "Missing", pair.split(" ")[1]!]),
      [CLOSE, CLOSE, CLOSE],
    ],
    ["what somebody rewrites hour by hour", [[A], [B], [C], [D]], undefined],
    [
      "a toll that rises, at every look",
      ["12 dead", "14 dead", "19 dead", "31 dead", "33 dead"].map((toll) => [`Police spoke of ${toll} on Friday.`]),
      [CLOSE, CLOSE, CLOSE, CLOSE],
    ],
    ["one sentence worked over within minutes", [[`${A} today`], [`${A} on Monday`], [`${A}, we hear`]], [60, 60]],
    [
      "one Chinese sentence worked over within minutes",
      [["市长说浴场将在五月关闭"], ["市长说浴场将在六月关闭"], ["市长昨天说浴场将在七月关闭"]],
      [60, 60],
    ],
    ["a place that has settled", [[A], [B], [C], [D], [D], [D]], [CLOSE]],
  ])("is not %s", (_what, contents, gaps) => expect(learnt(contents, gaps)).toEqual([]));

  it("is not the story, however often it is rewritten", () => {
    expect(
      learnt(
        PROMOTIONS.map((text) => [`${text}. `.repeat(24)]),
        [CLOSE, CLOSE, CLOSE],
      ),
    ).toEqual([]);
  });

  it("is learnt once: what is marked already is left out", () => {
    const readings = readingsOf([[A], [B], [C]], [CLOSE, CLOSE]).map((reading) => ({
      ...reading,
      article: {
        blocks: reading.article.blocks.map((block) =>
          PROMOTIONS.some((text) => text === block.text) ? { ...block, volatile: true as const } : block,
        ),
      },
    }));
    expect(placesLearnt(readings)).toEqual([]);
  });

  it("is told with where it is, what it held, and no more than fits", () => {
    const long = `${C} ${"and so on ".repeat(16)}`;
    const [place] = placesLearnt(readingsOf([[A], [B], [A], [B], [A], [D], [A], [long]], [CLOSE, CLOSE]));
    expect(place?.after).toBe(STORY[1]);
    expect(place?.before).toBe(STORY[2]);
    expect(place?.contents).toHaveLength(6);
    expect(place?.contents.at(-1)?.texts[0]).toBe(long.slice(0, 160));
    expect(place?.contents.at(-2)).toMatchObject({ texts: [A], captures: 1 });
    expect(JSON.stringify(placesLearnt(readingsOf([[A], [B], [C]], [CLOSE, CLOSE]))).length).toBeLessThan(2000);
  });

  it("is one of six at most, of twelve texts at most: DynamoDB takes items of 400 KB", () => {
    const story = Array.from({ length: 60 }, (_, n) => `${n}${"長い記事の段落".repeat(60)}`);
    const held = (round: string) => (gap: number) =>
      gap < 10 ? Array.from({ length: 12 }, (_, n) => `${round}${gap}-${n}${"広告".repeat(99)}`) : [];
    const readings = ["あ", "い", "う", "え", "あ", "い", "う"].map((round, n) => {
      const at = addSeconds(NOON, n * 60);
      return { first: at, last: at, article: bathsArticle(story.flatMap((text, gap) => [text, ...held(round)(gap)])) };
    });
    let places = placesLearnt(readings);
    expect(places).toHaveLength(6);
    const more = bathsArticle(story.flatMap((text, gap) => [text, ...held("え")(gap)]));
    places = afterCapture(places, more, addSeconds(NOON, 9000));
    expect(places.map(({ turns }) => turns)).toEqual(Array(6).fill(1));
    expect(Buffer.byteLength(JSON.stringify(places))).toBeLessThan(300 * 1024);
  });
});

/** What is known after captures of these contents, a quarter of an hour apart, since the place was learnt. */
function watched(
  contents: readonly (readonly string[])[],
  { start = placesLearnt(readingsOf([[A], [B], [C]], [CLOSE, CLOSE])), everySeconds = 900 } = {},
): readonly RotatingPlace[] {
  let [places, at] = [start, addSeconds(NOON, 2 * CLOSE)];
  for (const middle of contents) {
    at = addSeconds(at, everySeconds);
    places = afterCapture(places, holding(...middle), at);
  }
  return places;
}
const flipping = placesLearnt(readingsOf([[A], [B], [A], [B]], [CLOSE, CLOSE, CLOSE]));

describe("what is known after a capture", () => {
  it("counts a place's turns and how long each content stood", () => {
    const [place] = watched([[D], [D], [A], [B]]);
    expect(place).toMatchObject({ turns: 3, longestSeconds: 900 });
    expect(place?.contents.at(-3)).toMatchObject({ texts: [D], captures: 2 });
  });

  it("is the same when the same capture comes again", () => {
    const places = watched([[D]]);
    const at = places[0]?.contents.at(-1)?.last ?? "";
    expect(afterCapture(places, holding(A), at)).toEqual(places);
  });

  it("follows an edited neighbour, and gives a place up that is not found three times", () => {
    const edited = (middle: string) =>
      bathsArticle([STORY[0]!, STORY[1]!.replace("in May", "in June"), middle, ...STORY.slice(2)]);
    const [place] = afterCapture(watched([]), edited(D), addSeconds(NOON, 9000));
    expect(place).toMatchObject({ turns: 1, after: STORY[1]!.replace("in May", "in June") });
    let places = watched([]);
    for (const n of [1, 2, 3]) {
      expect(places).toHaveLength(1);
      places = afterCapture(
        places,
        bathsArticle(["Another text.", "Nothing of the old one is left."]),
        addSeconds(NOON, 9000 + n),
      );
    }
    expect(places).toEqual([]);
  });

  const ADDED = "A second petition, against the closure of the small pool, has been signed by five hundred people.";
  it("takes a text that outlives two others beside it for an editor's, with all that becomes of it", () => {
    const settled = (contents: readonly (readonly string[])[]) => watched(contents)[0]?.settled;
    expect(
      settled([
        [ADDED, D],
        [ADDED, A],
      ]),
    ).toEqual([]);
    expect(
      settled([
        [ADDED, D],
        [ADDED, A],
        [ADDED, B],
      ]),
    ).toEqual([ADDED]);
    const edited = ADDED.replace("five hundred", "six hundred");
    expect(
      settled([
        [ADDED, D],
        [ADDED, A],
        [ADDED, B],
        [edited, C],
      ]),
    ).toEqual([ADDED, edited]);
    // rotating ones come back, and never are
    expect(
      settled([
        [A, D],
        [B, D],
        [A, C],
        [A, B],
        [A, D],
      ]),
    ).toEqual([]);
  });

  it("tells after which capture an editor put it there", () => {
    const places = watched([[D], [ADDED, D], [ADDED, A], [ADDED, B]]);
    const before = addSeconds(NOON, 2 * CLOSE + 900);
    expect(lastWithoutSettled(places, holding(B))).toBe(before);
    expect(lastWithoutSettled(places, holding(ADDED, B))).toBeNull();
    expect(lastWithoutSettled(watched([[D]]), holding(B))).toBeNull();
  });
});

describe("a place has settled", () => {
  const settled = (places: readonly RotatingPlace[]) => places.map(hasSettled);
  it("when a content never seen before stood through three captures", () => {
    expect(settled(watched([[D], [D]]))).toEqual([false]);
    expect(settled(watched([[D], [D], [D]]))).toEqual([true]);
  });
  it("when one that came and went before stood through eight", () => {
    expect(settled(watched(Array(6).fill([B]), { start: flipping }))).toEqual([false]);
    expect(settled(watched(Array(7).fill([B]), { start: flipping }))).toEqual([true]);
  });
  it("when it stood three times as long as any other did while we looked", () => {
    const slow = [[A], [A], [A], [B], [B], [B]];
    expect(settled(watched([...slow, ...Array(7).fill([D])]))).toEqual([false]);
    expect(settled(watched([...slow, ...Array(8).fill([D])]))).toEqual([true]);
  });
  it("when the same bytes came as often", () => {
    const [first] = watched([[D]]);
    let places = [first!] as readonly RotatingPlace[];
    for (const n of [1, 2]) {
      expect(settled(places)).toEqual([false]);
      places = afterRevisit(places, addSeconds(NOON, 9000 + 900 * n));
    }
    expect(settled(places)).toEqual([true]);
  });
  it("and did rotate when three contents came and went before", () => {
    expect(watched([[D], [D], [D]]).map(isEstablished)).toEqual([false]);
    expect(watched([[A], [B], [D]]).map(isEstablished)).toEqual([true]);
  });
  it("with what it holds since the last capture that showed another", () => {
    expect(watched([[D], [D], [D]]).map(lastWithout)).toEqual([addSeconds(NOON, 2 * CLOSE)]);
  });
});
