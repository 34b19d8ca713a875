import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { type Instant, toInstant } from "../../domain/time.ts";

/** Who has the folder: a process of this machine or of a container on it. */
export interface Holder {
  readonly pid: number;
  readonly since: Instant;
}

export type Acquisition =
  | { readonly acquired: true; release(): void }
  /** `heldBy` is null when the holder could not be made out; it is there all the same. */
  | { readonly acquired: false; readonly heldBy: Holder | null };

/** One holder per folder at a time, across processes. */
export interface FolderLock {
  /** Takes the folder, or tells who has it; never waits for it to come free. Makes the folder when it is missing. */
  acquire(): Promise<Acquisition>;
}

/** SQLITE_BUSY: somebody else has it. */
const BUSY = 5;

/** A holder writes its name right after it got the lock; so many short looks see it. */
const LOOKS = 20;
const LOOK_MS = 25;

/** A handle that nobody refers to is closed by the garbage collector, and its lock with it. */
const held = new Set<DatabaseSync>();

/**
 * The lock is an exclusive transaction on a small SQLite file, open as long as its process holds it: the kernel takes it
 * back however the process ends, so nothing is ever stale and no pid has to be judged. Who holds it stands in a file
 * beside, for people only.
 */
export function folderLock(folder: string): FolderLock {
  const lockPath = join(folder, "monitor.lock");
  const holderPath = join(folder, "monitor.pid");
  return {
    async acquire() {
      mkdirSync(folder, { recursive: true });
      const database = lockedDatabase(lockPath);
      if (!database) return { acquired: false, heldBy: await holderOf(holderPath) };
      held.add(database);
      writeFileSync(`${holderPath}.new`, `${process.pid}\n`);
      renameSync(`${holderPath}.new`, holderPath);
      return {
        acquired: true,
        release() {
          if (!held.delete(database)) return;
          rmSync(holderPath, { force: true });
          database.close();
        },
      };
    },
  };
}

/** @throws when the file cannot be opened or is no lock of ours */
function lockedDatabase(path: string): DatabaseSync | null {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === BUSY) return null;
    throw new Error(`${path} cannot be locked; if no monitor runs here, delete it`, { cause: error });
  }
}

async function holderOf(path: string): Promise<Holder | null> {
  for (let look = 0; look < LOOKS; look += 1) {
    const holder = readHolder(path);
    if (holder && isAlive(holder.pid)) return holder;
    await pause(LOOK_MS);
  }
  return readHolder(path); // in a container of its own, its pid says nothing here
}

function readHolder(path: string): Holder | null {
  try {
    const pid = Number.parseInt(readFileSync(path, "utf8"), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, since: toInstant(statSync(path).mtimeMs) } : null;
  } catch {
    return null; // not written yet
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"; // alive, and somebody else's
  }
}
