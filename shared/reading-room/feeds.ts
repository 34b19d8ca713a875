import { type Happening, watchIdOfHappening } from "../domain/happening.ts";
import { type NoticeFilter, verdictOf } from "../domain/notice-filter.ts";
import { sourcesOf } from "../domain/source.ts";
import { fillText } from "../domain/wording.ts";
import { readComparison } from "../ports/derived-store.ts";
import { feedEntry } from "./feed-entry.ts";
import type { Feed } from "./feed-formats.ts";
import { isWithheld } from "./gate.ts";
import { isToldElsewhere, titleOf } from "./happening.ts";
import { NotFound } from "./parameters.ts";
import { paths, type Room } from "./room.ts";

const ENTRIES = 30;

/** The newest happenings, page by page, among which those of a source, a tag or a filter are looked for. */
const LOOKED_THROUGH = [100, 200] as const;

/** All watches' changes and events. */
export async function feedOfAll(room: Room): Promise<Feed> {
  const { rows } = await room.ledger.recent({ limit: ENTRIES });
  return feed(room, { title: room.words.feed.all, page: paths.home, path: paths.feed, happenings: rows });
}

/** One watch's. @throws NotFound */
export async function feedOfWatch(room: Room, id: string): Promise<Feed> {
  const { ledger, words } = room;
  const [standing, revisions, events] = await Promise.all([
    ledger.overview(id),
    ledger.revisions(id, { limit: ENTRIES }),
    ledger.events(id, { limit: ENTRIES }),
  ]);
  if (!standing) throw new NotFound();
  const { url } = standing.watch;
  const happenings: Happening[] = [
    ...revisions.rows
      .filter(({ change, cause }) => change && cause === "edit" && !isWithheld(change.comparison))
      .map((revision) => ({ kind: "revision" as const, at: revision.firstSeen, url, revision })),
    ...events.rows.map((event) => ({ kind: "event" as const, at: event.at, url, event })),
  ].sort((a, b) => (a.at < b.at ? 1 : -1));
  const title = fillText(words.feed.one, { headline: titleOf(standing.newest?.headline, url) });
  return feed(room, { title, page: paths.watch(id), path: paths.watchFeed(id), happenings });
}

/** What comes from one source, by its host or a domain above it. */
export const feedOfSource = (room: Room, name: string): Promise<Feed> => {
  const wanted = name.toLowerCase();
  return chosenFeed(room, wanted, paths.sourceFeed(wanted), async (happenings) =>
    happenings.filter(({ url }) => sourcesOf(url).includes(wanted)),
  );
};

/** What happens to the watches that carry a tag now. */
export function feedOfTag(room: Room, tag: string): Promise<Feed> {
  return chosenFeed(room, tag, paths.tagFeed(tag), async (happenings) => {
    const watches = await room.ledger.watchesById([...new Set(happenings.map(watchIdOfHappening))]);
    return happenings.filter((happening) => watches.get(watchIdOfHappening(happening))?.tags.includes(tag));
  });
}

/** What a saved filter passes. @throws NotFound */
export async function feedOfFilter(room: Room, name: string): Promise<Feed> {
  const saved = (await room.ledger.savedFilters()).find((one) => one.name === name);
  if (!saved) throw new NotFound();
  return chosenFeed(room, name, paths.filterFeed(name), async (happenings) => {
    const passed = await Promise.all(happenings.map((happening) => isPassed(saved.filter, happening, room)));
    return happenings.filter((_, index) => passed[index]);
  });
}

async function isPassed(filter: NoticeFilter, happening: Happening, { derived }: Room): Promise<boolean> {
  const { passes } = await verdictOf(filter, happening, () => {
    if (happening.kind === "event" || !happening.revision.change) throw new Error("only a change has a comparison");
    return readComparison(derived, happening.revision.change.comparison);
  });
  return passes;
}

/** The newest happenings that are chosen, as far as it looks. */
async function chosenFeed(
  room: Room,
  name: string,
  path: string,
  choose: (happenings: readonly Happening[]) => Promise<readonly Happening[]>,
): Promise<Feed> {
  const chosen: Happening[] = [];
  let after: string | undefined;
  for (const limit of LOOKED_THROUGH) {
    const page = await room.ledger.recent({ limit, ...(after !== undefined && { after }) });
    chosen.push(...(await choose(page.rows)));
    after = page.next;
    if (after === undefined || chosen.length >= ENTRIES) break;
  }
  const title = fillText(room.words.feed.one, { headline: name });
  return feed(room, { title, page: paths.home, path, happenings: chosen });
}

async function feed(
  room: Room,
  { happenings, ...rest }: Omit<Feed, "entries"> & { readonly happenings: readonly Happening[] },
): Promise<Feed> {
  const told = happenings.slice(0, ENTRIES).filter((happening) => !isToldElsewhere(happening));
  return { ...rest, entries: await Promise.all(told.map((happening) => feedEntry(room, happening))) };
}
