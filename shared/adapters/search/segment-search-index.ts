import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { type Archive, ArchiveConflict, ArchiveDamage } from "../../ports/archive.ts";
import type { IndexedText, SearchIndex } from "../../ports/search-index.ts";
import { findIn } from "./find.ts";
import { type FtsFile, openFtsFile, SCHEMA_VERSION } from "./fts-file.ts";

/** A sealed file of the index, as the archive holds it. Ids of two do not overlap. */
interface Segment {
  readonly key: string;
  readonly firstId: number;
  readonly texts: number;
}

/** Which segments make up the index. The newest one counts; none is ever changed. */
interface Manifest {
  readonly generation: number;
  readonly nextId: number;
  /** By id, the lowest first. */
  readonly segments: readonly Segment[];
}

const NOTHING: Manifest = { generation: 0, nextId: 1, segments: [] };

/** So many neighbours of one size become one of the next. */
const MERGED = 8;
/** Segments of fewer texts are of the smallest size. */
const SMALLEST = 50;
/** What is larger is merged no more: it takes the longest part of a minute. */
const LARGEST = 20_000;

/** Writers that meet: the loser begins again. */
const TRIES = 5;

const ROOT = `search/${SCHEMA_VERSION}`;
const LAST_GENERATION = 999_999_999_999;

/** Counts down, so that the newest is the first that a list gives. */
const manifestKey = (generation: number): string =>
  `${ROOT}/manifests/${String(LAST_GENERATION - generation).padStart(12, "0")}.json`;

/**
 * The search index as sealed segments in a write-once archive, for as many machines as it takes and without a server: who
 * adds writes a segment and a manifest that names it, who searches reads the newest manifest and keeps its segments in a
 * folder of its own. Small segments are merged as more come, so that there are few.
 *
 * @param folder - for copies of segments; may be emptied whenever no process works in it
 * @see docs/decisions/0009-search.md
 */
export function segmentSearchIndex({
  archive,
  folder,
}: {
  readonly archive: Archive;
  readonly folder: string;
}): SearchIndex & { close(): void } {
  const open = new Map<string, FtsFile>();
  mkdirSync(folder, { recursive: true });

  async function current(): Promise<Manifest | null> {
    for await (const key of archive.list(`${ROOT}/manifests/`)) {
      const bytes = await archive.read(key);
      if (!bytes) throw new ArchiveDamage(`${key} is listed and cannot be read`);
      return JSON.parse(Buffer.from(bytes).toString("utf8")) as Manifest;
    }
    return null;
  }

  async function file({ key }: Segment): Promise<FtsFile> {
    const known = open.get(key);
    if (known) return known;
    const path = join(folder, nameOf(key));
    if (!statSync(path, { throwIfNoEntry: false })) {
      const bytes = await archive.read(key);
      if (!bytes) throw new ArchiveDamage(`${key} is missing from the derived archive`);
      const half = `${path}.${process.pid}-${open.size}`;
      writeFileSync(half, gunzipSync(bytes));
      renameSync(half, path);
    }
    const opened = open.get(key) ?? openFtsFile(path); // another search may have opened it meanwhile
    if (!opened) throw new ArchiveDamage(`${key} is of another release`);
    open.set(key, opened);
    return opened;
  }

  /** Closes and removes what the index no longer consists of, so that the folder holds one index and no more. */
  function forget({ segments }: Manifest): void {
    const live = new Set(segments.map(({ key }) => key));
    for (const [key, old] of open) {
      if (live.has(key)) continue;
      old.close();
      open.delete(key);
    }
    const names = new Set(segments.map(({ key }) => nameOf(key)));
    for (const name of readdirSync(folder)) {
      if (name.endsWith(".sqlite") && !names.has(name)) rmSync(join(folder, name), { force: true });
    }
  }

  /** Makes a segment of what is written into it, and keeps it. */
  async function seal(firstId: number, write: (into: FtsFile) => number): Promise<Segment> {
    const scratch = mkdtempSync(join(folder, "new-"));
    try {
      const path = join(scratch, "segment.sqlite");
      const into = openFtsFile(path);
      if (!into) throw new Error(`${path} is there already`);
      const texts = write(into);
      into.seal();
      into.close();
      const bytes = readFileSync(path);
      const key = `${ROOT}/segments/${createHash("sha256").update(bytes).digest("hex")}.sqlite.gz`;
      await archive.keep(key, gzipSync(bytes));
      return { key, firstId, texts };
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }

  async function merged(segments: readonly Segment[]): Promise<readonly Segment[]> {
    const last = segments.slice(-MERGED);
    const [first] = last;
    if (!first || last.length < MERGED || last.some((one) => sizeOf(one) !== sizeOf(first)) || first.texts > LARGEST) {
      return segments;
    }
    const files: FtsFile[] = [];
    for (const one of last) files.push(await file(one));
    const all = await seal(first.firstId, (into) => files.reduce((texts, from) => texts + into.copy(from), 0));
    return merged([...segments.slice(0, -MERGED), all]);
  }

  async function added(from: Manifest, texts: readonly IndexedText[]): Promise<Manifest> {
    if (texts.length === 0) return { ...from, generation: from.generation + 1 };
    let nextId = from.nextId;
    const segment = await seal(nextId, (into) => {
      nextId = into.add(texts, nextId);
      return nextId - from.nextId;
    });
    return { generation: from.generation + 1, nextId, segments: await merged([...from.segments, segment]) };
  }

  return {
    isBegun: async () => (await current()) !== null,
    async add(texts) {
      for (let left = TRIES; left > 0; left -= 1) {
        const from = await current();
        if (from && texts.length === 0) return;
        const to = await added(from ?? NOTHING, texts);
        try {
          await archive.keep(manifestKey(to.generation), Buffer.from(JSON.stringify(to)));
          return;
        } catch (error) {
          if (!(error instanceof ArchiveConflict)) throw error; // else somebody else added: again, after theirs
        }
      }
      throw new Error("nothing was added to the search index: others kept adding");
    },
    async find(query, page) {
      const manifest = (await current()) ?? NOTHING;
      const files: FtsFile[] = [];
      for (const segment of manifest.segments.toReversed()) files.push(await file(segment));
      const found = await findIn(files, query, page);
      forget(manifest);
      return found;
    },
    close() {
      for (const one of open.values()) one.close();
      open.clear();
    },
  };
}

const nameOf = (key: string): string => (key.split("/").at(-1) ?? "").replace(/\.gz$/, "");

const sizeOf = ({ texts }: Segment): number =>
  Math.max(0, Math.floor(Math.log(texts / SMALLEST) / Math.log(MERGED)) + 1);
