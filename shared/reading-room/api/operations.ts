import type * as v from "valibot";
import { compareArticles } from "../../diff/compare.ts";
import { asksForSomething, parseSearchQuery } from "../../domain/search-query.ts";
import { readArticle, readComparison } from "../../ports/derived-store.ts";
import type { Page, PageRequest } from "../../ports/ledger.ts";
import { BadRequest, NotFound } from "../parameters.ts";
import { paths, type Room } from "../room.ts";
import { findTexts, readHit } from "../search-hits.ts";
import {
  articleJson,
  captureJson,
  comparisonJson,
  eventJson,
  happeningJson,
  hitJson,
  revisionJson,
  textJson,
} from "./answers.ts";
import {
  ArticleSchema,
  ArticlesSchema,
  CapturesSchema,
  ComparisonSchema,
  EventsSchema,
  HappeningsSchema,
  HitsSchema,
  type PARAMETERS,
  RevisionsSchema,
  TextSchema,
} from "./schemas.ts";

type Parameter = keyof typeof PARAMETERS;

/** The values of an operation's parameters, checked. */
export type Asked = { readonly [Name in Parameter]: v.InferOutput<(typeof PARAMETERS)[Name]> };

/** One question that the API answers. */
export interface Operation {
  /** Below `/api/v1`; `{name}` is one of `PARAMETERS`. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly isPaged: boolean;
  /** Asks in words, by the parameter `q`. */
  readonly isSearch?: true;
  readonly answer: v.GenericSchema;
  respond(room: Room, asked: Asked, page: PageRequest): Promise<unknown>;
}

function one<Schema extends v.GenericSchema>(
  path: string,
  id: string,
  summary: string,
  answer: Schema,
  respond: (room: Room, asked: Asked) => Promise<v.InferOutput<Schema>>,
): Operation {
  return { path, id, summary, isPaged: false, answer, respond };
}

function list<Schema extends v.GenericSchema>(
  path: string,
  id: string,
  summary: string,
  answer: Schema,
  respond: (room: Room, asked: Asked, page: PageRequest) => Promise<v.InferOutput<Schema>>,
): Operation {
  return { path, id, summary, isPaged: true, answer, respond };
}

/** All of them; routes, checks and the document are made from this table. */
export const OPERATIONS: readonly Operation[] = [
  list(
    "/articles",
    "listArticles",
    "Watched articles, in the order in which they were added",
    ArticlesSchema,
    (room, _, page) => rowsOf(room.ledger.overviews(page), (overview) => articleJson(room, overview)),
  ),
  one("/articles/{id}", "getArticle", "One article and how it stands", ArticleSchema, async (room, { id }) =>
    articleJson(room, await there(room.ledger.overview(id))),
  ),
  list(
    "/articles/{id}/revisions",
    "listRevisions",
    "Its texts, newest first",
    RevisionsSchema,
    async (room, { id }, page) => {
      await there(room.ledger.watch(id));
      return rowsOf(room.ledger.revisions(id, page), (revision) => revisionJson(room, revision));
    },
  ),
  one(
    "/articles/{id}/revisions/{number}",
    "getRevision",
    "One text, whole",
    TextSchema,
    async (room, { id, number }) => {
      const revision = await there(room.ledger.revision(id, number));
      return textJson(room, revision, await readArticle(room.derived, revision.article));
    },
  ),
  one(
    "/articles/{id}/changes/{number}",
    "getChange",
    "What changed from the revision before to this one, as it was recorded",
    ComparisonSchema,
    async (room, { id, number }) => {
      const [before, after] = await Promise.all([
        there(room.ledger.revision(id, number - 1)),
        there(room.ledger.revision(id, number)),
      ]);
      if (!after.change) throw new NotFound();
      const comparison = await readComparison(room.derived, after.change.comparison);
      return comparisonJson(room, [before, after], comparison, paths.change(id, number));
    },
  ),
  one(
    "/articles/{id}/compare/{from}/{to}",
    "compareRevisions",
    "What differs between any two texts, compared when it is asked",
    ComparisonSchema,
    async (room, { id, from, to }) => {
      const [before, after] = await Promise.all([
        there(room.ledger.revision(id, from)),
        there(room.ledger.revision(id, to)),
      ]);
      const [old, now] = await Promise.all([
        readArticle(room.derived, before.article),
        readArticle(room.derived, after.article),
      ]);
      return comparisonJson(room, [before, after], compareArticles(old, now), paths.compare(id, from, to));
    },
  ),
  list(
    "/articles/{id}/captures",
    "listCaptures",
    "Retrievals that brought something, newest first",
    CapturesSchema,
    async (room, { id }, page) => {
      await there(room.ledger.watch(id));
      return rowsOf(room.ledger.captures(id, page), captureJson);
    },
  ),
  list(
    "/articles/{id}/events",
    "listEvents",
    "When the page went away and came back, newest first",
    EventsSchema,
    async (room, { id }, page) => {
      await there(room.ledger.watch(id));
      return rowsOf(room.ledger.events(id, page), eventJson);
    },
  ),
  list(
    "/happenings",
    "listHappenings",
    "Changes and events of all articles, newest first",
    HappeningsSchema,
    (room, _, page) => rowsOf(room.ledger.recent(page), (happening) => happeningJson(room, happening)),
  ),
  {
    ...list(
      "/search",
      "search",
      "Articles in whose texts the words stand or stood, each once, the newest match first",
      HitsSchema,
      async (room, { q }, page) => {
        const query = parseSearchQuery(q);
        if (!room.search) throw new NotFound();
        if (!asksForSomething(query)) throw new BadRequest();
        const { hits, watches, next } = await findTexts(room, room.search, query, page);
        const rows = await Promise.all(
          hits.map(async (hit) =>
            hitJson(room, query, hit, watches.get(hit.watchId)?.url ?? "", await readHit(room, hit)),
          ),
        );
        return { rows, ...(next !== undefined && { next }) };
      },
    ),
    isSearch: true,
  },
];

/** @throws NotFound */
async function there<Value>(asked: Promise<Value | null>): Promise<Value> {
  const found = await asked;
  if (found === null) throw new NotFound();
  return found;
}

async function rowsOf<Row, Told>(asked: Promise<Page<Row>>, tell: (row: Row) => Told) {
  const { rows, next } = await asked;
  return { rows: rows.map(tell), ...(next !== undefined && { next }) };
}
