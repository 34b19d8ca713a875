import type * as v from "valibot";
import { changeAsJson } from "../../diff/render/json.ts";
import type { Article } from "../../domain/article.ts";
import type { Capture } from "../../domain/capture.ts";
import type { Comparison } from "../../domain/comparison.ts";
import type { Happening } from "../../domain/happening.ts";
import type { AvailabilityEvent, ChangeSummary, Revision } from "../../domain/revision.ts";
import type { SearchQuery } from "../../domain/search-query.ts";
import type { Overview } from "../../ports/ledger.ts";
import type { SearchHit } from "../../ports/search-index.ts";
import { absolute } from "../feed-entry.ts";
import { isWithheld } from "../gate.ts";
import { paths, type Room } from "../room.ts";
import { searchExcerpt } from "../search-excerpt.ts";
import type {
  ArticleSchema,
  CaptureSchema,
  ComparisonSchema,
  EventSchema,
  HappeningSchema,
  HitSchema,
  RevisionSchema,
  TextSchema,
} from "./schemas.ts";

/** Records as the API tells them: what is told of them is named here, so that a field of ours never slips out. */
type Told<Schema extends v.GenericSchema> = v.InferOutput<Schema>;

export function articleJson(room: Room, { watch, state, newest }: Overview): Told<typeof ArticleSchema> {
  const { id, url, status, tags, added } = watch;
  return {
    id,
    url,
    status,
    tags: [...tags],
    added,
    lastChecked: state.checked,
    lastSeen: state.lastSeen,
    isUnpublished: state.unpublished,
    headline: newest?.headline ?? null,
    language: newest?.language ?? null,
    newestRevision: newest?.number ?? null,
    page: absolute(room, paths.watch(id)),
  };
}

export function revisionJson(room: Room, revision: Revision): Told<typeof RevisionSchema> {
  const { watchId, number, cause, requested, firstSeen, headline, language, reading, recordId, warc } = revision;
  const { normaliser, article, change } = revision;
  return {
    articleId: watchId,
    number,
    cause,
    requested,
    firstSeen,
    headline,
    language,
    reading,
    capture: { recordId, warc: isWithheld(warc) ? null : warc },
    normaliser,
    isHidden: isWithheld(article),
    change: change && !isWithheld(change.comparison) ? changeJson(change) : null,
    page: absolute(room, paths.revision(watchId, number)),
  };
}

const changeJson = (change: ChangeSummary): NonNullable<Told<typeof RevisionSchema>["change"]> => {
  const {
    observed,
    significance,
    disclosure,
    labels,
    hints = [],
    revertedTo,
    alternatesWith,
    counts,
    excerpt,
  } = change;
  return {
    observed,
    significance,
    disclosure,
    labels: [...labels],
    hints: [...hints],
    ...(revertedTo !== undefined && { revertedTo }),
    ...(alternatesWith !== undefined && { alternatesWith }),
    counts,
    excerpt: [...excerpt],
  };
};

export function textJson(room: Room, revision: Revision, article: Article): Told<typeof TextSchema> {
  const { standfirst, byline, published, modified, siteName, blocks, flags } = article;
  return {
    ...revisionJson(room, revision),
    text: {
      standfirst,
      byline,
      published,
      modified,
      siteName,
      blocks: blocks.map(({ links, ...block }) => ({ ...block, ...(links && { links: [...links] }) })),
      flags: [...flags],
    },
  };
}

/** @param page - where people read it */
export function comparisonJson(
  room: Room,
  [from, to]: readonly [Revision, Revision],
  comparison: Comparison,
  page: string,
): Told<typeof ComparisonSchema> {
  const difference = changeAsJson(comparison) as Told<typeof ComparisonSchema>["difference"]; // its own type is read-only
  return { articleId: to.watchId, from: from.number, to: to.number, difference, page: absolute(room, page) };
}

export function captureJson(capture: Capture): Told<typeof CaptureSchema> {
  const { watchId, recordId, at, url, status, warc, payload, failure } = capture;
  return {
    articleId: watchId,
    recordId,
    at,
    url,
    status,
    warc: isWithheld(warc) ? null : warc,
    payload,
    failure: failure && { kind: failure.kind, detail: failure.detail },
  };
}

export function hitJson(
  room: Room,
  query: SearchQuery,
  { watchId, number, newest }: SearchHit,
  url: string,
  article: Article | null,
): Told<typeof HitSchema> {
  return {
    articleId: watchId,
    url,
    revision: number,
    newestRevision: newest,
    stillStands: number === newest,
    headline: article?.headline ?? null,
    language: article?.language ?? null,
    excerpt: [...((article && searchExcerpt(article, query.all)) ?? [])],
    page: absolute(room, paths.revision(watchId, number)),
  };
}

export function eventJson(event: AvailabilityEvent): Told<typeof EventSchema> {
  const { watchId, key, kind, observed, at, headline, detail = null } = event;
  return { articleId: watchId, key, kind, observed, at, headline, detail };
}

export function happeningJson(room: Room, happening: Happening): Told<typeof HappeningSchema> {
  const { at, url } = happening;
  return happening.kind === "event"
    ? { kind: "event", at, url, event: eventJson(happening.event) }
    : { kind: "change", at, url, revision: revisionJson(room, happening.revision) };
}
