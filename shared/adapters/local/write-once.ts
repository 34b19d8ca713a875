import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Where files are written before they are whole: in the folder itself, since a link cannot cross file systems. */
const INCOMING = ".incoming";

/** Whatever lies longer than this among the incoming was left by a writer that died. */
const LEFT_OVER_MS = 60 * 60 * 1000;

/** Puts whole files into a folder, under names that are never overwritten. */
export interface WriteOnceFolder {
  /**
   * Writes a file unless its name is taken; a reader sees nothing or all of it, also after a crash or a power cut. When
   * it resolves, the file is on the disk.
   *
   * @param name - path below the folder, `/`-separated
   * @returns false when the name is taken: what is there was not touched
   * @throws the system's error when the file cannot be written
   */
  put(name: string, bytes: Uint8Array): Promise<boolean>;
  /** Makes sure that a file which is there already survives a power cut: whoever put it may have died before that. */
  settle(name: string): Promise<void>;
}

export function writeOnceFolder(folder: string): WriteOnceFolder {
  const incoming = join(folder, INCOMING);
  let opened: Promise<void> | undefined;

  async function openOnce(): Promise<void> {
    opened ??= makeFolder(incoming).then(() => sweep(incoming));
    await opened.catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
  }

  return {
    async put(name, bytes) {
      await openOnce();
      const temporary = join(incoming, randomUUID());
      const target = join(folder, name);
      try {
        await writeWhole(temporary, bytes);
        await makeFolder(dirname(target));
        // Not rename, which overwrites: of many that link to one name, one succeeds.
        await link(temporary, target);
      } catch (error) {
        if (isSystemError(error) && error.code === "EEXIST" && error.syscall === "link") return false;
        opened = undefined; // the folder may have been taken away: the next put makes it again
        throw error;
      } finally {
        await unlink(temporary).catch(() => undefined); // a left-over is harmless, and swept later
      }
      await syncFolder(dirname(target));
      return true;
    },
    async settle(name) {
      for (let path = dirname(join(folder, name)); path.length >= folder.length; path = dirname(path)) {
        await syncFolder(path);
        if (path === dirname(path)) break;
      }
    },
  };
}

/** True for what the operating system refused, as opposed to a bug. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException & { readonly code: string } =>
  error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string";

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o444);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a folder and those above it, each one's entry synced into the folder that holds it. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  const above = dirname(first);
  for (let made = path; made !== above; made = dirname(made)) await syncFolder(dirname(made));
}

/** A new name is on the disk only when its folder is synced. Windows knows no such call, and journals names itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Removes what writers that died left behind. Ages are taken from the disk's own clock, which may not be ours. */
async function sweep(incoming: string): Promise<void> {
  const probe = join(incoming, randomUUID());
  await writeWhole(probe, new Uint8Array());
  const { mtimeMs: now } = await stat(probe);
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => now - mtimeMs,
      () => 0, // finished by its writer meanwhile
    );
    if (age > LEFT_OVER_MS || path === probe) await unlink(path).catch(() => undefined);
  }
}
