import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { fileArchive } from "../../shared/adapters/local/file-archive.ts";
import { sqliteLedger } from "../../shared/adapters/local/sqlite-ledger.ts";
import { compareArticles } from "../../shared/diff/compare.ts";
import type { Article, Block } from "../../shared/domain/article.ts";
import type { Comparison } from "../../shared/domain/comparison.ts";
import type { Revision } from "../../shared/domain/revision.ts";
import { addSeconds, type Instant } from "../../shared/domain/time.ts";
import type { Watch } from "../../shared/domain/watch.ts";
import { recordBaseline, recordChange } from "../../shared/pipeline/record.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import { readingRoom } from "../../shared/reading-room/app.ts";
import type { ReadingRoomServices } from "../../shared/reading-room/services.ts";
import { aCapture, aState, aWatch, NOON, uuidFrom } from "../support/builders.ts";

/** A reading as a test gives it: paragraphs, and what else matters. */
export type Draft = Partial<Omit<Article, "blocks">> & { readonly text?: readonly (string | Block)[] };

/** A whole article out of a draft. */
export function anArticle({ text = ["The bridge is closed."], ...given }: Draft = {}): Article {
  return {
    url: "https://gazette.example/harbour-bridge",
    canonicalUrl: null,
    headline: "Harbour bridge closed after inspection",
    standfirst: null,
    byline: null,
    published: null,
    modified: null,
    language: "en",
    siteName: null,
    leadImage: null,
    charset: { name: "UTF-8", from: "transport" },
    flags: [],
    normaliser: "1",
    ...given,
    blocks: text.map((block) => (typeof block === "string" ? { kind: "paragraph", text: block } : block)),
  };
}

/** A reading room over a real ledger and real archives in a temporary folder, at `now`. */
export function aReadingRoom(given: Partial<ReadingRoomServices> & { readonly now?: Instant } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "variorum-reading-room-"));
  const ledger = sqliteLedger(join(folder, "ledger.sqlite"));
  onTestFinished(() => {
    ledger.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return openReadingRoom(folder, ledger, given);
}

/** The same over a folder and a ledger that the caller looks after. */
export function openReadingRoom(
  folder: string,
  ledger: ReturnType<typeof sqliteLedger>,
  { now = addSeconds(NOON, 86_400), ...given }: Partial<ReadingRoomServices> & { readonly now?: Instant } = {},
) {
  const services: ReadingRoomServices = {
    ledger,
    evidence: fileArchive(join(folder, "evidence")),
    derived: fileArchive(join(folder, "derived")),
    clock: { now: () => now, sleep: () => Promise.resolve() },
    access: { kind: "public" },
    subscribing: { kind: "closed", why: "no-mail" },
    address: null,
    ...given,
  };
  const app = readingRoom(services);
  return {
    ...services,
    app,
    /** Records an article's life: each draft is what the page read as, half an hour after the one before. */
    publish: (url: string, drafts: readonly Draft[], watch: Partial<Watch> = {}) =>
      publish(services, aWatch({ url, ...watch }), drafts),
    /** The page as a reader gets it. */
    async get(path: string, init?: RequestInit): Promise<{ status: number; headers: Headers; text: string }> {
      const response = await app.request(path, init);
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
  };
}

/** Records an article's life: each draft is what the page read as, half an hour after the one before. */
export async function publish(room: ReadingRoomServices, watch: Watch, drafts: readonly Draft[]) {
  const services = room as unknown as Services; // recording needs ledger and derived archive alone
  const { ledger, evidence } = room;
  await ledger.addWatch(watch);
  let newest: Revision | null = null;
  let before: Article | null = null;
  for (const [index, draft] of drafts.entries()) {
    const requested = addSeconds(watch.added, 60 + index * 1800);
    const capture = aCapture({
      watchId: watch.id,
      at: requested,
      url: watch.url,
      recordId: uuidFrom(`${watch.id}${index}`),
    });
    await evidence.keep(capture.warc, new TextEncoder().encode(`WARC of ${requested}`));
    await ledger.recordCapture(capture);
    const from = { warc: capture.warc, recordId: capture.recordId, requested, answered: addSeconds(requested, 0.4) };
    const article = anArticle({ url: watch.url, ...draft });
    const recorded: Revision | null =
      newest && before
        ? await recordChange(
            watch,
            newest,
            {
              cause: before.normaliser === article.normaliser ? "edit" : "reextraction",
              article,
              comparison: compareArticles(before, article) as Comparison,
              from,
              lastSeen: addSeconds(requested, -900),
            },
            services,
          )
        : await recordBaseline(watch, article, from, services);
    if (!recorded) throw new Error("nobody else records here");
    [newest, before] = [recorded, article];
    await ledger.settle(watch.id, aState({ newest: recorded.number, checked: addSeconds(requested, 0.5) }));
  }
  await ledger.recordTick(addSeconds(watch.added, 60));
  if (!newest) throw new Error("an article reads as something at least once");
  return { watch, newest };
}
