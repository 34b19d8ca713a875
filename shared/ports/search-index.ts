import type { SearchQuery } from "../domain/search-query.ts";
import type { WatchId } from "../domain/watch.ts";

/** One version of an article, as the index takes it in. */
export interface IndexedText {
  readonly watchId: WatchId;
  readonly number: number;
  /** Of the watch: what it comes from. */
  readonly url: string;
  /** Key of the reading in the derived archive. */
  readonly article: string;
  readonly headline: string | null;
  /** A phrase stands within one of them. */
  readonly paragraphs: readonly string[];
}

/** An article that was found, by the newest of its versions in which all stands that was asked for. */
export interface SearchHit {
  readonly watchId: WatchId;
  readonly number: number;
  /** Of the version `number`. */
  readonly article: string;
  /** The newest version in the index. When it is `number`, the words still stand; else they were gone in `number` + 1. */
  readonly newest: number;
}

export interface SearchPage {
  readonly limit: number;
  /** `next` of the page before. @throws RangeError for what no index gave out */
  readonly after?: string;
  /**
   * Which of some articles may be shown, asked when they are read: what is held back or taken down today, or lacks a tag,
   * is passed over as if it were not there.
   */
  choose?(hits: readonly SearchHit[]): Promise<readonly boolean[]>;
}

/** What was found; `next` looks further back and may be there although fewer were found than asked for. */
export interface Found {
  readonly hits: readonly SearchHit[];
  readonly next?: string;
}

/**
 * The words of all versions of all articles. Derived from ledger and archive, and disposable: one that was lost is filled
 * again. Whatever is asked of it is answered, within bounded work.
 */
export interface SearchIndex {
  /** False for one that nothing was ever added to: it is new, or was lost. */
  isBegun(): Promise<boolean>;
  /** Takes texts in, all or none; what it has already changes nothing. To add nothing begins it. */
  add(texts: readonly IndexedText[]): Promise<void>;
  /** Each article once, the one whose match was taken in last first. Tags are for `choose`: the index knows none. */
  find(query: SearchQuery, page: SearchPage): Promise<Found>;
}
