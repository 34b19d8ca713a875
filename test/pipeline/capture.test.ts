import { describe, expect, it, vi } from "vitest";
import { readingDigest } from "../../shared/domain/article.ts";
import type { FailureKind } from "../../shared/domain/failure.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import { captureKey } from "../../shared/evidence/keys.ts";
import { readWarc } from "../../shared/evidence/warc-reader.ts";
import { addWatch } from "../../shared/pipeline/add-watch.ts";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import { notify } from "../../shared/pipeline/notify.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import { sweep } from "../../shared/pipeline/sweep.ts";
import { keepArticle, readArticle, readComparison } from "../../shared/ports/derived-store.ts";
import type { CheckRequest } from "../../shared/ports/queue.ts";
import { NOON } from "../support/builders.ts";
import { CONFIRMATION_SECONDS, GAP_SECONDS, type PipelineWorld, pipelineWorld } from "../support/pipeline-world.ts";
import { type Answer, arrivalAfter, pageOf } from "../support/scripted-web.ts";

const URL = "https://news.example/bridge";
const PARAGRAPHS = [
  "The harbour bridge will stay closed for three days while divers look at its middle pier, the port office said.",
  "Ferries run every twenty minutes from the fish market to the grain quay, and the fare is one crown each way.",
  "The bridge was last closed in the spring, when a barge with gravel came loose and drifted into its north side.",
  "The divers found loose stones at the foot of the pier, which the port office says will be lifted out by a crane.",
  "A second bridge has been talked of for longer than anyone on the council can remember, and no plan for it was drawn.",
  "Shopkeepers on the island had asked for a notice of a week, and the port office says that it could not give one.",
];
const story = (edit: (text: string) => string = (text) => text, headline = "Bridge closed"): Answer => ({
  body: pageOf({ headline, paragraphs: PARAGRAPHS.map(edit) }),
});
const EDITED = story((text) => text.replace("three days", "thirty days"));

async function followed(answer: Answer = story()): Promise<PipelineWorld & { readonly id: string }> {
  const world = pipelineWorld();
  world.web.set(URL, answer);
  const id = await world.follow(URL);
  await world.capture(URL, 0);
  return { ...world, id };
}

const recorded = async ({ ledger }: Services, id: string) => ({
  revisions: (await ledger.revisions(id, { limit: 50 })).rows.toReversed(),
  events: (await ledger.events(id, { limit: 50 })).rows.toReversed(),
  captures: (await ledger.captures(id, { limit: 50 })).rows.toReversed(),
});

async function warcs({ evidence }: Services, prefix: string): Promise<string[]> {
  return Array.fromAsync(evidence.list(prefix));
}

describe("the first capture", () => {
  it("records the baseline with its evidence and reading, and tells nobody", async () => {
    const { services, id } = await followed();
    const { revisions, captures } = await recorded(services, id);
    expect(revisions).toHaveLength(1);
    expect(revisions[0]).toMatchObject({ number: 1, headline: "Bridge closed", cause: "edit" });
    expect(revisions[0]).not.toHaveProperty("change");
    expect(captures).toEqual([expect.objectContaining({ status: 200, failure: null, warc: revisions[0]?.warc })]);
    const article = await readArticle(services.derived, revisions[0]?.article ?? "");
    expect(article.blocks.map(({ text }) => text)).toEqual(PARAGRAPHS);
    expect((await services.ledger.outbox({ limit: 9 })).rows).toEqual([]);
  });
});

