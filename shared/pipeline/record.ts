import { excerptOf } from "../diff/excerpt.ts";
import { type Article, readingDigest } from "../domain/article.ts";
import { type Comparison, segmentCounts } from "../domain/comparison.ts";
import { kindsOf, type Label } from "../domain/label.ts";
import { alternatesWith } from "../domain/oscillation.ts";
import type { Cause, ChangeSummary, ObservedInterval, Revision, RotationLearnt } from "../domain/revision.ts";
import type { Instant } from "../domain/time.ts";
import type { Watch } from "../domain/watch.ts";
import { keepArticle, keepComparison } from "../ports/derived-store.ts";
import type { Services } from "./services.ts";

/** Where a reading was taken from. */
export interface ReadFrom {
  readonly warc: string;
  readonly recordId: string;
  readonly requested: Instant;
  readonly answered: Instant;
}

/** Records the first reading of a watch. It is no change, and nobody is told. @returns null when somebody else was first */
export async function recordBaseline(
  watch: Watch,
  article: Article,
  from: ReadFrom,
  services: Services,
): Promise<Revision | null> {
  const revision = await revisionOf(watch, 1, "edit", article, from, services);
  return (await services.ledger.recordRevision(revision, watch.url)) ? revision : null;
}

/**
 * Records the next revision by the one conditional write that makes it exist. What is written before (article,
 * comparison) is content-addressed and harmless alone.
 *
 * @param lastSeen - last capture that still read as the newest revision
 * @returns null when its number is taken: somebody else recorded first, and nothing was recorded here
 */
export async function recordChange(
  watch: Watch,
  newest: Revision,
  next: {
    readonly cause: Cause;
    readonly article: Article;
    readonly comparison: Comparison;
    readonly from: ReadFrom;
    readonly lastSeen: Instant;
    readonly restores?: string;
    readonly rotation?: RotationLearnt;
    /** Of a reading anew of a page that alternates: the revision that it goes on alternating with. */
    readonly alternatesWith?: number;
  },
  services: Services,
): Promise<Revision | null> {
  const { derived, ledger } = services;
  const number = newest.number + 1;
  const reverted = await ledger.revisionWithReading(watch.id, readingDigest(next.article), number);
  const comparison = withReverted(next.comparison, reverted?.number);
  const observed = { lastSeen: next.lastSeen, firstSeen: next.from.answered };
  const isReturn = next.cause === "edit" && reverted?.number === number - 2;
  const other = isReturn ? await alternation(watch, next, services) : next.alternatesWith;
  const change = summaryOf(comparison, await keepComparison(derived, comparison), observed, reverted?.number);
  const revision = {
    ...(await revisionOf(watch, number, next.cause, next.article, next.from, services)),
    change: { ...change, ...(other !== undefined && { alternatesWith: other }) },
    ...(next.restores !== undefined && { restores: next.restores }),
    ...(next.rotation && { rotation: next.rotation }),
  };
  return (await ledger.recordRevision(revision, watch.url)) ? revision : null;
}

async function alternation(
  { id }: Watch,
  { article, from }: { readonly article: Article; readonly from: ReadFrom },
  { ledger }: Services,
): Promise<number | undefined> {
  const { rows } = await ledger.revisions(id, { limit: 3 });
  return alternatesWith(readingDigest(article), rows, from.answered);
}

async function revisionOf(
  { id, selfTest }: Watch,
  number: number,
  cause: Cause,
  article: Article,
  from: ReadFrom,
  { derived }: Services,
): Promise<Revision> {
  return {
    watchId: id,
    number,
    cause,
    requested: from.requested,
    firstSeen: from.answered,
    reading: readingDigest(article),
    article: await keepArticle(derived, article),
    warc: from.warc,
    recordId: from.recordId,
    normaliser: article.normaliser,
    headline: article.headline,
    language: article.language,
    ...(selfTest !== undefined && { unlisted: true }),
  };
}

/** `reverted` needs the ledger's memory, so the label is added here rather than by the comparison. */
function withReverted(comparison: Comparison, revision: number | undefined): Comparison {
  if (revision === undefined) return comparison;
  const label: Label = { kind: "reverted", revision };
  return { ...comparison, labels: [...comparison.labels, label] };
}

function summaryOf(
  comparison: Comparison,
  key: string,
  observed: ObservedInterval,
  revertedTo: number | undefined,
): ChangeSummary {
  return {
    observed,
    comparison: key,
    significance: comparison.significance,
    disclosure: comparison.disclosure,
    labels: kindsOf(comparison.labels),
    ...(comparison.hints && { hints: kindsOf(comparison.hints) }),
    ...(revertedTo !== undefined && { revertedTo }),
    counts: segmentCounts(comparison),
    excerpt: excerptOf(comparison),
  };
}
