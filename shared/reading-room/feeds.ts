import { generateAtomFeed } from "feedsmith";
import { raw } from "hono/html";
import { changeAsHtml } from "../diff/render/html.ts";
import { sha256 } from "../domain/digest.ts";
import { type Happening, happeningKey, watchIdOfHappening } from "../domain/happening.ts";
import type { Revision } from "../domain/revision.ts";
import type { Instant } from "../domain/time.ts";
import { fillText } from "../domain/wording.ts";
import { ArchiveDamage } from "../ports/archive.ts";
import { readComparison } from "../ports/derived-store.ts";
import { feedPath } from "./access.ts";
import { changeInBrief, eventInBrief, isToldElsewhere, titleOf } from "./happening.ts";
import { clean, followable, type Html, html, plain } from "./html.ts";
import { NotFound } from "./parameters.ts";
import { paths, type Room } from "./room.ts";

const ENTRIES = 30;

/** Longer comparisons are shown by their first words; thirty entries must stay a feed. In UTF-16 units of HTML. */
const ENTRY_CHARACTERS = 60_000;

const BEFORE_ALL: Instant = "1970-01-01T00:00:00.000Z";

/** All watches' changes and events as Atom. */
export async function feedOfAll(room: Room): Promise<string> {
  const { rows } = await room.ledger.recent({ limit: ENTRIES });
  return feed(room, { title: room.words.feed.all, page: paths.home, path: paths.feed, happenings: rows });
}

/** One watch's. @throws NotFound */
export async function feedOfWatch(room: Room, id: string): Promise<string> {
  const { ledger, words } = room;
  const [standing, revisions, events] = await Promise.all([
    ledger.standing(id),
    ledger.revisions(id, { limit: ENTRIES }),
    ledger.events(id, { limit: ENTRIES }),
  ]);
  if (!standing) throw new NotFound();
  const { url } = standing.watch;
  const happenings: Happening[] = [
    ...revisions.rows
      .filter(({ change, cause }) => change && cause === "edit")
      .map((revision) => ({ kind: "revision" as const, at: revision.firstSeen, url, revision })),
    ...events.rows.map((event) => ({ kind: "event" as const, at: event.at, url, event })),
  ].sort((a, b) => (a.at < b.at ? 1 : -1));
  const title = fillText(words.feed.one, { headline: titleOf(standing.newest?.headline, url) });
  return feed(room, {
    title,
    page: paths.watch(id),
    path: paths.watchFeed(id),
    happenings: happenings.slice(0, ENTRIES),
  });
}

interface Feed {
  readonly title: string;
  /** The page that it is the feed of, and its own path. */
  readonly page: string;
  readonly path: string;
  readonly happenings: readonly Happening[];
}

async function feed(room: Room, { title, page, path, happenings }: Feed): Promise<string> {
  const told = happenings.filter((happening) => !isToldElsewhere(happening));
  return generateAtomFeed({
    id: urn(`feed ${room.address ?? ""}${path}`),
    title: { value: plain(title) },
    subtitle: { value: room.words.feed.subtitle },
    updated: new Date(told[0]?.at ?? BEFORE_ALL),
    authors: [{ name: room.words.name }],
    links: [
      { rel: "self", type: "application/atom+xml", href: absolute(room, feedPath(room, path)) },
      { rel: "alternate", type: "text/html", href: absolute(room, page) },
    ],
    entries: await Promise.all(told.map((happening) => entry(room, happening))),
  });
}

async function entry(room: Room, happening: Happening) {
  const { words } = room;
  const id = watchIdOfHappening(happening);
  const revision = happening.kind === "revision" ? happening.revision : null;
  const headline = titleOf(
    (revision ?? (happening.kind === "event" ? happening.event : null))?.headline,
    happening.url,
  );
  const title =
    happening.kind === "event"
      ? fillText(words.feed.event, { event: words.events[happening.event.kind], headline })
      : headline;
  const page = absolute(room, revision ? paths.change(id, revision.number) : paths.watch(id));
  const original = followable(happening.url);
  const content = html`${happening.kind === "event" ? eventInBrief(words, happening.event) : await changeInFull(room, happening.revision)}
<p><a href="${page}">${revision ? words.feed.seeChange : words.feed.seeWatch}</a></p>`;
  return {
    // A deployment's own capture is in it, so that two monitors of one article do not speak with one id.
    id: urn(`${happeningKey(happening)} ${revision?.recordId ?? ""}`),
    title: { value: plain(title) },
    published: new Date(happening.at),
    updated: new Date(happening.at),
    links: [
      { rel: "alternate", type: "text/html", href: page },
      ...(original ? [{ rel: "related", href: original }] : []),
    ],
    categories: (revision?.change?.labels ?? []).map((label) => ({ term: label, label: words.labels[label] })),
    content: { type: "html", value: String(content) },
  };
}

/** The facts and the whole difference; the first words alone where it is too long or cannot be read. */
async function changeInFull({ derived, words }: Room, revision: Revision): Promise<Html | null> {
  const brief = changeInBrief(words, revision);
  if (!revision.change) return brief;
  try {
    const comparison = await readComparison(derived, revision.change.comparison);
    const idPrefix = `moved-${revision.watchId}-${revision.number}`; // readers put many entries on one page
    const difference = clean(changeAsHtml(comparison, { strings: words.marks, idPrefix }));
    if (difference.length > ENTRY_CHARACTERS) return brief;
    return html`${changeInBrief(words, { ...revision, change: { ...revision.change, excerpt: [] } })}${raw(difference)}`;
  } catch (error) {
    if (error instanceof ArchiveDamage) return brief; // the change's own page tells of the damage
    throw error;
  }
}

/** With the address where it is known; else from the root, for the feed's reader to resolve. Never from the Host header. */
const absolute = ({ address }: Room, path: string): string => `${address ?? ""}${path}`;

/** A UUID (version 8) made from a name: the same entry keeps its id when the reading room moves. */
function urn(name: string): string {
  const hex = sha256(`variorum ${name}`);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