describe("an edit", () => {
  it("becomes the next revision, with the interval in which it happened", async () => {
    const { services, web, capture, id } = await followed();
    await capture(URL);
    web.set(URL, EDITED);
    expect(await capture(URL)).toMatchObject({ kind: "revision", revision: 2 });
    const { revisions, captures } = await recorded(services, id);
    const change = revisions[1]?.change;
    expect(change).toMatchObject({ significance: "substantive", disclosure: "none", counts: { edited: 1 } });
    const edited = captures.at(-1)?.at ?? "";
    expect(change?.observed).toEqual({ lastSeen: addSeconds(NOON, 900), firstSeen: arrivalAfter(edited) });
    const { before, after } = await readComparison(services.derived, change?.comparison ?? "");
    expect([before[0]?.includes("three days"), after[0]?.includes("thirty days")]).toEqual([true, true]);
  });

  it("is captured again after the confirmation wait, and told only then", async () => {
    const { services, web, capture, clock, delivered } = await followed();
    web.set(URL, EDITED);
    await capture(URL);
    const until = addSeconds(clock.now(), CONFIRMATION_SECONDS + 2);
    const due = await Array.fromAsync(services.ledger.dueWatches(clock.now(), until));
    const asked = due.map((watch) => watch.due);
    expect(asked).toContain(addSeconds(clock.now(), CONFIRMATION_SECONDS + 1)); // the answer's half second, rounded up
    expect(await notify(services)).toBe(0);
    await capture(URL, CONFIRMATION_SECONDS + 1);
    expect(await notify(services)).toBe(1);
    expect(delivered[0]?.subject).toBe("Changed: Bridge closed");
    expect(delivered[0]?.text).toContain("thirty");
    expect(await notify(services)).toBe(0);
  });

  it("that is taken back is recorded too, as a return to the revision before", async () => {
    const { services, web, capture, id } = await followed();
    web.set(URL, EDITED);
    await capture(URL);
    web.set(URL, story());
    await capture(URL, 60);
    const { revisions } = await recorded(services, id);
    expect(revisions.map(({ change }) => change?.revertedTo)).toEqual([undefined, undefined, 1]);
    expect(revisions[2]?.change?.labels).toContain("reverted");
  });

  it("of a number, a headline or a byline alone is an edit like any other", async () => {
    const { services, web, capture, id } = await followed();
    web.set(URL, story(undefined, "Bridge closed for days"));
    await capture(URL);
    web.set(URL, { body: pageOf({ headline: "Bridge closed for days", paragraphs: PARAGRAPHS, byline: "Ivo Holm" }) });
    await capture(URL);
    const { revisions } = await recorded(services, id);
    expect(revisions.map(({ change }) => change?.labels)).toEqual([undefined, ["headline"], ["byline"]]);
  });

  it("is recorded once when two workers see it at the same time", async () => {
    const { services, web, id, clock } = await followed();
    await clock.pass(900);
    web.set(URL, EDITED);
    // Both have read the standing before either records: what a queue that delivers twice can do at worst.
    const bothArrived = Promise.withResolvers<void>();
    let arrived = 0;
    web.set(URL, async () => {
      arrived += 1;
      if (arrived === 2) bothArrived.resolve();
      await bothArrived.promise;
      return EDITED;
    });
    const ledger = { ...services.ledger, claimHost: async () => ({ claimed: true }) as const };
    const check = { checks: [{ watchId: id, due: clock.now() }] };
    const racing = { ...services, ledger };
    const outcomes = (await Promise.all([captureBatch(check, racing), captureBatch(check, racing)])).flat();
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["revision", "superseded"]);
    expect((await recorded(services, id)).revisions).toHaveLength(2);
  });
});

