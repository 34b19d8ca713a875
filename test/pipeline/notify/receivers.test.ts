import { describe, expect, it } from "vitest";
import { memoryNoticeQueue } from "../../../shared/adapters/local/memory-notice-queue.ts";
import { addressDigest, serverDigest } from "../../../shared/domain/subscription.ts";
import { fanOut } from "../../../shared/pipeline/notify/fan-out.ts";
import { requeue } from "../../../shared/pipeline/notify/requeue.ts";
import { sendNotices } from "../../../shared/pipeline/notify/send.ts";
import type { Message } from "../../../shared/ports/message.ts";
import { DELIVERED, LATER, type ToldWorld, toldWorld } from "./told-world.ts";

const URL = "https://paper.example/bridge";

const arrivedOf = ({ arrived }: ToldWorld, id: string): readonly Message[] =>
  arrived.filter(({ message }) => message.subscription.id === id).map(({ message }) => message);

/** Rounds a minute apart, as the clock rings them on AWS. */
async function minutes(world: ToldWorld, count: number, each: (minute: number) => Promise<void> = async () => {}) {
  for (let minute = 0; minute < count; minute += 1) {
    await each(minute);
    await world.round();
    await world.clock.pass(60);
  }
}

describe("among receivers that fail for an hour, are gone, or refuse", () => {
  it("the sound ones hear of each change at once, and every notice of the failing one comes, once", async () => {
    const world = toldWorld();
    await world.open(URL);
    const failing = await world.subscribe({ id: "failing" });
    const gone = await world.subscribe({ id: "gone", channel: "email", address: "nobody@paper.example" });
    await world.subscribe({ id: "sound" });
    await world.subscribe({ id: "mailbox", channel: "email", address: "desk@paper.example" });
    world.answer(failing.address, LATER);
    world.answer(gone.address, {
      kind: "failed",
      detail: "550 5.1.1 no such user",
      retryable: false,
      gone: true,
    });
    const edits = 6;
    for (let edit = 1; edit <= edits; edit += 1) {
      await world.edit(URL, `${10 * edit}`);
      await world.round();
      // Not a minute later: in the very round in which the others fail.
      for (const id of ["sound", "mailbox"]) expect(arrivedOf(world, id)).toHaveLength(edit);
      await minutes(world, 5);
    }
    expect(arrivedOf(world, "failing")).toEqual([]);
    const [health] = (await world.services.ledger.failingAddresses({ limit: 9 })).rows.filter(
      ({ digest }) => digest === addressDigest(failing),
    );
    expect(health).toMatchObject({ detail: "503", shown: "hooks.example" });
    world.answer(failing.address, DELIVERED);
    await minutes(world, 100);
    const ids = arrivedOf(world, "failing").map(({ id }) => id);
    expect(ids).toHaveLength(edits);
    expect(new Set(ids).size).toBe(edits);
    expect(await world.services.ledger.subscription("gone")).toMatchObject({
      status: "suspended",
      reason: "550 5.1.1 no such user",
    });
    // Each of its notices is kept, to be sent again should it come back.
    const dead = (await world.services.ledger.deadNotices({ limit: 99 })).rows;
    expect(dead.map(({ subscription }) => subscription)).toEqual(["gone"]);
    expect(world.attempts.filter((id) => id.endsWith(".gone"))).toHaveLength(1);
  });
});

const SLOW = 120;
const slowUrl = (n: number) => `https://slow.example/${n}`;

/** A change to tell to many at one server whose every answer takes so long, and to one elsewhere who was added last. */
async function slowWorld(seconds: number, answer: typeof DELIVERED | typeof LATER) {
  const world = toldWorld();
  await world.open(URL);
  for (let n = 0; n < SLOW; n += 1) {
    const { address } = await world.subscribe({ id: `a-slow-${n}`, address: slowUrl(n) });
    world.answer(address, async () => {
      if (seconds > 0) await world.clock.sleep(seconds);
      return answer;
    });
  }
  await world.subscribe({ id: "sound" });
  await world.edit(URL, "thirty");
  return world;
}

/** Lets work go on, and the time with it, until it is done. */
async function whilePassing(world: ToldWorld, work: Promise<unknown>, seconds: number): Promise<void> {
  let done = false;
  void work.finally(() => {
    done = true;
  });
  while (!done) await world.clock.pass(seconds);
  await work;
}

describe("a server that takes fourteen seconds for each of many", () => {
  it("is soon sent a trickle, so that a message of its notices holds no sender", async () => {
    const world = await slowWorld(14, DELIVERED);
    const begun = Date.parse(world.clock.now());
    await whilePassing(world, world.round(), 1); // messages of ten, one after the other: the worst case of a queue
    const seconds = (Date.parse(world.clock.now()) - begun) / 1000;
    expect(arrivedOf(world, "sound")).toHaveLength(1);
    expect(seconds).toBeLessThan(60); // of the 168 that twelve messages take one after the other
    const server = serverDigest({ channel: "webhook", address: slowUrl(0) }) ?? "";
    expect(await world.services.ledger.addressHealth(server)).toMatchObject({
      shown: "slow.example",
      detail: "a delivery took 14 s",
    });
  });

  it("has all of its notices in the end, each once, and all at once when it is well again", async () => {
    const world = await slowWorld(14, DELIVERED);
    await whilePassing(world, world.round(), 1);
    const before = world.arrived.length;
    for (let minute = 0; minute < 10; minute += 1) {
      await whilePassing(world, world.round(), 5);
      await world.clock.pass(60);
    }
    expect(world.arrived.length).toBeGreaterThan(before + 10);
    expect(world.arrived.length).toBeLessThan(SLOW);
    for (let n = 0; n < SLOW; n += 1) world.answer(slowUrl(n), DELIVERED);
    await minutes(world, 15);
    const ids = world.arrived.map(({ message }) => message.id);
    expect(ids).toHaveLength(SLOW + 1);
    expect(new Set(ids).size).toBe(SLOW + 1);
    expect((await world.services.ledger.failingAddresses({ limit: 9 })).rows).toEqual([]);
  });
});

describe("a server that never answers, beside one that does, on one machine", () => {
  it("keeps the other's notices from no sender", async () => {
    const world = await slowWorld(15, LATER);
    const noticeQueue = memoryNoticeQueue({ clock: world.clock });
    const services = { ...world.services, noticeQueue };
    const over = new AbortController();
    await fanOut(services);
    await requeue(services);
    const begun = world.clock.now();
    const consuming = noticeQueue.consume((message) => sendNotices(message, services), {
      perChannel: 12,
      perReceiver: 6,
      signal: over.signal,
    });
    for (let turn = 0; turn < 500 && world.arrived.length === 0; turn += 1) await world.clock.pass(0);
    expect(arrivedOf(world, "sound")).toHaveLength(1);
    expect(world.clock.now()).toBe(begun);
    expect(world.attempts.length).toBeLessThan(10);
    over.abort();
    await whilePassing(world, consuming, 15);
  });
});
