import { type Article, isCompared } from "../../domain/article.ts";
import type { PlaceContent, RotatingPlace, Rotation } from "../../domain/rotation.ts";
import { earlier, type Instant, later, secondsBetween } from "../../domain/time.ts";
import { asFirstWorded, commonInOrder } from "./common-order.ts";
import { isAlike, isUnlike } from "./likeness.ts";
import { beginningOf, charsOf, foundIn, MOST_OF_TEXT, MOST_TEXTS, textsOf } from "./volatile.ts";

/** What a watch read as from one capture to another. */
export interface EarlierReading {
  readonly first: Instant;
  readonly last: Instant;
  readonly article: Pick<Article, "blocks">;
}

/** Readings that are looked back on. */
export const MOST_READINGS = 8;
/** Captures so close that an editor's hand between each two of them is unlikely. */
const CLOSE_SECONDS = 10 * 60;
/** What is remembered of one watch: a ledger's item has its limits, and a page with more is better served by a rule. */
const MOST_PLACES = 6;
const MOST_CONTENTS = 6;
/** Captures with one content after which a place has settled: the first for a content never seen before. */
const SETTLED_CAPTURES = { unknown: 3, known: 8 };
/** So many times as long as any content stood before, a content stands in a place that has settled. */
const SETTLED_TIMES = 3;
/** Contents that a text outlives before it is taken for an editor's. */
const OUTLIVED = 2;
/** Captures in a row in which a place may be missing before it is given up. */
const MOST_MISSED = 3;
/** Contents that came and went since it was learnt, after which a place did rotate, whatever it holds now. */
const ESTABLISHED_TURNS = 3;

/**
 * Which places rotate, learnt from a watch's readings, oldest first, each unlike the one before. Conservative: one change
 * is an edit, a change and a return is a correction taken back, a paragraph that is worked over is being edited however
 * often, and what is rewritten hours apart is rewritten by somebody. Fewer than three readings teach nothing; what is
 * marked in them already is left out.
 */
export function placesLearnt(earlier: readonly EarlierReading[]): readonly RotatingPlace[] {
  const readings = earlier.slice(-MOST_READINGS);
  if (readings.length < 3) return [];
  const compared = readings.map(({ article }) => article.blocks.filter(isCompared));
  const texts = asFirstWorded(compared.map((blocks) => blocks.map(({ text }) => text)));
  const anchors = commonInOrder(texts);
  const gaps = texts.map((list) => betweenOf(list, anchors));
  const isClose = readings.map(
    ({ first }, at) => at > 0 && secondsBetween(readings[at - 1]!.last, first) <= CLOSE_SECONDS,
  );
  const most = MOST_OF_TEXT * Math.max(...compared.map(charsOf));
  const places: RotatingPlace[] = [];
  for (let gap = 0; gap <= anchors.length && places.length < MOST_PLACES; gap += 1) {
    const held = gaps.map((list) => list[gap] ?? []);
    if (held.some((content) => content.join("").length > most || content.length > MOST_TEXTS)) continue;
    const why = rotationOf(held, isClose);
    if (why === null) continue;
    const [after, before] = [anchors[gap - 1], anchors[gap]].map((text) =>
      text === undefined ? null : beginningOf(text),
    );
    places.push(learnt({ after: after ?? null, before: before ?? null, why }, runsOf(held, readings)));
  }
  return places;
}

const learnt = (
  where: Pick<RotatingPlace, "after" | "before" | "why">,
  runs: readonly PlaceContent[],
): RotatingPlace => ({
  ...where,
  contents: runs.slice(-MOST_CONTENTS),
  settled: outliving(runs.slice(-MOST_CONTENTS)),
  turns: 0,
  longestSeconds: Math.max(0, ...runs.slice(1, -1).map(heldSeconds)),
  missed: 0,
});

/** The places known and the places learnt, as many as are remembered. */
export const withLearnt = (known: readonly RotatingPlace[], more: readonly RotatingPlace[]): readonly RotatingPlace[] =>
  [...known, ...more].slice(0, MOST_PLACES);

/** What is known of the places after one more capture that read as `article`. The same capture again adds nothing. */
export function afterCapture(
  places: readonly RotatingPlace[],
  article: Article,
  at: Instant,
): readonly RotatingPlace[] {
  return places
    .map((place) => {
      const found = foundIn(place, article);
      if (!found) return { ...place, missed: place.missed + 1 };
      const { blocks, after, before } = found;
      const texts = blocks.map(({ text }) => beginningOf(text));
      return { ...holding(place, texts, at), after, before, missed: 0 };
    })
    .filter(({ missed }) => missed < MOST_MISSED);
}

/** The same after one more capture that brought what the one before brought. */
export const afterRevisit = (places: readonly RotatingPlace[], at: Instant): readonly RotatingPlace[] =>
  places.map((place) => holding(place, place.contents.at(-1)?.texts ?? [], at));

/** Whether a place no longer rotates: one content has stood far longer than any that came and went. */
export function hasSettled({ contents, longestSeconds }: RotatingPlace): boolean {
  const now = contents.at(-1);
  if (!now) return false;
  const isKnown = contents.slice(0, -1).some(({ texts }) => keyOf(texts) === keyOf(now.texts));
  const least = isKnown ? SETTLED_CAPTURES.known : SETTLED_CAPTURES.unknown;
  return now.captures >= least && heldSeconds(now) > SETTLED_TIMES * longestSeconds;
}

/**
 * Whether a place did rotate. One that settles before it has proved that was an editor at work, and what it holds now is
 * the edit.
 */
