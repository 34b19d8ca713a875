import { describe, expect, it } from "vitest";
import { addSeconds } from "../../shared/domain/time.ts";
import { captureKey } from "../../shared/evidence/keys.ts";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import { sweep } from "../../shared/pipeline/sweep.ts";
import { EDITED, followed, recorded, story, URL } from "../support/bridge-story.ts";
import { NOON } from "../support/builders.ts";
import { CONFIRMATION_SECONDS, GAP_SECONDS } from "../support/pipeline-world.ts";
import type { Answer } from "../support/scripted-web.ts";

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
    const { services, web, clock, capture, id, delivered, tell } = world;
    await clock.pass(900);
    web.set(URL, EDITED);
    await expect(captureBatch(check(world), dying(services, "settle"))).rejects.toThrow("died");
    expect((await services.ledger.standing(id))?.state.newest).toBe(1);
    expect(await capture(URL, GAP_SECONDS)).toMatchObject({ kind: "unchanged", revision: 2 });
    await capture(URL, CONFIRMATION_SECONDS);
    await tell();
    await tell();
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
