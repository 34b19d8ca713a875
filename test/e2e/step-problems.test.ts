import { describe, expect, it } from "vitest";
import { compareArticles } from "../../shared/diff/compare.ts";
import { type Article, readingDigest } from "../../shared/domain/article.ts";
import { segmentCounts } from "../../shared/domain/comparison.ts";
import type { Happening } from "../../shared/domain/happening.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { aChange, anEvent, aRevision, NOON } from "../support/builders.ts";
import type { Expectation } from "../support/scenario.ts";
import { type StepReport, stepProblems } from "./step-problems.ts";

const anArticle = (texts: readonly string[], given: Partial<Article> = {}): Article => ({
  url: "https://gazette.example/harbour-bridge",
  canonicalUrl: null,
  headline: "Bridge closed",
  standfirst: null,
  byline: "The Harbour Desk",
  published: "2026-03-01T08:00:00.000Z",
  modified: null,
  language: "en",
  siteName: null,
  leadImage: null,
  blocks: texts.map((text) => ({ kind: "paragraph", text })),
  charset: { name: "UTF-8", from: "transport" },
  flags: [],
  normaliser: "1",
  ...given,
});

const OPENING = "The harbour bridge was closed on Monday after an inspection of its cables.";
const BEFORE = anArticle([OPENING, "It will stay closed for 3 days, the port authority said."]);
const AFTER = anArticle([OPENING, "It will stay closed for 30 days, the port authority said."]);

const MOVED = { from: addSeconds(NOON, -10), until: addSeconds(NOON, -9) };

/** The report of a monitor that did everything right when 3 days became 30. */
function soundReport(given: { readonly after?: Article } = {}): StepReport {
  const article = given.after ?? AFTER;
  const comparison = compareArticles(BEFORE, article);
  const change = aChange({
    observed: { lastSeen: addSeconds(NOON, -20), firstSeen: NOON },
    significance: comparison.significance,
    disclosure: comparison.disclosure,
    labels: comparison.labels.map(({ kind }) => kind),
    counts: segmentCounts(comparison),
  });
  const revision = aRevision({
    number: 2,
    firstSeen: NOON,
    reading: readingDigest(article),
    headline: article.headline,
    change,
  });
  const happening: Happening = { kind: "revision", at: NOON, url: article.url, revision };
  return {
    revisions: [revision],
    opened: [{ revision, article, comparison }],
    events: [],
    notices: [{ id: "watch.r2.all", happening }],
    moved: MOVED,
  };
}

const TRUTH: Expectation = {
  revision: 2,
  notices: 1,
  significance: "substantive",
  disclosure: "none",
  segments: { edited: 1 },
  labels: ["number"],
  wordings: [{ from: "closed for 3 days", to: "closed for 30 days" }],
  reading: { headline: "Bridge closed", blocks: { paragraph: 2 }, texts: AFTER.blocks.map(({ text }) => text) },
};

describe("what a step brought, held against the truth", () => {
  it("finds nothing wrong with what is right", () => expect(stepProblems(TRUTH, soundReport())).toEqual([]));

  it("finds nothing wrong with silence where nothing happened", () =>
    expect(stepProblems({}, { revisions: [], opened: [], events: [], notices: [], moved: MOVED })).toEqual([]));

  it.each<[string, Partial<Expectation>, RegExp]>([
    ["another number", { revision: 3 }, /^revisions: \[2\], expected \[3\]/],
    ["another significance", { significance: "cosmetic" }, /^significance/],
    ["another disclosure", { disclosure: "correction" }, /^disclosure/],
    ["another count", { segments: { edited: 2 } }, /^segments/],
    ["a label too few", { labels: ["number", "quotation"] }, /^labels/],
    ["a label too many", { labels: [] }, /^labels/],
    ["a headline that did not change", { headline: { from: "a", to: "b" } }, /^headline: nothing/],
    ["a revert that was none", { revertedTo: 1 }, /^revertedTo/],
    ["an event that did not come", { event: "unpublished" }, /^events/],
    ["a notice that did not come", { notices: 2 }, /^notices/],
    ["a notice that should not have come", { notices: 0 }, /^notices/],
    ["marked words outside the phrase", { wordings: [{ from: "stay closed", to: "stay closed" }] }, /is marked "-"/],
    ["a phrase that no edited sentence has", { wordings: [{ from: "3 weeks", to: "30 days" }] }, /no edited sentence/],
    ["another text", { reading: { texts: [OPENING] } }, /^reading's texts/],
    ["another block", { reading: { blocks: { paragraph: 1, heading: 1 } } }, /^reading's blocks/],
    ["a standfirst", { reading: { standfirst: "Traffic is diverted." } }, /^reading's standfirst/],
  ])("tells %s", (_what, otherwise, problem) =>
    expect(stepProblems({ ...TRUTH, ...otherwise }, soundReport())).toContainEqual(expect.stringMatching(problem)),
  );

  it("tells a revision where nothing was to happen", () =>
    expect(stepProblems({}, soundReport())).toContain("revisions: [2], expected []"));

  it("tells an interval that the edit lies outside of", () => {
    const late = { from: addSeconds(NOON, 1), until: addSeconds(NOON, 2) };
    expect(stepProblems(TRUTH, { ...soundReport(), moved: late })).toContainEqual(
      expect.stringContaining("but it was edited"),
    );
  });

  it("tells an interval that begins before the old text was last seen", () => {
    expect(stepProblems(TRUTH, { ...soundReport(), seenBefore: addSeconds(NOON, 9999) })).toContainEqual(
      expect.stringContaining("but the old text was still seen"),
    );
  });

  it("tells a field that changed unasked", () => {
    const after = { ...AFTER, byline: "Another Desk" };
    expect(stepProblems(TRUTH, soundReport({ after }))).toContainEqual(expect.stringMatching(/^byline: .*nothing$/));
  });

  it("tells a happening that two notices tell", () => {
    const report = soundReport();
    const again = report.notices.map(({ happening }) => ({ id: "watch.r2.other", happening }));
    expect(stepProblems({ ...TRUTH, notices: 2 }, { ...report, notices: [...report.notices, ...again] })).toEqual([
      "told twice, as watch.r2.all and watch.r2.other",
    ]);
  });

  it("tells a return that its revision was to tell, and that was told on its own", () => {
    const report = { ...soundReport(), events: [anEvent({ kind: "restored" })] };
    const problems = stepProblems({ ...TRUTH, event: "restored" }, report);
    expect(problems).toContain("revision that tells the return: nothing, expected 2");
  });

  it("tells a wrong number of refusals", () => {
    const event = anEvent({ observed: { lastSeen: addSeconds(NOON, -20), firstSeen: NOON }, refusals: 2 });
    const report = { revisions: [], opened: [], events: [event], notices: [], moved: MOVED };
    expect(stepProblems({ event: "unpublished", refusals: 3 }, report)).toEqual(["refusals: 2, expected 3"]);
  });
});
