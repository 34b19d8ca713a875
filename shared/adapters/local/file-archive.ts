import { createReadStream, type Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Archive, ArchiveConflict, checkKey } from "../../ports/archive.ts";
import { isSystemError, writeOnceFolder } from "./write-once.ts";

/** The archive's folder takes no more. Nothing that was kept is harmed. */
export class ArchiveFull extends Error {
  override readonly name = "ArchiveFull";
}

/** Of a system error: there is no room, on the disk, in the quota, under the process's limit. */
const NO_ROOM = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** Of a system error: nothing lies at the path; it, or a folder in it, is missing, a file, or a folder. */
const NOTHING_THERE = new Set(["ENOENT", "ENOTDIR", "EISDIR"]);

/** Of a system error: a file where a folder should be, or a folder where a file should be. */
const IN_THE_WAY = new Set(["ENOTDIR", "EISDIR", "EEXIST"]);

/**
 * An archive of plain files, read-only, each at its key's path below the folder, so that it can be read and copied
 * without us. A key cannot also be the folder of another (`a` and `a/b`): that is a conflict here.
 *
 * A file system tells nothing of the digest a file was kept with; whoever needs it takes keys that name their content.
 */
export function fileArchive(folder: string): Archive {
  const root = resolve(folder);
  const files = writeOnceFolder(root);
  const pathOf = (key: string) => {
    checkKey(key);
    return join(root, ...key.split("/"));
  };

  return {
    async keep(key, bytes) {
      const path = pathOf(key);
      try {
        // Asked first, since it spares the disk a file, and answers on a full one.
        const isNew = !(await isThere(path)) && (await files.put(key, bytes));
        if (isNew) return "kept";
        if (!(await holds(path, bytes))) throw new ArchiveConflict(`${key} holds other bytes than the ones to keep`);
        await files.settle(key);
        return "already";
      } catch (error) {
        throw isSystemError(error) ? refusal(error, key, root) : error;
      }
    },

    async read(key) {
      try {
        return await readFile(pathOf(key));
      } catch (error) {
        if (isSystemError(error) && NOTHING_THERE.has(error.code)) return null;
        throw error;
      }
    },

    list: (prefix, after = "") => keysBelow(root, "", prefix, after),
  };
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === "ENOENT") return false;
    throw error;
  }
}

/** Compares piece by piece: of a big file, only as much is read as is equal. */
async function holds(path: string, bytes: Uint8Array): Promise<boolean> {
  if ((await stat(path)).size !== bytes.byteLength) return false;
  let offset = 0;
  for await (const piece of createReadStream(path)) {
    const stored = piece as Buffer;
    if (!stored.equals(bytes.subarray(offset, offset + stored.byteLength))) return false;
    offset += stored.byteLength;
  }
  return offset === bytes.byteLength;
}

function refusal(error: NodeJS.ErrnoException & { readonly code: string }, key: string, root: string): Error {
  if (NO_ROOM.has(error.code)) {
    const advice = "Nothing that was kept is harmed; make room, and it goes on.";
    return new ArchiveFull(`no room for ${key} in ${root} (${error.code}). ${advice}`, { cause: error });
  }
  if (IN_THE_WAY.has(error.code)) {
    return new ArchiveConflict(`${key} cannot be kept beside a key that is its folder, or below it`, { cause: error });
  }
  const advice = error.syscall === "link" ? "; the folder must be on a file system that knows hard links" : "";
  return new Error(`cannot keep ${key} in ${root}: ${error.message}${advice}`, { cause: error });
}

/** Walks the keys below one folder in order, a folder at a time, leaving out what lies outside prefix and `after`. */
async function* keysBelow(root: string, folder: string, prefix: string, after: string): AsyncGenerator<string> {
  for (const entry of await entriesOf(join(root, folder))) {
    const key = folder + entry;
    if (!key.endsWith("/")) {
      if (key.startsWith(prefix) && key > after) yield key;
    } else if ((key.startsWith(prefix) || prefix.startsWith(key)) && (key > after || after.startsWith(key))) {
      yield* keysBelow(root, key, prefix, after);
    }
  }
}

/** Names in a folder, those of folders with a `/` behind, which is what sorts their keys among the others. */
async function entriesOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown): Dirent[] => {
    if (isSystemError(error) && NOTHING_THERE.has(error.code)) return [];
    throw error;
  });
  return entries
    .filter(({ name }) => !name.startsWith(".")) // what is incoming, and what desktops leave: no keys
    .flatMap((entry) => (entry.isDirectory() ? [`${entry.name}/`] : entry.isFile() ? [entry.name] : []))
    .sort((a, b) => (a < b ? -1 : 1));
}
