import { describe, expect, it, vi } from "vitest";
import { addSeconds } from "../../shared/domain/time.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import { readWarc } from "../../shared/evidence/warc-reader.ts";
import { addWatch } from "../../shared/pipeline/add-watch.ts";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import type { CheckRequest } from "../../shared/ports/queue.ts";
import { EDITED, followed, recorded, story, URL, warcs } from "../support/bridge-story.ts";
import { NOON } from "../support/builders.ts";
import { GAP_SECONDS, type PipelineWorld, pipelineWorld } from "../support/pipeline-world.ts";
import type { Answer } from "../support/scripted-web.ts";

describe("a host with more watches than its gap allows", () => {
  it("puts each check off a few times, not at every gap, and drops it for the watch's next one", async () => {
    const { services, sent, clock } = pipelineWorld();
    const urls = Array.from({ length: 300 }, (_, index) => `https://busy.example/${index}`);
    for (const url of urls) await addWatch({ url }, services);
    await services.ledger.recordRobots("busy.example", { at: clock.now(), kind: "none" });
    let waiting = urls.map((url) => ({
      at: clock.now(),
      check: { watchId: watchIdOf(url), due: clock.now() } as CheckRequest,
    }));
    let tries = 0;
    let made = 0;
    const end = addSeconds(clock.now(), 900);
    while (clock.now() < end && waiting.length > 0) {
      const ready = waiting.filter(({ at }) => at <= clock.now());
      waiting = waiting.filter(({ at }) => at > clock.now());
      for (const { check } of ready) {
        sent.length = 0;
        tries += 1;
        const [outcome] = await captureBatch({ checks: [check] }, services);
        if (outcome?.kind === "failed") made += 1; // every page of this web is 404
        for (const { message, delaySeconds } of sent) {
          const at = addSeconds(clock.now(), delaySeconds);
          for (const again of message.checks) waiting.push({ at, check: again });
        }
      }
      await clock.pass(1);
    }
    expect(made).toBeGreaterThan(60); // of the 90 turns that fifteen minutes have at a gap of ten seconds
    expect(tries).toBeLessThan(300 * 12);
  });
});

describe("robots.txt", () => {
  const ROBOTS = "https://news.example/robots.txt";
  const rules: Answer = { headers: { "content-type": "text/plain" }, body: "User-agent: *\nDisallow: /bridge\n" };
  const unknownHost = async (robots: Answer, robotsOverride?: string): Promise<PipelineWorld> => {
    const world = pipelineWorld();
    world.web.set(ROBOTS, robots);
    world.web.set(URL, story());
    await addWatch({ url: URL, ...(robotsOverride !== undefined && { robotsOverride }) }, world.services);
    return world;
  };
  const asked = ({ web }: PipelineWorld) => web.asked.map(({ url }) => url);

  it("is asked for first, in a turn of its own, and obeyed", async () => {
    const world = await unknownHost(rules);
    expect(await world.capture(URL, 0)).toMatchObject({ kind: "failed", failure: { kind: "robots-disallowed" } });
    expect(asked(world)).toEqual([ROBOTS]);
  });
  it("is asked for once a day, not with every check", async () => {
    const world = await unknownHost({ status: 404 });
    for (const wait of [0, 900, 900]) await world.capture(URL, wait);
    expect(asked(world)).toEqual([ROBOTS, URL, URL, URL]);
    await world.capture(URL, 86_400);
    expect(asked(world).slice(4)).toEqual([ROBOTS, URL]);
  });
  it("is overridden only with a written reason, which the evidence names", async () => {
    const world = await unknownHost(rules, "court order 12/2026");
    expect(await world.capture(URL, 0)).toMatchObject({ kind: "baseline" });
    const [warc] = await warcs(world.services, "captures/");
    const bytes = await world.services.evidence.read(warc ?? "");
    const [info] = [...readWarc(bytes ?? new Uint8Array())];
    expect(Buffer.from(info?.block ?? []).toString()).toContain("court order 12/2026");
  });
  it.each<[string, Answer]>([
    ["is cut short", { headers: { "content-type": "text/plain", "x-cut": "1" }, body: "User-agent: *\n" }],
    ["asks us to slow down", { status: 429, body: "" }],
  ])("that %s forbids the page", async (_what, robots) => {
    const world = await unknownHost(robots);
    expect(await world.capture(URL, 0)).toMatchObject({ failure: { kind: "robots-unreachable" } });
  });
  it("whose rules are lost from the derived archive is asked for again", async () => {
    const world = await unknownHost(rules);
    await world.services.ledger.recordRobots("news.example", { at: NOON, kind: "rules", body: "robots/lost.txt" });
    expect(await world.capture(URL, 0)).toMatchObject({ failure: { kind: "robots-disallowed" } });
    expect(asked(world)).toEqual([ROBOTS]);
  });
  it("that gives no answer forbids the page until it does", async () => {
    const world = await unknownHost({ status: 500 });
    expect(await world.capture(URL, 0)).toMatchObject({ failure: { kind: "robots-unreachable" } });
    world.web.set(ROBOTS, { status: 404 });
    expect(await world.capture(URL, 900)).toMatchObject({ kind: "baseline" });
  });
  it("is not blamed when the host cannot be found at all", async () => {
    const world = await unknownHost({ failure: { kind: "host-not-found", detail: "no address" } });
    expect(await world.capture(URL, 0)).toMatchObject({ failure: { kind: "host-not-found" } });
  });
});

