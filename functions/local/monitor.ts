import type { MemoryQueue } from "../../shared/adapters/local/memory-queue.ts";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import { notify } from "../../shared/pipeline/notify.ts";
import type { Outcome } from "../../shared/pipeline/outcome.ts";
import { tick } from "../../shared/pipeline/schedule.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import { sweep } from "../../shared/pipeline/sweep.ts";
import type { CaptureMessage } from "../../shared/ports/queue.ts";

const TICK_SECONDS = 1;
const SWEEP_SECONDS = 3600;
/** A machine may have been off for a long weekend after it died. */
const SWEEP_DAYS_AFTER_START = 7;
const PAUSE_AFTER_ERROR_SECONDS = 5;

/** Messages served side by side: enough that a slow host holds up nobody, few enough for one small machine. */
const WORKERS = 8;

export interface MonitorOptions {
  /** Ends the monitor when it aborts: nothing new begins, what is in hand is finished. */
  readonly signal: AbortSignal;
  onOutcome(outcome: Outcome): void;
}

/** Runs schedule, capture, notify and sweep side by side in this process until the signal aborts. */
export async function runMonitor(
  services: Services,
  queue: MemoryQueue,
  { signal, onOutcome }: MonitorOptions,
): Promise<void> {
  const { log } = services;
  const worker = async (message: CaptureMessage) => {
    for (const outcome of await captureBatch(message, services)) onOutcome(outcome);
  };
  let restarted = true;
  const schedule = async () => {
    await tick(services, { restarted });
    restarted = false;
  };
  let days = SWEEP_DAYS_AFTER_START;
  const sweepSince = async () => {
    await sweep(services, { days });
    days = 2;
  };
  await Promise.all([
    every(TICK_SECONDS, "schedule", schedule, services, signal),
    every(TICK_SECONDS, "notify", () => notify(services), services, signal),
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
