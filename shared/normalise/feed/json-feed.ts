import { PAGE_LIMITS } from "../page/guard.ts";
import { escaped, FEED_FLAG, type FeedReading, linksTo, NO_ENTRY } from "./feed.ts";

type Thing = Readonly<Record<string, unknown>>;

const isThing = (value: unknown): value is Thing => typeof value === "object" && value !== null;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (thing: Thing, key: string): string | null => {
  const value = thing[key];
  return typeof value === "string" && value.trim() !== "" ? value : null;
};

/** Reads a JSON Feed (jsonfeed.org/version/1.1). */
export function jsonFeedReading(text: string, url: string): FeedReading {
  if (text.length > PAGE_LIMITS.textChars)
    return { kind: "none", flag: `${FEED_FLAG}more than ${PAGE_LIMITS.textChars} characters` };
  const feed = parsed(text);
  const isTheArticle = linksTo(url);
  const item = listOf(feed?.items)
    .filter(isThing)
    .find((each) => [textOf(each, "url"), textOf(each, "id")].some((link) => link !== null && isTheArticle(link)));
  if (!feed || !item) return { kind: "none", flag: NO_ENTRY };
  const [title, plain] = [textOf(item, "title"), textOf(item, "content_text")];
  const own = namesOf([...listOf(item.authors), item.author]);
  return {
    kind: "entry",
    entry: {
      headline: title && escaped(title),
      authors: own.length > 0 ? own : namesOf([...listOf(feed.authors), feed.author]),
      published: textOf(item, "date_published"),
      modified: textOf(item, "date_modified"),
      language: textOf(item, "language") ?? textOf(feed, "language"),
      feedTitle: textOf(feed, "title"),
      content: textOf(item, "content_html") ?? (plain && escaped(plain)),
      summary: textOf(item, "summary"),
    },
  };
}

const namesOf = (authors: readonly unknown[]): string[] =>
  authors.filter(isThing).flatMap((author) => textOf(author, "name") ?? []);

function parsed(text: string): Thing | null {
  try {
    const value: unknown = JSON.parse(text);
    return isThing(value) ? value : null;
  } catch {
    return null;
  }
}
