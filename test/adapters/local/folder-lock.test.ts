import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderLock } from "../../../shared/adapters/local/folder-lock.ts";
import { isInstant } from "../../../shared/domain/time.ts";
import { type ChildModule, childModule, moduleUrl } from "../../support/child-module.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** A process that tries for the folder when told to, prints what it got, and stays until it is killed. */
const contender = (folder: string): ChildModule =>
  childModule(`
    import { folderLock } from ${JSON.stringify(moduleUrl("shared/adapters/local/folder-lock.ts"))};
    console.log("ready");
    process.stdin.on("data", async () => console.log(JSON.stringify(await folderLock(${JSON.stringify(folder)}).acquire())));
  `);

async function tryIt(child: ChildModule): Promise<{ acquired: boolean; heldBy?: { pid: number; since: string } }> {
  child.process.stdin?.write("go\n");
  return JSON.parse((await child.line()) ?? "null");
}

async function kill(child: ChildModule): Promise<void> {
  child.process.kill("SIGKILL");
  await child.ended;
}

describe("folderLock", () => {
  it("makes the folder and takes it", async () => {
    const folder = join(temporaryFolder(), "new", "folder");
    const lock = await folderLock(folder).acquire();
    expect(lock.acquired).toBe(true);
    if (lock.acquired) lock.release();
  });

  it("refuses a second holder in the same process, and tells who holds it since when", async () => {
    const folder = temporaryFolder();
    const first = await folderLock(folder).acquire();
    const second = await folderLock(folder).acquire();
    const third = await folderLock(folder).acquire(); // the second's failure did not let go of the first's lock
    for (const refused of [second, third]) {
      expect(refused).toMatchObject({ acquired: false, heldBy: { pid: process.pid } });
      expect(!refused.acquired && refused.heldBy && isInstant(refused.heldBy.since)).toBe(true);
    }
    if (first.acquired) first.release();
  });

  it("is free after its release, which may be repeated", async () => {
    const folder = temporaryFolder();
    const first = await folderLock(folder).acquire();
    if (first.acquired) first.release();
    const second = await folderLock(folder).acquire();
    expect(second.acquired).toBe(true);
    if (first.acquired) first.release();
    expect((await folderLock(folder).acquire()).acquired).toBe(false);
    if (second.acquired) second.release();
  });

  it("keeps folders apart", async () => {
    const locks = await Promise.all(
      [temporaryFolder(), temporaryFolder()].map((folder) => folderLock(folder).acquire()),
    );
    expect(locks.map(({ acquired }) => acquired)).toEqual([true, true]);
    for (const lock of locks) if (lock.acquired) lock.release();
  });

  it("holds against another process until that one is killed", { timeout: 30_000 }, async () => {
    const folder = temporaryFolder();
    const child = contender(folder);
    await child.line();
    expect((await tryIt(child)).acquired).toBe(true);
    expect(await folderLock(folder).acquire()).toMatchObject({ acquired: false, heldBy: { pid: child.process.pid } });
    await kill(child);
    const lock = await folderLock(folder).acquire();
    expect(lock.acquired).toBe(true);
    if (lock.acquired) lock.release();
  });

  it("lets exactly one of several processes win, and the next when it is killed", { timeout: 30_000 }, async () => {
    const folder = temporaryFolder();
    let children = Array.from({ length: 5 }, () => contender(folder));
    await Promise.all(children.map((child) => child.line()));
    for (let round = 0; round < 3; round += 1) {
      const tries = await Promise.all(children.map(tryIt));
      const winner = children.filter((_, n) => tries[n]?.acquired);
      expect(winner).toHaveLength(1);
      const told = tries.flatMap(({ acquired, heldBy }) => (acquired ? [] : [heldBy?.pid]));
      expect(new Set(told)).toEqual(new Set([winner[0]?.process.pid]));
      await Promise.all(winner.map(kill));
      children = children.filter((child) => !winner.includes(child));
    }
    await Promise.all(children.map(kill));
  });

  it("goes free with the process, though another process took its pid", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "monitor.pid"), `${process.ppid}\n`); // alive, and no monitor
    const lock = await folderLock(folder).acquire();
    expect(lock.acquired).toBe(true);
    if (lock.acquired) lock.release();
  });

  it("says what to do when its file is no lock", async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "monitor.lock"),
      "something else, longer than the header that SQLite looks for. ".repeat(20),
    );
    await expect(folderLock(folder).acquire()).rejects.toThrow(/monitor\.lock cannot be locked; .* delete it/);
  });
});
