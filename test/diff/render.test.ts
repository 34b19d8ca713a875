import { applyPatch } from "diff";
import { describe, expect, it } from "vitest";
import { compareArticles } from "../../shared/diff/compare.ts";
import { excerptOf } from "../../shared/diff/excerpt.ts";
import { changeAsHtml } from "../../shared/diff/render/html.ts";
import { changeAsJson } from "../../shared/diff/render/json.ts";
import { changeAsMarkdown } from "../../shared/diff/render/markdown.ts";
import { changeAsPatch } from "../../shared/diff/render/patch.ts";
import { changeAsTerminal } from "../../shared/diff/render/terminal.ts";
import { changeAsText } from "../../shared/diff/render/text.ts";
import type { Article } from "../../shared/domain/article.ts";
import { articleOf, FERRY, ferryWith } from "./articles.ts";

const change = (after: readonly string[], fields: Partial<Article> = {}) =>
  compareArticles(articleOf(FERRY), articleOf(after, fields));
const MOVED = [FERRY[0]!, FERRY[4]!, ...FERRY.slice(1, 4)];

describe("changeAsText", () => {
  it("shows old and new words with context, and nothing that stayed", () => {
    expect(changeAsText(change(ferryWith("3 days", "30 days")))).toBe(
      "… said the damage was small. She expects repairs to take [-3-] {+30+} days.\n",
    );
  });

  it("begins with the headline", () => {
    const text = changeAsText(
      change(ferryWith("small", "slight"), { headline: "Night ferry sails again", byline: "Jo Lind" }),
    );
    expect(text.split("\n\n").map((line) => line.split(":")[0])).toEqual([
      "Headline",
      "Byline",
      "The harbour master, Ms. Ilse Varga, said the damage was [-small-] {+slight+}. She expects repairs to take 3 days.\n",
    ]);
  });

  it("leaves white space out of the marks", () => {
    expect(changeAsText(change(ferryWith("the damage", "the new damage")))).toContain("said the {+new+} damage");
    expect(changeAsText(change(ferryWith("coast road", "road")))).toContain("along the [-coast-] road");
  });

  it("tells a move as a move, once", () => {
    const text = changeAsText(change(MOVED));
    expect(text).toContain("(moved from paragraph 5 to paragraph 2) The ferry was built in 1998");
    expect(text).not.toMatch(/[[{][-+]/);
    expect(text.split("\n\n")).toHaveLength(1);
  });

  it("keeps a paragraph together where the one below it moved away", () => {
    const after = [FERRY[0]!, FERRY[4]!, ...FERRY.slice(1, 3), `${FERRY[3]} The mayor will speak at noon.`];
    const comparison = change(after);
    expect(changeAsText(comparison)).toMatch(/again on Thursday\. \{\+The mayor will speak at noon\.\+\}/);
    const lines = changeAsHtml(comparison).split("\n");
    expect(lines.find((line) => line.includes("The mayor"))).toContain("The town council meets again on Thursday.");
  });

  it("says so when nothing that readers see has changed", () => {
    expect(changeAsText(change(FERRY))).toBe("Nothing that readers see has changed.\n");
    expect(changeAsText(change(FERRY), { strings: { nothing: "Tidak ada perubahan." } })).toBe(
      "Tidak ada perubahan.\n",
    );
  });

  it("names typography as such, without the sentence before it", () => {
    expect(changeAsText(change(ferryWith("“We", '"We')))).toContain("(typography only)");
    const second = [FERRY[0]!.replace("Some 140", "It’s 140"), ...FERRY.slice(1)];
    const text = changeAsText(
      compareArticles(articleOf(second), articleOf([second[0]!.replace("It’s", "It's"), ...FERRY.slice(1)])),
    );
    expect(text).toMatch(/^… .{20,70} \(typography only\) \[-It’s-\] \{\+It's\+\} 140 passengers/);
  });
});

describe("changeAsTerminal", () => {
  it("writes the marks of plain text without colour, and escapes with it", () => {
    const comparison = change(ferryWith("3 days", "30 days"));
    expect(changeAsTerminal(comparison, { colour: false })).toBe(changeAsText(comparison));
    expect(changeAsTerminal(comparison, { colour: true })).toContain("\u001b[32;4m30\u001b[39;24m");
  });

  it("never passes the article's control characters on", () => {
    const comparison = change([...FERRY, "Read \u001b[2Jthis\u009b now."]);
    expect(changeAsTerminal(comparison, { colour: false })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});

describe("changeAsHtml", () => {
  it("marks words with text alternatives, and folds what stayed", () => {
    const html = changeAsHtml(change(ferryWith("3 days", "30 days")));
    expect(html).toContain(
      '<del><span class="visually-hidden" dir="auto">[removed: </span>3<span class="visually-hidden" dir="auto">]</span></del>',
    );
    expect(html).toContain('<p class="change-folded">3 unchanged paragraphs</p>');
    expect(html).not.toContain("Trains and buses");
    expect(changeAsHtml(change(ferryWith("3 days", "30 days")), { whole: true })).toContain("Trains and buses");
  });

  it("links both ends of a move", () => {
    const html = changeAsHtml(change(MOVED), { idPrefix: "c7" });
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    const targets = [...html.matchAll(/ href="#([^"]+)"/g)].map((match) => match[1]);
    expect(ids.toSorted()).toEqual(["c7-1-from", "c7-1-to"]);
    expect(targets.toSorted()).toEqual(ids.toSorted());
    expect(html).toContain("moved from here to paragraph 2");
  });

  it("escapes everything from the article", () => {
    const nasty = "<img src=x onerror=alert(1)> & \"quoted\" 'single'";
    const html = changeAsHtml(change([...FERRY, nasty], { headline: nasty }));
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quoted&quot; &#39;single&#39;");
  });

  it("lets every paragraph find its direction, and uses no inline style", () => {
    const html = changeAsHtml(change([...FERRY, "بقيت العبارة في الميناء."]));
    expect(html).toContain('<p dir="auto"><ins>');
    expect(html).not.toContain("style=");
  });

  it("lets no word of ours decide the direction of a paragraph", () => {
    const arabic = "بقيت العبارة في الميناء.";
    const before = articleOf([
      arabic,
      "قال القبطان «نعم» للركاب في الميناء القديم صباح اليوم.",
      "عاد الركاب إلى بيوتهم.",
      "وصل القطار في المساء إلى المدينة.",
    ]);
    const after = articleOf([
      "وصل القطار في المساء إلى المدينة.",
      arabic.replace("بقيت", "عادت"),
      'قال القبطان "نعم" للركاب في الميناء القديم صباح اليوم.',
      "جديد كل يوم.",
    ]);
    const html = changeAsHtml(compareArticles(before, after));
    const paragraphs = html.match(/<p dir="auto">.*?<\/p>/g)!;
    const kinds = ["<ins>", "<del>", 'class="cosmetic"', 'class="moved-link"'];
    expect(kinds.filter((kind) => paragraphs.some((paragraph) => paragraph.includes(kind)))).toEqual(kinds);
    for (const paragraph of paragraphs) {
      // the HTML rule of dir=auto: text in elements that have a dir of their own does not count
      const counted = paragraph.replace(/^<p dir="auto">/, "").replace(/<(\w+)[^>]* dir="auto"[^>]*>.*?<\/\1>/g, "");
      expect(counted.replace(/<[^>]*>|&\w+;/g, "")).not.toMatch(/\p{Script=Latin}/u);
    }
  });
});

describe("changeAsMarkdown", () => {
  it("strikes out what went and sets in bold what came", () => {
    expect(changeAsMarkdown(change(ferryWith("3 days", "30 days")))).toBe(
      "… said the damage was small. She expects repairs to take ~~3~~ **30** days.\n",
    );
  });

  it.each([
    ["before and behind a word", ["The mayor said so."], ["The mayor, however, said so."]],
    ["quotation marks", ["桥梁将于周一关闭。"], ["“老桥”将于周一关闭。"]],
    ["at the end", ["The mayor said so (at noon)."], ["The mayor said so!"]],
    ["of money", ["It costs 5 to cross."], ["It costs $5 to cross."]],
    ["beyond the first plane", ["It was fine to cross."], ["It was fine😀 to cross."]],
  ])("sets marks that open and close by CommonMark's rules beside punctuation: %s", (_where, before, after) => {
    const markdown = changeAsMarkdown(compareArticles(articleOf(before), articleOf(after)));
    const runs = [...markdown.matchAll(/(\*\*|~~)(.+?)\1/gu)];
    expect(runs.length).toBeGreaterThan(0);
    for (const { 0: whole, 2: words = "", index } of runs) {
      const [previous, next] = [markdown.slice(0, index), markdown.slice(index + whole.length)];
      const opens = /^[^\s\p{P}\p{S}]/u.test(words) || (/^\S/u.test(words) && /(?:^|[\s\p{P}\p{S}])$/u.test(previous));
      const closes = /[^\s\p{P}\p{S}]$/u.test(words) || (/\S$/u.test(words) && /^(?:$|[\s\p{P}\p{S}])/u.test(next));
      expect([whole, opens, closes]).toEqual([whole, true, true]);
    }
  });

  it.each([
    ["a mention", "Ask @channel now.", "@\u200bchannel"],
    ["emphasis", "This is *not* so.", "\\*not\\*"],
    ["a link", "See [here](https://a.example).", "\\[here\\](https:\u200b//a.example)"],
    ["a heading", "# Not a heading", "\\# Not"],
    ["a list", "1. Not a list", "1\\. Not"],
    ["markup", "<b>bold</b>", "\\<b\\>"],
    ["a line break", "One\u000bTwo", "One Two"],
  ])("lets %s of the article do nothing", (_what, added, expected) => {
    expect(changeAsMarkdown(change([...FERRY, added]))).toContain(expected);
  });
});

describe("changeAsJson", () => {
  it("holds only what changed, with the words at every span", () => {
    const comparison = change(ferryWith("140 passengers", "150 passengers"), { headline: "Night ferry sails" });
    const json = changeAsJson(comparison);
    expect(json).toMatchObject({
      version: 1,
      significance: "substantive",
      disclosure: "none",
      unmarked: true,
      fields: { headline: { from: "Night ferry stays in port", to: "Night ferry sails" } },
      segments: [{ kind: "edited", before: { paragraph: 0, text: expect.stringContaining("140") } }],
      hints: [],
    });
    expect(json.labels.find(({ kind }) => kind === "number")).toMatchObject({
      before: [{ text: "140" }],
      after: [{ text: "150" }],
      values: [{ quantity: "number", from: "140", to: "150" }],
    });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });
});

it("writes a patch that makes the newer text of the older", () => {
  const after = [FERRY[4]!, ...ferryWith("small", "slight").slice(0, 3), "A new end.\nWith a break."];
  const lines = (texts: readonly string[]) => texts.map((text) => `${text.replace(/\n/g, " ")}\n`).join("");
  const patch = changeAsPatch(change(after), { before: "revision-1", after: "revision-2" });
  expect(applyPatch(lines(FERRY), patch)).toBe(lines(after));
});

it("replaces the whole text where too many paragraphs changed to line them up", () => {
  const before = Array.from({ length: 1600 }, (_, n) => `Old ${n}.`);
  const after = before.map((text) => text.replace("Old", "New"));
  const comparison = compareArticles(articleOf(before), articleOf(after));
  const lines = (texts: readonly string[]) => texts.map((text) => `${text}\n`).join("");
  expect(applyPatch(lines(before), changeAsPatch(comparison, { before: "a", after: "b" }))).toBe(lines(after));
});

it.each([
  [750, 2000],
  [751, 0],
])("lines up as many changed paragraphs as the documentation says: of %i it keeps %i others out", (changed, left) => {
  const rest = Array.from({ length: 2000 }, (_, n) => `Same ${n}.`);
  const [before, after] = ["Old", "New"].map((word) => [
    ...Array.from({ length: changed }, (_, n) => `${word} ${n}.`),
    ...rest,
  ]);
  const comparison = { ...change(FERRY), before: before!, after: after! };
  const patch = changeAsPatch(comparison, { before: "a", after: "b" });
  expect(patch.match(/^-Same/gm)?.length ?? 0).toBe(2000 - left);
});

it("writes a unified patch of the paragraphs", () => {
  const patch = changeAsPatch(change(ferryWith("3 days", "30 days")), { before: "revision-1", after: "revision-2" });
  expect(patch).toContain("--- revision-1");
  expect(patch.match(/^[-+][^-+].*$/gm)).toHaveLength(2);
});

describe("excerptOf", () => {
  const text = (comparison: ReturnType<typeof change>) =>
    excerptOf(comparison).map(({ mark, text: part }) => mark + part);

  it("gives the first changed words with a little context", () => {
    expect(text(change(ferryWith("3 days", "30 days")))).toEqual([
      "=She expects repairs to take ",
      "-3",
      "+30",
      "= days.",
    ]);
  });

  it("prefers the headline", () => {
    expect(text(change(ferryWith("3 days", "30 days"), { headline: "Night ferry sails again" }))[0]).toBe(
      "=Night ferry ",
    );
  });

  it("stays short and ends with whole words", () => {
    const long = `${"The inspectors found another crack under the paint of the bow. ".repeat(1).trim().slice(0, -1)}${", and another".repeat(60)}.`;
    const excerpt = excerptOf(change([...FERRY, long]));
    const [first] = excerpt;
    expect(excerpt).toHaveLength(1);
    expect(first!.text.length).toBeLessThanOrEqual(302);
    expect(first!.text).toMatch(/ …$/);
  });

  it("never cuts a character in two", () => {
    const [first] = excerptOf(change([...FERRY, "👩‍👩‍👧".repeat(80)]));
    expect(
      [...new Intl.Segmenter("en").segment(first!.text.replace("…", ""))].every(({ segment }) => segment === "👩‍👩‍👧"),
    ).toBe(true);
  });

  it("shows a moved sentence when nothing else changed", () => {
    expect(text(change(MOVED))[0]).toMatch(/^=The ferry was built/);
  });
});
