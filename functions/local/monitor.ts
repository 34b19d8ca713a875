import type { MemoryNoticeQueue } from "../../shared/adapters/local/memory-notice-queue.ts";
import type { MemoryQueue } from "../../shared/adapters/local/memory-queue.ts";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import { fanOut } from "../../shared/pipeline/notify/fan-out.ts";
import { requeue } from "../../shared/pipeline/notify/requeue.ts";
import { sendNotices } from "../../shared/pipeline/notify/send.ts";
import { addDefaultSubscriptions } from "../../shared/pipeline/notify/subscribe.ts";
import { sharedComparisons } from "../../shared/pipeline/notify/told.ts";
import { watchOver } from "../../shared/pipeline/notify/watch-over.ts";
import type { Outcome } from "../../shared/pipeline/outcome.ts";
import { readIntoIndex } from "../../shared/pipeline/read-into-index.ts";
import { tick } from "../../shared/pipeline/schedule.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import { sweep } from "../../shared/pipeline/sweep.ts";
import type { CaptureMessage } from "../../shared/ports/queue.ts";
import type { SearchIndex } from "../../shared/ports/search-index.ts";

const TICK_SECONDS = 1;
const SWEEP_SECONDS = 3600;
const SEARCH_SECONDS = 2;
/** A machine may have been off for a long weekend after it died. */
const SWEEP_DAYS_AFTER_START = 7;
const WATCH_OVER_SECONDS = 900;
const PAUSE_AFTER_ERROR_SECONDS = 5;

/** Messages served side by side: enough that a slow host holds up nobody, few enough for one small machine. */
const WORKERS = 8;

/**
 * Notices of one channel sent side by side, each to another subscription: eight servers may be silent at once. Two for one
 * server bring four fifths of what six bring, and 24 a quarter more (`npm run bench notices`): a server has other clients,
 * and mail servers count a client's connections.
 */
export const SENDERS = { perChannel: 48, perReceiver: 6 } as const;

export interface MonitorOptions {
  /** Ends the monitor when it aborts: nothing new begins, what is in hand is finished. */
  readonly signal: AbortSignal;
  onOutcome(outcome: Outcome): void;
}

/** Runs schedule, capture, notify and sweep side by side in this process until the signal aborts. */
export async function runMonitor(
  services: Services,
  {
    queue,
    noticeQueue,
    search,
  }: { readonly queue: MemoryQueue; readonly noticeQueue: MemoryNoticeQueue; readonly search?: SearchIndex },
  { signal, onOutcome }: MonitorOptions,
): Promise<void> {
  const { log } = services;
  const worker = async (message: CaptureMessage) => {
    for (const outcome of await captureBatch(message, services)) onOutcome(outcome);
  };
  const comparisons = sharedComparisons(services); // a message of this queue is one notice: the next tells the same change
  let restarted = true;
  const schedule = async () => {
    await tick(services, { restarted });
    restarted = false;
  };
  let prepared = false;
  const notify = async () => {
    if (!prepared) await addDefaultSubscriptions(services);
    prepared = true;
    await fanOut(services);
    await requeue(services);
  };
  let days = SWEEP_DAYS_AFTER_START;
  const sweepSince = async () => {
    await sweep(services, { days });
    days = 2;
  };
  await Promise.all([
    every(TICK_SECONDS, "schedule", schedule, services, signal),
    every(TICK_SECONDS, "notify", notify, services, signal),
    every(WATCH_OVER_SECONDS, "watching over", () => watchOver(services), services, signal),
    noticeQueue.consume((message) => sendNotices(message, services, comparisons), {
      ...SENDERS,
      signal,
      failed: (error) => log.warn("a notice broke, it is tried again", { error: messageOf(error) }),
    }),
    search && every(SEARCH_SECONDS, "search", () => readIntoIndex(services, search), services, signal),
    every(SWEEP_SECONDS, "sweep", sweepSince, services, signal),
    queue.consume(worker, {
      concurrency: WORKERS,
      signal,
      failed: (error) => log.warn("capture failed, it is tried again", { error: messageOf(error) }),
    }),
  ]);
}

/** Repeats a step. One that throws is loud and comes again: when a full disk is cleared, no restart is needed. */
async function every(
  seconds: number,
  name: string,
  step: () => Promise<unknown>,
  { clock, log }: Services,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    let pause = seconds;
    try {
      await step();
    } catch (error) {
      log.warn(`${name} failed, it is tried again`, { error: messageOf(error) });
      pause = Math.max(seconds, PAUSE_AFTER_ERROR_SECONDS);
    }
    await clock.sleep(pause, signal);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
