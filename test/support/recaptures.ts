import { readingDigest } from "../../shared/domain/article.ts";
import { normalise } from "../../shared/normalise/normalise.ts";
import { EDITS, inventedStory, oneOf, type Story } from "./invented-stories.ts";
import { seededRandom } from "./seeded-random.ts";
import { dressingOf, SITES } from "./site-families.ts";

/** Two captures of one story a while apart: everything around it has changed, and the story itself or not. */
export interface Recapture {
  readonly seed: number;
  readonly site: string;
  readonly edit: string | null;
  readonly before: string;
  readonly after: string;
}

/** Neighbouring seeds begin alike; times a large odd number they do not. */
const SPREAD = 2_654_435_761;

/** The recapture that a seed stands for. */
export function recaptureOf(seed: number, edited: boolean): Recapture {
  const random = seededRandom(seed * SPREAD);
  const sites = Object.keys(SITES);
  const site = sites[seed % sites.length]!;
  const print = SITES[site]!;
  const story = inventedStory(random);
  const before = print(story, dressingOf(random));
  if (!edited) return { seed, site, edit: null, before, after: print(story, dressingOf(random)) };
  const same = JSON.stringify(story);
  let edit = "";
  let changed: Story = story;
  // not every story has what every edit changes
  while (JSON.stringify(changed) === same) {
    edit = oneOf(random, Object.keys(EDITS));
    changed = EDITS[edit]!(story, random);
  }
  return { seed, site, edit, before, after: print(changed, dressingOf(random)) };
}

const digestOf = (html: string): string =>
  readingDigest(
    normalise({
      url: "https://site.example/story",
      bytes: new TextEncoder().encode(html),
      contentType: "text/html; charset=utf-8",
    }),
  );

/** Whether the two captures read as the same. */
export const readsTheSame = ({ before, after }: Recapture): boolean => digestOf(before) === digestOf(after);

/** The recaptures of the seeds from 1 to `count` that are judged wrongly. */
export function wronglyJudged(count: number, edited: boolean): Recapture[] {
  return Array.from({ length: count }, (_, at) => recaptureOf(at + 1, edited)).filter(
    (recapture) => readsTheSame(recapture) === edited,
  );
}
