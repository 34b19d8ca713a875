import { expect, it } from "vitest";
import { memoryNoticeQueue } from "../../../shared/adapters/local/memory-notice-queue.ts";
import type { QueuedNotice } from "../../../shared/ports/notice-queue.ts";
import { manualClock } from "../../support/manual-clock.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

const notices = (count: number, name: string, receiver?: string): QueuedNotice[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `${name}-${n}`,
    subscription: `${name}-${n}`,
    ...(receiver !== undefined && { receiver }),
  }));

/** A queue whose worker ends a notice only when it is told to. */
async function serving(how: { readonly perChannel: number; readonly perReceiver: number }, stay: string) {
  const queue = memoryNoticeQueue({ clock: manualClock() });
  const over = new AbortController();
  const held = Promise.withResolvers<void>();
  const begun: string[] = [];
  const consuming = queue.consume(
    async ({ notices: [notice] }) => {
      begun.push(notice?.id ?? "");
      if (notice?.id.startsWith(stay)) await held.promise;
    },
    { ...how, signal: over.signal },
  );
  return {
    queue,
    begun,
    async end() {
      over.abort();
      held.resolve();
      await consuming;
    },
  };
}

it("sends to others without waiting, however many wait for a server that never answers", async () => {
  const { queue, begun, end } = await serving({ perChannel: 8, perReceiver: 3 }, "slow");
  await queue.send([{ channel: "webhook", notices: notices(500, "slow", "slow.example") }]);
  await settled();
  await queue.send([
    {
      channel: "webhook",
      notices: [...notices(40, "sound", "sound.example"), ...notices(40, "other", "other.example")],
    },
    { channel: "email", notices: notices(40, "mail") },
  ]);
  for (let turn = 0; turn < 50; turn += 1) await settled();
  const of = (name: string) => begun.filter((id) => id.startsWith(name)).length;
  expect({ slow: of("slow"), sound: of("sound"), other: of("other"), mail: of("mail") }).toEqual({
    slow: 3,
    sound: 40,
    other: 40,
    mail: 40,
  });
  await end();
});

it("lets receivers take turns", async () => {
  const { queue, begun, end } = await serving({ perChannel: 1, perReceiver: 1 }, "none");
  await queue.send([
    { channel: "webhook", notices: [...notices(3, "a", "a.example"), ...notices(2, "b", "b.example")] },
  ]);
  for (let turn = 0; turn < 20; turn += 1) await settled();
  expect(begun).toEqual(["a-0", "b-0", "a-1", "b-1", "a-2"]);
  await end();
});

it("sends to one subscription one after the other, and takes no notice twice", async () => {
  const { queue, begun, end } = await serving({ perChannel: 8, perReceiver: 3 }, "desk");
  const mine = ["desk-1", "desk-2"].map((id) => ({ id, subscription: "desk" }));
  await queue.send([{ channel: "email", notices: [...mine, ...mine, ...notices(1, "other")] }]);
  for (let turn = 0; turn < 20; turn += 1) await settled();
  expect(begun).toEqual(["desk-1", "other-0"]);
  await end();
  expect(begun).toEqual(["desk-1", "other-0"]);
});
