import { describe, expect, it } from "vitest";
import type { FailureKind } from "../../shared/domain/failure.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import { followed, PARAGRAPHS, recorded, story, URL, warcs } from "../support/bridge-story.ts";
import { CONFIRMATION_SECONDS } from "../support/pipeline-world.ts";
import { type Answer, pageOf } from "../support/scripted-web.ts";

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
