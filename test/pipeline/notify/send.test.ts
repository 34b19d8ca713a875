import { describe, expect, it } from "vitest";
import { retryWaitSeconds } from "../../../shared/domain/retry.ts";
import { addressDigest } from "../../../shared/domain/subscription.ts";
import { secondsBetween } from "../../../shared/domain/time.ts";
import { fanOut } from "../../../shared/pipeline/notify/fan-out.ts";
import { redrive } from "../../../shared/pipeline/notify/redrive.ts";
import { sendNotices } from "../../../shared/pipeline/notify/send.ts";
import {
  confirmSubscription,
  resumeSubscription,
  subscribe,
  unsubscribe,
} from "../../../shared/pipeline/notify/subscribe.ts";
import { aSubscription } from "../../support/messages.ts";
import { DELIVERED, GONE, LATER, NEVER, type ToldWorld, toldWorld } from "./told-world.ts";

const URLS = [1, 2, 3].map((n) => `https://paper-${n}.example/bridge`);

/** Pages with an edit each that may be told. */
async function edited(count = 1): Promise<ToldWorld> {
  const world = toldWorld();
  for (const url of URLS.slice(0, count)) {
    await world.open(url);
    await world.edit(url, "thirty");
  }
  return world;
}

const keys = ({ arrived }: ToldWorld, id: string) =>
  arrived.filter(({ message }) => message.subscription.id === id).map(({ message }) => message.id);

describe("a receiver that fails", () => {
  it("gets its notices later, under their own keys, and delays nobody else", async () => {
    const world = await edited(3);
    const failing = await world.subscribe({ id: "failing" });
    await world.subscribe({ id: "sound" });
    world.answer(failing.address, LATER);
    await world.round();
    expect(keys(world, "sound")).toHaveLength(3);
    for (let minute = 0; minute < 60; minute += 1) {
      await world.clock.pass(60);
      await world.round();
    }
    expect(await world.services.ledger.addressHealth(addressDigest(failing))).toMatchObject({ detail: "503" });
    expect(world.attempts.length).toBeLessThan(30);
    world.answer(failing.address, DELIVERED);
    for (let minute = 0; minute < 150; minute += 1) {
      await world.clock.pass(60);
      await world.round();
    }
    expect(new Set(keys(world, "failing")).size).toBe(3);
    expect(keys(world, "failing")).toHaveLength(3);
    expect(await world.services.ledger.addressHealth(addressDigest(failing))).toBeNull();
  });

  it("is not asked before the instant it named", async () => {
    const world = await edited();
    const { address } = await world.subscribe({ id: "desk" });
    world.answer(address, { kind: "failed", detail: "429", retryable: true, retryAfterSeconds: 1800 });
    await world.round();
    world.answer(address, DELIVERED);
    await world.clock.pass(1799);
    await world.round();
    expect(world.arrived).toEqual([]);
    await world.clock.pass(1);
    await world.round();
    expect(world.arrived).toHaveLength(1);
  });

  it("waits no longer for the senders that died before it failed first", async () => {
    const world = await edited();
    const { address } = await world.subscribe({ id: "desk" });
    const { clock } = world;
    const { ledger } = world.services;
    await fanOut(world.services);
    const [made] = (await ledger.noticesOf("desk", { limit: 1 })).rows;
    for (let death = 0; death < 7; death += 1) {
      await ledger.claimNotice(made?.id ?? "", clock.now(), clock.now());
      await clock.pass(1);
    }
    world.answer(address, LATER);
    await world.round();
    const notice = await ledger.notice(made?.id ?? "");
    expect(notice).toMatchObject({ state: "waiting", attempts: 8 });
    expect(secondsBetween(clock.now(), notice?.due ?? "")).toBeLessThan(40);
  });

  it("for three days has its notices given up, where they can be sent again", async () => {
    const world = await edited();
    const { address } = await world.subscribe({ id: "desk" });
    world.answer(address, LATER);
    for (let hour = 0; hour < 80; hour += 1) {
      await world.round();
      await world.clock.pass(3600);
    }
    const [dead, ...others] = (await world.services.ledger.deadNotices({ limit: 5 })).rows;
    expect(others).toEqual([]);
    expect(dead).toMatchObject({ state: "dead", detail: "503" });
    world.answer(address, DELIVERED);
    await world.services.ledger.redriveNotice(dead?.id ?? "", world.clock.now());
    await world.clock.pass(3600);
    await world.round();
    expect(keys(world, "desk")).toEqual([dead?.id]);
  });

  it("refuses one notice for good without standing in the way of the next", async () => {
    const world = await edited(2);
    const { address } = await world.subscribe({ id: "desk" });
    let first = true;
    world.answer(address, async () => {
      const answer = first ? NEVER : DELIVERED;
      first = false;
      return answer;
    });
    await world.round();
    expect(keys(world, "desk")).toHaveLength(1);
    expect((await world.services.ledger.deadNotices({ limit: 5 })).rows).toHaveLength(1);
  });
});