export const isEstablished = ({ turns }: RotatingPlace): boolean => turns >= ESTABLISHED_TURNS;

/** The last capture that showed a place without what it holds now; null where nothing else was ever seen in it. */
export const lastWithout = ({ contents }: RotatingPlace): Instant | null => contents.at(-2)?.last ?? null;

/**
 * The last capture without the texts that outlived what stood beside them and are compared from now on: an editor put
 * them there after it. Null when `before` holds them all.
 */
export function lastWithoutSettled(places: readonly RotatingPlace[], before: Article): Instant | null {
  const known = new Set(textsOf(before).map(({ text }) => beginningOf(text)));
  const instants = places.flatMap(({ contents, settled }) => {
    const fresh = settled.filter((text) => contents.at(-1)?.texts.includes(text) && !known.has(text));
    return fresh.flatMap((text) => contents.findLast(({ texts }) => !texts.includes(text))?.last ?? []);
  });
  return instants.length === 0 ? null : instants.reduce(earlier);
}

/** A place that holds these texts at a capture. */
function holding(place: RotatingPlace, texts: readonly string[], at: Instant): RotatingPlace {
  const now = place.contents.at(-1);
  if (!now || at <= now.last) return place;
  if (keyOf(texts) === keyOf(now.texts)) {
    return { ...place, contents: [...place.contents.slice(0, -1), { ...now, last: at, captures: now.captures + 1 }] };
  }
  const contents = [...place.contents, { texts, first: at, last: at, captures: 1 }].slice(-MOST_CONTENTS);
  return {
    ...place,
    contents,
    settled: settledAfter(place.settled, contents),
    turns: place.turns + 1,
    longestSeconds: Math.max(place.longestSeconds, heldSeconds(now)),
  };
}

/**
 * The texts of a place that are compared: those that were, unless they come and go themselves; what an editor made of
 * them; and those that outlived what stood beside them.
 */
function settledAfter(settled: readonly string[], contents: readonly PlaceContent[]): readonly string[] {
  const [before, now] = contents.slice(-2).map(({ texts }) => texts) as [readonly string[], readonly string[]];
  const fresh = now.filter((text) => !before.includes(text) && !settled.includes(text));
  const heirs = settled
    .filter((text) => before.includes(text) && !now.includes(text))
    .flatMap((gone) => fresh.find((text) => isAlike(gone, text)) ?? []);
  const staying = settled.filter((text) => returnsOf(text, contents) < 2);
  return [...new Set([...staying, ...heirs, ...outliving(contents)])].slice(-MOST_TEXTS);
}

/** Texts that stood through the last contents and were never seen to come back: rotating ones do. */
function outliving(contents: readonly PlaceContent[]): readonly string[] {
  const last = contents.slice(-1 - OUTLIVED);
  if (last.length <= OUTLIVED) return [];
  const [now, ...before] = last.toReversed();
  return now!.texts.filter(
    (text) => before.every(({ texts }) => texts.includes(text)) && returnsOf(text, contents) === 0,
  );
}

/** How often a text came back into a place that it had left. */
function returnsOf(text: string, contents: readonly PlaceContent[]): number {
  const present = contents.map(({ texts }) => texts.includes(text));
  const first = present.indexOf(true);
  return present.filter((is, at) => is && at > first && first >= 0 && !present[at - 1]).length;
}

/**
 * `flips`: twice back to what it held before. `swapped`: another content each time, captures minutes apart: two such
 * steps, or three with one of them where a step leads back, since a return may be a correction taken back. A story that
 * breaks is rewritten from hour to hour, and once within minutes, too.
 */
function rotationOf(held: readonly (readonly string[])[], isClose: readonly boolean[]): Rotation | null {
  const keys = held.map(keyOf);
  if (keys.slice(-SETTLED_CAPTURES.unknown).every((key) => key === keys.at(-1))) return null;
  const turned = keys.map((key, at) => at > 0 && key !== keys[at - 1]);
  const returns = keys.filter((key, at) => turned[at] && keys.slice(0, at).includes(key)).length;
  if (returns >= 2) return "flips";
  let [steps, close] = [0, 0];
  for (const at of keys.keys()) {
    if (at > 0 && isUnlike(keys[at]!, keys[at - 1]!)) {
      steps += 1;
      close += isClose[at] ? 1 : 0;
    } else [steps, close] = [0, 0];
    if (returns === 0 ? close >= 2 : close >= 1 && steps >= 3) return "swapped";
  }
  return null;
}

/** Equal contents one after the other are one. */
function runsOf(held: readonly (readonly string[])[], readings: readonly EarlierReading[]): PlaceContent[] {
  const runs: PlaceContent[] = [];
  for (const [at, { first, last }] of readings.entries()) {
    const texts = held[at]!.map(beginningOf);
    const captures = first === last ? 1 : 2;
    const run = runs.at(-1);
    if (run && keyOf(run.texts) === keyOf(texts)) {
      runs.splice(-1, 1, { ...run, last: later(run.last, last), captures: run.captures + captures });
    } else runs.push({ texts, first, last, captures });
  }
  return runs;
}

const keyOf = (texts: readonly string[]): string => texts.join("\n");
const heldSeconds = ({ first, last }: PlaceContent): number => secondsBetween(first, last);

/** What stands before the first anchor, between each two, and after the last. */
function betweenOf(texts: readonly string[], anchors: readonly string[]): string[][] {
  const gaps: string[][] = [[]];
  for (const text of texts) {
    if (text === anchors[gaps.length - 1]) gaps.push([]);
    else gaps.at(-1)!.push(text);
  }
  return gaps;
}
