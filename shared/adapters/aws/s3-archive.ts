import { createHash } from "node:crypto";
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { type Archive, ArchiveConflict, ArchiveDamage, checkKey } from "../../ports/archive.ts";

export interface S3ArchiveOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** Put before every key, e.g. `evidence/`. */
  readonly prefix?: string;
}

/** By key ending, first match. A WARC packed record by record is gzip to whoever does not know WARC. */
const CONTENT_TYPES: readonly (readonly [ending: string, type: string])[] = [
  [".gz", "application/gzip"],
  [".warc", "application/warc"],
  [".wacz", "application/wacz"],
  [".json", "application/json"],
  [".cdxj", "text/plain; charset=utf-8"],
  [".txt", "text/plain; charset=utf-8"],
  ["", "application/octet-stream"],
];

/** A 409 means that another write to the key was under way; S3 asks to try again. */
const TRIES = 5;

/**
 * An archive in a bucket. S3 itself refuses to overwrite (`If-None-Match: *`) and to take bytes that do not have their
 * checksum. Most stand-ins for S3 refuse neither, so we ask first as well: there, only a race can go wrong.
 *
 * The role needs s3:PutObject, s3:GetObject and s3:ListBucket (without the last, S3 answers 403 where nothing is).
 */
export function s3Archive({ client, bucket, prefix = "" }: S3ArchiveOptions): Archive {
  const objectOf = (key: string) => {
    checkKey(key);
    return { Bucket: bucket, Key: prefix + key };
  };

  /** Compares by checksum where the store tells one, else by the bytes. Null when nothing is there. */
  async function holds(key: string, bytes: Uint8Array, checksum: string): Promise<boolean | null> {
    const object = objectOf(key);
    try {
      const head = await client.send(new HeadObjectCommand({ ...object, ChecksumMode: "ENABLED" }));
      if (head.ChecksumSHA256 !== undefined) return head.ChecksumSHA256 === checksum;
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
    const stored = await read(key);
    return stored && Buffer.from(stored).equals(bytes);
  }

  /** @returns false when S3 refused because something is there, or is just being written */
  async function put(key: string, bytes: Uint8Array, checksum: string): Promise<boolean> {
    const conditions = { IfNoneMatch: "*", ChecksumSHA256: checksum, ContentType: contentTypeOf(key) };
    try {
      await client.send(new PutObjectCommand({ ...objectOf(key), ...conditions, Body: bytes }));
      return true;
    } catch (error) {
      if (statusOf(error) === 412 || statusOf(error) === 409) return false;
      throw error;
    }
  }

  async function read(key: string): Promise<Uint8Array | null> {
    try {
      // With this mode the SDK itself compares the bytes with their checksum, as they come.
      const object = await client.send(new GetObjectCommand({ ...objectOf(key), ChecksumMode: "ENABLED" }));
      return (await object.Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      // The SDK gives this error no name of its own; a test damages an object to see that it still reads so.
      if (error instanceof Error && error.message.startsWith("Checksum mismatch")) {
        throw new ArchiveDamage(`${key} does not have the digest it was kept with`, { cause: error });
      }
      throw error;
    }
  }

  return {
    async keep(key, bytes) {
      const checksum = createHash("sha256").update(bytes).digest("base64");
      for (let left = TRIES; left > 0; left -= 1) {
        const same = await holds(key, bytes, checksum);
        if (same) return "already";
        if (same === false) throw new ArchiveConflict(`${key} holds other bytes than the ones to keep`);
        if (await put(key, bytes, checksum)) return "kept";
      }
      throw new Error(`${key} was not kept: others kept writing to it`);
    },
    read,
    async *list(keyPrefix, after) {
      const from = after ? { StartAfter: prefix + after } : {};
      let token: string | undefined;
      do {
        const command = {
          Bucket: bucket,
          Prefix: prefix + keyPrefix,
          ...from,
          ...(token && { ContinuationToken: token }),
        };
        const page = await client.send(new ListObjectsV2Command(command));
        for (const { Key: key = "" } of page.Contents ?? []) {
          if (!key.endsWith("/")) yield key.slice(prefix.length); // consoles make empty objects to show folders
        }
        token = page.NextContinuationToken;
      } while (token);
    },
  };
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

const contentTypeOf = (key: string): string =>
  CONTENT_TYPES.find(([ending]) => key.endsWith(ending))?.[1] ?? "application/octet-stream";
