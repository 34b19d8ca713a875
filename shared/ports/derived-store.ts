import { gunzipSync, gzipSync } from "node:zlib";
import type { Article } from "../domain/article.ts";
import type { Comparison } from "../domain/comparison.ts";
import { sha256 } from "../domain/digest.ts";
import type { Enrolment } from "../domain/enrolment.ts";
import { type Archive, ArchiveConflict, ArchiveDamage } from "./archive.ts";

/** Keeps a reading in the derived archive. @returns its key, which names its content */
export const keepArticle = (derived: Archive, article: Article): Promise<string> =>
  keepJson(derived, "articles", article);

/** @throws ArchiveDamage when it is not there or not whole: a revision names it, so it must be */
export const readArticle = (derived: Archive, key: string): Promise<Article> => readJson<Article>(derived, key);

/** Keeps a comparison in the derived archive. @returns its key, which names its content */
export const keepComparison = (derived: Archive, comparison: Comparison): Promise<string> =>
  keepJson(derived, "comparisons", comparison);

/** @throws ArchiveDamage when it is not there or not whole */
export const readComparison = (derived: Archive, key: string): Promise<Comparison> =>
  readJson<Comparison>(derived, key);

/** Keeps what came of a list of pages. @returns its id, the digest that its key is made of */
export async function keepEnrolment(derived: Archive, enrolment: Enrolment): Promise<string> {
  const key = await keepJson(derived, ENROLMENTS, enrolment);
  return key.slice(ENROLMENTS.length + 1, -JSON_ENDING.length);
}

/** Null when there is none: unlike readings, whoever asks names it. */
export async function readEnrolment(derived: Archive, id: string): Promise<Enrolment | null> {
  const key = `${ENROLMENTS}/${id}${JSON_ENDING}`;
  return (await derived.read(key)) && readJson<Enrolment>(derived, key);
}

const ENROLMENTS = "enrolments";
const JSON_ENDING = ".json.gz";

async function keepJson(derived: Archive, folder: string, value: object): Promise<string> {
  const json = JSON.stringify(value);
  const key = `${folder}/${sha256(json)}.json.gz`;
  try {
    await derived.keep(key, gzipSync(json));
  } catch (error) {
    // The key names the JSON; another zlib release packs the same JSON to other bytes. What is there is as good.
    if (!(error instanceof ArchiveConflict)) throw error;
    await readJson(derived, key);
  }
  return key;
}

async function readJson<Value>(derived: Archive, key: string): Promise<Value> {
  const bytes = await derived.read(key);
  if (!bytes) throw new ArchiveDamage(`${key} is missing from the derived archive`);
  const json = unpacked(bytes, key);
  if (!key.endsWith(`/${sha256(json)}.json.gz`)) throw new ArchiveDamage(`${key} does not hold what its name says`);
  return JSON.parse(json) as Value;
}

function unpacked(bytes: Uint8Array, key: string): string {
  try {
    return gunzipSync(bytes).toString("utf8");
  } catch (cause) {
    throw new ArchiveDamage(`${key} is damaged: it cannot be unpacked`, { cause });
  }
}
