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
  return {
    isBegun: async () => isThere(path) && file().nextId() >= 1,
    add: async (texts) => {
      const into = file();
      into.add(texts, into.nextId());
    },
    find: async (query, page) => findIn(isThere(path) ? [file()] : [], query, page),
    close: () => open?.close(),
  };
}

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

function opened(path: string): FtsFile {
  const first = usable(path);
  if (first) return first;
  for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
  const second = openFtsFile(path);
  if (!second) throw new Error(`${path} was removed, and is there again: another release works on it`);
  return second;
}

function usable(path: string): FtsFile | null {
  try {
    return openFtsFile(path);
  } catch (problem) {
    const code = problem instanceof Error && "errcode" in problem ? Number(problem.errcode) & 0xff : 0;
    if (UNUSABLE.has(code)) return null;
    throw problem;
  }
}
