import { createHash } from "node:crypto";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { s3Archive } from "../../../shared/adapters/aws/s3-archive.ts";
import { ArchiveConflict, ArchiveDamage } from "../../../shared/ports/archive.ts";
import { archiveContract } from "../../contracts/archive.ts";
import { type FauxAws, startFauxAws } from "../../support/fauxqs.ts";

/** fauxqs takes no body over 11 MiB. */
const BIG_BYTES = 10 * 1024 * 1024;

/** S3 sorts by UTF-8 bytes. */
const FAUXQS_SORTS = "fauxqs sorts keys by locale";

let plain: FauxAws;
let strict: FauxAws;
beforeAll(async () => {
  plain = await startFauxAws();
  strict = await startFauxAws({ conditionalPuts: true });
});
afterAll(async () => {
  await plain.stop();
  await strict.stop();
});

let buckets = 0;
async function open(aws: FauxAws) {
  buckets += 1;
  const bucket = await aws.bucket(`archive-${buckets}`);
  const reopen = () => s3Archive({ client: aws.s3, bucket });
  return { bucket, reopen, archive: reopen() };
}

archiveContract("s3Archive on a store that ignores If-None-Match", () => open(plain), {
  bigBytes: BIG_BYTES,
  racesUntold: "fauxqs ignores If-None-Match",
  capitalsUntold: FAUXQS_SORTS,
});
archiveContract("s3Archive on a store that honours If-None-Match", () => open(strict), {
  bigBytes: BIG_BYTES,
  capitalsUntold: FAUXQS_SORTS,
});

const words = Buffer.from("words");
const checksumOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("base64");

describe("s3Archive", () => {
  it.each([
    ["captures/a.warc.gz", "application/gzip"],
    ["articles/a.json.gz", "application/gzip"],
    ["log/entry.json", "application/json"],
    ["exports/a.wacz", "application/wacz"],
    ["notes.txt", "text/plain; charset=utf-8"],
    ["blob", "application/octet-stream"],
  ])("keeps %s as %s with its checksum", async (key, type) => {
    const { bucket, archive } = await open(plain);
    await archive.keep(key, words);
    const head = await plain.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: "ENABLED" }));
    expect(head).toMatchObject({ ContentType: type, ChecksumSHA256: checksumOf(words) });
  });

  it("keeps below its prefix, and sees nothing beside it", async () => {
    const { bucket } = await open(plain);
    const evidence = s3Archive({ client: plain.s3, bucket, prefix: "evidence/" });
    const derived = s3Archive({ client: plain.s3, bucket, prefix: "derived/" });
    for (const key of ["a/1", "a/2", "b"]) await evidence.keep(key, words);
    await derived.keep("a/3", words);
    const keys: string[] = [];
    for await (const key of evidence.list("a/", "a/1")) keys.push(key);
    expect(keys).toEqual(["a/2"]);
    expect(await evidence.read("a/3")).toBeNull();
    await plain.s3.send(new GetObjectCommand({ Bucket: bucket, Key: "evidence/a/1" }));
  });

  it("compares the bytes where the store knows no digest", async () => {
    const { bucket, archive } = await open(plain);
    await plain.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "a", Body: words }));
    expect(await archive.keep("a", words)).toBe("already");
    await expect(archive.keep("a", Buffer.from("sword"))).rejects.toThrow(ArchiveConflict);
  });

  it("tells bytes that no longer have the digest they were kept with", async () => {
    const { bucket, archive } = await open(plain);
    // fauxqs verifies nothing, so this stands for an object that went bad in the store.
    const damaged = { Bucket: bucket, Key: "a", Body: Buffer.from("wards"), ChecksumSHA256: checksumOf(words) };
    await plain.s3.send(new PutObjectCommand(damaged));
    await expect(archive.read("a")).rejects.toThrow(ArchiveDamage);
  });

  it("does not take the empty objects that consoles show folders with for keys", async () => {
    const { bucket, archive } = await open(plain);
    await plain.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "a/", Body: Buffer.of() }));
    await archive.keep("a/b", words);
    const keys: string[] = [];
    for await (const key of archive.list("")) keys.push(key);
    expect(keys).toEqual(["a/b"]);
  });

  it("throws when the bucket is not there, rather than find nothing", async () => {
    const archive = s3Archive({ client: plain.s3, bucket: "no-such-bucket" });
    await expect(archive.read("a")).rejects.toThrow();
    await expect(archive.keep("a", words)).rejects.toThrow();
    await expect(archive.list("")[Symbol.asyncIterator]().next()).rejects.toThrow();
  });

  it("throws when the store cannot be reached", async () => {
    const gone = await startFauxAws();
    const archive = s3Archive({ client: gone.s3, bucket: await gone.bucket("bucket") });
    await gone.stop();
    await expect(archive.read("a")).rejects.toThrow();
    await expect(archive.keep("a", words)).rejects.toThrow();
  });
});
