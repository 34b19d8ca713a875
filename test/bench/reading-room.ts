import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Hono } from "hono";
import { cardDrawer } from "../../shared/adapters/card/card-drawer.ts";
import { fileArchive } from "../../shared/adapters/local/file-archive.ts";
import { sqliteLedger } from "../../shared/adapters/local/sqlite-ledger.ts";
import { readingRoom } from "../../shared/reading-room/app.ts";
import { paths } from "../../shared/reading-room/room.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { CHANGES_PER_WATCH, END, fillLedger, livesIn } from "./reading-room/filled-ledger.ts";

/**
 * What the reading room's pages cost, network left out: server time per request, median and 95th percentile, over a ledger
 * of 1,000 and one of 10,000 watches with ten changes each, in one run so that the two compare; and what one page weighs as
 * it is sent (gzip, level 6), the newest 30 changes on the home page. Every request is for another watch.
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
    const megabytes = (statSync(path).size / 1024 / 1024).toFixed(0);
    process.stdout.write(
      `\n${size} watches, ${size * CHANGES_PER_WATCH} changes; ledger ${megabytes} MB\n` +
        `${"page".padEnd(24)}${"p50 ms".padStart(8)}${"p95 ms".padStart(8)}${"KB gzip".padStart(9)}\n`,
    );
    await measureRoom(roomOver(ledger), ledger, ids);
    ledger.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function roomOver(ledger: ReturnType<typeof sqliteLedger>): Hono {
  return readingRoom({
    ledger,
    evidence: fileArchive(join(folder, "evidence")),
    derived: fileArchive(join(folder, "derived")),
    clock: { now: () => END, sleep: () => Promise.resolve() },
    access: { kind: "public" },
    subscribing: { kind: "closed", why: "no-mail" },
    cards: cardDrawer(() => import("../../shared/adapters/card/draw.ts")),
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
    ["watched articles", () => paths.watches],
    ["watched articles, middle", () => `${paths.watches}?after=${oldWatches}`],
    ["status", () => paths.status],
    ["article", () => paths.watch(anyOf())],
    ["revision", () => paths.revision(anyOf(), anyChange())],
    ["change", () => paths.change(anyOf(), anyChange())],
    ["change, whole text", () => `${paths.change(anyOf(), anyChange())}?whole=1`],
    ["change as JSON", () => paths.changeAs(anyOf(), anyChange(), "json")],
    ["compare first and last", () => paths.compare(anyOf(), 1, CHANGES_PER_WATCH + 1)],
    ["sentence by sentence", () => paths.history(anyOf())],
    ["feed of all", () => paths.feed],
    ["feed of an article", () => paths.watchFeed(anyOf())],
    ["feed of a source", () => paths.sourceFeed(`paper${Math.floor(random() * 400)}.example`)],
    ["feed of a tag", () => paths.tagFeed("harbour")],
  ];
  for (const [name, path] of pages) await measure(app, name, path);
}

async function measure(app: Hono, name: string, pathOf: () => string): Promise<void> {
  const times: number[] = [];
  let kilobytes = 0;
  for (let n = -WARM_UP; n < REQUESTS; n++) {
    const path = pathOf();
    const began = performance.now();
    const answer = await app.request(path);
    const body = await answer.arrayBuffer();
    if (n >= 0) times.push(performance.now() - began);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    kilobytes = Math.max(kilobytes, gzipSync(new Uint8Array(body)).length / 1024);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * times.length)]!.toFixed(1).padStart(8);
  process.stdout.write(`${name.padEnd(24)}${at(0.5)}${at(0.95)}${kilobytes.toFixed(1).padStart(9)}\n`);
}
