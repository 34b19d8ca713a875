import { describe, expect, it } from "vitest";
import { EVERYTHING } from "../../../shared/domain/notice-filter.ts";
import type { Rhythm } from "../../../shared/domain/rhythm.ts";
import { SUBSCRIPTION_DEFAULTS } from "../../../shared/domain/subscription.ts";
import type { Services } from "../../../shared/pipeline/services.ts";
import type { Delivery } from "../../../shared/ports/notifier.ts";
import { DELIVERED, LATER, page, type ToldWorld, toldWorld, untold } from "./told-world.ts";

const URL = "https://paper.example/bridge";
const rhythm = (given: Partial<Rhythm>): Rhythm => ({ ...SUBSCRIPTION_DEFAULTS.rhythm, ...given });

async function opened(): Promise<ToldWorld> {
  const world = toldWorld();
  await world.open(URL);
  return world;
}

const told = ({ arrived }: ToldWorld) =>
  arrived.map(({ message }) => `${message.subscription.id} ${message.kind}`).toSorted();

describe("a happening", () => {
  it("reaches the subscriptions to everything, to its watch and its tags, and no others", async () => {
    const world = toldWorld();
    await world.open(URL);
    const [watch] = (await world.services.ledger.watches({ limit: 1 })).rows;
    await world.services.ledger.changeWatch(watch?.id ?? "", { tags: ["harbour"] });
    await world.subscribe({ id: "all" });
    await world.subscribe({ id: "tagged", selector: "tag:harbour" });
    await world.subscribe({ id: "watched", selector: `watch:${watch?.id}` });
    await world.subscribe({ id: "other-tag", selector: "tag:sports" });
    await world.subscribe({ id: "operations", selector: "operations" });
    await world.subscribe({ id: "pending", status: "pending" });
    await world.subscribe({ id: "ended", status: "ended" });
    await world.edit(URL, "thirty");
    await world.round();
    expect(told(world)).toEqual(["all change", "tagged change", "watched change"]);
    expect(await untold(world)).toBe(0);
    await world.round();
    expect(world.arrived).toHaveLength(3);
  });

  it("of a self-test reaches its one subscription at once, whatever that wants, and nobody else", async () => {
    const world = toldWorld();
    await world.open(URL);
    const { ledger } = world.services;
    const [watch] = (await ledger.watches({ limit: 1 })).rows;
    if (!watch) throw new Error("one watch");
    await ledger.changeWatch(watch.id, { status: "removed" });
    await ledger.addWatch({ ...watch, selfTest: "proved" });
    await world.subscribe({ id: "all" });
    await world.subscribe({ id: "proved", selector: "tag:none", rhythm: rhythm({ kind: "weekly" }) });
    await world.edit(URL, "thirty");
    await world.round();
    expect(told(world)).toEqual(["proved change"]);
    expect(await untold(world)).toBe(0);
    expect(await ledger.recent({ limit: 9 })).toEqual({ rows: [] });
  });

  it("of a self-test that is over is told to nobody any more", async () => {
    const world = toldWorld();
    await world.open(URL);
    const { ledger } = world.services;
    const [watch] = (await ledger.watches({ limit: 1 })).rows;
    if (!watch) throw new Error("one watch");
    await ledger.changeWatch(watch.id, { status: "removed" });
    await ledger.addWatch({ ...watch, selfTest: "proved" });
    await world.subscribe({ id: "proved" });
    await world.edit(URL, "thirty");
    await ledger.changeWatch(watch.id, { status: "removed" });
    await world.round();
    expect(told(world)).toEqual([]);
    const { rows } = await ledger.noticesOf("proved", { limit: 9 });
    expect(rows).toMatchObject([{ state: "dropped" }]);
  });

  it("reaches more subscriptions than one page holds, each once", async () => {
    const world = await opened();
    for (let n = 0; n < 450; n += 1) await world.subscribe({ id: `desk-${n}` });
    await world.edit(URL, "thirty");
    await world.round();
    expect(new Set(told(world)).size).toBe(450);
    expect(world.arrived).toHaveLength(450);
  });

  it("that a filter stops waits for the day's digest, or is not told where the rest is not wanted", async () => {
    const world = await opened();
    await world.subscribe({ id: "default" });
    await world.subscribe({ id: "no-rest", rhythm: rhythm({ rest: "nothing" }) });
    await world.subscribe({ id: "all", filter: EVERYTHING });
    await world.edit(URL, "three", "”");
    await world.round();
    expect(told(world)).toEqual(["all change"]);
    await world.clock.pass(86_400);
    await world.round();
    expect(told(world)).toEqual(["all change", "default digest"]);
    await world.clock.pass(86_400);
    await world.round();
    expect(world.arrived).toHaveLength(2);
  });

  it("gathers with others for a digest, and in quiet hours for their end", async () => {
    const world = await opened();
    await world.open("https://gazette.example/bridge");
    await world.subscribe({ id: "hourly", rhythm: rhythm({ kind: "hourly" }) });
    await world.subscribe({ id: "asleep", rhythm: rhythm({ quiet: { from: "11:00", to: "14:00" } }) });
    await world.edit(URL, "thirty");
    await world.edit("https://gazette.example/bridge", "ninety");
    await world.round();
    expect(world.arrived).toEqual([]);
    await world.clock.pass(3600);
    await world.round();
    expect(told(world)).toEqual(["hourly digest"]);
    const [digest] = world.arrived;
    expect(digest?.message.kind === "digest" && digest.message.told.map(({ happening }) => happening.url)).toEqual([
      URL,
      "https://gazette.example/bridge",
    ]);
    await world.clock.pass(3600);
    await world.round();
    expect(told(world)).toEqual(["asleep digest", "hourly digest"]);
  });

  it("beyond the twentieth of a page within an hour is told with those that follow, once an hour", async () => {
    const world = await opened();
    await world.subscribe({ id: "desk" });
    for (let n = 10; n < 34; n += 1) {
      world.web.set(URL, page(`${n}0`));
      await world.capture(URL, 100);
      await world.round();
    }
    await world.capture(URL, 250);
    await world.round();
    expect(told(world).filter((one) => one === "desk change")).toHaveLength(20);
    await world.clock.pass(3600);
    await world.round();
    const [burst, ...others] = world.arrived.filter(({ message }) => message.kind === "rolling");
    expect(others).toEqual([]);
    const message = burst?.message;
    if (message?.kind !== "rolling") throw new Error("a burst");
    expect(message.told).toHaveLength(4);
    const overall = await message.overall();
    expect(overall?.segments.find(({ kind }) => kind === "edited")?.words?.filter(({ mark }) => mark !== "=")).toEqual([
      { mark: "-", text: "290" },
      { mark: "+", text: "330" },
    ]);
  });

  it("beyond a subscription's cap is told with others at the hour's end", async () => {
    const world = await opened();
    await world.subscribe({ id: "desk", perHour: 2 });
    const urls = [1, 2, 3, 4].map((n) => `https://paper-${n}.example/bridge`);
    for (const url of urls) await world.open(url);
    for (const url of urls) await world.edit(url, "thirty", '"').then(() => world.clock.pass(-1080));
    await world.round();
    expect(told(world)).toEqual(["desk change", "desk change"]);
    await world.clock.pass(3600);
    await world.round();
    expect(told(world)).toEqual(["desk change", "desk change", "desk digest"]);
  });

  it("that came since stays out of a digest that is tried again: who has it drops what comes under its id", async () => {
    const world = await opened();
    const { address } = await world.subscribe({ id: "desk", rhythm: rhythm({ kind: "hourly" }) });
    const revisions: (readonly [id: string, numbers: readonly number[]])[] = [];
    let answer: Delivery = LATER; // it took the digest, and its yes was lost
    world.answer(address, async (message) => {
      const told = message.kind === "digest" ? message.told.map(({ happening }) => happening) : [];
      revisions.push([message.id, told.flatMap((one) => (one.kind === "revision" ? one.revision.number : []))]);
      return answer;
    });
    await world.edit(URL, "thirty");
    await world.round();
    await world.clock.pass(3600);
    await world.round();
    await world.edit(URL, "ninety");
    await world.round();
    await world.clock.pass(2 * 3600);
    answer = DELIVERED;
    await world.round();
    await world.clock.pass(60);
    await world.round();
    const [first] = revisions;
    const repeated = revisions.filter(([id]) => id === first?.[0]);
    expect(repeated.length).toBeGreaterThan(1);
    for (const one of repeated) expect(one).toEqual(first);
    expect([...new Map(revisions).values()].flat()).toEqual([2, 3]);
  });

  it("counts as told by the default filter where a saved one is missing", async () => {
    const world = await opened();
    await world.subscribe({ id: "desk", filter: { saved: "lost" } });
    await world.services.ledger.saveFilter({ name: "none", filter: { availability: false, changes: null } });
    await world.subscribe({ id: "none", filter: { saved: "none" }, rhythm: rhythm({ rest: "nothing" }) });
    await world.edit(URL, "thirty");
    await world.round();
    expect(told(world)).toEqual(["desk change"]);
  });
});

