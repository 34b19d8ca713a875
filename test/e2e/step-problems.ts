import { isDeepStrictEqual } from "node:util";
import { comparedBlocks } from "../../shared/domain/article.ts";
import { type Comparison, type FieldChange, segmentCounts } from "../../shared/domain/comparison.ts";
import { kindsOf, type LabelKind } from "../../shared/domain/label.ts";
import type { ChangeSummary, ObservedInterval } from "../../shared/domain/revision.ts";
import type { Instant } from "../../shared/domain/time.ts";
import type { Expectation, ExpectedReading, Wording } from "../support/scenario.ts";
import { markedWordProblems, sliceOf } from "./marked-words.ts";
import { type ArticleRecord, nameOf, type OpenedRevision, toldTwice } from "./record.ts";

/** What a step brought to one article. */
export interface StepReport extends ArticleRecord {
  /** The step's revisions with what they point to. */
  readonly opened: readonly OpenedRevision[];
  /** When the publisher was asked to move to the step, and when it had moved. */
  readonly moved: { readonly from: Instant; readonly until: Instant };
  /** When the article had last been seen as the step began: no edit may be said to lie before. Null before the first capture. */
  readonly seenBefore?: Instant | null;
}

/** Holds a step's report against the truth. @returns what differs, one line each; nothing when all is as it must be */
export function stepProblems(expect: Expectation, report: StepReport): string[] {
  return [
    ...differs(
      "revisions",
      report.revisions.map(({ number }) => number),
      expect.revision === undefined ? [] : [expect.revision],
    ),
    ...report.opened.flatMap((opened) => revisionProblems(expect, opened, report)),
    ...eventProblems(expect, report),
    ...noticeProblems(expect, report),
  ];
}

function revisionProblems(expect: Expectation, opened: OpenedRevision, { moved, seenBefore }: StepReport): string[] {
  const { revision, article, comparison } = opened;
  const { change } = revision;
  const reading = expect.reading ? readingProblems(expect.reading, opened) : [];
  const own = [
    ...differs("cause", revision.cause, "edit"),
    ...differs("headline of the row", revision.headline, article.headline),
    ...differs("language of the row", revision.language, article.language),
    ...reading,
  ];
  if (!change || !comparison) {
    return [...own, ...(revision.number > 1 ? [`revision ${revision.number} has no change`] : [])];
  }
  return [
    ...own,
    ...changeProblems(expect, change),
    ...comparisonProblems(expect, comparison),
    ...summaryProblems(change, comparison),
    ...intervalProblems(change.observed, moved, seenBefore ?? ""),
    ...(revision.firstSeen < moved.from ? ["the revision was first seen before its edit"] : []),
  ];
}

function changeProblems(expect: Expectation, change: ChangeSummary): string[] {
  return [
    ...differs("significance", change.significance, expect.significance),
    ...differs("disclosure", change.disclosure, expect.disclosure),
    ...differs("segments", change.counts, {
      ...{ edited: 0, moved: 0, added: 0, removed: 0, cosmetic: 0 },
      ...expect.segments,
    }),
    ...labelProblems(expect.labels ?? [], change),
    ...differs("revertedTo", change.revertedTo, expect.revertedTo),
  ];
}

/** A finding is told as a label or, where its rule is not known to be right often enough, as a hint. Other hints may be there. */
function labelProblems(expected: readonly LabelKind[], { labels, hints = [] }: ChangeSummary): string[] {
  const told = expected.filter((label) => labels.includes(label) || hints.includes(label));
  return differs("labels", [...new Set([...labels, ...told])].toSorted(), expected.toSorted());
}

function comparisonProblems(expect: Expectation, comparison: Comparison): string[] {
  const moved = comparison.segments.filter(({ kind }) => kind === "moved");
  const firstMoved = sliceOf(comparison.after, moved[0]?.after);
  return [
    ...fieldProblems("headline", comparison.headline, expect.headline),
    ...fieldProblems("byline", comparison.byline, expect.byline),
    ...fieldProblems("standfirst", comparison.standfirst, undefined),
    ...(expect.wordings ? markedWordProblems(comparison, expect.wordings) : []),
    ...(expect.movedFrom === undefined || firstMoved.startsWith(expect.movedFrom)
      ? []
      : [`what moved begins "${firstMoved}", not "${expect.movedFrom}"`]),
    ...(comparison.degraded ? [`degraded: ${comparison.degraded.reason}`] : []),
  ];
}

