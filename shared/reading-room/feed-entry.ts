import { raw } from "hono/html";
import { changeAsHtml } from "../diff/render/html.ts";
import { sha256 } from "../domain/digest.ts";
import { type Happening, happeningKey, watchIdOfHappening } from "../domain/happening.ts";
import type { Revision } from "../domain/revision.ts";
import type { Instant } from "../domain/time.ts";
import { fillText } from "../domain/wording.ts";
import { ArchiveDamage } from "../ports/archive.ts";
import { readComparison } from "../ports/derived-store.ts";
import { changeInBrief, eventInBrief, titleOf } from "./happening.ts";
import { clean, followable, type Html, html, languageTag, plain } from "./html.ts";
import { paths, type Room } from "./room.ts";

/** Longer comparisons are shown by their first words; thirty entries must stay a feed. In UTF-16 units of HTML. */
const ENTRY_CHARACTERS = 60_000;

/** One happening as a feed has it, before a format gives it its form. */
export interface FeedEntry {
  readonly id: string;
  readonly title: string;
  readonly at: Instant;
  /** In the reading room. */
  readonly page: string;
  /** The watched page, if a browser may follow its address. */
  readonly original: string | null;
  readonly labels: readonly { readonly term: string; readonly label: string }[];
  readonly language: string | null;
  readonly html: string;
}

/** Entries kept in memory, each at most as long as `ENTRY_CHARACTERS`: feed readers ask for the same ones again and again. */
const MOST_KEPT = 200;
const kept = new WeakMap<Room, Map<string, Promise<FeedEntry>>>();

/** What happened is told in the same words for ever; whether it may be told is decided before this is asked. */
export function feedEntry(room: Room, happening: Happening): Promise<FeedEntry> {
  const entries = kept.get(room) ?? new Map<string, Promise<FeedEntry>>();
  kept.set(room, entries);
  const key = happeningKey(happening);
  const entry = entries.get(key) ?? entryOf(room, happening);
  entries.delete(key); // and behind the others again
  entries.set(key, entry);
  for (const [oldest] of entries) if (entries.size > MOST_KEPT) entries.delete(oldest);
  entry.catch(() => entries.delete(key));
  return entry;
}

async function entryOf(room: Room, happening: Happening): Promise<FeedEntry> {
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
  const content = html`${happening.kind === "event" ? eventInBrief(words, happening.event) : await changeInFull(room, happening.revision)}
<p><a href="${page}">${revision ? words.feed.seeChange : words.feed.seeWatch}</a></p>`;
  return {
    // A deployment's own capture is in it, so that two monitors of one article do not speak with one id.
    id: urn(`${happeningKey(happening)} ${revision?.recordId ?? ""}`),
    title: plain(title),
    at: happening.at,
    page,
    original: followable(happening.url),
    labels: (revision?.change?.labels ?? []).map((label) => ({ term: label, label: words.labels[label] })),
    language: languageTag(revision?.language),
    html: String(content),
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
export const absolute = ({ address }: Pick<Room, "address">, path: string): string => `${address ?? ""}${path}`;

/** A UUID (version 8) made from a name: the same entry keeps its id when the reading room moves. */
export function urn(name: string): string {
  const hex = sha256(`variorum ${name}`);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
