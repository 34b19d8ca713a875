import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { fileSearchIndex } from "../../shared/adapters/search/file-search-index.ts";
import { parseSearchQuery } from "../../shared/domain/search-query.ts";
import { readIntoIndex } from "../../shared/pipeline/read-into-index.ts";
import type { SearchIndex } from "../../shared/ports/search-index.ts";
import { CONFIRMATION_SECONDS, pipelineWorld } from "../support/pipeline-world.ts";
import { pageOf } from "../support/scripted-web.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const URL = "https://gazette.example/bridge";
const story = (text: string) => ({
  body: pageOf({
    headline: "Harbour bridge closed after inspection",
    paragraphs: [
      text,
      "Ferries run every twenty minutes until then.",
      "The council meets on Monday to hear the engineers.",
    ],
  }),
});

/** A watched story with one edit that was told, and an index. */
async function editedStory() {
  const world = pipelineWorld();
  const path = join(temporaryFolder(), "search.sqlite");
  const index = fileSearchIndex(path);
  onTestFinished(() => index.close());
  world.web.set(URL, story("The bridge will stay closed for three days, the harbour master said."));
  const id = await world.follow(URL);
  await world.capture(URL, 600);
  world.web.set(URL, story("The bridge will stay closed for thirty days, the harbour master said."));
  await world.capture(URL, 600);
  await world.capture(URL, CONFIRMATION_SECONDS);
  await world.tell();
  return { world, id, path, index };
}

const found = async (index: SearchIndex, question: string) =>
  (await index.find(parseSearchQuery(question), { limit: 10 })).hits.map(({ number, newest }) => `${number}/${newest}`);

describe("readIntoIndex", () => {
  it("takes in baselines and told edits, once", async () => {
    const { world, index } = await editedStory();
    expect(await readIntoIndex(world.services, index)).toBe(2);
    expect(await found(index, '"closed for three days"')).toEqual(["1/2"]);
    expect(await found(index, '"closed for thirty days"')).toEqual(["2/2"]);
    expect(await readIntoIndex(world.services, index)).toBe(0);
  });

  it("changes nothing when it is repeated after it died before the ledger knew", async () => {
    const { world, index } = await editedStory();
    const { ledger } = world.services;
    const dying = { ...world.services, ledger: { ...ledger, markIndexed: () => Promise.reject(new Error("died")) } };
    await expect(readIntoIndex(dying, index)).rejects.toThrow("died");
    expect(await readIntoIndex(world.services, index)).toBe(2);
    expect(await found(index, "closed")).toEqual(["2/2"]);
  });

  it("fills an index that was lost", async () => {
    const { world, path, index } = await editedStory();
    await readIntoIndex(world.services, index);
    index.close();
    for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
    const fresh = fileSearchIndex(path);
    onTestFinished(() => fresh.close());
    expect(await readIntoIndex(world.services, fresh)).toBe(2);
    expect(await found(fresh, '"closed for three days"')).toEqual(["1/2"]);
  });

  it("passes over a reading that is lost, aloud, and takes in the others", async () => {
    const { world, id, index } = await editedStory();
    const lost = (await world.services.ledger.revision(id, 1))?.article;
    const { derived } = world.services;
    const services = {
      ...world.services,
      derived: { ...derived, read: async (key: string) => (key === lost ? null : derived.read(key)) },
    };
    await readIntoIndex(services, index);
    expect(await found(index, '"closed for three days"')).toEqual([]);
    expect(await found(index, '"closed for thirty days"')).toEqual(["2/2"]);
    expect(world.logged.join()).toContain("cannot be searched");
    expect((await world.services.ledger.unindexed({ limit: 10 })).rows).toEqual([]);
  });
});
