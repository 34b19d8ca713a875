import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ArchiveFull, fileArchive } from "../../../shared/adapters/local/file-archive.ts";
import { sha256 } from "../../../shared/domain/digest.ts";
import { ArchiveConflict } from "../../../shared/ports/archive.ts";
import { archiveContract } from "../../contracts/archive.ts";
import { childModule, moduleUrl } from "../../support/child-module.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

archiveContract("fileArchive", async () => {
  const folder = temporaryFolder();
  return { archive: fileArchive(folder), reopen: () => fileArchive(folder) };
});

const words = Buffer.from("words");
const IMPORT = `import { fileArchive } from ${JSON.stringify(moduleUrl("shared/adapters/local/file-archive.ts"))};`;

async function keysOf(folder: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of fileArchive(folder).list("")) keys.push(key);
  return keys;
}

describe("fileArchive", () => {
  it("lays each key at its path, for anyone to read", async () => {
    const folder = temporaryFolder();
    await fileArchive(folder).keep("captures/2026/a.warc.gz", words);
    expect(readFileSync(join(folder, "captures/2026/a.warc.gz"), "utf8")).toBe("words");
  });

  it("writes files that nobody may write to", async () => {
    const folder = temporaryFolder();
    await fileArchive(folder).keep("a", words);
    expect(statSync(join(folder, "a")).mode & 0o222).toBe(0);
  });

  it("leaves nothing but the file behind", async () => {
    const folder = temporaryFolder();
    await fileArchive(folder).keep("a", words);
    await fileArchive(folder).keep("a", words);
    await expect(fileArchive(folder).keep("a", Buffer.from("other"))).rejects.toThrow(ArchiveConflict);
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual([".incoming", "a"]);
  });

  it("lists nothing that desktops leave in folders", async () => {
    const folder = temporaryFolder();
    await fileArchive(folder).keep("a", words);
    writeFileSync(join(folder, ".DS_Store"), "");
    expect(await keysOf(folder)).toEqual(["a"]);
  });

  it("reads and lists nothing in a folder that is not there", async () => {
    const folder = join(temporaryFolder(), "never");
    expect(await fileArchive(folder).read("a")).toBeNull();
    expect(await keysOf(folder)).toEqual([]);
  });

  it("takes up again when its folder was taken away", async () => {
    const folder = temporaryFolder();
    const archive = fileArchive(folder);
    await archive.keep("a", words);
    rmSync(folder, { recursive: true });
    await expect(archive.keep("b", words)).rejects.toThrow(`cannot keep b in ${folder}`);
    expect(await archive.keep("b", words)).toBe("kept");
  });

  it.each([
    ["below a key", "a", "a/b"],
    ["far below a key", "a", "a/b/c/d"],
    ["that is the folder of another", "a/b", "a"],
  ])("refuses a key %s", async (_what, first, second) => {
    const folder = temporaryFolder();
    await fileArchive(folder).keep(first, words);
    await expect(fileArchive(folder).keep(second, words)).rejects.toThrow(ArchiveConflict);
    expect(await keysOf(folder)).toEqual([first]);
  });

  it("says what is wrong when its folder is a file", async () => {
    const folder = join(temporaryFolder(), "file");
    writeFileSync(folder, "in the way");
    await expect(fileArchive(folder).keep("a", words)).rejects.toThrow(/^a cannot be kept/);
    expect(readFileSync(folder, "utf8")).toBe("in the way");
  });
});

