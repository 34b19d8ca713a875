import { describe, expect, it } from "vitest";
import { addSeconds } from "../../shared/domain/time.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import { tick, wavesOf } from "../../shared/pipeline/schedule.ts";
import type { DueWatch } from "../../shared/ports/ledger.ts";
import { NOON } from "../support/builders.ts";
import { pipelineWorld } from "../support/pipeline-world.ts";

const due = (url: string): DueWatch => ({ watchId: watchIdOf(url), url, due: NOON });
const onHost = (host: string, count: number) =>
  Array.from({ length: count }, (_, index) => due(`https://${host}/${index}`));

describe("wavesOf", () => {
  it("lets the watches of different hosts go out side by side, twenty in a message", () => {
    const watches = Array.from({ length: 45 }, (_, index) => due(`https://host-${index}.example/`));
    const [wave, ...more] = wavesOf(watches, 10);
    expect(more).toEqual([]);
    expect(wave?.messages.map(({ checks }) => checks.length)).toEqual([20, 20, 5]);
  });

  it("asks one host no oftener than its gap allows", () => {
    const waves = wavesOf(onHost("news.example", 4), 10);
    expect(waves.map(({ delaySeconds }) => delaySeconds)).toEqual([0, 10, 20, 30]);
    expect(waves.every(({ messages }) => messages.length === 1 && messages[0]?.checks.length === 1)).toBe(true);
  });

  it("leaves to the ledger what a queue cannot hold back so long", () => {
    const waves = wavesOf(onHost("news.example", 100), 10);
    expect(waves.filter(({ late }) => late.length > 0).map(({ delaySeconds }) => delaySeconds)).toEqual(
      [91, 92, 93, 94, 95, 96, 97, 98, 99].map((turn) => turn * 10),
    );
  });
});

describe("tick", () => {
  it("hands over what fell due since the last tick, once per watch", async () => {
    const { services, sent, follow, clock } = pipelineWorld();
    const id = await follow("https://news.example/a");
    expect(await tick(services)).toBe(1);
    expect(sent.map(({ message }) => message)).toEqual([{ checks: [{ watchId: id, due: NOON, asked: true }] }]);
    await clock.pass(60);
    await tick(services); // looks at the requests before the first tick again: clocks differ
    await clock.pass(121);
    await tick(services);
    await clock.pass(60);
    sent.length = 0;
    await tick(services);
    expect(sent.flatMap(({ message }) => message.checks).filter(({ due }) => due === NOON)).toEqual([]);
  });

  it("hands over a request that a slow clock stamped before the last tick", async () => {
    const { services, sent, follow, clock } = pipelineWorld();
    const id = await follow("https://news.example/a");
    await clock.pass(3600);
    await tick(services);
    sent.length = 0;
    await services.ledger.requestCheck(id, addSeconds(clock.now(), -20), addSeconds(clock.now(), -20));
    await clock.pass(60);
    await tick(services);
    expect(sent.flatMap(({ message }) => message.checks.map(({ watchId }) => watchId))).toContain(id);
  });

  it("goes on from now when the last tick was recorded by a clock that was ahead", async () => {
    const { services, sent, follow, clock } = pipelineWorld();
    const id = await follow("https://news.example/a");
    await services.ledger.recordTick(addSeconds(clock.now(), 86_400));
    await services.ledger.requestCheck(id, clock.now(), clock.now());
    await tick(services);
    expect(sent.flatMap(({ message }) => message.checks.map(({ watchId }) => watchId))).toEqual([id]);
  });

  it("is the heartbeat, also with nothing to watch", async () => {
    const { services } = pipelineWorld();
    expect(await tick(services)).toBe(0);
    expect(await services.ledger.lastTick()).toBe(NOON);
  });

  it("finds what fell due while the monitor was down", async () => {
    const { services, sent, follow, clock } = pipelineWorld();
    const id = await follow("https://news.example/a");
    await tick(services);
    sent.length = 0;
    await clock.pass(6 * 3600);
    await tick(services);
    expect(sent.flatMap(({ message }) => message.checks.map(({ watchId }) => watchId))).toEqual([id]);
  });

  it("hands over again, after a restart, what a queue in memory forgot; what was checked since is dropped later", async () => {
    const { services, sent, follow, clock } = pipelineWorld();
    const id = await follow("https://news.example/a");
    await clock.pass(1800);
    await tick(services);
    await clock.pass(30);
    sent.length = 0;
    await tick(services);
    expect(sent).toEqual([]);
    await tick(services, { restarted: true });
    expect(sent.flatMap(({ message }) => message.checks.map(({ watchId }) => watchId))).toEqual([id]);
  });

  it("asks again for what it may have handed over when it died", async () => {
    const { services, sent, follow } = pipelineWorld();
    await follow("https://news.example/a");
    const dying = { ...services.ledger, recordTick: () => Promise.reject(new Error("died")) };
    await expect(tick({ ...services, ledger: dying })).rejects.toThrow("died");
    await tick(services);
    expect(sent).toHaveLength(2);
  });

  it("does not look back further than a day", async () => {
    const { services, clock } = pipelineWorld();
    await services.ledger.recordTick(addSeconds(NOON, -40 * 86_400));
    const asked: string[] = [];
    const ledger = {
      ...services.ledger,
      dueWatches(after: string, until: string) {
        asked.push(after);
        return services.ledger.dueWatches(after, until);
      },
    };
    await tick({ ...services, ledger });
    expect(asked).toEqual([addSeconds(clock.now(), -86_400)]);
  });
});
