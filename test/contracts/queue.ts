import { beforeEach, describe, expect, it } from "vitest";
import type { CaptureMessage, CaptureQueue } from "../../shared/ports/queue.ts";
import { NOON } from "../support/builders.ts";

export interface TakenMessage {
  readonly message: CaptureMessage;
  done(): Promise<void>;
  /** As when its worker threw. */
  failed(): Promise<void>;
}

export interface QueueSetup {
  readonly queue: CaptureQueue;
  /** A message that may be served now; null when there is none. */
  take(): Promise<TakenMessage | null>;
  /** Lets so much time go by for the queue. */
  pass(seconds: number): Promise<void>;
}

const messageFor = (...watchIds: string[]): CaptureMessage => ({
  checks: watchIds.map((watchId) => ({ watchId, due: NOON })),
});

/** What every capture queue promises; see shared/ports/queue.ts. */
export function queueContract(name: string, open: () => Promise<QueueSetup>): void {
  describe(`${name} as a capture queue`, () => {
    let setup: QueueSetup;
    beforeEach(async () => {
      setup = await open();
    });

    async function takeAll(): Promise<CaptureMessage[]> {
      const messages: CaptureMessage[] = [];
      for (let taken = await setup.take(); taken; taken = await setup.take()) {
        messages.push(taken.message);
        await taken.done();
      }
      return messages;
    }
    const watchIds = (messages: readonly CaptureMessage[]) =>
      messages.flatMap(({ checks }) => checks.map(({ watchId }) => watchId)).sort();

    it("has nothing before something is sent", async () => {
      await setup.queue.send([]);
      expect(await setup.take()).toBeNull();
    });

    it("delivers a message whole", async () => {
      const message = messageFor(...Array.from({ length: 20 }, (_, n) => `watch${n}`));
      await setup.queue.send([message]);
      const taken = await setup.take();
      expect(taken?.message).toEqual(message);
    });

    it("delivers each of many messages", async () => {
      const sent = Array.from({ length: 25 }, (_, n) => messageFor(`watch${n}`));
      await setup.queue.send(sent);
      expect(watchIds(await takeAll())).toEqual(watchIds(sent));
    });

    it("forgets a message that its worker has finished with", async () => {
      await setup.queue.send([messageFor("a")]);
      await (await setup.take())?.done();
      await setup.pass(1);
      expect(await setup.take()).toBeNull();
    });

    it("brings a message back whose worker threw", async () => {
      await setup.queue.send([messageFor("a", "b")]);
      const first = await setup.take();
      await first?.failed();
      await setup.pass(10);
      expect((await setup.take())?.message).toEqual(messageFor("a", "b"));
    });

    it("keeps a message from others while it is in hand", async () => {
      await setup.queue.send([messageFor("a")]);
      expect(await setup.take()).not.toBeNull();
      expect(await setup.take()).toBeNull();
    });

    it("holds a message back, and no other", async () => {
      await setup.queue.send([messageFor("late")], 900);
      await setup.queue.send([messageFor("now")]);
      expect(watchIds(await takeAll())).toEqual(["now"]);
    });

    it("delivers a message that was held back", async () => {
      await setup.queue.send([messageFor("late")], 0.5);
      await setup.pass(2);
      expect(watchIds(await takeAll())).toEqual(["late"]);
    });

    it("delivers a check that its own worker put off", async () => {
      await setup.queue.send([messageFor("a")]);
      const taken = await setup.take();
      await setup.queue.send([messageFor("a")], 1);
      await taken?.done();
      await setup.pass(2);
      expect(watchIds(await takeAll())).toEqual(["a"]);
    });

    it.each([-1, 901, Number.NaN])("refuses to hold a message back for %d seconds", async (seconds) => {
      await expect(setup.queue.send([messageFor("a")], seconds)).rejects.toThrow(RangeError);
      expect(await setup.take()).toBeNull();
    });
  });
}
