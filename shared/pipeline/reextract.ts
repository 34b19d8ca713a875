import { compareArticles } from "../diff/compare.ts";
import type { Article } from "../domain/article.ts";
import { readingDigest } from "../domain/article.ts";
import { lastSeenOf } from "../domain/check.ts";
import type { Revision } from "../domain/revision.ts";
import type { Instant } from "../domain/time.ts";
import { entityOf, readWarc } from "../evidence/warc-reader.ts";
import { NORMALISER_VERSION } from "../normalise/normalise.ts";
import { ArchiveDamage } from "../ports/archive.ts";
import { readArticle } from "../ports/derived-store.ts";
import type { Standing } from "../ports/ledger.ts";
import { readArticleFrom } from "./read-capture.ts";
import { recordChange } from "./record.ts";
import type { Services } from "./services.ts";

/** The newest revision as today's normaliser reads it. */
export interface Newest {
  readonly revision: Revision;
  readonly article: Article;
  /** When the publisher last served what `revision` reads, whichever normaliser read it. */
  readonly lastSeen: Instant;
  /** Set when the kept bytes were read again and said the same, so that they need not be read a third time. */
  readonly rereadBy?: string;
}

/**
 * The newest revision and its article. When the normaliser changed since, the kept bytes are read again first, so that
 * like is compared with like: our own upgrades are never news. A different reading is recorded as a revision of its own.
 *
 * @returns null when somebody else recorded a revision meanwhile
 */
export async function newestReading(
  { watch, state, newest }: Standing & { readonly newest: Revision },
  services: Services,
): Promise<Newest | null> {
  const { derived, log } = services;
  const article = await readArticle(derived, newest.article);
  const lastSeen = lastSeenOf(state, newest);
  const rereadBefore = state.newest === newest.number && state.rereadBy === NORMALISER_VERSION;
  if (newest.normaliser === NORMALISER_VERSION || rereadBefore) return { revision: newest, article, lastSeen };

  const reread = await rereadKeptBytes(watch.url, newest, services);
  if (readingDigest(reread) === newest.reading) {
    return { revision: newest, article, lastSeen, rereadBy: NORMALISER_VERSION };
  }
  const revision = await recordChange(
    watch,
    newest,
    {
      cause: "reextraction",
      article: reread,
      comparison: compareArticles(article, reread),
      from: {
        warc: newest.warc,
        recordId: newest.recordId,
        requested: newest.requested,
        answered: newest.firstSeen,
      },
      lastSeen: newest.requested, // its own capture: nothing happened in between
    },
    services,
  );
  if (!revision) return null;
  log.info("read again with a newer normaliser", { watchId: watch.id, revision: revision.number });
  return { revision, article: reread, lastSeen };
}

/** @throws ArchiveDamage when the evidence of a recorded revision is gone or damaged: that must be loud */
async function rereadKeptBytes(watchUrl: string, { warc, recordId }: Revision, services: Services): Promise<Article> {
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
