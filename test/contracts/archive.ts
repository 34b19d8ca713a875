import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { type Archive, ArchiveConflict } from "../../shared/ports/archive.ts";

export interface ArchiveSetup {
  readonly archive: Archive;
  /** Another instance on the same storage, as another process would have. */
  reopen(): Archive;
}

export interface ArchiveLimits {
  /** Largest object that the storage under test takes. */
  readonly bigBytes?: number;
  /** Why two writers at once cannot be told apart on the storage under test; leaves those facts out, aloud. */
  readonly racesUntold?: string;
  /** Why the storage under test sorts capitals otherwise; leaves that fact out, aloud. */
  readonly capitalsUntold?: string;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** So many bytes that follow from a seed, unlike those of any other. */
const many = (length: number, seed: string): Uint8Array =>
  createHash("shake256", { outputLength: length }).update(seed).digest();

const ODD_KEYS = [
  "",
  "/a",
  "a/",
  "a//b",
  "..",
  "../a",
  "a/../b",
  "a/..",
  ".",
  ".hidden",
  "a/.hidden",
  "a b",
  "a\\b",
  "a\nb",
  "a\0b",
  "ä",
  "a%2fb",
  "x".repeat(513),
];

/** What every archive promises; see shared/ports/archive.ts. */
export function archiveContract(
  name: string,
  open: () => Promise<ArchiveSetup>,
  { bigBytes = 30 * 1024 * 1024, racesUntold, capitalsUntold }: ArchiveLimits = {},
): void {
  describe(`${name} as an archive`, () => {
    let setup: ArchiveSetup;
    let archive: Archive;
    beforeEach(async () => {
      setup = await open();
      archive = setup.archive;
    });
    const read = async (key: string, from = archive) => {
      const bytes = await from.read(key);
      return bytes && Buffer.from(bytes);
    };
    async function list(prefix: string, after?: string): Promise<string[]> {
      const keys: string[] = [];
      for await (const key of archive.list(prefix, after)) keys.push(key);
      return keys;
    }

    describe("keep and read", () => {
      it.each([
        ["every byte value", Uint8Array.from({ length: 256 }, (_, byte) => byte)],
        ["no bytes at all", new Uint8Array()],
        ["a part of a larger buffer", many(100, "buffer").subarray(10, 20)],
      ])("keeps %s", async (_what, bytes) => {
        expect(await archive.keep("captures/2026/a.bin", bytes)).toBe("kept");
        expect(await read("captures/2026/a.bin")).toEqual(Buffer.from(bytes));
      });

      it(`keeps ${bigBytes / 1024 / 1024} MB`, async () => {
        const bytes = many(bigBytes, "big");
        expect(await archive.keep("big.bin", bytes)).toBe("kept");
        expect(Buffer.compare((await archive.read("big.bin")) ?? Buffer.of(), bytes)).toBe(0);
        expect(await archive.keep("big.bin", bytes)).toBe("already");
        const almost = bytes.slice();
        almost[almost.length - 1] = (almost.at(-1) ?? 0) ^ 1;
        await expect(archive.keep("big.bin", almost)).rejects.toThrow(ArchiveConflict);
      });

      it("shows a reader nothing or all of what is being kept", async () => {
        const bytes = many(Math.min(bigBytes, 8 * 1024 * 1024), "atomic");
        let kept = false;
        const keeping = archive.keep("atomic.bin", bytes).finally(() => {
          kept = true;
        });
        const sizes = new Set<number | null>();
        while (!kept) sizes.add((await setup.reopen().read("atomic.bin"))?.byteLength ?? null);
        await keeping;
        expect([...sizes].filter((size) => size !== null && size !== bytes.byteLength)).toEqual([]);
      });

      it("keeps what it was given, whatever its giver does with the buffer afterwards", async () => {
        const bytes = bytesOf("first words");
        await archive.keep("a", bytes);
        bytes.fill(0);
        expect(await read("a")).toEqual(Buffer.from("first words"));
      });

      it("shows another instance what it kept", async () => {
        await archive.keep("a/b", bytesOf("words"));
        expect(await read("a/b", setup.reopen())).toEqual(Buffer.from("words"));
        expect(await setup.reopen().keep("a/b", bytesOf("words"))).toBe("already");
      });

      it("answers null where nothing is", async () => {
        await archive.keep("a/b", bytesOf("words"));
        expect(await archive.read("a/c")).toBeNull();
        expect(await archive.read("a")).toBeNull();
        expect(await archive.read("a/b/c")).toBeNull();
      });

      it("takes the same bytes again as already kept", async () => {
        await archive.keep("a", bytesOf("words"));
        expect(await archive.keep("a", bytesOf("words"))).toBe("already");
        await archive.keep("empty", new Uint8Array());
        expect(await archive.keep("empty", new Uint8Array())).toBe("already");
      });

      it.each([
        ["other bytes", "words", "sword"],
        ["more bytes", "words", "words and more"],
        ["fewer bytes", "words", "word"],
        ["none", "words", ""],
        ["some where none were kept", "", "words"],
      ])("refuses %s under a key, and leaves what was kept", async (_what, first, second) => {
        await archive.keep("a", bytesOf(first));
        await expect(archive.keep("a", bytesOf(second))).rejects.toThrow(ArchiveConflict);
        expect(await read("a")).toEqual(Buffer.from(first));
      });

      it.each(ODD_KEYS.map((key) => [JSON.stringify(key.slice(0, 20)), key]))("refuses the key %s", async (_, key) => {
        await expect(archive.keep(key, bytesOf("words"))).rejects.toThrow(RangeError);
        await expect(archive.read(key)).rejects.toThrow(RangeError);
        expect(await list("")).toEqual([]);
      });

      it("keeps keys of the pipeline's length", async () => {
        const key = `captures/2026/03/01/0123456789abcdef/20260301120000000-${"0".repeat(36)}.warc.gz`;
        expect(await archive.keep(key, bytesOf("words"))).toBe("kept");
        expect(await list("captures/2026/03/01/")).toEqual([key]);
      });
    });

    describe("two writers at once", () => {
      const unless = racesUntold ? it.skip : it;
      const why = racesUntold ? ` (left out: ${racesUntold})` : "";

      unless(`lets one of 20 with different bytes win, and tells the others${why}`, async () => {
        const offers = Array.from({ length: 20 }, (_, n) => many(10_000 + n, `offer ${n}`));
        const ends = await Promise.allSettled(offers.map((bytes) => setup.reopen().keep("contested", bytes)));
        const winners = offers.filter((_, n) => ends[n]?.status === "fulfilled");
        expect(winners).toHaveLength(1);
        expect(await read("contested")).toEqual(Buffer.from(winners[0] ?? []));
        const reasons = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
        expect(reasons.filter((reason) => !(reason instanceof ArchiveConflict))).toEqual([]);
      });

      unless(`keeps the same bytes of 20 once${why}`, async () => {
        const ends = await Promise.all(
          Array.from({ length: 20 }, () => setup.reopen().keep("agreed", many(10_000, "agreed"))),
        );
        expect(ends.filter((end) => end === "kept")).toHaveLength(1);
      });

      it("keeps 20 keys of one new folder side by side", async () => {
        const keys = Array.from({ length: 20 }, (_, n) => `new/folder/${String(n).padStart(2, "0")}`);
        await Promise.all(keys.map((key) => setup.reopen().keep(key, bytesOf(key))));
        expect(await list("new/")).toEqual(keys);
      });
    });

    describe("list", () => {
      /** In code unit order, in which `-` and `.` stand before `/`, digits after it. */
      const keys = ["a-b", "a.b", "a/b", "a/b0", "a0", "ab/c", "ab/c.d", "b/a/z", "b/ab", "b/b/a"];
      beforeEach(async () => {
        for (const key of keys.toReversed()) await archive.keep(key, bytesOf(key));
      });

      it.each([
        ["everything", "", undefined, keys],
        ["a folder", "b/", undefined, ["b/a/z", "b/ab", "b/b/a"]],
        ["what begins alike", "a", undefined, ["a-b", "a.b", "a/b", "a/b0", "a0", "ab/c", "ab/c.d"]],
        ["a beginning within a folder", "b/a", undefined, ["b/a/z", "b/ab"]],
        ["one key", "a/b0", undefined, ["a/b0"]],
        ["nothing of an unknown folder", "c/", undefined, []],
        ["nothing below a key", "a0/", undefined, []],
        ["what follows a key", "", "a/b", ["a/b0", "a0", "ab/c", "ab/c.d", "b/a/z", "b/ab", "b/b/a"]],
        ["what follows a key that is not there", "", "a/b00", ["a0", "ab/c", "ab/c.d", "b/a/z", "b/ab", "b/b/a"]],
        ["what follows a folder's name", "", "b/a", ["b/a/z", "b/ab", "b/b/a"]],
        ["what follows within a folder", "b/", "b/a/z", ["b/ab", "b/b/a"]],
        ["all when it comes after `after`", "b/", "a", ["b/a/z", "b/ab", "b/b/a"]],
        ["nothing when it comes before `after`", "a", "b", []],
        ["nothing after the last", "", "b/b/a", []],
      ])("gives %s", async (_what, prefix, after, expected) => {
        expect(await list(prefix, after)).toEqual(expected);
      });

      (capitalsUntold ? it.skip : it)(
        `gives capitals before small letters${capitalsUntold ? ` (left out: ${capitalsUntold})` : ""}`,
        async () => {
          for (const key of ["A", "B/a", "_"]) await archive.keep(key, bytesOf(key));
          expect((await list("")).slice(0, 4)).toEqual(["A", "B/a", "_", "a-b"]);
        },
      );

      it("stops when its reader does", async () => {
        for await (const key of archive.list("b/")) {
          expect(key).toBe("b/a/z");
          break;
        }
      });
    });

    it("lists more keys than any page holds, in order, and goes on where it was left", {
      timeout: 120_000,
    }, async () => {
      const keys = Array.from({ length: 1100 }, (_, n) => `day/${n % 7}/${String((n * 7919) % 1100).padStart(4, "0")}`);
      for (let at = 0; at < keys.length; at += 50) {
        await Promise.all(keys.slice(at, at + 50).map((key) => archive.keep(key, bytesOf(key))));
      }
      const sorted = keys.toSorted();
      expect(await list("day/")).toEqual(sorted);
      expect(await list("day/", sorted[499])).toEqual(sorted.slice(500));
      expect(await list("day/3/")).toEqual(sorted.filter((key) => key.startsWith("day/3/")));
    });
  });
}
