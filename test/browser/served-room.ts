import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveLocally } from "../../functions/local/serve.ts";
import { sqliteLedger } from "../../shared/adapters/local/sqlite-ledger.ts";
import { fileSearchIndex } from "../../shared/adapters/search/file-search-index.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { subscriberDesk } from "../../shared/pipeline/notify/subscriber-desk.ts";
import { readIntoIndex } from "../../shared/pipeline/read-into-index.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import { paths } from "../../shared/reading-room/room.ts";
import { openReadingRoom } from "../reading-room/reading-room.ts";
import { anEvent, NOON } from "../support/builders.ts";
import { STORIES } from "./stories.ts";

const NOW = addSeconds(NOON, 3 * 3600);
const log = { info: () => {}, warn: () => {} };

/** The reading room over the demo's articles, on a port of this machine, with search and the subscribers' desk. */
export async function servedRoom() {
  const folder = mkdtempSync(join(tmpdir(), "variorum-browser-"));
  const ledger = sqliteLedger(join(folder, "ledger.sqlite"));
  const search = fileSearchIndex(join(folder, "search.sqlite"));
  const clock = { now: () => NOW, sleep: () => Promise.resolve() };
  const base = openReadingRoom(folder, ledger, { now: NOW });
  const queue = { send: () => Promise.resolve() };
  const deskServices = { ...base, clock, newId: randomUUID, noticeQueue: queue, log } as unknown as Services; // the desk needs these alone
  const desk = subscriberDesk("k".repeat(43), deskServices);
  const room = openReadingRoom(folder, ledger, {
    now: NOW,
    search,
    subscribing: { kind: "open", newcomers: true, desk, clientOf: () => "127.0.0.1" },
  });
  const ids = new Map<string, string>();
  for (const [name, { url, tags, drafts }] of Object.entries(STORIES)) {
    ids.set(name, (await room.publish(url, drafts, { tags })).watch.id);
  }
  const id = (name: keyof typeof STORIES): string => ids.get(name) ?? "";
  const observed = { lastSeen: addSeconds(NOON, 5400), firstSeen: addSeconds(NOON, 6300) };
  await ledger.recordEvent(
    anEvent({ watchId: id("fares"), observed, headline: "Ferry fares may rise in April" }),
    STORIES.fares.url,
  );
  await ledger.recordTick(addSeconds(NOW, -30));
  for (const happening of (await ledger.outbox({ limit: 100 })).rows) await ledger.markTold(happening);
  await readIntoIndex({ ...room, log }, search);
  const served = await serveLocally(room.app, 0);
  return {
    address: served.address,
    ledger,
    id,
    async close() {
      await served.close();
      search.close();
      ledger.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type ServedRoom = Awaited<ReturnType<typeof servedRoom>>;

/** Every kind of page, by what it is. */
export const pagesOf = ({ id }: Pick<ServedRoom, "id">) =>
  ({
    home: paths.home,
    "home, narrowed": `${paths.home}?unmarked=1`,
    articles: paths.watches,
    article: paths.watch(id("bridge")),
    "article, gone": paths.watch(id("fares")),
    revision: paths.revision(id("bridge"), 4),
    change: paths.change(id("bridge"), 3),
    "change, moved": paths.change(id("bridge"), 4),
    "change, side by side": `${paths.change(id("bridge"), 4)}?view=side&whole=1`,
    "change, corrected": paths.change(id("bridge"), 5),
    "change, right to left": paths.change(id("jisr"), 2),
    "article, right to left": paths.watch(id("jisr")),
    "change, Japanese": paths.change(id("tokeidai"), 2),
    history: paths.history(id("bridge")),
    compare: paths.compare(id("bridge"), 1, 5),
    embed: `${paths.change(id("bridge"), 3)}/embed`,
    search: `${paths.search}?q=bridge`,
    "search, Japanese": `${paths.search}?q=${encodeURIComponent("歯車")}`,
    sources: paths.sources,
    source: paths.source("gazette.example"),
    tags: paths.tags,
    tag: paths.tag("harbour"),
    coverage: paths.coverage,
    status: paths.status,
    subscribe: paths.subscribe,
  }) as const;