describe("a service that takes no more for now", () => {
  const THROTTLED = { kind: "failed", detail: "quota", retryable: true, throttled: true } as const;

  it("is no failure of the receiver's, and takes the notice when its day has passed", async () => {
    const world = await edited();
    const desk = await world.subscribe({ id: "desk" });
    world.answer(desk.address, THROTTLED);
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      await world.round();
      await world.clock.pass(60);
    }
    expect(world.attempts.length).toBeGreaterThan(30); // more than a notice has attempts
    expect(world.attempts.length).toBeLessThan(100);
    expect(await world.services.ledger.addressHealth(addressDigest(desk))).toBeNull();
    world.answer(desk.address, DELIVERED);
    for (let minute = 0; minute < 30; minute += 1) {
      await world.clock.pass(60);
      await world.round();
    }
    expect(keys(world, "desk")).toHaveLength(1);
  });

  it("for three days has the notice given up", async () => {
    const world = await edited();
    const { address } = await world.subscribe({ id: "desk" });
    world.answer(address, THROTTLED);
    for (let hour = 0; hour < 80; hour += 1) {
      await world.round();
      await world.clock.pass(3600);
    }
    const { rows } = await world.services.ledger.deadNotices({ limit: 5 });
    expect(rows).toMatchObject([{ state: "dead", detail: "quota" }]);
  });
});

describe("a receiver that is gone for good", () => {
  it("is suspended with the reason, operations hear of it, and nothing more is sent to it until it is resumed", async () => {
    const world = await edited(2);
    const gone = await world.subscribe({ id: "gone" });
    await world.subscribe({ id: "sound" });
    await world.subscribe({ id: "ops", selector: "operations", channel: "email", address: "ops@newsroom.example" });
    world.answer(gone.address, GONE);
    await world.round();
    await world.round();
    expect(await world.services.ledger.subscription("gone")).toMatchObject({ status: "suspended", reason: "410 Gone" });
    expect(keys(world, "sound")).toHaveLength(2);
    const heard = world.arrived.filter(({ message }) => message.kind === "trouble");
    expect(heard.map(({ message }) => message.kind === "trouble" && message.trouble)).toEqual([
      { kind: "suspended", subscription: "gone", address: "hooks.example", reason: "410 Gone" },
    ]);
    expect((await world.services.ledger.deadNotices({ limit: 9 })).rows).toHaveLength(2);
    const before = world.attempts.length;
    await world.edit(URLS[0] ?? "", "ninety");
    await world.round();
    expect(world.attempts.slice(before).filter((id) => id.endsWith(".gone"))).toEqual([]);
    world.answer(gone.address, DELIVERED);
    await resumeSubscription("gone", world.services);
    await world.edit(URLS[0] ?? "", "sixty");
    await world.round();
    expect(keys(world, "gone")).toHaveLength(1);
  });
});

describe("a subscription whose address is gone", () => {
  it("stays ended when its reader ended it meanwhile, and operations hear nothing", async () => {
    const world = await edited();
    const { address } = await world.subscribe({ id: "desk" });
    await world.subscribe({ id: "ops", selector: "operations", channel: "email", address: "ops@newsroom.example" });
    world.answer(address, async () => {
      await unsubscribe("desk", "ended by the subscriber", world.services);
      return GONE;
    });
    await world.round();
    await world.round();
    const ended = { status: "ended", reason: "ended by the subscriber" };
    expect(await world.services.ledger.subscription("desk")).toMatchObject(ended);
    expect(keys(world, "ops")).toEqual([]);
    await resumeSubscription("desk", world.services);
    expect(await world.services.ledger.subscription("desk")).toMatchObject(ended);
  });

  it("waits for its address to say yes, and is asked again when the operator wants it or somebody asks anew", async () => {
    const world = toldWorld();
    const wish = { ...aSubscription({ channel: "email", address: "reader@paper.example" }), id: "first" };
    const { status: _, created: __, ...asked } = wish;
    world.answer(wish.address, GONE);
    await subscribe(asked, { vouched: false }, world.services);
    await world.round();
    expect(await world.services.ledger.subscription("first")).toMatchObject({ status: "pending" });
    world.answer(wish.address, DELIVERED);
    expect(await redrive(["first"], world.services)).toMatchObject([{ end: "waiting" }]);
    await world.round();
    expect(keys(world, "first")).toHaveLength(1);
    world.answer(wish.address, GONE);
    await subscribe({ ...asked, id: "second" }, { vouched: false }, world.services);
    await world.round();
    world.answer(wish.address, DELIVERED);
    await subscribe({ ...asked, id: "third" }, { vouched: false }, world.services);
    await world.round();
    expect(keys(world, "third")).toHaveLength(1);
    await unsubscribe("third", "ended", world.services);
    expect(await confirmSubscription("third", world.services)).toMatchObject({ status: "ended" });
  });
});

