import { compareArticles } from "../diff/compare.ts";
import type { Article } from "../domain/article.ts";
import { readingDigest } from "../domain/article.ts";
import { lastSeenOf } from "../domain/check.ts";
import type { Revision, RotationLearnt } from "../domain/revision.ts";
import type { RotatingPlace } from "../domain/rotation.ts";
import type { Instant } from "../domain/time.ts";
import { entityOf, readWarc } from "../evidence/warc-reader.ts";
import { NORMALISER_VERSION } from "../normalise/normalise.ts";
import { MOST_READINGS } from "../normalise/rotation.ts";
import { markedAlike, withVolatile } from "../normalise/volatile.ts";
import { ArchiveDamage } from "../ports/archive.ts";
import { readArticle } from "../ports/derived-store.ts";
import type { Standing } from "../ports/ledger.ts";
import { readArticleFrom } from "./read-capture.ts";
import { recordChange } from "./record.ts";
import type { Services } from "./services.ts";

/** The newest revision as today's normaliser reads it, with what rotates marked. */
export interface Newest {
  readonly revision: Revision;
  readonly article: Article;
  /** When the publisher last served what `revision` reads, whichever normaliser read it. */
  readonly lastSeen: Instant;
  /** Set when the kept bytes were read again and said the same, so that they need not be read a third time. */
  readonly rereadBy?: string;
}

/**
 * The newest revision and its article. When the normaliser changed since, the kept bytes are read again first; when other
 * places are known to rotate than it was read with, it is read with these: like is compared with like, and our own
 * upgrades are never news. A different reading is recorded as a revision of its own.
 *
 * @returns null when somebody else recorded a revision meanwhile
 */
export async function newestReading(
  { watch, state, newest, rotating }: Standing & { readonly newest: Revision },
  services: Services,
): Promise<Newest | null> {
  const { derived, log } = services;
  const stored = await readArticle(derived, newest.article);
  const lastSeen = lastSeenOf(state, newest);
  const rereadBefore = state.newest === newest.number && state.rereadBy === NORMALISER_VERSION;
  const isOurs = newest.normaliser === NORMALISER_VERSION || rereadBefore;
  const article = withVolatile(isOurs ? stored : await readKept(watch.url, newest, services), rotating);
  if (readingDigest(article) === newest.reading) {
    return { revision: newest, article, lastSeen, ...(!isOurs && { rereadBy: NORMALISER_VERSION }) };
  }
  const { warc, recordId, requested, firstSeen } = newest;
  const revision = await recordChange(
    watch,
    newest,
    {
      cause: "reextraction",
      article,
      comparison: compareArticles(stored, article),
      from: { warc, recordId, requested, answered: firstSeen },
      lastSeen: requested, // its own capture: nothing happened in between
      ...(isOurs && { rotation: await rotationLearnt(newest, article, rotating, services) }),
    },
    services,
  );
  if (!revision) return null;
  const why = isOurs ? "with what rotates marked" : "with a newer normaliser";
  log.info(`read again ${why}`, { watchId: watch.id, revision: revision.number });
  return { revision, article, lastSeen };
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

/**
 * The article in a kept capture, as today's normaliser reads it.
 * @throws ArchiveDamage when the evidence of a recorded revision is gone or damaged: that must be loud
 */
export async function readKept(
  watchUrl: string,
  { warc, recordId }: Pick<Revision, "warc" | "recordId">,
  services: Pick<Services, "evidence">,
): Promise<Article> {
  const bytes = await services.evidence.read(warc);
  if (!bytes) throw new ArchiveDamage(`${warc} is missing from the evidence archive`);
  const record = recordIn(bytes, warc, recordId);
  if (!record) throw new ArchiveDamage(`${warc} in the evidence archive holds no record ${recordId}`);
  return readArticleFrom(watchUrl, entityOf(record));
}

function recordIn(bytes: Uint8Array, warc: string, recordId: string) {
  try {
    return [...readWarc(bytes)].find(({ id }) => id === recordId);
  } catch (cause) {
    throw new ArchiveDamage(`${warc} in the evidence archive is damaged`, { cause });
  }
}
