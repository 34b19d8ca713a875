import { compareArticles } from "../diff/compare.ts";
import type { Article } from "../domain/article.ts";
import { readingDigest } from "../domain/article.ts";
import { lastSeenOf } from "../domain/check.ts";
import type { Failure } from "../domain/failure.ts";
import type { Revision, RotationLearnt } from "../domain/revision.ts";
import type { RotatingPlace } from "../domain/rotation.ts";
import type { Instant } from "../domain/time.ts";
import { entityOf, readWarc } from "../evidence/warc-reader.ts";
import { MOST_READINGS } from "../normalise/rotation/rotation.ts";
import { markedAlike, withVolatile } from "../normalise/rotation/volatile.ts";
import { ArchiveDamage } from "../ports/archive.ts";
import { readArticle } from "../ports/derived-store.ts";
import type { Standing } from "../ports/ledger.ts";
import { type Answer, type Entity, readArticleFrom, readCapture } from "./read-capture.ts";
import { type ReadFrom, recordChange } from "./record.ts";
import type { Services } from "./services.ts";

/** The newest revision and a capture, both as one reader reads them, with what rotates marked in the former. */
export interface Newest {
  readonly revision: Revision;
  readonly article: Article;
  /** What the capture reads as beside it. */
  readonly captured: Article;
  /** When the publisher last served what `revision` reads, whichever normaliser read it. */
  readonly lastSeen: Instant;
  /** Set when the kept bytes were read again and said the same, so that they need not be read a third time. */
  readonly rereadBy?: string;
}

/** A capture's answer and what it reads as. */
export interface Captured {
  readonly article: Article;
  readonly answer: Entity;
  readonly from: ReadFrom;
}

/** The newest revision with the article that is stored for it. */
export type Stored = Standing & { readonly newest: Revision; readonly stored: Article };

/**
 * The newest revision beside a capture. When another version read it, the kept bytes are read again first; when other
 * places are known to rotate than it was read with, it is read with these: like is compared with like, and our own
 * upgrades, a rule that was written or mended among them, are never news. A different reading is recorded as a revision
 * of its own.
 *
 * Where a source's rule fits only one of the two pages, both are read the general way, and nothing is recorded unless they
 * differ. Where the kept bytes are no article to the better reader, the capture takes their place.
 *
 * @returns null when somebody else recorded a revision meanwhile
 */
export async function newestReading(standing: Stored, captured: Captured, services: Services): Promise<Newest | null> {
  const { watch, state, newest, rotating, stored } = standing;
  const reader = captured.article.normaliser;
  const lastSeen = lastSeenOf(state, newest);
  const rereadBefore = state.newest === newest.number && state.rereadBy === reader;
  if (newest.normaliser === reader || rereadBefore) return readAs(standing, stored, captured.article, services);

  const kept = await keptEntity(newest, services);
  const { article: reread, failure } = readCapture(watch.url, { url: watch.url, ...kept }, null, services.rules);
  if (failure || !reread) return instead(standing, captured, failure, services);
  if (reread.normaliser === reader) return readAs(standing, reread, captured.article, services);

  const before = readArticleFrom(watch.url, kept, []);
  const now = readArticleFrom(watch.url, captured.answer, []);
  const [unmarked, beside] = markedAlike(before, now, rotating);
  return readingDigest(unmarked) === readingDigest(beside)
    ? { revision: newest, article: unmarked, captured: now, lastSeen }
    : readAs(standing, before, now, services);
}

/**
 * What stands for a newest revision whose kept bytes are no article to a better reader (a challenge that an earlier
 * release did not know, a feed that it read as a page): the capture, as our own better reading. Compared with a page that
 * was none, everything would be an edit.
 */
async function instead(
  { watch, state, newest, rotating, stored }: Stored,
  { article: captured, from }: Captured,
  failure: Failure | null,
  services: Services,
): Promise<Newest | null> {
  const lastSeen = lastSeenOf(state, newest);
  const article = withVolatile(captured, rotating);
  if (readingDigest(article) === newest.reading)
    return { revision: newest, article, captured, lastSeen, rereadBy: captured.normaliser };
  const comparison = compareArticles(stored, article);
  const next = { cause: "reextraction" as const, article, comparison, from, lastSeen };
  const revision = await recordChange(watch, newest, next, services);
  if (!revision) return null;
  services.log.warn("the newest revision was no article", { watchId: watch.id, revision: newest.number, failure });
  return { revision, article, captured, lastSeen };
}

/** The newest revision as `read` has it, with what rotates marked; recorded where that is another text. */
async function readAs(
  { watch, state, newest, rotating, stored }: Stored,
  read: Article,
  captured: Article,
  services: Services,
): Promise<Newest | null> {
  const isOurs = read === stored;
  const lastSeen = lastSeenOf(state, newest);
  const article = withVolatile(read, rotating);
  if (readingDigest(article) === newest.reading) {
    return { revision: newest, article, captured, lastSeen, ...(!isOurs && { rereadBy: read.normaliser }) };
  }
  const { warc, recordId, requested, firstSeen, change } = newest;
  const revision = await recordChange(
    watch,
    newest,
    {
      cause: "reextraction",
      article,
      comparison: compareArticles(stored, article),
      from: { warc, recordId, requested, answered: firstSeen },
      lastSeen: requested, // its own capture: nothing happened in between
      ...(change?.alternatesWith !== undefined && { alternatesWith: change.alternatesWith }),
      ...(isOurs && { rotation: await rotationLearnt(newest, article, rotating, services) }),
    },
    services,
  );
  if (!revision) return null;
  const why = isOurs ? "with what rotates marked" : `by ${read.normaliser}`;
  services.log.info(`read again ${why}`, { watchId: watch.id, revision: revision.number });
  return { revision, article, captured, lastSeen };
}

/** Which of the newest revisions would not be there, had it been known what rotates. */
async function rotationLearnt(
  newest: Revision,
  article: Article,
  rotating: readonly RotatingPlace[],
  { ledger, derived }: Services,
): Promise<RotationLearnt> {
  const reading = readingDigest(article);
  let since: number | undefined;
  for (let number = newest.number; number > 1 && newest.number - number < MOST_READINGS; number -= 1) {
    const before = await ledger.revision(newest.watchId, number - 1);
    if (!before) break;
    const [, read] = markedAlike(article, await readArticle(derived, before.article), rotating);
    if (readingDigest(read) !== reading) break;
    since = number;
  }
  return { places: rotating.length, ...(since !== undefined && { since }) };
}

/** What a kept capture holds. @throws ArchiveDamage when the evidence is gone or damaged: that must be loud */
export async function keptEntity(
  { warc, recordId }: Pick<Revision, "warc" | "recordId">,
  services: Pick<Services, "evidence">,
): Promise<Omit<Answer, "url">> {
  const bytes = await services.evidence.read(warc);
  if (!bytes) throw new ArchiveDamage(`${warc} is missing from the evidence archive`);
  const record = recordIn(bytes, warc, recordId);
  if (!record) throw new ArchiveDamage(`${warc} in the evidence archive holds no record ${recordId}`);
  return entityOf(record);
}

function recordIn(bytes: Uint8Array, warc: string, recordId: string) {
  try {
    return [...readWarc(bytes)].find(({ id }) => id === recordId);
  } catch (cause) {
    throw new ArchiveDamage(`${warc} in the evidence archive is damaged`, { cause });
  }
}
