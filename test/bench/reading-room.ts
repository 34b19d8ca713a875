import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Hono } from "hono";
import { cardDrawer } from "../../shared/adapters/card/card-drawer.ts";
import { fileArchive } from "../../shared/adapters/local/file-archive.ts";
import { sqliteLedger } from "../../shared/adapters/local/sqlite-ledger.ts";
import { fileSearchIndex } from "../../shared/adapters/search/file-search-index.ts";
import { readIntoIndex } from "../../shared/pipeline/read-into-index.ts";
import type { SearchIndex } from "../../shared/ports/search-index.ts";
import { readingRoom } from "../../shared/reading-room/app.ts";
import { paths } from "../../shared/reading-room/room.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { CHANGES_PER_WATCH, END, fillLedger, livesIn } from "./reading-room/filled-ledger.ts";

/**
 * What the reading room's pages cost, network left out: server time per request, median and 95th percentile, and the CPU's
 * part of it, over a ledger of 1,000 and one of 10,000 watches with ten changes each, in one run so that the two compare;
 * and what one page weighs as it is sent (gzip, level 6). Every request is for another watch. Filling the larger ledger is
 * a third of a million commits, each synced: `TMPDIR=/dev/shm` spares a slow disk.
 */
const SIZES = [1_000, 10_000];
const REQUESTS = 200;
const WARM_UP = 30;

const folder = mkdtempSync(join(tmpdir(), "variorum-bench-room-"));
try {
  const lives = await livesIn(folder);
  for (const size of SIZES) {
    const path = join(folder, `ledger-${size}.sqlite`);
    const ledger = sqliteLedger(path);
    const ids = await fillLedger(ledger, size, lives);
    const index = join(folder, `search-${size}.sqlite`);
    const search = fileSearchIndex(index);
    await readIntoIndex(
      { ledger, derived: fileArchive(join(folder, "derived")), log: { info() {}, warn() {} } },
      search,
    );
    const megabytes = (file: string) => (statSync(file).size / 1024 / 1024).toFixed(0);
    process.stdout.write(
      `\n${size} watches, ${size * CHANGES_PER_WATCH} changes; ledger ${megabytes(path)} MB, search index ${megabytes(index)} MB\n` +
        `${"page".padEnd(24)}${["p50 ms", "p95 ms", "p50 CPU", "p95 CPU", "KB gzip"].map((head) => head.padStart(9)).join("")}\n`,
    );
    await measureRoom(roomOver(ledger, search), ledger, ids);
    search.close();
    ledger.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function roomOver(ledger: ReturnType<typeof sqliteLedger>, search: SearchIndex): Hono {
  return readingRoom({
    ledger,
    evidence: fileArchive(join(folder, "evidence")),
    derived: fileArchive(join(folder, "derived")),
    clock: { now: () => END, sleep: () => Promise.resolve() },
    access: { kind: "public" },
    subscribing: { kind: "closed", why: "no-mail" },
    cards: cardDrawer(() => import("../../shared/adapters/card/draw.ts")),
    search,
    address: null,
  });
}

async function measureRoom(app: Hono, ledger: ReturnType<typeof sqliteLedger>, ids: readonly string[]): Promise<void> {
  const random = seededRandom(ids.length);
  const anyOf = () => ids[Math.floor(random() * ids.length)]!;
  const anyChange = () => 2 + Math.floor(random() * CHANGES_PER_WATCH);
  const deep = async <Row>(list: (page: { limit: number }) => Promise<{ rows: readonly Row[]; next?: string }>) =>
    encodeURIComponent((await list({ limit: Math.floor(ids.length / 2) })).next ?? "");
  const [oldHome, oldWatches] = [await deep((page) => ledger.recent(page)), await deep((page) => ledger.watches(page))];
  const pages: readonly (readonly [name: string, path: () => string])[] = [
    ["home", () => paths.home],
    ["home, far back", () => `${paths.home}?after=${oldHome}`],
    ["home, only a source", () => `${paths.home}?source=paper${Math.floor(random() * 400)}.example`],
    ["home, only a tag", () => `${paths.home}?tag=harbour&unmarked=1`],
    ["sources", () => paths.sources],
    ["a source", () => paths.source(`paper${Math.floor(random() * 400)}.example`)],
    ["coverage", () => paths.coverage],
    ["watched articles", () => paths.watches],
    ["watched articles, middle", () => `${paths.watches}?after=${oldWatches}`],
    ["status", () => paths.status],
    ["article", () => paths.watch(anyOf())],
    ["revision", () => paths.revision(anyOf(), anyChange())],
    ["change", () => paths.change(anyOf(), anyChange())],
    ["change, whole text", () => `${paths.change(anyOf(), anyChange())}?whole=1`],
    ["change, side by side", () => `${paths.change(anyOf(), anyChange())}?view=side`],
    ["change as JSON", () => paths.changeAs(anyOf(), anyChange(), "json")],
    ["compare first and last", () => paths.compare(anyOf(), 1, CHANGES_PER_WATCH + 1)],
    ["sentence by sentence", () => paths.history(anyOf())],
    ["search, a common word", () => `${paths.search}?q=council`],
    ["search, two words", () => `${paths.search}?q=${["harbour", "tarn", "ferry"][Math.floor(random() * 3)]}+police`],
    ["search, a phrase", () => `${paths.search}?q=%22police+said%22+in:earlier`],
    ["search, nowhere", () => `${paths.search}?q=lighthouse${Math.floor(random() * 1000)}`],
    ["feed of all", () => paths.feed],
    ["feed of an article", () => paths.watchFeed(anyOf())],
    ["feed of a source", () => paths.sourceFeed(`paper${Math.floor(random() * 400)}.example`)],
    ["feed of a tag", () => paths.tagFeed("harbour")],
  ];
  for (const [name, path] of pages) await measure(app, name, path);
}

async function measure(app: Hono, name: string, pathOf: () => string): Promise<void> {
  const times: number[] = [];
  const loads: number[] = [];
  let kilobytes = 0;
  for (let n = -WARM_UP; n < REQUESTS; n++) {
    const path = pathOf();
    const began = performance.now();
    const before = process.cpuUsage();
    const answer = await app.request(path);
    const body = await answer.arrayBuffer();
    const { user, system } = process.cpuUsage(before);
    if (n >= 0) {
      times.push(performance.now() - began);
      loads.push((user + system) / 1000);
    }
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    kilobytes = Math.max(kilobytes, gzipSync(new Uint8Array(body)).length / 1024);
  }
  const at = (values: readonly number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.floor(share * values.length)] ?? 0;
  const figures = [at(times, 0.5), at(times, 0.95), at(loads, 0.5), at(loads, 0.95), kilobytes];
  process.stdout.write(`${name.padEnd(24)}${figures.map((figure) => figure.toFixed(1).padStart(9)).join("")}\n`);
}
