import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { fileArchive } from "../../shared/adapters/local/file-archive.ts";
import { sqliteLedger } from "../../shared/adapters/local/sqlite-ledger.ts";
import { SUBSCRIPTION_DEFAULTS } from "../../shared/domain/subscription.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import type { SourceRule } from "../../shared/normalise/rules/source-rule.ts";
import { contentOf } from "../../shared/notices/content-of.ts";
import { contentAsText } from "../../shared/notices/text.ts";
import { addWatch } from "../../shared/pipeline/add-watch.ts";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import { fanOut } from "../../shared/pipeline/notify/fan-out.ts";
import { requeue } from "../../shared/pipeline/notify/requeue.ts";
import { sendNotices } from "../../shared/pipeline/notify/send.ts";
import { addDefaultSubscriptions } from "../../shared/pipeline/notify/subscribe.ts";
import type { Outcome } from "../../shared/pipeline/outcome.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import type { Ledger } from "../../shared/ports/ledger.ts";
import type { Message } from "../../shared/ports/message.ts";
import type { NoticeMessage } from "../../shared/ports/notice-queue.ts";
import type { Delivery, Notifier } from "../../shared/ports/notifier.ts";
import type { CaptureMessage } from "../../shared/ports/queue.ts";
import { plainLinks } from "../../shared/ports/subscriber-links.ts";
import { NOON } from "./builders.ts";
import { type ManualClock, manualClock } from "./manual-clock.ts";
import { type ScriptedWeb, scriptedWeb } from "./scripted-web.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export const GAP_SECONDS = 10;
export const CONFIRMATION_SECONDS = 180;

/** A message as its reader has it. */
export interface DeliveredMessage {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly message: Message;
}

export interface PipelineWorld {
  readonly services: Services;
  readonly web: ScriptedWeb;
  readonly clock: ManualClock;
  /** Messages sent to the queue, with their delay. */
  readonly sent: { readonly message: CaptureMessage; readonly delaySeconds: number }[];
  readonly delivered: DeliveredMessage[];
  /** The rules by which sources are read from now on. */
  readonly rules: SourceRule[];
  /** What was told to whoever runs the monitor. */
  readonly logged: string[];
  /** What the notifier answers from now on. */
  answerDeliveries(delivery: Delivery): void;
  /** Follows a page; its robots.txt is learnt already. */
  follow(url: string): Promise<string>;
  /** Passes the time and captures. A check that waits for its host's turn is made when it comes. */
  capture(url: string, afterSeconds?: number): Promise<Outcome>;
  /** A round of telling: makes notices of what may be told, and sends those that are due. @returns how many were delivered */
  tell(): Promise<number>;
}

function localLedger(): Ledger {
  const ledger = sqliteLedger(join(temporaryFolder(), "ledger.sqlite"));
  onTestFinished(() => ledger.close());
  return ledger;
}

/** The pipeline over real local stores, with a web, a clock and readers of the test's own. */
export function pipelineWorld({ ledger = localLedger() }: { readonly ledger?: Ledger } = {}): PipelineWorld {
  const folder = temporaryFolder();
  const clock = manualClock(NOON);
  const web = scriptedWeb(clock);
  const sent: PipelineWorld["sent"] = [];
  const delivered: DeliveredMessage[] = [];
  const rules: SourceRule[] = [];
  const logged: string[] = [];
  const queued: NoticeMessage[] = [];
  let delivery: Delivery = { kind: "delivered" };
  const notifier: Notifier = {
    channel: "webhook",
    async deliver(message) {
      if (delivery.kind !== "delivered") return delivery;
      const content = await contentOf(message);
      delivered.push({ id: message.id, subject: content.title, text: contentAsText(content), message });
      return delivery;
    },
  };
  const services: Services = {
    evidence: fileArchive(join(folder, "evidence")),
    derived: fileArchive(join(folder, "derived")),
    ledger,
    queue: {
      async send(messages, delaySeconds = 0) {
        sent.push(...messages.map((message) => ({ message, delaySeconds })));
      },
    },
    fetcher: web,
    noticeQueue: {
      async send(messages) {
        queued.push(...messages);
      },
    },
    noticeLeaseSeconds: 60,
    subscriberLinks: plainLinks("https://room.example"),
    notifiers: [notifier],
    defaultSubscriptions: [
      {
        id: "desk",
        channel: "webhook",
        address: "https://hooks.newsroom.example/desk",
        selector: "everything",
        ...SUBSCRIPTION_DEFAULTS,
      },
    ],
    rules,
    clock,
    log: {
      info: (message) => void logged.push(message),
      warn: (message) => void logged.push(message),
    },
    settings: {
      confirmationSeconds: CONFIRMATION_SECONDS,
      hostGapSeconds: GAP_SECONDS,
      burstNotices: 20,
      noticesPerHour: 60,
      contact: "desk@newsroom.example",
      readingRoomUrl: "https://room.example",
    },
    newId: randomUUID,
  };
  async function capture(url: string, afterSeconds = 900): Promise<Outcome> {
    await clock.pass(afterSeconds);
    const check = { watchId: watchIdOf(url), due: clock.now() };
    for (;;) {
      const [outcome] = await captureBatch({ checks: [check] }, services);
      if (!outcome) throw new Error("no outcome");
      if (outcome.kind !== "deferred") return outcome;
      await clock.pass(Math.max(0.001, (Date.parse(outcome.until) - Date.parse(clock.now())) / 1000));
    }
  }
  return {
    services,
    web,
    clock,
    sent,
    delivered,
    rules,
    logged,
    answerDeliveries: (answer) => {
      delivery = answer;
    },
    async follow(url) {
      const added = await addWatch({ url }, services);
      if (!added.ok) throw new Error(added.problem);
      await ledger.recordRobots(new URL(url).host, { at: clock.now(), kind: "none" });
      return added.watch.id;
    },
    capture,
    async tell() {
      await addDefaultSubscriptions(services);
      await fanOut(services);
      await requeue(services);
      const before = delivered.length;
      for (const message of queued.splice(0)) await sendNotices(message, services);
      return delivered.length - before;
    },
  };
}
