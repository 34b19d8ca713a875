import { asksForSomething, type SearchQuery } from "../../domain/search-query.ts";
import type { Found, SearchHit, SearchPage } from "../../ports/search-index.ts";
import { type BestMatch, expressionOf, type FtsFile } from "./fts-file.ts";

/** Matches read at a time. */
const ROWS = 200;
/** Each time that a page is not full, so many times as many articles are looked at before they are chosen from. */
const MORE_CANDIDATES = 4;
/** One page looks at so many articles, and at so many versions; then it says where to go on. */
const MOST_CANDIDATES = 200;
const MOST_ROWS = 20_000;

/**
 * Finds in files whose ids do not overlap, the one with the highest first. Each article comes where the last taken in of its
 * matching versions stands; on a later page it is passed over when that was on an earlier one.
 */
export async function findIn(files: readonly FtsFile[], query: SearchQuery, page: SearchPage): Promise<Found> {
  const { limit, after, choose } = page;
  if (!(Number.isInteger(limit) && limit >= 1)) throw new RangeError(`page limit ${limit}`);
  const begin = beginningOf(after);
  const expression = asksForSomething(query) ? expressionOf(query) : null;
  if (expression === null) return { hits: [] };

  const hits: SearchHit[] = [];
  const seen = new Set<string>();
  let candidates: Candidate[] = [];
  let enough = limit + 1;
  let [looked, rows] = [0, 0];
  /** Puts what may be shown among the hits. @returns where to go on once the page is full */
  const chooseFromThem = async (): Promise<number | null> => {
    const those = candidates;
    candidates = [];
    enough *= MORE_CANDIDATES;
    const chosen = choose && those.length > 0 ? await choose(those.map(({ hit }) => hit)) : those.map(() => true);
    for (const [n, { hit, id }] of those.entries()) {
      if (!chosen[n]) continue;
      if (hits.length === limit) return id + 1;
      hits.push(hit);
    }
    return null;
  };

  for (let below = begin; ; ) {
    const found = nextMatches(files, expression, below);
    for (const match of found) {
      const { id, watchId } = match;
      below = id;
      rows += 1;
      if (seen.has(watchId)) continue;
      seen.add(watchId);
      const newest = newestOf(files, watchId);
      // The newest version is the best there is; only on a later page it may have been told before, by one taken in after it.
      const isBest = match.number === newest && after === undefined;
      const best = isBest ? { ...match, lastId: id } : bestOf(files, expression, watchId);
      if (!best || best.lastId >= begin) continue;
      looked += 1;
      const hit = hitOf(best, newest);
      if (isAskedFor(hit, query)) candidates.push({ hit, id });
      if (candidates.length < enough && looked < MOST_CANDIDATES) continue;
      const full = await chooseFromThem();
      if (full !== null) return { hits, next: String(full) };
      if (looked >= MOST_CANDIDATES) return { hits, next: String(id) };
    }
    if (found.length === 0 || rows >= MOST_ROWS) {
      const full = await chooseFromThem();
      if (full !== null) return { hits, next: String(full) };
      return found.length === 0 ? { hits } : { hits, next: String(below) };
    }
  }
}

interface Candidate {
  readonly hit: SearchHit;
  readonly id: number;
}

function beginningOf(after: string | undefined): number {
  if (after === undefined) return Number.MAX_SAFE_INTEGER;
  if (!/^[1-9]\d{0,14}$/.test(after)) throw new RangeError(`no place in a search: ${after.slice(0, 40)}`);
  return Number(after);
}

function nextMatches(files: readonly FtsFile[], expression: string, below: number) {
  for (const file of files) {
    const found = file.matches(expression, below, ROWS);
    if (found.length > 0) return found;
  }
  return [];
}

function bestOf(files: readonly FtsFile[], expression: string, watchId: string): BestMatch | null {
  return files
    .map((file) => file.best(expression, watchId))
    .filter((best) => best !== null)
    .reduce<BestMatch | null>((all, one) => {
      if (!all) return one;
      const lastId = Math.max(all.lastId, one.lastId);
      return { ...(one.number > all.number ? one : all), lastId };
    }, null);
}

const newestOf = (files: readonly FtsFile[], watchId: string): number =>
  Math.max(...files.map((file) => file.newest(watchId)));

const hitOf = ({ watchId, number, article }: BestMatch, newest: number): SearchHit => ({
  watchId,
  number,
  article,
  newest,
});

const isAskedFor = ({ number, newest }: SearchHit, { versions }: SearchQuery): boolean =>
  versions === "any" || (versions === "current") === (number === newest);
