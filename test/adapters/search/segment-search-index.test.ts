import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { s3Archive } from "../../../shared/adapters/aws/s3-archive.ts";
import { fileArchive } from "../../../shared/adapters/local/file-archive.ts";
import { segmentSearchIndex } from "../../../shared/adapters/search/segment-search-index.ts";
import { parseSearchQuery } from "../../../shared/domain/search-query.ts";
import { aText, searchIndexContract } from "../../contracts/search-index.ts";
import { type FauxAws, startFauxAws } from "../../support/fauxqs.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** Instances over one archive, each with a folder of its own, as on machines of their own. */
function machines() {
  const root = temporaryFolder();
  const archive = fileArchive(join(root, "derived"));
  const opened: ReturnType<typeof segmentSearchIndex>[] = [];
  const folders: string[] = [];
  return {
    archive,
    folders,
    another() {
      const folder = join(root, `machine-${folders.length}`);
      folders.push(folder);
      const index = segmentSearchIndex({ archive, folder });
      opened.push(index);
      return index;
    },
    close() {
      for (const index of opened) index.close();
    },
  };
}

searchIndexContract("segmentSearchIndex", async () => {
  const { another, close } = machines();
  return { index: another(), reopen: another, close };
});

let aws: FauxAws;
beforeAll(async () => {
  aws = await startFauxAws({ conditionalPuts: true });
});
afterAll(() => aws.stop());

let buckets = 0;
searchIndexContract("segmentSearchIndex in a bucket", async () => {
  buckets += 1;
  const archive = s3Archive({ client: aws.s3, bucket: await aws.bucket(`search-${buckets}`) });
  const opened: ReturnType<typeof segmentSearchIndex>[] = [];
  const open = () => {
    const index = segmentSearchIndex({ archive, folder: temporaryFolder() });
    opened.push(index);
    return index;
  };
  return {
    index: open(),
    reopen: open,
    close() {
      for (const index of opened) index.close();
    },
  };
});

describe("segmentSearchIndex", () => {
  const bridge = parseSearchQuery('"the bridge" -ferry');

  it("merges segments as more come, and finds the same in them", async () => {
    const { archive, another, folders, close } = machines();
    const writer = another();
    const reader = another();
    const ids: string[] = [];
    for (let n = 0; n < 70; n++) {
      await writer.add([aText(`w${n}`, 1, `The bridge is closed.\nFor ${n} days.`, { headline: `Number ${n}` })]);
      ids.unshift(`w${n}`);
      if (n % 9 > 0) continue;
      expect((await reader.find(bridge, { limit: 100 })).hits.map(({ watchId }) => watchId)).toEqual(ids);
    }
    const again = await reader.find(parseSearchQuery('"for 69 days"'), { limit: 5 });
    expect(again.hits.map(({ watchId }) => watchId)).toEqual(["w69"]);
    expect((await reader.find(parseSearchQuery('"closed for"'), { limit: 5 })).hits).toEqual([]);
    expect(readdirSync(folders[1]!).length).toBeLessThan(16);
    let manifests = 0;
    for await (const _ of archive.list("search/1/manifests/")) manifests += 1;
    expect(manifests).toBe(70);
    close();
  });

  it("loses nothing of two that add at once", async () => {
    const { another, close } = machines();
    const writers = [another(), another(), another()];
    await Promise.all(writers.map((writer, n) => writer.add([aText(`w${n}`, 1, "The bridge is closed.")])));
    const found = await another().find(bridge, { limit: 10 });
    expect(found.hits.map(({ watchId }) => watchId).sort()).toEqual(["w0", "w1", "w2"]);
    close();
  });

  it("takes its copies from the archive again when the folder was emptied", async () => {
    const { another, folders, close } = machines();
    const first = another();
    await first.add([aText("story", 1, "The bridge is closed.")]);
    await first.find(bridge, { limit: 1 });
    first.close();
    for (const name of readdirSync(folders[0]!)) rmSync(join(folders[0]!, name), { recursive: true });
    expect((await first.find(bridge, { limit: 1 })).hits).toHaveLength(1);
    close();
  });
});
