import { describe, expect, it } from "vitest";
import type { Channel } from "../../shared/domain/channel.ts";
import { notify } from "../../shared/pipeline/notify.ts";
import type { Message } from "../../shared/ports/message.ts";
import type { Delivery, Notifier } from "../../shared/ports/notifier.ts";
import { CONFIRMATION_SECONDS, type PipelineWorld, pipelineWorld } from "../support/pipeline-world.ts";
import { pageOf } from "../support/scripted-web.ts";

const LATER: Delivery = { kind: "failed", detail: "no answer", retryable: true };
const NEVER: Delivery = { kind: "failed", detail: "no such address", retryable: false };

const page = (days: string) => ({
  body: pageOf({
    headline: "Bridge closed",
    paragraphs: [
      `The harbour bridge will stay closed for ${days} days while divers look at its middle pier, the port office said.`,
      "Ferries run every twenty minutes from the fish market to the grain quay, and the fare is one crown each way.",
    ],
  }),
});

/** So many pages, each with one confirmed edit that waits to be told. */
async function withUntold(count = 1): Promise<PipelineWorld> {
  const world = pipelineWorld();
  const urls = Array.from({ length: count }, (_, index) => `https://paper-${index}.example/bridge`);
  for (const url of urls) {
    world.web.set(url, page("three"));
    await world.follow(url);
    await world.capture(url, 0);
    world.web.set(url, page("thirty"));
    await world.capture(url);
    await world.capture(url, CONFIRMATION_SECONDS + 1);
  }
  return world;
}

/** A channel that answers as it is told to, and remembers each attempt. */
function channel(name: Channel, answer: () => Delivery): Notifier & { readonly attempts: string[] } {
  const attempts: string[] = [];
  return {
    channel: name,
    attempts,
    async deliver({ id }: Message) {
      attempts.push(id);
      return answer();
    },
  };
}

const untold = async ({ services }: PipelineWorld) => (await services.ledger.outbox({ limit: 9 })).rows.length;

describe("notify", () => {
  it("keeps a notice that cannot be delivered now, and delivers it in a later round", async () => {
    const world = await withUntold();
    world.answerDeliveries(LATER);
    expect(await notify(world.services)).toBe(0);
    expect(await untold(world)).toBe(1);
    world.answerDeliveries({ kind: "delivered" });
    expect(await notify(world.services)).toBe(1);
    expect(await untold(world)).toBe(0);
    expect(await notify(world.services)).toBe(0);
    expect(world.delivered).toHaveLength(1);
  });

  it("lets go of a notice that can never be delivered, so that it does not stand in the way", async () => {
    const world = await withUntold();
    world.answerDeliveries(NEVER);
    await notify(world.services);
    expect(await untold(world)).toBe(0);
  });

  it("repeats no channel because of another's failure", async () => {
    const world = await withUntold();
    let answer: Delivery = LATER;
    const [sound, broken] = [channel("outbox", () => ({ kind: "delivered" })), channel("webhook", () => answer)];
    const [wish] = world.services.defaultSubscriptions;
    if (!wish) throw new Error("one subscription");
    const defaultSubscriptions = [wish, { ...wish, id: "outbox", channel: "outbox", address: "outbox" } as const];
    const services = { ...world.services, notifiers: [sound, broken], defaultSubscriptions };
    await notify(services);
    await notify(services);
    answer = { kind: "delivered" };
    await notify(services);
    expect(sound.attempts).toHaveLength(1);
    expect(broken.attempts).toHaveLength(3);
    expect(new Set(broken.attempts).size).toBe(1);
    expect(await untold(world)).toBe(0);
  });

  it("repeats a notice under its own id when the process died before it was noted", async () => {
    const world = await withUntold();
    const { services, delivered } = world;
    const dying = { ...services.ledger, recordDelivery: () => Promise.reject(new Error("died")) };
    await expect(notify({ ...services, ledger: dying })).rejects.toThrow("died");
    await notify(services);
    expect(delivered.map(({ id }) => id)).toEqual([delivered[0]?.id, delivered[0]?.id]);
  });

  it("does not repeat a notice that was noted when the process died before the outbox heard of it", async () => {
    const world = await withUntold();
    const { services, delivered } = world;
    const dying = { ...services.ledger, markTold: () => Promise.reject(new Error("died")) };
    await expect(notify({ ...services, ledger: dying })).rejects.toThrow("died");
    await notify(services);
    expect(delivered).toHaveLength(1);
    expect(await untold(world)).toBe(0);
  });

  it("tells the others when one breaks, and is loud about it", async () => {
    const world = await withUntold(3);
    const { services } = world;
    const failing = channel("webhook", () => ({ kind: "delivered" }));
    const notifier: Notifier = {
      channel: "webhook",
      deliver: (notice) => {
        if (failing.attempts.length === 0) {
          failing.attempts.push("broken");
          throw new Error("a bug");
        }
        return failing.deliver(notice);
      },
    };
    await expect(notify({ ...services, notifiers: [notifier] })).rejects.toThrow("a bug");
    expect(await untold(world)).toBe(1);
    expect(failing.attempts).toHaveLength(3);
  });

  it("never tells typography: it is shown, not told", async () => {
    const world = pipelineWorld();
    const url = "https://paper.example/bridge";
    const quoted = (open: string, close: string) => ({
      body: pageOf({
        headline: "Bridge closed",
        paragraphs: [
          `The port office said ${open}we shall see${close} when it was asked about the bridge and its pier.`,
        ],
      }),
    });
    world.web.set(url, quoted("“", "”"));
    await world.follow(url);
    await world.capture(url, 0);
    world.web.set(url, quoted('"', '"'));
    expect(await world.capture(url)).toMatchObject({ kind: "revision", revision: 2 });
    expect(await notify(world.services)).toBe(0);
    expect(await untold(world)).toBe(0);
    expect(world.delivered).toEqual([]);
  });
});