function fieldProblems(name: string, found: FieldChange | undefined, expected: Wording | undefined): string[] {
  if (!found || !expected) return differs(name, found && { from: found.from, to: found.to }, expected);
  const sideOf = (mark: "-" | "+") =>
    found.words
      .filter((word) => word.mark === "=" || word.mark === mark)
      .map(({ text }) => text)
      .join("");
  return [
    ...differs(name, { from: found.from, to: found.to }, expected),
    ...differs(`${name} in words`, { from: sideOf("-"), to: sideOf("+") }, expected),
  ];
}

/** The row says in short what the comparison says at length. */
function summaryProblems(change: ChangeSummary, comparison: Comparison): string[] {
  const [kinds, hints] = [kindsOf(comparison.labels), kindsOf(comparison.hints)];
  return [
    ...differs("row's counts against the comparison", change.counts, segmentCounts(comparison)),
    ...differs("row's labels against the comparison", change.labels.toSorted(), kinds.toSorted()),
    ...differs("row's hints against the comparison", (change.hints ?? []).toSorted(), hints.toSorted()),
    ...differs("row's significance against the comparison", change.significance, comparison.significance),
    ...differs("row's disclosure against the comparison", change.disclosure, comparison.disclosure),
    ...(change.excerpt.length === 0 && kinds.length > 0 ? ["a labelled change without an excerpt"] : []),
  ];
}

/** The edit must have happened within the interval that is claimed for it. */
function intervalProblems(observed: ObservedInterval, moved: StepReport["moved"], seenBefore: Instant): string[] {
  const holds = observed.lastSeen <= moved.until && moved.from <= observed.firstSeen;
  const claim = `${observed.lastSeen} … ${observed.firstSeen}`;
  return [
    ...(holds ? [] : [`observed ${claim}, but it was edited ${moved.from} … ${moved.until}`]),
    ...(observed.lastSeen < seenBefore ? [`observed ${claim}, but the old text was still seen ${seenBefore}`] : []),
  ];
}

function readingProblems(expected: ExpectedReading, { article }: OpenedRevision): string[] {
  const blocks = Object.fromEntries(
    [...Map.groupBy(article.blocks, ({ kind }) => kind)].map(([kind, own]) => [kind, own.length]),
  );
  const read = {
    headline: article.headline,
    byline: article.byline,
    standfirst: article.standfirst,
    language: article.language,
    published: article.published && Date.parse(article.published),
    blocks,
    texts: comparedBlocks(article).map(({ text }) => folded(text)),
  };
  const truth = {
    ...expected,
    ...(expected.published !== undefined && { published: Date.parse(expected.published) }),
    ...(expected.texts && { texts: expected.texts.map(folded) }),
  };
  return Object.entries(truth).flatMap(([field, value]) =>
    differs(`reading's ${field}`, read[field as keyof typeof read], value),
  );
}

const folded = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim();

function eventProblems(expect: Expectation, { events, moved }: StepReport): string[] {
  return [
    ...differs(
      "events",
      events.map(({ kind }) => kind),
      expect.event === undefined ? [] : [expect.event],
    ),
    ...events.flatMap(({ kind, refusals, toldWith, observed }) => [
      ...(kind === "unpublished" ? differs("refusals", refusals, expect.refusals) : []),
      ...(kind === "restored" ? differs("revision that tells the return", toldWith, expect.revision) : []),
      ...(observed.lastSeen > moved.until || observed.lastSeen > observed.firstSeen
        ? [`${kind} observed ${observed.lastSeen} … ${observed.firstSeen}, but it happened before ${moved.until}`]
        : []),
    ]),
  ];
}

/** A revision tells what it brings, and the return of the page that it came with; else the event tells itself. */
function noticeProblems(expect: Expectation, { notices }: StepReport): string[] {
  const told = notices.map(({ happening }) => nameOf(happening));
  const teller = expect.revision === undefined ? `${expect.event} event` : `revision ${expect.revision}`;
  return [
    ...differs("notices", told, Array<string>(expect.notices ?? 0).fill(teller)),
    ...toldTwice(notices).map((ids) => `told twice, as ${ids}`),
  ];
}

function differs(what: string, found: unknown, expected: unknown): string[] {
  if (isDeepStrictEqual(found, expected)) return [];
  return [`${what}: ${JSON.stringify(found) ?? "nothing"}, expected ${JSON.stringify(expected) ?? "nothing"}`];
}
