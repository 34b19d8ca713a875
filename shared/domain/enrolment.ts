import { CADENCE_CLASSES } from "./cadence.ts";
import type { Instant } from "./time.ts";
import type { WatchId } from "./watch.ts";

/** So many pages may be given at once. */
export const MOST_ENROLLED = 500;

/** Longer addresses are seldom pages, and never fit a link. */
export const MOST_URL_CHARS = 2048;

const MOST_TAGS = 10;
const MOST_TAG_CHARS = 60;

/** What a form offers: no watch that a newsroom adds needs a look more often than the first of them. */
export const OFFERED_CADENCES: readonly number[] = CADENCE_CLASSES.filter((seconds) => seconds >= 300);

/** What became of one line of the list, as far as it is known at once; how a watch stands is the ledger's to say. */
export type EnrolmentEntry = { readonly given: string } & (
  | { readonly kind: "added" | "already" | "twice"; readonly watchId: WatchId }
  | { readonly kind: "refused"; readonly problem: string }
);

/** Pages that were given together. Written once; named by its digest. */
export interface Enrolment {
  readonly at: Instant;
  readonly tags: readonly string[];
  readonly cadenceSeconds: number;
  /** In the order in which they were given. */
  readonly entries: readonly EnrolmentEntry[];
}

/** The pages in a list, one a line; empty lines and those that begin with `#` are left out. */
export const listedUrls = (text: string): readonly string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));

/** The tags in a field, parted by commas, each once; null where there are too many, or one cannot be one. */
export function tagsIn(text: string): readonly string[] | null {
  const tags = [...new Set(text.split(",").map((tag) => tag.trim().toWellFormed()))].filter((tag) => tag !== "");
  const isTag = (tag: string) => tag.length <= MOST_TAG_CHARS && !/\p{Cc}/u.test(tag);
  return tags.length <= MOST_TAGS && tags.every(isTag) ? tags : null;
}
