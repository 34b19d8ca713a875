import { describe, expect, it } from "vitest";
import { type Article, readingDigest } from "../../shared/domain/article.ts";
import { happeningKey } from "../../shared/domain/happening.ts";
import type { Revision } from "../../shared/domain/revision.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import { keepArticle, readArticle } from "../../shared/ports/derived-store.ts";
import { EDITED, followed, PARAGRAPHS, recorded, URL } from "../support/bridge-story.ts";
import { NOON } from "../support/builders.ts";
import type { PipelineWorld } from "../support/pipeline-world.ts";
import { type Answer, pageOf } from "../support/scripted-web.ts";

describe("a newer normaliser", () => {
  /** As if an earlier release had read the baseline, otherwise than this one does. */
  async function readByAnEarlierRelease(
    { services, id, ...world }: PipelineWorld & { readonly id: string },
    otherwise: (article: Article) => Article,
    kept?: Pick<Revision, "warc" | "recordId">,
  ): Promise<PipelineWorld & { readonly id: string }> {
    const standing = await services.ledger.standing(id);
    if (!standing?.newest) throw new Error("no baseline");
    const { origins: _later, ...article } = await readArticle(services.derived, standing.newest.article);
    const old = { ...otherwise(article), normaliser: "0" };
    const newest = {
      ...standing.newest,
      ...kept,
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
    return { ...world, id, services: { ...services, ledger } };
  }
  const withoutTheLastParagraph = (article: Article): Article => ({ ...article, blocks: article.blocks.slice(0, -1) });
  const noise: Answer = { body: `${pageOf({ headline: "Bridge closed", paragraphs: PARAGRAPHS })}<!-- noise -->` };

  it("reads the kept bytes again first, so that our own upgrade is no news", async () => {
    const { services, web, clock, id } = await readByAnEarlierRelease(await followed(), withoutTheLastParagraph);
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
    const { services, web, clock, id } = await readByAnEarlierRelease(await followed(), withoutTheLastParagraph);
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

  it.each([
    [
      "a challenge",
      '<script id="anubis_challenge" type="application/json">{}</script><h1>Wait</h1><p>A moment, please.</p>',
      "text/html",
    ],
    [
      "a feed without the article",
      '<rss version="2.0"><channel><item><title>Else</title><link>https://news.example/else</link></item></channel></rss>',
      "application/rss+xml",
    ],
    ["a page without a text", "<div id=root></div>", "text/html"],
  ])("puts the article in the place of %s that was taken for it, and tells nobody", async (_what, body, type) => {
    const world = await followed();
    world.web.set(URL, { body, headers: { "content-type": type } });
    expect(await world.capture(URL)).toMatchObject({ kind: "failed" });
    const [{ warc, recordId } = { warc: "", recordId: "" }] = (await recorded(world.services, world.id)).captures.slice(
      -1,
    );
    const wrongly = (article: Article): Article => ({
      ...article,
      headline: "Wait",
      blocks: article.blocks.slice(0, 1),
    });
    const { services, web, clock, id } = await readByAnEarlierRelease(world, wrongly, { warc, recordId });
    const check = async () => {
      await clock.pass(900);
      return captureBatch({ checks: [{ watchId: id, due: clock.now() }] }, services);
    };
    web.set(URL, noise);
    expect(await check()).toMatchObject([{ kind: "unchanged", revision: 2 }]);
    web.set(URL, EDITED);
    expect(await check()).toMatchObject([{ kind: "revision", revision: 3 }]);
    const { revisions } = await recorded(services, id);
    expect(revisions.map(({ cause }) => cause)).toEqual(["edit", "reextraction", "edit"]);
    expect((await readArticle(services.derived, revisions[1]!.article)).blocks.map(({ text }) => text)).toEqual(
      PARAGRAPHS,
    );
    expect(revisions[2]?.change?.counts).toMatchObject({ edited: 1, added: 0, removed: 0 });
    const { rows } = await services.ledger.outbox({ limit: 9 });
    expect(rows.map(happeningKey)).toEqual([`${id}.r3`]);
  });
});
