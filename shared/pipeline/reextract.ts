import { compareArticles } from "../diff/compare.ts";
import type { Article } from "../domain/article.ts";
import { readingDigest } from "../domain/article.ts";
import { lastSeenOf } from "../domain/check.ts";
import type { Revision } from "../domain/revision.ts";
import { entityOf, readWarc } from "../evidence/warc-reader.ts";
import { NORMALISER_VERSION } from "../normalise/normalise.ts";
import { readArticle } from "../ports/derived-store.ts";
import type { Standing } from "../ports/ledger.ts";
import { readArticleFrom } from "./read-capture.ts";
import { recordChange } from "./record.ts";
import type { Services } from "./services.ts";

/** The newest revision as today's normaliser reads it. */
export interface Newest {
  readonly revision: Revision;
  readonly article: Article;
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
  const rereadBefore = state.newest === newest.number && state.rereadBy === NORMALISER_VERSION;
  if (newest.normaliser === NORMALISER_VERSION || rereadBefore) return { revision: newest, article };

  const reread = await rereadKeptBytes(watch.url, newest, services);
  if (readingDigest(reread) === newest.reading) return { revision: newest, article, rereadBy: NORMALISER_VERSION };
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
      lastSeen: lastSeenOf(state, newest),
    },
    services,
  );
  if (!revision) return null;
  log.info("read again with a newer normaliser", { watchId: watch.id, revision: revision.number });
  return { revision, article: reread };
}

/** @throws when the evidence of a recorded revision is gone or damaged: that must be loud */
async function rereadKeptBytes(watchUrl: string, { warc, recordId }: Revision, services: Services): Promise<Article> {
  const bytes = await services.evidence.read(warc);
  if (!bytes) throw new Error(`the evidence archive has lost ${warc}`);
  for (const record of readWarc(bytes)) {
    if (record.id === recordId) return readArticleFrom(watchUrl, entityOf(record));
  }
  throw new Error(`${warc} holds no record ${recordId}`);
}