describe("a check that finds nothing new", () => {
  it("moves last seen and records no revision, whatever the page's noise", async () => {
    const { services, web, capture, clock, id } = await followed();
    web.set(URL, { body: `${pageOf({ headline: "Bridge closed", paragraphs: PARAGRAPHS })}<!-- 4711 views -->` });
    expect(await capture(URL)).toMatchObject({ kind: "unchanged", revision: 1 });
    expect((await services.ledger.standing(id))?.state.lastSeen).toBe(clock.now());
    expect((await recorded(services, id)).captures).toHaveLength(2);
  });

  it("keeps identical bytes once: revisit records of a batch share one WARC", async () => {
    const world = pipelineWorld();
    const { services, web, clock } = world;
    const urls = ["a", "b", "c"].map((name) => `https://${name}.example/story`);
    for (const url of urls) {
      web.set(url, story());
      await world.follow(url);
      await world.capture(url, 0);
    }
    await clock.pass(900);
    const checks = urls.map((url) => ({ watchId: watchIdOf(url), due: clock.now() }));
    const outcomes = await captureBatch({ checks }, services);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["unchanged", "unchanged", "unchanged"]);
    const [shared, ...more] = await warcs(services, "revisits/");
    expect(more).toEqual([]);
    const records = [...readWarc((await services.evidence.read(shared ?? "")) ?? new Uint8Array())];
    expect(records.filter(({ type }) => type === "revisit")).toHaveLength(3);
  });

  it("sends validators, but once a day none, since they may lie", async () => {
    const { web, capture } = await followed({ ...story(), headers: { etag: '"one"' } } as Answer);
    web.set(
      URL,
      ({ etag }) => (etag === '"one"' ? { status: 304 } : { ...EDITED, headers: { etag: '"one"' } }) as Answer,
    );
    expect(await capture(URL)).toMatchObject({ kind: "unchanged" });
    expect(await capture(URL, 86_400)).toMatchObject({ kind: "revision", revision: 2 });
    const pages = web.asked.filter(({ url }) => url === URL);
    expect(pages.map(({ etag }) => etag)).toEqual([undefined, '"one"', undefined]);
  });
});

describe("what is no article is never an edit", () => {
  const challenge = { "cf-mitigated": "challenge", server: "cloudflare" };
  it.each<[FailureKind, string, Answer]>([
    ["status", "an error", { status: 500, body: "<h1>Oops</h1>" }],
    ["status", "an outage", { status: 503, body: "<h1>Back soon</h1>" }],
    ["gone", "a refusal", { status: 404, body: "<h1>Not found</h1>" }],
    ["rate-limited", "a wish to slow down", { status: 429, headers: { "retry-after": "120" }, body: "slow" }],
    ["challenge", "a challenge", { headers: challenge, body: "<title>Just a moment...</title><p>Checking</p>" }],
    ["empty", "an empty body", { body: "" }],
    ["not-html", "a picture", { headers: { "content-type": "image/png" }, body: "PNG" }],
    ["timeout", "silence", { failure: { kind: "timeout", detail: "60 s" } }],
    ["collapse", "a sliver", { body: pageOf({ headline: "Bridge closed", paragraphs: ["Subscribe."] }) }],
  ])("%s: %s", async (kind, _what, answer) => {
    const { services, web, capture, id } = await followed();
    web.set(URL, answer);
    expect(await capture(URL)).toMatchObject({ kind: "failed", failure: { kind } });
    const { revisions, captures } = await recorded(services, id);
    expect(revisions).toHaveLength(1);
    expect((await services.ledger.standing(id))?.state).toMatchObject({ failures: 1, failure: { kind } });
    if (!("failure" in answer)) expect(captures.at(-1)).toMatchObject({ failure: { kind } });
    web.set(URL, story());
    expect(await capture(URL)).toMatchObject({ kind: "unchanged", revision: 1 });
  });

  it("waits as long as the server asks before the host is asked again", async () => {
    const { web, capture, clock } = await followed();
    web.set(URL, { status: 503, headers: { "retry-after": "3600" }, body: "later" });
    await capture(URL);
    const until = addSeconds(clock.now(), 3600);
    await capture(URL, 60);
    expect(clock.now() >= until).toBe(true);
  });
});

describe("a watch that fails time and again", () => {
  const gone: Answer = { status: 404, body: "<h1>Not here</h1>" };
  it("keeps the same refusal once, and each time as a revisit", async () => {
    const { services, web, capture, id } = await followed();
    web.set(URL, gone);
    for (let refusal = 0; refusal < 3; refusal += 1) await capture(URL, CONFIRMATION_SECONDS);
    const { captures, events } = await recorded(services, id);
    expect(captures.map(({ status }) => status)).toEqual([200, 404]);
    expect(events).toHaveLength(1);
    expect(await warcs(services, "revisits/")).toHaveLength(2);
  });

  it("is looked at less and less often, but at once when somebody asks", async () => {
    const { services, web, capture, clock, id } = await followed();
    web.set(URL, gone);
    for (let refusal = 0; refusal < 4; refusal += 1) await capture(URL);
    expect(await capture(URL, 900)).toMatchObject({ kind: "not-wanted", why: "failing, looked at less often" });
    const checks = [{ watchId: id, due: clock.now(), asked: true as const }];
    expect(await captureBatch({ checks }, services)).toMatchObject([{ kind: "failed" }]);
  });
});

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

