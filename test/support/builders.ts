import type { Capture } from "../../shared/domain/capture.ts";
import { sha256 } from "../../shared/domain/digest.ts";
import type { RestrictionAct } from "../../shared/domain/restriction.ts";
import { type AvailabilityEvent, type ChangeSummary, eventKey, type Revision } from "../../shared/domain/revision.ts";
import type { RotatingPlace } from "../../shared/domain/rotation.ts";
import { addSeconds, type Instant, toDigits } from "../../shared/domain/time.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import { NEW_STATE, type Watch, type WatchState } from "../../shared/domain/watch.ts";

/**
 * Whole, plausible domain objects for tests: give what the test is about, the rest is filled in. Nothing here is random:
 * the same call gives the same object.
 */

/** Where the builders' time begins. */
export const NOON: Instant = "2026-03-01T12:00:00.000Z";

const STORY = "https://gazette.example/harbour-bridge";

/** An active watch, checked every 15 minutes; its id follows from its URL. */
export function aWatch(given: Partial<Watch> = {}): Watch {
  const url = given.url ?? STORY;
  return { id: watchIdOf(url), url, added: NOON, tags: [], cadenceSeconds: 900, status: "active", ...given };
}

/** So many watches on as many hosts, added a second apart. */
export const manyWatches = (count: number, given: Partial<Watch> = {}): readonly Watch[] =>
  Array.from({ length: count }, (_, n) =>
    aWatch({ url: `https://paper${n}.example/story`, added: addSeconds(NOON, n), ...given }),
  );

/** The state after a good check at `checked` that read as revision 1. */
export const aState = (given: Partial<WatchState> = {}): WatchState => {
  const checked = given.checked ?? NOON;
  return { ...NEW_STATE, newest: 1, checked, lastSeen: checked, unconditional: checked, ...given };
};

/** What was found between revision n-1, last seen half an hour before `firstSeen`, and revision n. */
export function aChange(given: Partial<ChangeSummary> = {}, firstSeen: Instant = NOON): ChangeSummary {
  return {
    observed: { lastSeen: addSeconds(firstSeen, -1800), firstSeen },
    comparison: `comparisons/${sha256(`comparison ${firstSeen}`)}.json.gz`,
    significance: "substantive",
    disclosure: "none",
    labels: ["number"],
    counts: { edited: 1, moved: 0, added: 0, removed: 0, cosmetic: 0 },
    excerpt: [
      { mark: "=", text: "The bridge will stay closed for " },
      { mark: "-", text: "3" },
      { mark: "+", text: "30" },
      { mark: "=", text: " days." },
    ],
    ...given,
  };
}

/** Revision 2 of the story, first seen an hour after the baseline, its answer a second underway; number 1 has no change. */
export function aRevision(given: Partial<Revision> = {}): Revision {
  const number = given.number ?? 2;
  const firstSeen = given.firstSeen ?? addSeconds(NOON, (number - 1) * 3600);
  const reading = given.reading ?? sha256(`reading ${number}`);
  return {
    watchId: watchIdOf(STORY),
    number,
    cause: "edit",
    requested: addSeconds(firstSeen, -1),
    firstSeen,
    reading,
    article: `articles/${reading}.json.gz`,
    warc: aCapture({ at: firstSeen }).warc,
    recordId: aCapture({ at: firstSeen }).recordId,
    normaliser: "1",
    headline: "Harbour bridge closed after inspection",
    language: "en",
    ...(number > 1 && { change: aChange({}, firstSeen) }),
    ...given,
  };
}

/** A good capture of the story. */
export function aCapture(given: Partial<Capture> = {}): Capture {
  const at = given.at ?? NOON;
  const recordId = given.recordId ?? uuidFrom(`capture at ${at}`);
  return {
    watchId: watchIdOf(STORY),
    recordId,
    at,
    url: STORY,
    status: 200,
    warc: `captures/${at.slice(0, 10).replaceAll("-", "/")}/${sha256(STORY).slice(0, 16)}/${toDigits(at)}-${recordId}.warc.gz`,
    payload: sha256(`payload at ${at}`),
    failure: null,
    ...given,
  };
}

/** The story was unpublished: refused three times, last seen a quarter of an hour before the first refusal. */
export function anEvent(given: Partial<AvailabilityEvent> = {}): AvailabilityEvent {
  const firstRefused = given.observed?.firstSeen ?? NOON;
  const kind = given.kind ?? "unpublished";
  return {
    watchId: watchIdOf(STORY),
    key: eventKey(kind, firstRefused),
    kind,
    observed: { lastSeen: addSeconds(firstRefused, -900), firstSeen: firstRefused },
    at: addSeconds(firstRefused, 360),
    headline: "Harbour bridge closed after inspection",
    ...(kind === "unpublished" && { refusals: 3, detail: "404 Not Found" }),
    ...given,
  };
}

/** The story is held, all of it. */
export const aRestriction = (given: Partial<RestrictionAct> = {}): RestrictionAct =>
  ({
    watchId: watchIdOf(STORY),
    kind: "hold",
    at: NOON,
    by: "desk",
    reason: "until the lawyer has read it",
    ...given,
  }) as RestrictionAct;

/** A promotion between two paragraphs of the story, swapped at each of three captures. */
export function aRotatingPlace(given: Partial<RotatingPlace> = {}): RotatingPlace {
  const held = ["Ten walks along the coast", "Why bread tastes of smoke", "How our crosswords are set"];
  return {
    after: "The harbour bridge will stay closed for three days.",
    before: "Ferries run every twenty minutes.",
    why: "swapped",
    contents: held.map((text, n) => {
      const at = addSeconds(NOON, n * 180);
      return { texts: [text], first: at, last: at, captures: 1 };
    }),
    settled: [],
    turns: 0,
    longestSeconds: 0,
    missed: 0,
    ...given,
  };
}

/** A UUID (version 8: made from a digest) that the same name always gives. */
export function uuidFrom(name: string): string {
  const hex = sha256(name);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
