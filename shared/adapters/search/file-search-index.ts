import { rmSync, statSync } from "node:fs";
import type { SearchIndex } from "../../ports/search-index.ts";
import { findIn } from "./find.ts";
import { type FtsFile, openFtsFile } from "./fts-file.ts";

/** SQLite's result codes for a file that is damaged, or none of its own. */
const UNUSABLE: ReadonlySet<number> = new Set([11, 26]);

/**
 * The search index in one file, for one machine. One that is damaged, or of another release, is thrown away: what is in it
 * is made again from ledger and archive.
 *
 * @param path - its folder must exist by the time that something is added
 * @see docs/decisions/0009-search.md
 */
export function fileSearchIndex(path: string): SearchIndex & { close(): void } {
  let open: FtsFile | null = null;
  const file = (): FtsFile => {
    open ??= opened(path);
    return open;
  };
  const close = () => {
    open?.close();
    open = null;
  };
  /** Damage that is met later than at opening: the next try finds an index that was not begun. */
  const mending = async <T>(work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (problem) {
      if (!isUnusable(problem)) throw problem;
      close();
      removeFile(path);
      return work();
    }
  };
  return {
    isBegun: () => mending(() => isThere(path) && file().isBegun()),
    add: (texts) =>
      mending(() => {
        const into = file();
        into.add(texts, into.nextId());
      }),
    find: (query, page) => mending(() => findIn(isThere(path) ? [file()] : [], query, page)),
    close,
  };
}

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** Extended codes carry the primary one in their low byte. */
const isUnusable = (problem: unknown): boolean =>
  problem instanceof Error && "errcode" in problem && UNUSABLE.has(Number(problem.errcode) & 0xff);

function removeFile(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
}

function opened(path: string): FtsFile {
  const first = usable(path);
  if (first) return first;
  removeFile(path);
  const second = openFtsFile(path);
  if (!second) throw new Error(`${path} was removed, and is there again: another release works on it`);
  return second;
}

function usable(path: string): FtsFile | null {
  try {
    return openFtsFile(path);
  } catch (problem) {
    if (isUnusable(problem)) return null;
    throw problem;
  }
}
