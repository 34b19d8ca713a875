import { describe, expect, it } from "vitest";
import { type MemoryQueueOptions, memoryQueue } from "../../../shared/adapters/local/memory-queue.ts";
import { addSeconds } from "../../../shared/domain/time.ts";
import type { CaptureMessage } from "../../../shared/ports/queue.ts";
import { queueContract } from "../../contracts/queue.ts";
import { NOON } from "../../support/builders.ts";
import { manualClock } from "../../support/manual-clock.ts";

function open(options: Omit<MemoryQueueOptions, "clock"> = {}) {
  const clock = manualClock();
  const queue = memoryQueue({ clock, ...options });
  /** What may be served at this moment. */
  const take = async () => {
    const none = new AbortController();
    const taken = queue.take(none.signal);
    await new Promise((resolve) => setImmediate(resolve));
    none.abort();
    return taken;
  };
  return { clock, queue, take };
}

const messageFor = (...watchIds: string[]): CaptureMessage => ({
  checks: watchIds.map((watchId) => ({ watchId, due: NOON })),
});

queueContract("memoryQueue", async () => {
  const { clock, queue, take } = open();
  return {
    queue,
    pass: clock.pass,
    async take() {
      const taken = await take();
      return taken && { message: taken.message, done: async () => taken.done(), failed: async () => taken.failed() };
    },
  };
});

describe("memoryQueue", () => {
  it("lets a watch wait once", async () => {
    const { queue, take } = open();
    await queue.send([messageFor("a", "b")]);
    await queue.send([messageFor("b", "c"), messageFor("a")]);
    expect(queue.counts()).toEqual({ waiting: 3, inHand: 0 });
    expect((await take())?.message).toEqual(messageFor("a", "b"));
    expect((await take())?.message).toEqual(messageFor("c"));
    expect(await take()).toBeNull();
  });

  it("lets a check that waits answer a later one of its watch", async () => {
    const { clock, queue, take } = open();
    await queue.send([messageFor("a")]);
    await clock.pass(60);
    const due = addSeconds(NOON, 60);
    await queue.send([{ checks: [{ watchId: "a", due }] }]);
    expect((await take())?.message.checks).toEqual([{ watchId: "a", due }]);
    expect(await take()).toBeNull();
  });

  it("keeps a check that is due after the one that waits", async () => {
    const { clock, queue, take } = open();
    const later = { checks: [{ watchId: "a", due: addSeconds(NOON, 60) }] };
    await queue.send([messageFor("a")]);
    await queue.send([later], 60);
    const first = await take();
    expect(first?.message).toEqual(messageFor("a"));
    first?.done();
    expect(await take()).toBeNull();
    await clock.pass(60);
    expect((await take())?.message).toEqual(later);
  });

  it("gives a watch to one worker at a time, and keeps nobody waiting for it", async () => {
    const { queue, take } = open();
    await queue.send([messageFor("slow")]);
    const slow = await take();
    await queue.send([messageFor("slow", "quick")]);
    expect((await take())?.message).toEqual(messageFor("quick"));
    expect(await take()).toBeNull();
    slow?.done();
    expect((await take())?.message).toEqual(messageFor("slow"));
  });

  it("serves what may be served first, first", async () => {
    const { clock, queue, take } = open();
    await queue.send([messageFor("third")], 20);
    await queue.send([messageFor("first")], 10);
    await queue.send([messageFor("second")], 10);
    await clock.pass(30);
    const order = [await take(), await take(), await take()].map((taken) => taken?.message.checks[0]?.watchId);
    expect(order).toEqual(["first", "second", "third"]);
  });

  it("brings a message back after pauses that double up to the longest", async () => {
    const { clock, queue, take } = open({ pauseSeconds: { first: 5, longest: 15 } });
    await queue.send([messageFor("a")]);
    for (const pause of [5, 10, 15, 15]) {
      (await take())?.failed();
      await clock.pass(pause - 1);
      expect(await take()).toBeNull();
      await clock.pass(1);
    }
    expect((await take())?.message).toEqual(messageFor("a"));
  });

  it("ends a message once", async () => {
    const { clock, queue, take } = open();
    await queue.send([messageFor("a")]);
    const taken = await take();
    taken?.done();
    taken?.failed();
    await clock.pass(900);
    expect(queue.counts()).toEqual({ waiting: 0, inHand: 0 });
    expect(await take()).toBeNull();
  });

  it("takes no more checks than its limit, and again when some are served", async () => {
    const { queue, take } = open({ limit: 2 });
    await queue.send([messageFor("a"), messageFor("b")]);
    await expect(queue.send([messageFor("c")])).rejects.toThrow("the capture queue is full: 2 checks wait");
    (await take())?.done();
    await queue.send([messageFor("c")]);
    expect(queue.counts().waiting).toBe(2);
  });

  it("wakes a waiting worker for a message, and for one that was held back", async () => {
    const { clock, queue } = open();
    const first = queue.take();
    const second = queue.take();
    await queue.send([messageFor("now")]);
    await queue.send([messageFor("later")], 60);
    expect((await first)?.message).toEqual(messageFor("now"));
    await clock.pass(60);
    expect((await second)?.message).toEqual(messageFor("later"));
  });

  it("gives nothing under a signal that has aborted", async () => {
    const { queue } = open();
    await queue.send([messageFor("a")]);
    expect(await queue.take(AbortSignal.abort())).toBeNull();
    expect(queue.counts().waiting).toBe(1);
  });

  it("is idle when nothing waits and nothing is in hand", async () => {
    const { clock, queue, take } = open();
    await queue.idle();
    await queue.send([messageFor("a")], 60);
    let idle = false;
    const watching = queue.idle().then(() => {
      idle = true;
    });
    await clock.pass(60);
    const taken = await take();
    expect(idle).toBe(false);
    taken?.done();
    await watching;
  });
});

