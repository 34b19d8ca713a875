import { describe, expect, it } from "vitest";
import { SUBSCRIPTION_DEFAULTS } from "../../../shared/domain/subscription.ts";
import { addWatch } from "../../../shared/pipeline/add-watch.ts";
import { redrive } from "../../../shared/pipeline/notify/redrive.ts";
import { resumeSubscription, saveFilter } from "../../../shared/pipeline/notify/subscribe.ts";
import type { Services } from "../../../shared/pipeline/services.ts";
import { everyDeath } from "../../support/dying.ts";
import { DELIVERED, GONE, NEVER, type ToldWorld, toldWorld } from "./told-world.ts";

const PAGE = "https://paper.example/bridge";
const OTHER = "https://gazette.example/bridge";
const A_WHILE = 120_000;

async function edited(): Promise<ToldWorld> {
  const world = toldWorld();
  await world.open(PAGE);
  await world.edit(PAGE, "thirty");
  return world;
}

/** Rounds of living processes, until what the dead one held is free again. */
async function rounds(world: ToldWorld): Promise<void> {
  for (let n = 0; n < 3; n += 1) {
    await world.clock.pass(world.services.noticeLeaseSeconds);
    await world.round();
  }
}

/** What a subscription's reader has who takes messages of one id for one, the first for good. */
const readBy = ({ arrived }: ToldWorld, id: string) => [
  ...new Map(
    arrived
      .filter(({ message }) => message.subscription.id === id)
      .toReversed()
      .map(({ message }) => [message.id, message]),
  ).values(),
];

describe("a process that dies around a write of telling", () => {
  it(
    "still suspends a receiver that is gone, and operations hear of it under one key",
    async () => {
      const writes = await everyDeath(async () => {
        const world = await edited();
        const { address } = await world.subscribe({ id: "gone" });
        await world.subscribe({ id: "ops", selector: "operations", channel: "email", address: "ops@newsroom.example" });
        world.answer(address, GONE);
        return {
          services: world.services,
          work: (services) => world.round(services).then(() => world.round(services)),
          async afterwards() {
            await rounds(world);
            const gone = await world.services.ledger.subscription("gone");
            expect(gone).toMatchObject({ status: "suspended", reason: "410 Gone" });
            expect(readBy(world, "ops").map(({ kind }) => kind)).toEqual(["trouble"]);
            expect(world.attempts.filter((id) => id.endsWith(".gone")).length).toBeLessThanOrEqual(2);
          },
        };
      });
      expect(writes).toContain("ledger.recordAddressFailure");
      expect(writes).toContain("ledger.changeSubscription");
    },
    A_WHILE,
  );

  it(
    "posts again at most once, and what follows still answers the thread",
    async () => {
      const writes = await everyDeath(async () => {
        const world = await edited();
        const { address } = await world.subscribe({ id: "desk" });
        let posts = 0;
        world.answer(address, async () => ({ kind: "delivered", reference: `post-${++posts}` }));
        const threads = { threads: true } as const;
        const notifiers = world.services.notifiers.map((notifier) => ({ ...notifier, ...threads }));
        const services: Services = { ...world.services, notifiers };
        return {
          services,
          work: (mortal) => world.round(mortal),
          async afterwards() {
            await world.clock.pass(services.noticeLeaseSeconds);
            await world.round(services);
            await world.edit(PAGE, "ninety");
            await world.round(services);
            expect(readBy(world, "desk")).toHaveLength(2);
            expect(posts).toBeLessThanOrEqual(3);
            const last = world.arrived.at(-1)?.message.thread;
            expect(last).toMatchObject({ root: expect.stringMatching(/^post-[12]$/), last: `post-${posts - 1}` });
          },
        };
      });
      expect(writes).toContain("ledger.recordPost");
    },
    A_WHILE,
  );

  it(
    "brings what gathered in one digest or the next, and nothing in both",
    async () => {
      const writes = await everyDeath(async () => {
        const world = await edited();
        await world.subscribe({ id: "desk", rhythm: { ...SUBSCRIPTION_DEFAULTS.rhythm, kind: "hourly" } });
        await world.round();
        await world.open(OTHER);
        await world.edit(OTHER, "forty");
        await world.clock.pass(3600);
        return {
          services: world.services,
          work: (services) => world.round(services),
          async afterwards() {
            for (let hour = 0; hour < 3; hour += 1) {
              await rounds(world);
              await world.clock.pass(3600);
            }
            const told = readBy(world, "desk").flatMap((message) =>
              message.kind === "digest" ? message.told.map(({ happening }) => happening.url) : [],
            );
            expect(told.toSorted()).toEqual([OTHER, PAGE]);
          },
        };
      });
      expect(writes).toContain("ledger.markGatheredTold");
    },
    A_WHILE,
  );
});

describe("a command that is cut off around a write", () => {
  it(
    "is done by giving it again",
    async () => {
      const writes = await everyDeath(async () => {
        const world = await edited();
        const { address } = await world.subscribe({ id: "desk" });
        world.answer(address, NEVER);
        await world.round();
        world.answer(address, DELIVERED);
        const tags = ["harbour"];
        const work = async (services: Services) => {
          await addWatch({ url: OTHER }, services);
          const [watch] = (await services.ledger.watches({ limit: 1 })).rows;
          await services.ledger.changeWatch(watch?.id ?? "", { tags });
          await saveFilter("numbers", { availability: false, changes: { labels: ["number"] } }, services);
          await resumeSubscription("desk", services);
          await redrive(["desk"], services);
        };
        return {
          services: world.services,
          work,
          async afterwards() {
            await work(world.services);
            await rounds(world);
            const { ledger } = world.services;
            const watches = (await ledger.watches({ limit: 9 })).rows;
            expect(watches.map(({ url, tags: own }) => [url, own])).toEqual([
              [PAGE, tags],
              [OTHER, []],
            ]);
            expect((await ledger.savedFilters()).map(({ name }) => name)).toEqual(["numbers"]);
            expect(world.arrived).toHaveLength(1);
            expect((await ledger.deadNotices({ limit: 9 })).rows).toEqual([]);
          },
        };
      });
      for (const write of ["addWatch", "changeWatch", "saveFilter", "redriveNotice"]) {
        expect(writes).toContain(`ledger.${write}`);
      }
    },
    A_WHILE,
  );
});
