import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { fileSearchIndex } from "../../../shared/adapters/search/file-search-index.ts";
import { parseSearchQuery } from "../../../shared/domain/search-query.ts";
import { aText, searchIndexContract } from "../../contracts/search-index.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

searchIndexContract("fileSearchIndex", async () => {
  const path = join(temporaryFolder(), "search.sqlite");
  const opened = [fileSearchIndex(path)];
  return {
    index: opened[0]!,
    reopen() {
      const index = fileSearchIndex(path);
      opened.push(index);
      return index;
    },
    close() {
      for (const index of opened) index.close();
    },
  };
});

describe("fileSearchIndex", () => {
  it("makes no file by being asked", async () => {
    const path = join(temporaryFolder(), "search.sqlite");
    const index = fileSearchIndex(path);
    await index.find(parseSearchQuery("bridge"), { limit: 1 });
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ["is damaged", (path: string) => writeFileSync(path, "no database ".repeat(1000))],
    [
      "is of another release",
      (path: string) => {
        const db = new DatabaseSync(path);
        db.exec("CREATE TABLE other (x); PRAGMA user_version = 99");
        db.close();
      },
    ],
  ])("begins anew over a file that %s", async (_what, spoil) => {
    const path = join(temporaryFolder(), "search.sqlite");
    spoil(path);
    const index = fileSearchIndex(path);
    expect(await index.isBegun()).toBe(false);
    await index.add([aText("story", 1, "The bridge is closed.")]);
    expect(await index.isBegun()).toBe(true);
    expect((await index.find(parseSearchQuery("bridge"), { limit: 1 })).hits).toHaveLength(1);
    index.close();
    expect(statSync(path).size).toBeGreaterThan(0);
  });

  it("begins anew when damage is met in use", async () => {
    const path = join(temporaryFolder(), "search.sqlite");
    const index = fileSearchIndex(path);
    await index.add(Array.from({ length: 200 }, (_, n) => aText(`w${n}`, 1, `The bridge is closed for ${n} days.`)));
    index.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0x5a, 4096));
    expect((await index.find(parseSearchQuery("bridge"), { limit: 1 })).hits).toEqual([]);
    expect(await index.isBegun()).toBe(false);
    index.close();
  });
});