describe("fileArchive, when a writer dies", () => {
  it("never lists what was being written, and clears it away when it is old", async () => {
    const folder = temporaryFolder();
    const leave = (name: string, hoursAgo: number) => {
      const path = join(folder, ".incoming", name);
      mkdirSync(join(folder, ".incoming"), { recursive: true });
      writeFileSync(path, "half of the wor");
      const then = new Date(Date.now() - hoursAgo * 3_600_000);
      utimesSync(path, then, then);
    };
    leave("of-a-dead-writer", 2);
    leave("of-another-writer", 0);
    expect(await keysOf(folder)).toEqual([]);
    await fileArchive(folder).keep("a", words);
    expect(readdirSync(join(folder, ".incoming"))).toEqual(["of-another-writer"]);
    expect(await keysOf(folder)).toEqual(["a"]);
  });

  it("holds whole files only, and every one that was reported kept", { timeout: 60_000 }, async () => {
    const folder = temporaryFolder();
    const random = seededRandom(20260301);
    for (let round = 0; round < 6; round += 1) {
      const child = childModule(`
        import { createHash } from "node:crypto";
        ${IMPORT}
        const archive = fileArchive(${JSON.stringify(folder)});
        for (let n = 0; ; n += 1) {
          const bytes = Buffer.alloc(300_000 + n, "${round} " + n + " ");
          const key = "round/" + createHash("sha256").update(bytes).digest("hex");
          await archive.keep(key, bytes);
          console.log(key);
        }
      `);
      const reported: string[] = [];
      const enough = 1 + Math.floor(random() * 12);
      for (let key = await child.line(); key !== null; key = await child.line()) {
        reported.push(key);
        if (reported.length === enough) setTimeout(() => child.process.kill("SIGKILL"), random() * 20);
      }
      expect(await child.ended).toBe("SIGKILL");
      const keys = await keysOf(folder);
      expect(reported.filter((key) => !keys.includes(key))).toEqual([]);
      const broken = keys.filter((key) => key !== `round/${sha256(readFileSync(join(folder, key)))}`);
      expect(broken).toEqual([]);
    }
  });

  it("lets one of several processes win a key", { timeout: 30_000 }, async () => {
    const folder = temporaryFolder();
    const children = Array.from({ length: 4 }, (_, n) =>
      childModule(`
        ${IMPORT}
        const archive = fileArchive(${JSON.stringify(folder)});
        const won = [];
        console.log("ready");
        process.stdin.once("data", async () => {
          for (let key = 0; key < 40; key += 1) {
            const end = await archive.keep("contested/" + key, Buffer.from("${n}")).catch((error) => error.name);
            if (end === "kept") won.push(key);
            else if (end !== "ArchiveConflict") throw new Error(end);
          }
          console.log(JSON.stringify(won));
          process.exit();
        });
      `),
    );
    for (const child of children) expect(await child.line()).toBe("ready");
    for (const child of children) child.process.stdin?.write("go\n");
    const won = await Promise.all(children.map(async (child) => JSON.parse((await child.line()) ?? "[]") as number[]));
    expect(won.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, key) => key));
    won.forEach((keys, n) => {
      for (const key of keys) expect(readFileSync(join(folder, "contested", String(key)), "utf8")).toBe(String(n));
    });
  });
});

describe.skipIf(process.platform === "win32")("fileArchive, when there is no room", () => {
  it("says so, harms nothing, and goes on when there is room again", async () => {
    const folder = temporaryFolder();
    await fileArchive(folder).keep("before", words);
    // A limit on file sizes stands in for a full disk, which takes a disk of its own: both stop a write halfway.
    const child = childModule(
      `
        ${IMPORT}
        const archive = fileArchive(${JSON.stringify(folder)});
        const error = await archive.keep("big", Buffer.alloc(1_000_000, 1)).catch((error) => error);
        console.log(JSON.stringify({ name: error.name, message: error.message }));
        console.log(await archive.keep("small", Buffer.from("fits")));
        console.log(await archive.keep("before", Buffer.from("words")));
      `,
      { shell: "trap '' XFSZ; ulimit -f 200" },
    );
    const error = JSON.parse((await child.line()) ?? "{}") as { name: string; message: string };
    expect(error.name).toBe(ArchiveFull.name);
    expect(error.message).toContain(`no room for big in ${folder} (EFBIG). Nothing that was kept is harmed`);
    expect([await child.line(), await child.line(), await child.ended]).toEqual(["kept", "already", 0]);
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual([".incoming", "before", "small"]);
  });
});