describe("a telling that was cut short", () => {
  const METHODS = [
    "addNotice",
    "markTold",
    "gather",
    "takeTurn",
    "beginTelling",
    "claimNotice",
    "settleNotice",
    "markGatheredTold",
  ] as const;
  it.each(METHODS)(
    "at %s, after or before the write, is ended by the next round: nothing lost, nothing under two keys",
    async (method) => {
      for (const when of ["before", "after"] as const) {
        const world = await opened();
        await world.subscribe({ id: "a" });
        await world.subscribe({ id: "b" });
        await world.subscribe({ id: "digest", rhythm: rhythm({ kind: "hourly" }) });
        await world.edit(URL, "thirty");
        const original = world.services.ledger[method] as (...args: unknown[]) => Promise<unknown>;
        for (let death = 0; death < 3; death += 1) {
          let left = death;
          const dying = async (...args: unknown[]) => {
            left -= 1;
            if (left < 0 && when === "before") throw new Error("died");
            const result = await original(...args);
            if (left < 0) throw new Error("died");
            return result;
          };
          const services: Services = { ...world.services, ledger: { ...world.services.ledger, [method]: dying } };
          await world.round(services).catch(() => {});
        }
        for (let later = 0; later < 3; later += 1) {
          await world.clock.pass(3600);
          await world.round();
        }
        expect(await untold(world)).toBe(0);
        const keys = new Set(world.arrived.map(({ message }) => message.id));
        expect([...keys].map((key) => key.replace(/^[0-9a-f]{16}\.r2\./, "").replace(/-\d+$/, "")).toSorted()).toEqual([
          "a",
          "b",
          "digest.digest",
        ]);
      }
    },
  );
});