describe("consume", () => {
  it("serves so many messages at a time, no more", async () => {
    const { queue } = open();
    const over = new AbortController();
    let atOnce = 0;
    let most = 0;
    const worker = async () => {
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
    };
    await queue.send(Array.from({ length: 20 }, (_, n) => messageFor(`watch${n}`)));
    const consuming = queue.consume(worker, { concurrency: 3, signal: over.signal });
    await queue.idle();
    over.abort();
    await consuming;
    expect(most).toBe(3);
  });

  it("tells what a worker threw, and gives it the message again", async () => {
    const { clock, queue } = open();
    const over = new AbortController();
    const told: unknown[] = [];
    let tries = 0;
    const worker = async () => {
      tries += 1;
      if (tries === 1) throw new Error("the disk is full");
    };
    await queue.send([messageFor("a")]);
    const consuming = queue.consume(worker, {
      concurrency: 2,
      signal: over.signal,
      failed: (error, message) => told.push([String(error), message]),
    });
    await clock.pass(0);
    await clock.pass(5);
    await queue.idle();
    over.abort();
    await consuming;
    expect({ tries, told }).toEqual({ tries: 2, told: [["Error: the disk is full", messageFor("a")]] });
  });

  it("finishes what is in hand when it is told to stop, and takes no more", async () => {
    const { queue } = open();
    const over = new AbortController();
    const gate = Promise.withResolvers<void>();
    const served: CaptureMessage[] = [];
    const worker = async (message: CaptureMessage) => {
      await gate.promise;
      served.push(message);
    };
    await queue.send([messageFor("a"), messageFor("b")]);
    const consuming = queue.consume(worker, { concurrency: 1, signal: over.signal });
    over.abort();
    gate.resolve();
    await consuming;
    expect(served).toEqual([messageFor("a")]);
    expect(queue.counts()).toEqual({ waiting: 1, inHand: 0 });
  });
});
