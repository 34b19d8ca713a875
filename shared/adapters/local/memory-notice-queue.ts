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
      /** Of those, the ones that one server takes side by side. */
      readonly perReceiver: number;
      readonly signal: AbortSignal;
      failed?(error: unknown, message: NoticeMessage): void;
    },
  ): Promise<void>;
}

/** Of notices whose channel has one service for all. */
const THE_SERVICE = "";

interface Lane {
  /** A line for each receiver, whose turn is next first. None is empty. */
  readonly waiting: Map<string, QueuedNotice[]>;
  /** Of notices that wait or are in hand: those are not taken in again. */
  readonly known: Set<string>;
  readonly inHand: Map<SubscriptionId, string>;
}

/**
 * The senders' queue of a monitor in one process. It forgets when the process ends: what waits is in the ledger. Each
 * channel has its own lane, and in it the receivers take turns: however many wait for a slow one, it holds no more than
 * its own few senders, and each subscription one.
 */
export function memoryNoticeQueue({ clock }: { readonly clock: Clock }): MemoryNoticeQueue {
  const lanes = new Map<Channel, Lane>();
  let change = Promise.withResolvers<void>();

  function announce(): void {
    change.resolve();
    change = Promise.withResolvers();
  }

  function laneOf(channel: Channel): Lane {
    const lane = lanes.get(channel) ?? { waiting: new Map(), known: new Set(), inHand: new Map() };
    lanes.set(channel, lane);
    return lane;
  }

  function add({ channel, notices }: NoticeMessage): void {
    const lane = laneOf(channel);
    for (const notice of notices) {
      if (lane.known.has(notice.id)) continue;
      lane.known.add(notice.id);
      const { receiver = THE_SERVICE } = notice;
      const line = lane.waiting.get(receiver);
      if (line) line.push(notice);
      else lane.waiting.set(receiver, [notice]);
    }
    announce();
  }

  /** The first notice of a subscription that has none in hand, of the first receiver that can take one more; its next comes last. */
  function take({ waiting, inHand }: Lane, perReceiver: number): QueuedNotice | null {
    const taking = Map.groupBy(inHand.values(), (receiver) => receiver);
    for (const [receiver, line] of waiting) {
      if ((taking.get(receiver)?.length ?? 0) >= perReceiver) continue;
      const place = line.findIndex(({ subscription }) => !inHand.has(subscription));
      const [notice] = place < 0 ? [] : line.splice(place, 1);
      if (!notice) continue;
      waiting.delete(receiver);
      if (line.length > 0) waiting.set(receiver, line);
      inHand.set(notice.subscription, receiver);
      return notice;
    }
    return null;
  }

  return {
    async send(messages, delaySeconds = 0) {
      if (delaySeconds > 0) await clock.sleep(delaySeconds);
      for (const message of messages) add(message);
    },
    async consume(worker, { perChannel, perReceiver, signal, failed }) {
      const working = new Set<Promise<void>>();
      const serve = async (channel: Channel, lane: Lane, notice: QueuedNotice) => {
        const message = { channel, notices: [notice] };
        try {
          await worker(message);
        } catch (error) {
          failed?.(error, message);
        } finally {
          lane.known.delete(notice.id);
          lane.inHand.delete(notice.subscription);
          announce();
        }
      };
      const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      while (!signal.aborted) {
        const next = change.promise;
        for (const [channel, lane] of lanes) {
          while (lane.inHand.size < perChannel) {
            const notice = take(lane, perReceiver);
            if (!notice) break;
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
