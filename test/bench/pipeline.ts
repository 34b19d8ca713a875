import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileArchive } from "../../shared/adapters/local/file-archive.ts";
import { sqliteLedger } from "../../shared/adapters/local/sqlite-ledger.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import { addWatch } from "../../shared/pipeline/add-watch.ts";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import { NOON } from "../support/builders.ts";
import { manualClock } from "../support/manual-clock.ts";
import { type Answer, pageOf, scriptedWeb } from "../support/scripted-web.ts";

/**
 * What a check costs on one machine, network left out: 200 watches over SQLite and files, in messages of twenty, each
 * kind of check in one run so that the kinds compare. CPU and wall milliseconds per check.
 */
const WATCHES = 200;
const PER_MESSAGE = 20;

const folder = mkdtempSync(join(tmpdir(), "variorum-bench-"));
const clock = manualClock(NOON);
const web = scriptedWeb(clock);
const ledger = sqliteLedger(join(folder, "ledger.sqlite"));
let ids = 0;
const services: Services = {
  evidence: fileArchive(join(folder, "evidence")),
  derived: fileArchive(join(folder, "derived")),
  ledger,
  queue: { send: async () => {} },
  fetcher: web,
  notifiers: [],
  noticeQueue: { send: async () => {} },
  noticeLeaseSeconds: 60,
  subscriberLinks: { linksFor: () => ({}) },
  defaultSubscriptions: [],
  rules: [],
  clock,
  log: { info: () => {}, warn: () => {} },
  settings: {
    confirmationSeconds: 180,
    hostGapSeconds: 10,
    burstNotices: 20,
    noticesPerHour: 60,
    contact: "desk@newsroom.example",
    readingRoomUrl: null,
  },
  newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, "0")}`,
};

const urls = Array.from({ length: WATCHES }, (_, index) => `https://host-${index}.example/story`);
const paragraphs = (edit: number) =>
  Array.from({ length: 20 }, (_, index) =>
    index === 7
      ? `The council counted ${edit} boats in the harbour on the morning of the market, its clerk said on Monday.`
      : `Paragraph ${index} tells at some length of the harbour, its ferries, its market and the people who live there.`,
  );
const page = (edit: number, noise: string): Answer => ({
  headers: { etag: `"${edit}"` },
  body: `${pageOf({ headline: "Boats counted", paragraphs: paragraphs(edit) })}<!-- ${noise} -->`,
});

const answers: readonly (readonly [kind: string, answer: Answer])[] = [
  ["first capture", page(1, "a")],
  ["304", { status: 304 }],
  ["same bytes", page(1, "a")],
  ["read, nothing new", page(1, "b")],
  ["edit", page(2, "c")],
];

try {
  for (const url of urls) {
    await addWatch({ url }, services);
    await ledger.recordRobots(new URL(url).host, { at: addSeconds(clock.now(), 3600), kind: "none" });
  }
  process.stdout.write(`${"check".padEnd(20)}${"CPU ms".padStart(8)}${"wall ms".padStart(9)}\n`);
  for (const [kind, answer] of answers) await measure(kind, answer);
} finally {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(kind: string, answer: Answer): Promise<void> {
  for (const url of urls) web.set(url, answer);
  await clock.pass(600);
  const due = clock.now();
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  for (let from = 0; from < urls.length; from += PER_MESSAGE) {
    const checks = urls.slice(from, from + PER_MESSAGE).map((url) => ({ watchId: watchIdOf(url), due }));
    const failed = (await captureBatch({ checks }, services)).find((outcome) => outcome.kind === "failed");
    if (failed) throw new Error(`a check failed: ${JSON.stringify(failed)}`);
  }
  const { user, system } = process.cpuUsage(cpu);
  const each = (milliseconds: number, width: number) => (milliseconds / WATCHES).toFixed(2).padStart(width);
  process.stdout.write(`${kind.padEnd(20)}${each((user + system) / 1000, 8)}${each(performance.now() - wall, 9)}\n`);
}
