import { describe, expect, it } from "vitest";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import { EDITED, followed, recorded, story, URL } from "../support/bridge-story.ts";
import { CONFIRMATION_SECONDS } from "../support/pipeline-world.ts";
import { type Answer, pageOf } from "../support/scripted-web.ts";

describe("availability", () => {
  const gone: Answer = { status: 404, body: "<h1>Gone</h1>" };
  it("is told as unpublished after three refusals, a confirmation wait apart, and as restored after one good capture", async () => {
    const { services, web, capture, id, delivered, tell } = await followed();
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
    await tell();
    expect(delivered.map(({ subject }) => subject)).toEqual(["Gone: Bridge closed", "Back: Bridge closed"]);
  });

  it("that comes back with another text is a revision too, told in one notice", async () => {
    const { services, web, capture, id, delivered, tell } = await followed();
    web.set(URL, gone);
    for (let refusal = 0; refusal < 3; refusal += 1) await capture(URL, CONFIRMATION_SECONDS);
    web.set(URL, EDITED);
    expect(await capture(URL)).toMatchObject({ kind: "revision", revision: 2, event: "restored" });
    await capture(URL, CONFIRMATION_SECONDS + 1);
    await tell();
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
    const { web, capture, delivered, tell } = await followed(story((text) => `${text} “Well.”`));
    web.set(URL, gone);
    for (let refusal = 0; refusal < 3; refusal += 1) await capture(URL, CONFIRMATION_SECONDS);
    web.set(
      URL,
      story((text) => `${text} "Well."`),
    );
    await capture(URL);
    await capture(URL, CONFIRMATION_SECONDS + 1);
    await tell();
    expect(delivered.map(({ subject }) => subject)).toEqual(["Gone: Bridge closed", "Back and changed: Bridge closed"]);
  });

  it("is told for each outage, also when an earlier one ended with another text", async () => {
    const { web, capture, delivered, tell } = await followed();
    const outage = async (after: Answer) => {
      web.set(URL, gone);
      for (let refusal = 0; refusal < 3; refusal += 1) await capture(URL, CONFIRMATION_SECONDS);
      web.set(URL, after);
      await capture(URL);
      await capture(URL, CONFIRMATION_SECONDS + 1);
      await tell();
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