describe("a collapse", () => {
  const cut: Answer = { body: pageOf({ headline: "Bridge closed", paragraphs: [PARAGRAPHS[0]?.slice(0, 60) ?? ""] }) };
  const wall: Answer = { body: pageOf({ headline: "Before you go on", paragraphs: ["We value your privacy."] }) };
  it("that a second capture confirms is the publisher's cut", async () => {
    const { web, capture } = await followed();
    web.set(URL, cut);
    expect(await capture(URL)).toMatchObject({ kind: "failed", failure: { kind: "collapse" } });
    expect(await capture(URL, CONFIRMATION_SECONDS)).toMatchObject({ kind: "revision", revision: 2 });
  });
  it("that shares nothing with the article must stay for a day", async () => {
    const { web, capture } = await followed();
    web.set(URL, wall);
    await capture(URL);
    for (const seconds of [180, 180, 3600]) {
      expect(await capture(URL, seconds)).toMatchObject({ kind: "failed", failure: { kind: "collapse" } });
    }
    expect(await capture(URL, 86_400)).toMatchObject({ kind: "revision", revision: 2 });
  });
});

describe("availability", () => {
  const gone: Answer = { status: 404, body: "<h1>Gone</h1>" };
  it("is told as unpublished after three refusals, a confirmation wait apart, and as restored after one good capture", async () => {
    const { services, web, capture, id, delivered } = await followed();
    web.set(URL, gone);
    await capture(URL);
    await capture(URL, 30); // too soon to count
    await capture(URL, CONFIRMATION_SECONDS);
    expect((await recorded(services, id)).events).toEqual([]);
    expect(await capture(URL, CONFIRMATION_SECONDS)).toMatchObject({ event: "unpublished" });
    await capture(URL, CONFIRMATION_SECONDS);
    web.set(URL, story());
    expect(await capture(URL, 3600)).toMatchObject({ kind: "unchanged", event: "restored" });
    const { events, revisions } = await recorded(services, id);
    expect(events.map(({ kind, refusals }) => [kind, refusals])).toEqual([
      ["unpublished", 3],
      ["restored", undefined],
    ]);
    expect(revisions).toHaveLength(1);
    await notify(services);
    expect(delivered.map(({ subject }) => subject)).toEqual(["Gone: Bridge closed", "Back: Bridge closed"]);
  });

  it("that comes back with another text is a revision too, told in one notice", async () => {
    const { services, web, capture, id, delivered } = await followed();
    web.set(URL, gone);
    for (let refusal = 0; refusal < 3; refusal += 1) await capture(URL, CONFIRMATION_SECONDS);
    web.set(URL, EDITED);
    expect(await capture(URL)).toMatchObject({ kind: "revision", revision: 2, event: "restored" });
    await capture(URL, CONFIRMATION_SECONDS + 1);
    await notify(services);
    expect((await recorded(services, id)).events.map(({ kind }) => kind)).toEqual(["unpublished", "restored"]);
    expect(delivered.map(({ subject }) => subject)).toEqual(["Gone: Bridge closed", "Back and changed: Bridge closed"]);
  });

  it("counts a lasting redirect to another page as a refusal, and one to the article's new address as nothing", async () => {
    const { web, capture } = await followed();
    const home = pageOf({
      headline: "News from the coast",
      paragraphs: Array.from(
        { length: 8 },
        (_, index) => `Teaser number ${index} of a story about something else altogether.`,
      ),
    });
    const to = (at: string, status: number) => ({ at, via: [{ from: URL, status }] });
    web.set(URL, { body: home, ...to("https://news.example/", 301) });
    expect(await capture(URL)).toMatchObject({ kind: "failed", failure: { kind: "gone" } });
    web.set(URL, { body: home, ...to("https://news.example/", 302) });
    expect(await capture(URL)).toMatchObject({ kind: "failed", failure: { kind: "redirected" } });
    web.set(URL, { ...story(), ...to("https://news.example/2026/bridge", 301) } as Answer);
    expect(await capture(URL)).toMatchObject({ kind: "unchanged", revision: 1 });
    // A total rewrite where the article now always ends is an edit, whatever led there.
    web.set(URL, { body: home, ...to("https://news.example/2026/bridge", 301) });
    expect(await capture(URL)).toMatchObject({ kind: "revision", revision: 2 });
  });

  it("of a page that came back with typography alone is told all the same", async () => {
    const { services, web, capture, delivered } = await followed(story((text) => `${text} “Well.”`));
    web.set(URL, gone);
    for (let refusal = 0; refusal < 3; refusal += 1) await capture(URL, CONFIRMATION_SECONDS);
    web.set(
      URL,
      story((text) => `${text} "Well."`),
    );
    await capture(URL);
    await capture(URL, CONFIRMATION_SECONDS + 1);
    await notify(services);
    expect(delivered.map(({ subject }) => subject)).toEqual(["Gone: Bridge closed", "Back and changed: Bridge closed"]);
  });

  it("is told for each outage, also when an earlier one ended with another text", async () => {
    const { services, web, capture, delivered } = await followed();
    const outage = async (after: Answer) => {
      web.set(URL, gone);
      for (let refusal = 0; refusal < 3; refusal += 1) await capture(URL, CONFIRMATION_SECONDS);
      web.set(URL, after);
      await capture(URL);
      await capture(URL, CONFIRMATION_SECONDS + 1);
      await notify(services);
    };
    await outage(EDITED);
    const { body = "" } = EDITED as { body?: string };
    await outage({ body: `${body}<!-- 4711 views -->` });
    const titles = ["Gone", "Back and changed", "Gone", "Back"].map((word) => `${word}: Bridge closed`);
    expect(delivered.map(({ subject }) => subject)).toEqual(titles);
  });

  it("ends with a restoration though the process died between the event and the state", async () => {
    const world = await followed();
    const { services, web, clock, capture, id } = world;
    web.set(URL, gone);
    await capture(URL, CONFIRMATION_SECONDS);
    await capture(URL, CONFIRMATION_SECONDS);
    await clock.pass(CONFIRMATION_SECONDS);
    const ledger = { ...services.ledger, settle: () => Promise.reject(new Error("died")) };
    const check = { checks: [{ watchId: id, due: clock.now() }] };
    await expect(captureBatch(check, { ...services, ledger })).rejects.toThrow("died");
    web.set(URL, story());
    await capture(URL);
    expect((await recorded(services, id)).events.map(({ kind }) => kind)).toEqual(["unpublished", "restored"]);
  });

  it("of a page that was never read is no event: nothing was published that we know of", async () => {
    const { services, capture, id } = await followed(gone);
    for (let refusal = 0; refusal < 4; refusal += 1) await capture(URL, CONFIRMATION_SECONDS);
    expect((await recorded(services, id)).events).toEqual([]);
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

describe("a process that dies", () => {
  const dying = (services: Services, method: "settle" | "recordEvent" | "recordCapture"): Services => ({
    ...services,
    ledger: { ...services.ledger, [method]: () => Promise.reject(new Error("died")) },
  });
  const check = (world: { readonly id: string; readonly clock: { now(): string } }) => ({
    checks: [{ watchId: world.id, due: world.clock.now() }],
  });

  it("after recording a revision and before settling, records it once and tells it once", async () => {
    const world = await followed();
    const { services, web, clock, capture, id, delivered } = world;
    await clock.pass(900);
    web.set(URL, EDITED);
    await expect(captureBatch(check(world), dying(services, "settle"))).rejects.toThrow("died");
    expect((await services.ledger.standing(id))?.state.newest).toBe(1);
    expect(await capture(URL, GAP_SECONDS)).toMatchObject({ kind: "unchanged", revision: 2 });
    await capture(URL, CONFIRMATION_SECONDS);
    await notify(services);
    await notify(services);
    expect((await recorded(services, id)).revisions).toHaveLength(2);
    expect(delivered).toHaveLength(1);
  });

  it("with a state that lags behind never vouches for the old text: a return to it is seen", async () => {
    const world = await followed({ ...story(), headers: { etag: '"old"' } } as Answer);
    const { services, web, clock, capture } = world;
    await clock.pass(900);
    web.set(URL, { ...EDITED, headers: { etag: '"new"' } } as Answer);
    await expect(captureBatch(check(world), dying(services, "settle"))).rejects.toThrow("died");
    web.set(
      URL,
      ({ etag }) => (etag === '"old"' ? { status: 304 } : { ...story(), headers: { etag: '"old"' } }) as Answer,
    );
    expect(await capture(URL, GAP_SECONDS)).toMatchObject({ kind: "revision", revision: 3 });
  });

  it("between an event and settling records the event once", async () => {
    const world = await followed();
    const { services, web, clock, capture, id } = world;
    web.set(URL, { status: 410, body: "gone" });
    await capture(URL);
    await capture(URL, CONFIRMATION_SECONDS);
    await clock.pass(CONFIRMATION_SECONDS);
    await expect(captureBatch(check(world), dying(services, "settle"))).rejects.toThrow("died");
    await capture(URL, CONFIRMATION_SECONDS);
    web.set(URL, story());
    await clock.pass(CONFIRMATION_SECONDS);
    await expect(captureBatch(check(world), dying(services, "settle"))).rejects.toThrow("died");
    await capture(URL, CONFIRMATION_SECONDS);
    expect((await recorded(services, id)).events.map(({ kind }) => kind)).toEqual(["unpublished", "restored"]);
  });

  it("does not keep the batch's other checks from settling", async () => {
    const world = await followed();
    const { services, clock, follow, web } = world;
    const other = "https://other.example/story";
    web.set(other, story());
    const otherId = await follow(other);
    await clock.pass(900);
    web.set(URL, () => {
      throw new Error("a bug");
    });
    const due = clock.now();
    const checks = [world.id, otherId].map((watchId) => ({ watchId, due }));
    await captureBatch({ checks }, services);
    expect((await recorded(services, otherId)).revisions).toHaveLength(1);
    const alone = world.sent.at(-1)?.message ?? { checks: [] };
    expect(alone.checks.map(({ watchId }) => watchId)).toEqual([world.id]);
    await clock.pass(GAP_SECONDS);
    await expect(captureBatch(alone, services)).rejects.toThrow("a bug"); // back to the queue, to the dead letters in the end
  });

  it("leaves a kept capture that the sweep brings into the ledger, as a capture and nothing else", async () => {
    const world = await followed();
    const { services, web, clock, id } = world;
    await clock.pass(900);
    web.set(URL, EDITED);
    await expect(captureBatch(check(world), dying(services, "recordCapture"))).rejects.toThrow("died");
    expect(await sweep(services)).toBe(0); // it may still be on its way
    await clock.pass(3600);
    expect(await sweep(services)).toBe(1);
    expect(await sweep(services)).toBe(0);
    const { captures, revisions } = await recorded(services, id);
    expect(captures.map(({ status, failure }) => [status, failure])).toEqual([
      [200, null],
      [200, null],
    ]);
    expect(revisions).toHaveLength(1);
  });
});

describe("a 304 that nobody asked for", () => {
  it("says nothing of the text", async () => {
    const { web, capture } = await followed();
    web.set(URL, { status: 304 });
    expect(await capture(URL)).toMatchObject({ kind: "failed", failure: { kind: "status" } });
  });
});

describe("validators", () => {
  it("are renewed by an answer with the same bytes", async () => {
    const { web, capture } = await followed({ ...story(), headers: { etag: '"one"' } } as Answer);
    web.set(URL, { ...story(), headers: { etag: '"two"' } } as Answer);
    await capture(URL);
    await capture(URL);
    expect(web.asked.map(({ etag }) => etag)).toEqual([undefined, '"one"', '"two"']);
  });
});

describe("the sweep", () => {
  it("adopts an orphan that cannot be read, and goes on to the others", async () => {
    const { services, clock, id } = await followed();
    const orphan = (number: number) =>
      captureKey(id, addSeconds(NOON, number), `00000000-0000-4000-8000-00000000000${number}`);
    await services.evidence.keep(orphan(1), Buffer.from("no WARC at all"));
    await services.evidence.keep(orphan(2), Buffer.from("nor this"));
    await clock.pass(3600);
    expect(await sweep(services)).toBe(2);
    const { captures } = await recorded(services, id);
    expect(captures.map(({ failure }) => failure?.kind)).toEqual([
      undefined,
      "malformed-response",
      "malformed-response",
    ]);
  });
  it("looks as far back as it is told", async () => {
    const { services, clock, id } = await followed();
    await services.evidence.keep(
      captureKey(id, addSeconds(NOON, 5), "00000000-0000-4000-8000-000000000005"),
      Buffer.from("x"),
    );
    await clock.pass(5 * 86_400);
    expect(await sweep(services)).toBe(0);
    expect(await sweep(services, { days: 7 })).toBe(1);
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

describe("a newer normaliser", () => {
  /** As if an earlier release had read the baseline, and had missed its last paragraph. */
  async function readByAnEarlierRelease(): Promise<PipelineWorld & { readonly id: string }> {
    const world = await followed();
    const { services, id } = world;
    const standing = await services.ledger.standing(id);
    if (!standing?.newest) throw new Error("no baseline");
    const article = await readArticle(services.derived, standing.newest.article);
    const old = { ...article, normaliser: "0", blocks: article.blocks.slice(0, -1) };
    const newest = {
      ...standing.newest,
      article: await keepArticle(services.derived, old),
      reading: readingDigest(old),
      normaliser: "0",
    };
    const ledger = {
      ...services.ledger,
      standing: async (watchId: string) => {
        const now = await services.ledger.standing(watchId);
        return now?.newest?.number === 1 ? { ...now, newest } : now;
      },
    };
    return { ...world, services: { ...services, ledger } };
  }
  const noise: Answer = { body: `${pageOf({ headline: "Bridge closed", paragraphs: PARAGRAPHS })}<!-- noise -->` };

  it("reads the kept bytes again first, so that our own upgrade is no news", async () => {
    const { services, web, clock, id } = await readByAnEarlierRelease();
    web.set(URL, noise);
    await clock.pass(900);
    const [outcome] = await captureBatch({ checks: [{ watchId: id, due: clock.now() }] }, services);
    expect(outcome).toMatchObject({ kind: "unchanged", revision: 2 });
    const { revisions } = await recorded(services, id);
    expect(revisions.map(({ cause }) => cause)).toEqual(["edit", "reextraction"]);
    expect((await services.ledger.outbox({ limit: 9 })).rows).toEqual([]);
    expect((await services.ledger.recent({ limit: 9 })).rows).toEqual([]);
  });

  it("still sees the publisher's edit, compared like with like", async () => {
    const { services, web, clock, id } = await readByAnEarlierRelease();
    await clock.pass(900);
    await captureBatch({ checks: [{ watchId: id, due: clock.now() }] }, services); // the same bytes: nothing is read again
    web.set(URL, EDITED);
    await clock.pass(900);
    await captureBatch({ checks: [{ watchId: id, due: clock.now() }] }, services);
    const { revisions } = await recorded(services, id);
    expect(revisions.map(({ cause }) => cause)).toEqual(["edit", "reextraction", "edit"]);
    expect(revisions[2]?.change?.counts).toEqual({ edited: 1, moved: 0, added: 0, removed: 0, cosmetic: 0 });
    expect(revisions[2]?.change?.observed.lastSeen).toBe(addSeconds(NOON, 900)); // not the upgrade's own bytes
  });
});
