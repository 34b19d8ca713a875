import { describe, expect, it } from "vitest";
import { readingDigest } from "../../shared/domain/article.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import { keepArticle, readArticle } from "../../shared/ports/derived-store.ts";
import { EDITED, followed, PARAGRAPHS, recorded, URL } from "../support/bridge-story.ts";
import { NOON } from "../support/builders.ts";
import type { PipelineWorld } from "../support/pipeline-world.ts";
import { type Answer, pageOf } from "../support/scripted-web.ts";

describe("a newer normaliser", () => {
  /** As if an earlier release had read the baseline, and had missed its last paragraph. */
  async function readByAnEarlierRelease(): Promise<PipelineWorld & { readonly id: string }> {
    const world = await followed();
    const { services, id } = world;
    const standing = await services.ledger.standing(id);
    if (!standing?.newest) throw new Error("no baseline");
    const { origins: _later, ...article } = await readArticle(services.derived, standing.newest.article);
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