describe("a sender", () => {
  it("sends a notice once though many carry it", async () => {
    const world = await edited();
    await world.subscribe({ id: "desk" });
    await world.round({ ...world.services, noticeQueue: { send: async () => {} } });
    const [notice] = (await world.services.ledger.waitingNotices("webhook", world.clock.now(), { limit: 5 })).rows;
    if (!notice) throw new Error("one notice");
    const message = { channel: "webhook", notices: [notice, notice, notice] } as const;
    const ends = await Promise.all([sendNotices(message, world.services), sendNotices(message, world.services)]);
    expect(ends.flat().toSorted()).toEqual(["delivered", ...Array<string>(5).fill("not-due")]);
    expect(world.arrived).toHaveLength(1);
  });

  it("that died leaves its notice to the next, when its lease has run out", async () => {
    const world = await edited();
    const { address } = await world.subscribe({ id: "desk" });
    world.answer(address, async () => Promise.reject(new Error("power cut")));
    await expect(world.round()).rejects.toThrow("power cut");
    world.answer(address, DELIVERED);
    await world.round();
    expect(world.arrived).toEqual([]);
    await world.clock.pass(world.services.noticeLeaseSeconds);
    await world.round();
    expect(world.arrived).toHaveLength(1);
  });

  it("gives up a notice that breaks it time and again", async () => {
    const world = await edited();
    const { address } = await world.subscribe({ id: "desk" });
    world.answer(address, async () => Promise.reject(new Error("a bug")));
    for (let round = 0; round < 40; round += 1) {
      await world.round().catch(() => {});
      await world.clock.pass(60);
    }
    expect((await world.services.ledger.deadNotices({ limit: 5 })).rows).toHaveLength(1);
    expect(world.attempts).toHaveLength(30);
  });

  it("drops what its subscription no longer wants", async () => {
    const world = await edited();
    await world.subscribe({ id: "desk" });
    await world.round({ ...world.services, noticeQueue: { send: async () => {} } });
    await world.services.ledger.changeSubscription("desk", { status: "ended" });
    await world.clock.pass(1);
    await world.round();
    expect(world.attempts).toEqual([]);
    expect((await world.services.ledger.noticesOf("desk", { limit: 5 })).rows).toMatchObject([{ state: "dropped" }]);
  });

  it("keeps within what its channel takes for one address, and sends the rest in the next stretch; another has its own", async () => {
    const world = await edited(3);
    await world.subscribe({ id: "desk" });
    await world.subscribe({ id: "also-desk", address: "https://hooks.example/desk" });
    await world.subscribe({ id: "other" });
    const notifiers = world.services.notifiers.map((one) => ({ ...one, limit: { deliveries: 2, seconds: 300 } }));
    const services = { ...world.services, notifiers };
    await world.round(services);
    const to = (address: string) => world.arrived.filter((one) => one.address === address).length;
    expect([to("https://hooks.example/desk"), to("https://hooks.example/other")]).toEqual([2, 2]);
    for (let stretch = 0; stretch < 6; stretch += 1) {
      await world.clock.pass(300);
      await world.round(services);
    }
    expect([to("https://hooks.example/desk"), to("https://hooks.example/other")]).toEqual([6, 3]);
  });

  it("hands a channel whose posts answer one another what was posted before", async () => {
    const world = await edited();
    const { address } = await world.subscribe({ id: "desk" });
    const seen: unknown[] = [];
    world.answer(address, async ({ thread }) => {
      seen.push(thread);
      return { kind: "delivered", reference: `post-${seen.length}` };
    });
    const services = {
      ...world.services,
      notifiers: world.services.notifiers.map((one) => ({ ...one, threads: true as const })),
    };
    await world.round(services);
    await world.edit(URLS[0] ?? "", "ninety");
    await world.round(services);
    await world.edit(URLS[0] ?? "", "sixty");
    await world.round(services);
    const key = world.arrived[0]?.message.thread.key;
    expect(seen).toEqual([{ key }, { key, root: "post-1", last: "post-1" }, { key, root: "post-1", last: "post-2" }]);
  });
});

describe("time between retries", () => {
  it("doubles, is spread, and heeds the receiver", () => {
    const waits = [1, 2, 3, 8, 30].map((attempt) => retryWaitSeconds("n", attempt));
    for (const [n, middle] of [30, 60, 120, 3600, 3600].entries()) {
      expect(waits[n]).toBeGreaterThanOrEqual(0.75 * middle);
      expect(waits[n]).toBeLessThanOrEqual(1.25 * middle);
    }
    expect(retryWaitSeconds("n", 1)).toBe(retryWaitSeconds("n", 1));
    expect(retryWaitSeconds("other", 1)).not.toBe(retryWaitSeconds("n", 1));
    expect(retryWaitSeconds("n", 1, 7200)).toBe(7200);
    expect(retryWaitSeconds("n", 1, 9e9)).toBe(86_400);
  });
});