describe("a redirect to another host", () => {
  const ELSEWHERE = "https://stories.example/bridge";
  const moved = { ...story(), at: ELSEWHERE, via: [{ from: URL, status: 302 }] } as Answer;
  const asked = (world: PipelineWorld) => world.web.asked.map(({ url, publicOnly }) => [url, publicOnly ?? false]);

  it("obeys that host's robots.txt, asked for on the same terms", async () => {
    const world = await followed();
    world.web.set(URL, moved);
    world.web.set("https://stories.example/robots.txt", {
      headers: { "content-type": "text/plain" },
      body: "User-agent: *\nDisallow: /\n",
    });
    const outcome = await world.capture(URL);
    expect(outcome).toMatchObject({ kind: "failed", failure: { kind: "robots-disallowed" } });
    expect(asked(world)).toContainEqual(["https://stories.example/robots.txt", true]);
  });

  it("waits for that host's turn: the whole check is put off", async () => {
    const world = await followed();
    const { services, web, clock, id } = world;
    web.set(URL, moved);
    await clock.pass(900);
    await services.ledger.recordRobots("stories.example", { at: clock.now(), kind: "none" });
    const freeAt = addSeconds(clock.now(), 7);
    await services.ledger.claimHost("stories.example", clock.now(), freeAt);
    const [outcome] = await captureBatch({ checks: [{ watchId: id, due: clock.now() }] }, services);
    expect(outcome).toMatchObject({ kind: "deferred", until: freeAt });
    expect((await recorded(services, id)).captures).toHaveLength(1);
    await clock.pass(10);
    expect(await world.capture(URL, 10)).toMatchObject({ kind: "unchanged", revision: 1 });
  });
});

describe("requests that come late, twice or out of order", () => {
  it("change nothing once a check at or after their due instant has settled", async () => {
    const { services, web, id, clock } = await followed();
    const before = web.asked.length;
    const [late] = await captureBatch({ checks: [{ watchId: id, due: NOON }] }, services);
    expect(late).toMatchObject({ kind: "not-wanted", why: "already checked" });
    await services.ledger.changeWatch(id, { status: "paused" });
    const [paused] = await captureBatch({ checks: [{ watchId: id, due: addSeconds(clock.now(), 60) }] }, services);
    expect(paused).toMatchObject({ kind: "not-wanted", why: "not active" });
    const [unknown] = await captureBatch({ checks: [{ watchId: "0".repeat(16), due: NOON }] }, services);
    expect(unknown).toMatchObject({ kind: "not-wanted", why: "unknown watch" });
    expect(web.asked).toHaveLength(before);
  });

  it("wait when the host is busy, and are asked for again", async () => {
    const { services, sent, id, clock } = await followed();
    await clock.pass(900);
    await services.ledger.claimHost("news.example", clock.now(), addSeconds(clock.now(), GAP_SECONDS));
    const check = { watchId: id, due: clock.now() };
    const [outcome] = await captureBatch({ checks: [check] }, services);
    expect(outcome).toMatchObject({ kind: "deferred", until: addSeconds(clock.now(), GAP_SECONDS) });
    expect(sent.at(-1)).toEqual({ message: { checks: [{ ...check, putOff: 1 }] }, delaySeconds: GAP_SECONDS });
  });
});

describe("a host's turn", () => {
  it("is renewed while its answer takes longer than the gap, so that nobody else asks meanwhile", async () => {
    const { services, clock, web, id } = await followed();
    await clock.pass(900);
    const slow = Promise.withResolvers<Answer>();
    web.set(URL, () => slow.promise);
    const checking = captureBatch({ checks: [{ watchId: id, due: clock.now() }] }, services);
    await vi.waitFor(() => expect(web.asked).toHaveLength(2));
    for (const seconds of [GAP_SECONDS * 0.8, GAP_SECONDS * 0.8]) {
      await clock.pass(seconds);
      await vi.waitFor(async () => {
        const { freeAt = "" } = (await services.ledger.host("news.example")) ?? {};
        expect(freeAt > clock.now()).toBe(true);
      });
    }
    slow.resolve(EDITED);
    await checking;
  });

  it("lasts as long as the host's crawl delay asks", async () => {
    const { services, web, capture, clock } = await followed();
    const rules = "User-agent: *\nCrawl-delay: 45\n";
    const body = "robots/crawl-delay.txt";
    await services.derived.keep(body, Buffer.from(rules));
    await services.ledger.recordRobots("news.example", { at: clock.now(), kind: "rules", body });
    await capture(URL, 60);
    const { freeAt } = (await services.ledger.host("news.example")) ?? {};
    expect(freeAt).toBe(addSeconds(web.asked.length > 0 ? clock.now() : "", 45));
  });

  it("does not cost the bytes that it brought when it cannot be renewed", async () => {
    const { services, clock, web, id } = await followed();
    await clock.pass(900);
    const slow = Promise.withResolvers<Answer>();
    web.set(URL, () => slow.promise);
    const ledger = { ...services.ledger, extendHost: () => Promise.reject(new Error("throttled")) };
    const checks = [{ watchId: id, due: clock.now() }];
    const checking = captureBatch({ checks }, { ...services, ledger });
    await vi.waitFor(() => expect(web.asked).toHaveLength(2));
    await clock.pass(GAP_SECONDS);
    slow.resolve(EDITED);
    expect(await checking).toMatchObject([{ kind: "revision", revision: 2 }]);
  });
});
