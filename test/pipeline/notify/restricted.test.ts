import { describe, expect, it } from "vitest";
import type { RestrictionAct } from "../../../shared/domain/restriction.ts";
import { SUBSCRIPTION_DEFAULTS } from "../../../shared/domain/subscription.ts";
import { addSeconds } from "../../../shared/domain/time.ts";
import { watchIdOf } from "../../../shared/domain/url.ts";
import { fanOut } from "../../../shared/pipeline/notify/fan-out.ts";
import { aRestriction } from "../../support/builders.ts";
import { type ToldWorld, toldWorld, untold } from "./told-world.ts";

const URL = "https://paper.example/bridge";
const OTHER = "https://paper.example/ferry";
const daily = { ...SUBSCRIPTION_DEFAULTS.rhythm, kind: "daily" } as const;

/** A page that was edited from three to thirty days, and somebody who would be told at once. */
async function edited(): Promise<ToldWorld> {
  const world = toldWorld();
  await world.open(URL);
  await world.subscribe({ id: "desk" });
  await world.edit(URL, "thirty");
  return world;
}

/** An act of now, about the page or one of its revisions. */
async function act(world: ToldWorld, given: Partial<RestrictionAct>, number?: number): Promise<void> {
  const { ledger, clock } = world.services;
  const watchId = watchIdOf(URL);
  const text = number === undefined ? null : await ledger.revision(watchId, number);
  const revision = text && { revision: { number: text.number, reading: text.reading } };
  await ledger.recordRestriction(aRestriction({ watchId, at: clock.now(), ...revision, ...given } as never));
}

const told = ({ arrived }: ToldWorld) => arrived.map(({ message }) => `${message.subscription.id} ${message.kind}`);

describe("a hidden change", () => {
  it.each([
    ["its watch", undefined],
    ["its text", 2],
    ["the text before it", 1],
  ])("waits while %s is held, and is told once it is lifted", async (_what, number) => {
    const world = await edited();
    await act(world, { kind: "hold" }, number);
    await world.round();
    expect([told(world), await untold(world)]).toEqual([[], 1]);
    await world.clock.pass(10 * 86_400);
    await world.round();
    expect(told(world)).toEqual([]);
    await act(world, { kind: "lift" }, number);
    await world.round();
    expect([told(world), await untold(world)]).toEqual([["desk change"], 0]);
  });

  it("is told when its embargo ends", async () => {
    const world = await edited();
    await act(world, { kind: "embargo", until: addSeconds(world.clock.now(), 7200) } as never, 2);
    await world.round();
    expect(told(world)).toEqual([]);
    await world.clock.pass(7200);
    await world.round();
    expect(told(world)).toEqual(["desk change"]);
  });

  it("that was taken down is never told, also when it is lifted", async () => {
    const world = await edited();
    await act(world, { kind: "takedown" }, 2);
    await world.round();
    expect([told(world), await untold(world)]).toEqual([[], 0]);
    await world.clock.pass(1);
    await act(world, { kind: "lift" }, 2);
    await world.round();
    expect(told(world)).toEqual([]);
  });
});

describe("a notice that was made before its change was hidden", () => {
  it("waits however long it is held, and is sent then", async () => {
    const world = await edited();
    await fanOut(world.services);
    await act(world, { kind: "hold" }, 2);
    await world.round();
    for (let day = 0; day < 5; day++) {
      await world.clock.pass(86_400);
      await world.round();
    }
    expect(told(world)).toEqual([]);
    await act(world, { kind: "lift" }, 2);
    await world.clock.pass(3600);
    await world.round();
    expect(told(world)).toEqual(["desk change"]);
  });

  it("has its three days from when it is lifted", async () => {
    const world = await edited();
    const { address = "" } = (await world.services.ledger.subscription("desk")) ?? {};
    world.answer(address, { kind: "failed", detail: "answered 503", retryable: true });
    await fanOut(world.services);
    await world.round(); // one that failed before it was held
    await act(world, { kind: "hold" }, 2);
    for (let hour = 0; hour < 4 * 24; hour++) {
      await world.clock.pass(3600);
      await world.round();
    }
    await act(world, { kind: "lift" }, 2);
    await world.clock.pass(3600);
    await world.round();
    const [notice] = (await world.services.ledger.noticesOf("desk", { limit: 2 })).rows;
    expect([notice?.state, notice?.attempts]).toEqual(["waiting", 2]);
    world.answer(address, { kind: "delivered" });
    await world.clock.pass(3600);
    await world.round();
    expect(told(world)).toEqual(["desk change"]);
  });

  it("is dropped when it is taken down", async () => {
    const world = await edited();
    await fanOut(world.services);
    await act(world, { kind: "takedown" });
    await world.round();
    const [notice] = (await world.services.ledger.noticesOf("desk", { limit: 2 })).rows;
    expect([told(world), notice?.state]).toEqual([[], "dropped"]);
  });
});

describe("a digest", () => {
  /** Two pages were edited; the digest is due in a day. */
  async function gathered(): Promise<ToldWorld> {
    const world = toldWorld();
    await world.subscribe({ id: "desk", rhythm: daily });
    for (const url of [URL, OTHER]) {
      await world.open(url);
      await world.edit(url, "thirty");
    }
    await world.round();
    return world;
  }
  const toldUrls = ({ arrived }: ToldWorld) =>
    arrived.map(({ message }) =>
      message.kind === "digest" ? message.told.map(({ happening }) => happening.url) : [message.kind],
    );

  it("leaves out what is held, which a later one tells", async () => {
    const world = await gathered();
    await act(world, { kind: "hold" }, 2);
    await world.clock.pass(86_400);
    await world.round();
    expect(toldUrls(world)).toEqual([[OTHER]]);
    await act(world, { kind: "lift" }, 2);
    await world.clock.pass(3600);
    await world.round();
    expect(toldUrls(world)).toEqual([[OTHER], [URL]]);
    await world.clock.pass(2 * 86_400);
    await world.round();
    expect(world.arrived).toHaveLength(2);
  });

  it("leaves out what was taken down for good", async () => {
    const world = await gathered();
    await act(world, { kind: "takedown" });
    await world.clock.pass(86_400);
    await world.round();
    await act(world, { kind: "lift" });
    await world.clock.pass(3 * 86_400);
    await world.round();
    expect(toldUrls(world)).toEqual([[OTHER]]);
  });

  it("waits whole while all of it is held", async () => {
    const world = await gathered();
    await act(world, { kind: "hold" });
    await act(world, { kind: "hold", watchId: watchIdOf(OTHER) });
    await world.clock.pass(86_400);
    await world.round();
    expect(toldUrls(world)).toEqual([]);
    await act(world, { kind: "lift", watchId: watchIdOf(OTHER) });
    await world.clock.pass(3600);
    await world.round();
    expect(toldUrls(world)).toEqual([[OTHER]]);
  });
});
