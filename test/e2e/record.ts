import type { Article } from "../../shared/domain/article.ts";
import type { Comparison } from "../../shared/domain/comparison.ts";
import { type Happening, happeningKey, watchIdOfHappening } from "../../shared/domain/happening.ts";
import type { AvailabilityEvent, Revision } from "../../shared/domain/revision.ts";
import type { WatchId } from "../../shared/domain/watch.ts";
import type { Archive } from "../../shared/ports/archive.ts";
import { readArticle, readComparison } from "../../shared/ports/derived-store.ts";
import type { Ledger, Page, PageRequest } from "../../shared/ports/ledger.ts";

/** What of a delivered notice tells one from another. */
export interface DeliveredNotice {
  readonly id: string;
  readonly happening: Happening;
}

/** A monitor that runs: it ticks, captures and notifies on its own, to one subscriber of everything. */
export interface RunningMonitor {
  /** Has the monitor follow a page from now on, with its shortest cadence. */
  add(url: string): Promise<WatchId>;
  /** Looked up anew at each use, so that a restarted monitor may bring another. */
  readonly ledger: Ledger;
  readonly derived: Archive;
  /** Every delivery so far, in any order; one repeated under its id counts once. */
  notices(): Promise<readonly DeliveredNotice[]>;
}

/** All that a monitor has reported about one article so far, oldest first. */
export interface ArticleRecord {
  readonly revisions: readonly Revision[];
  readonly events: readonly AvailabilityEvent[];
  /** One for each id. */
  readonly notices: readonly DeliveredNotice[];
}

/** A revision with what it points to. */
export interface OpenedRevision {
  readonly revision: Revision;
  readonly article: Article;
  /** Null on the baseline. */
  readonly comparison: Comparison | null;
}

export const NOTHING_REPORTED: ArticleRecord = { revisions: [], events: [], notices: [] };

export async function recordOf(monitor: RunningMonitor, id: WatchId): Promise<ArticleRecord> {
  const { ledger } = monitor;
  const [revisions, events, delivered] = await Promise.all([
    everyRow((page) => ledger.revisions(id, page)),
    everyRow((page) => ledger.events(id, page)),
    monitor.notices(),
  ]);
  const own = delivered.filter(({ happening }) => watchIdOfHappening(happening) === id);
  return {
    revisions: revisions.toReversed(),
    events: events.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    notices: [...new Map(own.map((notice) => [notice.id, notice])).values()],
  };
}

/** What `now` holds and `before` did not. */
export function since(before: ArticleRecord, now: ArticleRecord): ArticleRecord {
  const without = <Row>(rows: readonly Row[], known: readonly Row[], keyOf: (row: Row) => string | number) => {
    const keys = new Set(known.map(keyOf));
    return rows.filter((row) => !keys.has(keyOf(row)));
  };
  return {
    revisions: without(now.revisions, before.revisions, ({ number }) => number),
    events: without(now.events, before.events, ({ key }) => key),
    notices: without(now.notices, before.notices, ({ id }) => id),
  };
}

export async function open(monitor: RunningMonitor, revision: Revision): Promise<OpenedRevision> {
  const { derived } = monitor;
  const [article, comparison] = await Promise.all([
    readArticle(derived, revision.article),
    revision.change ? readComparison(derived, revision.change.comparison) : null,
  ]);
  return { revision, article, comparison };
}

/** In words, for a message. */
export const nameOf = (happening: Happening): string =>
  happening.kind === "revision" ? `revision ${happening.revision.number}` : `${happening.event.kind} event`;

/** The notices that tell the same happening under different ids: a reader sees it twice. */
export function toldTwice(notices: readonly DeliveredNotice[]): readonly string[] {
  const byHappening = Map.groupBy(notices, ({ happening }) => happeningKey(happening));
  return [...byHappening.values()]
    .filter((same) => same.length > 1)
    .map((same) => same.map(({ id }) => id).join(" and "));
}

async function everyRow<Row>(read: (page: PageRequest) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | undefined; ; ) {
    const page = await read({ limit: 100, ...(after !== undefined && { after }) });
    rows.push(...page.rows);
    if (page.next === undefined) return rows;
    after = page.next;
  }
}
