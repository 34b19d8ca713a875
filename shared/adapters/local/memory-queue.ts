import { addSeconds, type Instant, later, secondsBetween } from "../../domain/time.ts";
import type { WatchId } from "../../domain/watch.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CaptureMessage, CaptureQueue, CheckRequest } from "../../ports/queue.ts";

/** How a queue is served. */
export interface Consumption {
  /** Messages served at the same time. */
  readonly concurrency: number;
  /** When it aborts, no more is taken; what is in hand is finished. */
  readonly signal: AbortSignal;
  /** Told of what a worker threw; the message comes back after a pause either way. */
  failed?(error: unknown, message: CaptureMessage): void;
}

/** A message in a worker's hand. It ends with `done` or `failed`; what comes after the first of them does nothing. */
export interface Taken {
  readonly message: CaptureMessage;
  /** Its worker has finished with it: it is gone. */
  done(): void;
  /** Its worker threw: it comes back after a pause, which doubles each time. */
  failed(): void;
}

export interface MemoryQueue extends CaptureQueue {
  /** The next message that may be served, waiting for one; null when the signal aborts. */
  take(signal?: AbortSignal): Promise<Taken | null>;
  /** Serves the queue with a worker until the signal aborts and everything in hand has ended. */
  consume(worker: (message: CaptureMessage) => Promise<unknown>, how: Consumption): Promise<void>;
  /** Resolves when nothing waits, also for later, and nothing is in hand. */
  idle(): Promise<void>;
  /** Checks that wait, and checks in workers' hands. */
  counts(): { readonly waiting: number; readonly inHand: number };
}

export interface MemoryQueueOptions {
  readonly clock: Clock;
  /** Checks that may wait; beyond it `send` throws. */
  readonly limit?: number;
  /** Pause before a failed message comes back the first time, and at most. */
  readonly pauseSeconds?: { readonly first: number; readonly longest: number };
}

interface Waiting {
  checks: CheckRequest[];
  readonly notBefore: Instant;
  /** How often its workers threw. */
  readonly failures: number;
}

/**
 * The capture queue of a monitor in one process. It forgets when the process ends: what is due is in the ledger.
 *
 * A watch waits at most once: a check that is sent while another of the same watch still waits is answered by that one.
 * One that is sent while the watch is in hand does wait, since its worker may have sent it to put the check off; it is
 * handed out when the watch is free again, so that no two workers capture one watch.
 */
export function memoryQueue({
  clock,
  limit = 100_000,
  pauseSeconds = { first: 5, longest: 300 },
}: MemoryQueueOptions): MemoryQueue {
  /** By `notBefore`, then in the order in which they came. */
  const waiting: Waiting[] = [];
  const waitingFor = new Map<WatchId, Waiting>();
  const inHand = new Set<WatchId>();
  let size = 0;
  let change = Promise.withResolvers<void>();

  function announce(): void {
    change.resolve();
    change = Promise.withResolvers();
  }

  /** True when a check that waits will serve this one too: it is not served before this one is due. */
  function isAnswered(check: CheckRequest, now: Instant): boolean {
    const entry = waitingFor.get(check.watchId);
    if (!entry || later(entry.notBefore, now) < check.due) return false;
    entry.checks = entry.checks.map((other) =>
      other.watchId === check.watchId ? { ...other, due: later(other.due, check.due) } : other,
    );
    return true;
  }

  function add(message: CaptureMessage, notBefore: Instant, failures = 0): void {
    const now = clock.now();
    const checks = message.checks.filter((check) => !isAnswered(check, now));
    if (checks.length === 0) return;
    const entry: Waiting = { checks, notBefore, failures };
    const place = waiting.findLastIndex((other) => other.notBefore <= notBefore) + 1;
    waiting.splice(place, 0, entry);
    for (const { watchId } of checks) waitingFor.set(watchId, entry);
    size += checks.length;
  }

  /** Takes the first message that may be served; what it holds of watches in hand stays, and keeps nobody waiting. */
  function takeReady(): Waiting | null {
    const now = clock.now();
    const isFree = ({ watchId }: CheckRequest) => !inHand.has(watchId);
    const place = waiting.findIndex(({ notBefore, checks }) => notBefore <= now && checks.some(isFree));
    const entry = waiting[place];
    if (!entry) return null;
    const checks = entry.checks.filter(isFree);
    entry.checks = entry.checks.filter((check) => !isFree(check));
    if (entry.checks.length === 0) waiting.splice(place, 1);
    size -= checks.length;
    for (const { watchId } of checks) {
      inHand.add(watchId);
      if (waitingFor.get(watchId) === entry) waitingFor.delete(watchId);
    }
    return { ...entry, checks };
  }

  function hand({ checks, failures }: Waiting): Taken {
    const message: CaptureMessage = { checks };
    let ended = false;
    const end = (comesBack: boolean) => {
      if (ended) return;
      ended = true;
      for (const { watchId } of checks) inHand.delete(watchId);
      const pause = Math.min(pauseSeconds.longest, pauseSeconds.first * 2 ** failures);
      if (comesBack) add(message, addSeconds(clock.now(), pause), failures + 1);
      announce();
    };
    return { message, done: () => end(false), failed: () => end(true) };
  }

  /** Resolves on the next change, at the next message's instant, or on abort. */
  async function somethingNew(signal?: AbortSignal): Promise<void> {
    const now = clock.now();
    const next = waiting.find(({ notBefore }) => notBefore > now);
    const over = new AbortController();
    const aborted = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
    await Promise.race([change.promise, clock.sleep(next ? secondsBetween(now, next.notBefore) : 86_400, aborted)]);
    over.abort();
  }

  async function take(signal?: AbortSignal): Promise<Taken | null> {
    while (!signal?.aborted) {
      const entry = takeReady();
      if (entry) return hand(entry);
      await somethingNew(signal);
    }
    return null;
  }

  return {
    async send(messages, delaySeconds = 0) {
      if (!(delaySeconds >= 0 && delaySeconds <= 900)) throw new RangeError(`a delay of ${delaySeconds} seconds`);
      const notBefore = addSeconds(clock.now(), delaySeconds);
      for (const message of messages) {
        if (size >= limit) throw new Error(`the capture queue is full: ${size} checks wait`);
        add(message, notBefore);
      }
      announce();
    },
    take,
    async consume(worker, { concurrency, signal, failed }) {
      const serve = async () => {
        for (let taken = await take(signal); taken; taken = await take(signal)) {
          try {
            await worker(taken.message);
            taken.done();
          } catch (error) {
            taken.failed();
            failed?.(error, taken.message);
          }
        }
      };
      await Promise.all(Array.from({ length: concurrency }, serve));
    },
    async idle() {
      while (waiting.length > 0 || inHand.size > 0) await change.promise;
    },
    counts: () => ({ waiting: size, inHand: inHand.size }),
  };
}
