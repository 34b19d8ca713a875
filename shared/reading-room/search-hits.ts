import type { Article } from "../domain/article.ts";
import type { SearchQuery } from "../domain/search-query.ts";
import type { Watch, WatchId } from "../domain/watch.ts";
import { ArchiveDamage } from "../ports/archive.ts";
import { readArticle } from "../ports/derived-store.ts";
import type { PageRequest } from "../ports/ledger.ts";
import type { Found, SearchHit, SearchIndex } from "../ports/search-index.ts";
import { BadRequest } from "./parameters.ts";
import { paths, type Room } from "./room.ts";

/** What was found, with the watches that it is of. */
export interface FoundTexts extends Found {
  readonly watches: ReadonlyMap<WatchId, Watch>;
}

/** Articles in which all stands that is asked for. @throws BadRequest for a place that no search of ours gave out */
export async function findTexts(
  { ledger }: Room,
  search: SearchIndex,
  query: SearchQuery,
  page: PageRequest,
): Promise<FoundTexts> {
  const watches = new Map<WatchId, Watch>();
  const choose = async (hits: readonly SearchHit[]) => {
    for (const [id, watch] of await ledger.watchesById(hits.map(({ watchId }) => watchId))) watches.set(id, watch);
    return hits.map(({ watchId }) => {
      const tags = watches.get(watchId)?.tags;
      return tags !== undefined && query.tags.every((tag) => tags.includes(tag));
    });
  };
  try {
    return { ...(await search.find(query, { ...page, choose })), watches };
  } catch (error) {
    throw error instanceof RangeError ? new BadRequest() : error;
  }
}

/** The reading of a hit. One that is lost is still found: what is known of it is shown. */
export async function readHit({ derived, report }: Room, { article }: SearchHit): Promise<Article | null> {
  try {
    return await readArticle(derived, article);
  } catch (error) {
    if (!(error instanceof ArchiveDamage)) throw error;
    report?.(error, paths.search);
    return null;
  }
}
