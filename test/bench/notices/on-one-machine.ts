import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileArchive } from "../../../shared/adapters/local/file-archive.ts";
import { memoryNoticeQueue } from "../../../shared/adapters/local/memory-notice-queue.ts";
import { sqliteLedger } from "../../../shared/adapters/local/sqlite-ledger.ts";
import { systemClock } from "../../../shared/adapters/local/system-clock.ts";
import { smtpNotifier } from "../../../shared/adapters/mail/smtp-notifier.ts";
import { chatNotifiers } from "../../../shared/adapters/web/chat-notifiers.ts";
import { webhookNotifier } from "../../../shared/adapters/web/webhook-notifier.ts";
import type { Channel } from "../../../shared/domain/channel.ts";
import { fanOut } from "../../../shared/pipeline/notify/fan-out.ts";
import { sendNotices } from "../../../shared/pipeline/notify/send.ts";
import { sharedComparisons } from "../../../shared/pipeline/notify/told.ts";
import type { Services } from "../../../shared/pipeline/services.ts";
import { scriptedWeb } from "../../support/scripted-web.ts";
import { answerIfAlone } from "../alone.ts";
import { addSubscriptions, PLAIN_SERVICES, recordChange } from "./one-change.ts";

export interface LocalRun {
  readonly peakMegabytes: number;
  readonly fanOutSeconds: number;
  readonly sendSeconds: number;
  /** Of CPU, for one notice: fanned out and sent. */
  readonly cpuMilliseconds: number;
}

/** @param args - count of subscriptions, channels separated by commas, notices of a channel sent side by side, where hooks and mail are taken */
await answerIfAlone(import.meta.filename, async ([count = "", channels = "", senders = "", hooks = "", mail = ""]) => {
  const folder = mkdtempSync(join(tmpdir(), "variorum-bench-"));
  const ledger = sqliteLedger(join(folder, "ledger.sqlite"));
  try {
    return await measure(
      folder,
      ledger,
      Number(count),
      channels.split(",") as Channel[],
      JSON.parse(senders),
      hooks,
      mail,
    );
  } finally {
    ledger.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

async function measure(
  folder: string,
  ledger: ReturnType<typeof sqliteLedger>,
  count: number,
  channels: readonly Channel[],
  senders: { readonly perChannel: number; readonly perReceiver: number },
  hooks: string,
  mail: string,
): Promise<LocalRun> {
  const clock = systemClock();
  const web = scriptedWeb(clock);
  const noticeQueue = memoryNoticeQueue({ clock });
  const posting = { userAgent: "bench", allowAddresses: new Set(["loopback"] as const), clock };
  const services: Services = {
    ...PLAIN_SERVICES,
    evidence: fileArchive(join(folder, "evidence")),
    derived: fileArchive(join(folder, "derived")),
    ledger,
    fetcher: web,
    noticeQueue,
    noticeLeaseSeconds: 60,
    notifiers: [
      smtpNotifier({ url: mail, from: "monitor@news.example" }),
      ...chatNotifiers(posting),
      webhookNotifier(posting),
    ],
    clock,
  };
  const addressOf = (channel: Channel, number: number) =>
    channel === "email" ? `reader-${number}@paper.example` : `${hooks}/${channel}/${number}`;
  await addSubscriptions(count, channels, addressOf, services);
  await recordChange(services, web);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  if ((await fanOut(services)) !== 1) throw new Error("the change was not told");
  const fannedOut = performance.now();
  const comparisons = sharedComparisons(services);
  const over = new AbortController();
  let delivered = 0;
  await noticeQueue.consume(
    async (message) => {
      for (const end of await sendNotices(message, services, comparisons)) {
        if (end !== "delivered") throw new Error(`a notice ended as ${end}`);
        delivered += 1;
        if (delivered === count) over.abort();
      }
    },
    {
      ...senders,
      signal: over.signal,
      failed: (error) => {
        throw error;
      },
    },
  );
  const { user, system } = process.cpuUsage(cpu);
  return {
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    fanOutSeconds: (fannedOut - begun) / 1000,
    sendSeconds: (performance.now() - fannedOut) / 1000,
    cpuMilliseconds: (user + system) / 1000 / count,
  };
}
