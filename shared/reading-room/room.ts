import { isAlive } from "../domain/heartbeat.ts";
import type { Viewer } from "../domain/restriction.ts";
import type { Gated } from "./gate.ts";
import type { Words } from "./strings.ts";

/** What every page is made with. */
export interface Room extends Gated {
  readonly words: Words;
  readonly viewer: Viewer;
}

/** Whether the monitor runs, by its own sign of life. */
export interface Heartbeat {
  readonly alive: boolean;
  readonly lastTick: string | null;
}

export async function heartbeat({ ledger, clock }: Pick<Room, "ledger" | "clock">): Promise<Heartbeat> {
  const lastTick = await ledger.lastTick();
  return { alive: isAlive(lastTick, clock.now()), lastTick };
}

/** What a change can be handed on as. */
export const CHANGE_FORMATS = ["patch", "markdown", "json"] as const;
export type ChangeFormat = (typeof CHANGE_FORMATS)[number];

/** What a feed is asked for as. */
export const FEED_FORMATS = ["atom", "json"] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

/** The same feed in another format. */
export const inFormat = (path: string, format: FeedFormat): string => path.replace(/\.[a-z]+$/, `.${format}`);

/** A name as one part of a path: half a surrogate pair, which a tag may be, has no form there. */
const inPath = (name: string): string => encodeURIComponent(name.toWellFormed());

/** Where things stand in the reading room. The paths are permanent: links in mails and feeds name them. */
export const paths = {
  home: "/",
  watches: "/watches",
  sources: "/sources",
  source: (host: string) => `/sources/${inPath(host)}`,
  tags: "/tags",
  tag: (tag: string) => `/tags/${inPath(tag)}`,
  watch: (id: string) => `/watches/${id}`,
  revision: (id: string, number: number) => `/watches/${id}/revisions/${number}`,
  capture: (id: string, number: number) => `/watches/${id}/revisions/${number}/capture`,
  change: (id: string, number: number) => `/watches/${id}/changes/${number}`,
  changeAs: (id: string, number: number, format: ChangeFormat) => `/watches/${id}/changes/${number}/${format}`,
  card: (id: string, number: number) => `/watches/${id}/changes/${number}/card.png`,
  history: (id: string) => `/watches/${id}/history`,
  compare: (id: string, a: number, b: number) => `/watches/${id}/compare/${a}...${b}`,
  compareForm: (id: string) => `/watches/${id}/compare`,
  search: "/search",
  status: "/status",
  coverage: "/coverage",
  subscribe: "/subscribe",
  subscribeTo: (id: string) => `/subscribe?about=watch:${id}`,
  enrol: "/enrol",
  enrolment: (id: string) => `/enrol/${id}`,
  feed: "/feeds/all.atom",
  watchFeed: (id: string) => `/watches/${id}/feed.atom`,
  sourceFeed: (name: string) => `/feeds/sources/${inPath(name)}.atom`,
  tagFeed: (tag: string) => `/feeds/tags/${inPath(tag)}.atom`,
  filterFeed: (name: string) => `/feeds/filters/${inPath(name)}.atom`,
} as const;
