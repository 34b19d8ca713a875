import type { Channel } from "../../domain/channel.ts";
import type { SubscriptionId } from "../../domain/subscription.ts";
import type { Clock } from "../../ports/clock.ts";
import type { NoticeMessage, NoticeQueue, QueuedNotice } from "../../ports/notice-queue.ts";

export interface MemoryNoticeQueue extends NoticeQueue {
  /** Serves every channel with workers of its own until the signal aborts and everything in hand has ended. */
  consume(
    worker: (message: NoticeMessage) => Promise<unknown>,
    how: {
      /** Notices of one channel sent side by side. */
      readonly perChannel: number;
      readonly signal: AbortSignal;
      failed?(error: unknown, message: NoticeMessage): void;
    },
  ): Promise<void>;
}

interface Lane {
  readonly waiting: QueuedNotice[];
  /** Of notices that wait or are in hand: those are not taken in again. */
  readonly known: Set<string>;
  readonly inHand: Set<SubscriptionId>;
}

/**
 * The senders' queue of a monitor in one process. It forgets when the process ends: what waits is in the ledger. Each
 * channel has its own lane, and in it each subscription one notice in hand, so that a slow receiver holds up nobody else.
 */
export function memoryNoticeQueue({ clock }: { readonly clock: Clock }): MemoryNoticeQueue {
  const lanes = new Map<Channel, Lane>();
  let change = Promise.withResolvers<void>();

  function announce(): void {
    change.resolve();
    change = Promise.withResolvers();
  }

  function laneOf(channel: Channel): Lane {
    const lane = lanes.get(channel) ?? { waiting: [], known: new Set(), inHand: new Set() };
    lanes.set(channel, lane);
    return lane;
  }

  function add({ channel, notices }: NoticeMessage): void {
    const lane = laneOf(channel);
    for (const notice of notices) {
      if (lane.known.has(notice.id)) continue;
      lane.known.add(notice.id);
      lane.waiting.push(notice);
    }
    announce();
  }

  /** The first notice of a subscription that has none in hand. */
  function take({ waiting, inHand }: Lane): QueuedNotice | null {
    const place = waiting.findIndex(({ subscription }) => !inHand.has(subscription));
    const [notice] = place < 0 ? [] : waiting.splice(place, 1);
    if (!notice) return null;
    inHand.add(notice.subscription);
    return notice;
  }

  return {
    async send(messages, delaySeconds = 0) {
      if (delaySeconds > 0) await clock.sleep(delaySeconds);
      for (const message of messages) add(message);
    },
    async consume(worker, { perChannel, signal, failed }) {
      const working = new Set<Promise<void>>();
      const busy = new Map<Channel, number>();
      const serve = async (channel: Channel, lane: Lane, notice: QueuedNotice) => {
        const message = { channel, notices: [notice] };
        try {
          await worker(message);
        } catch (error) {
          failed?.(error, message);
        } finally {
          lane.known.delete(notice.id);
          lane.inHand.delete(notice.subscription);
          busy.set(channel, (busy.get(channel) ?? 1) - 1);
          announce();
        }
      };
      const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      while (!signal.aborted) {
        const next = change.promise;
        for (const [channel, lane] of lanes) {
          while ((busy.get(channel) ?? 0) < perChannel) {
            const notice = take(lane);
            if (!notice) break;
            busy.set(channel, (busy.get(channel) ?? 0) + 1);
            const work = serve(channel, lane, notice).finally(() => working.delete(work));
            working.add(work);
          }
        }
        await Promise.race([next, aborted]);
      }
      await Promise.all(working);
    },
  };
}
