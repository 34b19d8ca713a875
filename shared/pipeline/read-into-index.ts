import { type Article, comparedBlocks } from "../domain/article.ts";
import type { Revision } from "../domain/revision.ts";
import { ArchiveDamage } from "../ports/archive.ts";
import { readArticle } from "../ports/derived-store.ts";
import type { IndexedText, SearchIndex } from "../ports/search-index.ts";
import type { Services } from "./services.ts";

/** Texts held at a time, and added in one step. */
const TEXTS = 50;

/**
 * Takes into the search index what the ledger says is not in it. A revision leaves that list when the index has it; what
 * dies in between is added again, which changes nothing. An index that is new, or was lost, is filled from the start.
 *
 * @returns how many were taken in
 */
export async function readIntoIndex(
  services: Pick<Services, "ledger" | "derived" | "log">,
  index: SearchIndex,
): Promise<number> {
  const { ledger } = services;
  if (!(await index.isBegun())) {
    await ledger.unindexAll();
    await index.add([]);
  }
  let taken = 0;
  let after: string | undefined;
  do {
    const page = await ledger.unindexed({ limit: TEXTS, ...(after !== undefined && { after }) });
    const watches = await ledger.watchesById([...new Set(page.rows.map(({ watchId }) => watchId))]);
    const texts = await Promise.all(
      page.rows.map((revision) => textOf(revision, watches.get(revision.watchId)?.url ?? "", services)),
    );
    if (page.rows.length > 0) {
      await index.add(texts.filter((text) => text !== null));
      await ledger.markIndexed(page.rows);
    }
    taken += page.rows.length;
    after = page.next;
  } while (after !== undefined);
  return taken;
}

/** Null where the reading is lost or damaged: that one is not found, and keeps no other waiting. */
async function textOf(
  { watchId, number, article: key, headline }: Revision,
  url: string,
  { derived, log }: Pick<Services, "derived" | "log">,
): Promise<IndexedText | null> {
  try {
    const paragraphs = paragraphsOf(await readArticle(derived, key));
    return { watchId, number, url, article: key, headline, paragraphs };
  } catch (error) {
    if (!(error instanceof ArchiveDamage)) throw error;
    log.warn("a reading cannot be searched", { watchId, number, error: error.message });
    return null;
  }
}

const paragraphsOf = (article: Article): readonly string[] => [
  ...[article.standfirst, article.byline].filter((text) => text !== null),
  ...comparedBlocks(article).map(({ text }) => text),
];
