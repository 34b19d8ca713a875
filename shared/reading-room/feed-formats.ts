import { generateAtomFeed, generateJsonFeed } from "feedsmith";
import type { Instant } from "../domain/time.ts";
import { feedPath } from "./access.ts";
import { absolute, type FeedEntry, urn } from "./feed-entry.ts";
import { plain } from "./html.ts";
import { type FeedFormat, inFormat, type Room } from "./room.ts";

export interface Feed {
  readonly title: string;
  /** The page that it is the feed of, and its own path as Atom. */
  readonly page: string;
  readonly path: string;
  /** Newest first. */
  readonly entries: readonly FeedEntry[];
}

interface FeedWriter {
  readonly type: string;
  write(room: Room, feed: Feed): string;
}

const BEFORE_ALL: Instant = "1970-01-01T00:00:00.000Z";

/** RFC 4287, and https://www.jsonfeed.org/version/1.1/ */
export const FEED_WRITERS: Readonly<Record<FeedFormat, FeedWriter>> = {
  atom: { type: "application/atom+xml; charset=utf-8", write: asAtom },
  json: { type: "application/feed+json; charset=utf-8", write: asJson },
};

function asAtom(room: Room, { title, page, path, entries }: Feed): string {
  return generateAtomFeed({
    id: urn(`feed ${room.address ?? ""}${path}`),
    title: { value: plain(title) },
    subtitle: { value: room.words.feed.subtitle },
    updated: new Date(entries[0]?.at ?? BEFORE_ALL),
    authors: [{ name: room.words.name }],
    links: [
      { rel: "self", type: "application/atom+xml", href: absolute(room, feedPath(room, path)) },
      { rel: "alternate", type: "text/html", href: absolute(room, page) },
    ],
    entries: entries.map(({ id, title, at, page, original, labels, html }) => ({
      id,
      title: { value: title },
      published: new Date(at),
      updated: new Date(at),
      links: [
        { rel: "alternate", type: "text/html", href: page },
        ...(original ? [{ rel: "related", href: original }] : []),
      ],
      categories: [...labels],
      content: { type: "html", value: html },
    })),
  });
}

function asJson(room: Room, { title, page, path, entries }: Feed): string {
  const feed = generateJsonFeed({
    title: plain(title),
    description: room.words.feed.subtitle,
    home_page_url: absolute(room, page),
    feed_url: absolute(room, feedPath(room, inFormat(path, "json"))),
    authors: [{ name: room.words.name }],
    items: entries.map(({ id, title, at, page, original, labels, language, html }) => ({
      id,
      url: page,
      ...(original && { external_url: original }),
      title,
      content_html: html,
      date_published: new Date(at),
      tags: labels.map(({ label }) => label),
      ...(language && { language }),
    })),
  });
  return JSON.stringify(feed);
}
