import { describe, expect, it } from "vitest";
import { addSeconds } from "../../shared/domain/time.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import { readWarc } from "../../shared/evidence/warc-reader.ts";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import { readArticle, readComparison } from "../../shared/ports/derived-store.ts";
import { EDITED, followed, PARAGRAPHS, recorded, story, URL, warcs } from "../support/bridge-story.ts";
import { NOON } from "../support/builders.ts";
import { CONFIRMATION_SECONDS, pipelineWorld } from "../support/pipeline-world.ts";
import { type Answer, arrivalAfter, pageOf } from "../support/scripted-web.ts";

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
    const { services, web, capture, clock, delivered, tell } = await followed();
    web.set(URL, EDITED);
    await capture(URL);
    const until = addSeconds(clock.now(), CONFIRMATION_SECONDS + 2);
    const due = await Array.fromAsync(services.ledger.dueWatches(clock.now(), until));
    const asked = due.map((watch) => watch.due);
    expect(asked).toContain(addSeconds(clock.now(), CONFIRMATION_SECONDS + 1)); // the answer's half second, rounded up
    expect(await tell()).toBe(0);
    await capture(URL, CONFIRMATION_SECONDS + 1);
    expect(await tell()).toBe(1);
    expect(delivered[0]?.subject).toBe("Changed: Bridge closed");
    expect(delivered[0]?.text).toContain("thirty");
    expect(await tell()).toBe(0);
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
