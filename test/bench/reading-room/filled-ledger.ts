import { join } from "node:path";
import { fileArchive } from "../../../shared/adapters/local/file-archive.ts";
import { sqliteLedger } from "../../../shared/adapters/local/sqlite-ledger.ts";
import { compareArticles } from "../../../shared/diff/compare.ts";
import type { Article } from "../../../shared/domain/article.ts";
import type { Revision } from "../../../shared/domain/revision.ts";
import { addSeconds, secondsBetween } from "../../../shared/domain/time.ts";
import type { Watch } from "../../../shared/domain/watch.ts";
import { recordBaseline, recordChange } from "../../../shared/pipeline/record.ts";
import type { Services } from "../../../shared/pipeline/services.ts";
import type { Ledger } from "../../../shared/ports/ledger.ts";
import { aCapture, aState, aWatch, NOON, uuidFrom } from "../../support/builders.ts";
import { inventedStory, oneOf } from "../../support/invented-stories.ts";
import { seededRandom } from "../../support/seeded-random.ts";

export const CHANGES_PER_WATCH = 10;

/** Different articles; every watch follows the life of one of them. */
const STORIES = 200;
const PARAGRAPHS = 20;
const SOURCES = 400;
const TAGS = ["council", "courts", "health", "harbour", "schools"];

/** The lives of the invented articles: a baseline and its changes, recorded by the pipeline itself into a ledger of their own. */
export async function livesIn(folder: string): Promise<readonly (readonly Revision[])[]> {
  const ledger = sqliteLedger(join(folder, "lives.sqlite"));
  const services = { ledger, derived: fileArchive(join(folder, "derived")) } as unknown as Services; // recording needs these
  const lives: Revision[][] = [];
  for (let story = 0; story < STORIES; story++) {
    const watch = aWatch({ url: `https://lives.example/${story}` });
    await ledger.addWatch(watch);
    lives.push(await lifeOf(watch, seededRandom(story), services));
  }
  ledger.close();
  return lives;
}

async function lifeOf(watch: Watch, random: () => number, services: Services): Promise<Revision[]> {
  const paragraphs = Array.from({ length: PARAGRAPHS }, () => oneOf(random, inventedStory(random).paragraphs));
  const headline = inventedStory(random).headline;
  let before = articleOf(watch, headline, paragraphs);
  const life = [await recordBaseline(watch, before, readAt(0), services)];
  for (let edit = 1; edit <= CHANGES_PER_WATCH; edit++) {
    for (let n = 0; n < 3; n++) {
      paragraphs[Math.floor(random() * PARAGRAPHS)] = oneOf(random, inventedStory(random).paragraphs);
    }
    const article = articleOf(watch, edit % 4 === 0 ? inventedStory(random).headline : headline, paragraphs);
    const next = { cause: "edit" as const, article, comparison: compareArticles(before, article) };
    const from = readAt(edit);
    const last = life.at(-1);
    if (!last) throw new Error("a life begins with its baseline");
    life.push(await recordChange(watch, last, { ...next, from, lastSeen: addSeconds(from.requested, -900) }, services));
    before = article;
  }
  return life.filter((revision) => revision !== null);
}

const readAt = (edit: number) => {
  const at = addSeconds(NOON, edit * 3600);
  const { warc, recordId } = aCapture({ at });
  return { warc, recordId, requested: at, answered: addSeconds(at, 1) };
};

const articleOf = ({ url }: Watch, headline: string, paragraphs: readonly string[]): Article => ({
  url,
  canonicalUrl: null,
  headline,
  standfirst: null,
  byline: "By our harbour correspondent",
  published: null,
  modified: null,
  language: "en",
  siteName: null,
  leadImage: null,
  charset: { name: "UTF-8", from: "transport" },
  flags: [],
  normaliser: "1",
  blocks: paragraphs.map((text) => ({ kind: "paragraph", text })),
});

/**
 * Records so many watches with ten changes each. Every revision, capture, state is a row of its own; the texts that they
 * name lie in the derived archive once a story. All changes are told, as in a ledger that is up to date.
 * @returns the watches' ids
 */
export async function fillLedger(
  ledger: Ledger,
  count: number,
  lives: readonly (readonly Revision[])[],
): Promise<readonly string[]> {
  const watches = Array.from({ length: count }, (_, n) =>
    aWatch({
      url: `https://www.paper${n % SOURCES}.example/story-${n}`,
      added: addSeconds(NOON, n),
      tags: [TAGS[n % TAGS.length]!],
    }),
  );
  for (const [n, watch] of watches.entries()) {
    await ledger.addWatch(watch);
    for (const told of lives[n % lives.length]!) {
      const { revision, capture } = ofWatch(watch, told);
      await ledger.recordCapture(capture);
      await ledger.recordRevision(revision, watch.url);
      if (!revision.change) continue;
      await ledger.markTold({ kind: "revision", at: revision.firstSeen, url: watch.url, revision });
    }
    await ledger.settle(watch.id, aState({ newest: CHANGES_PER_WATCH + 1, checked: END }));
  }
  await ledger.recordTick(END);
  return watches.map(({ id }) => id);
}

/** When everything has happened. */
export const END = addSeconds(NOON, 30 * 86_400);

function ofWatch(watch: Watch, told: Revision) {
  const moved = (at: string) => addSeconds(watch.added, secondsBetween(NOON, at));
  const requested = moved(told.requested);
  const firstSeen = moved(told.firstSeen);
  const recordId = uuidFrom(`${watch.id} ${told.number}`);
  const capture = aCapture({ watchId: watch.id, url: watch.url, at: requested, recordId });
  const observed = { lastSeen: addSeconds(requested, -900), firstSeen };
  const revision: Revision = {
    ...told,
    watchId: watch.id,
    requested,
    firstSeen,
    recordId,
    warc: capture.warc,
    ...(told.change && { change: { ...told.change, observed } }),
  };
  return { revision, capture };
}
