import type { Block } from "../domain/article.ts";

/** A live blog's page shows its newest entries; with fewer, it shows all. How many fit is not known: more may be all, too. */
const LEAST_PAGE = 5;

/**
 * The blocks of before as after is to be compared with: entries that both have stand in the order of after, so that a page
 * turned from newest-first to oldest-first has moved nothing; entries that left at the old end when just as many came at the
 * new one are not in it.
 *
 * @returns `pagedOut`: how many those are
 */
export function liveEntries(
  before: readonly Block[],
  after: readonly Block[],
): { readonly blocks: readonly Block[]; readonly pagedOut: number } {
  const [old, now] = [keysOf(before), keysOf(after)];
  if (old.length === 0 || now.length === 0) return { blocks: before, pagedOut: 0 };
  const [had, has] = [new Set(old), new Set(now)];
  const gone = new Set(leftByPaging(old, now, had, has));
  const kept = before.filter(({ entry }) => entry === undefined || !gone.has(entry));
  return {
    blocks: inOrder(
      kept,
      now.filter((key) => had.has(key)),
      has,
    ),
    pagedOut: gone.size,
  };
}

/** The keys of the entries, in the order in which they begin. */
const keysOf = (blocks: readonly Block[]): string[] => [
  ...new Set(blocks.map(({ entry }) => entry).filter((key) => key !== undefined)),
];

/** The entries that are gone, if the page is as long as before and has only been pushed on by as many new ones. */
function leftByPaging(
  old: readonly string[],
  now: readonly string[],
  had: ReadonlySet<string>,
  has: ReadonlySet<string>,
): readonly string[] {
  const gone = old.filter((key) => !has.has(key));
  const { length } = gone;
  if (length === 0 || length === old.length || old.length !== now.length || old.length < LEAST_PAGE) return [];
  const isNew = (key: string) => !had.has(key);
  const isGone = (key: string) => !has.has(key);
  const newestFirst = now.slice(0, length).every(isNew) && old.slice(-length).every(isGone);
  const oldestFirst = now.slice(-length).every(isNew) && old.slice(0, length).every(isGone);
  return newestFirst || oldestFirst ? gone : [];
}

/** The blocks with the shared entries in the given order, each where one of them stood before. */
function inOrder(blocks: readonly Block[], keys: readonly string[], shared: ReadonlySet<string>): Block[] {
  const entries = new Map<string, Block[]>(keys.map((key) => [key, []]));
  for (const block of blocks) if (block.entry !== undefined) entries.get(block.entry)?.push(block);
  const seen = new Set<string>();
  return blocks.flatMap((block) => {
    const { entry } = block;
    if (entry === undefined || !shared.has(entry)) return block;
    if (seen.has(entry)) return [];
    seen.add(entry);
    return entries.get(keys[seen.size - 1]!) ?? [];
  });
}
