import { parseGuarded } from "../page/guard.ts";
import { selection } from "../page/select.ts";
import { type Element, isElement, textIn } from "../page/tree.ts";
import { escaped, FEED_FLAG, type FeedReading, linksTo, NO_ENTRY } from "./feed.ts";

/**
 * Reads Atom, RSS 2.0 and RSS 1.0 in the tree of the page's own guard: its bounds hold, and no entity is ever expanded, since
 * the parser knows none but XML's five. The first entry that links to the address is the article's.
 */
export function xmlFeedReading(pieces: Iterable<string>, url: string): FeedReading {
  const guarded = parseGuarded(pieces, "xml");
  if (guarded.kind === "over") return { kind: "none", flag: FEED_FLAG + guarded.reason };
  const [root] = childrenOf(guarded.root.children.find(isElement)); // in the element that the guard puts around all
  if (!root) return { kind: "none", flag: NO_ENTRY };
  const isTheArticle = linksTo(url);
  if (root.name === "feed") {
    const entry = childrenOf(root, "entry").find((each) => linksOfAtom(each).some(isTheArticle));
    return entry ? { kind: "entry", entry: atomEntry(entry, root) } : { kind: "none", flag: NO_ENTRY };
  }
  const [channel] = childrenOf(root, "channel");
  const items = [...childrenOf(channel, "item"), ...childrenOf(root, "item")];
  const item = items.find((each) => linksOfItem(each).some(isTheArticle));
  return item ? { kind: "entry", entry: rssEntry(item, channel) } : { kind: "none", flag: NO_ENTRY };
}

const childrenOf = (element: Element | undefined, name?: string): Element[] =>
  element?.children.filter(isElement).filter((child) => name === undefined || child.name === name) ?? [];

/** Texts of the children of any of these names, the first name first. */
const textsOf = (element: Element | undefined, ...names: string[]): string[] =>
  names.flatMap((name) => childrenOf(element, name).map(textIn)).filter((text) => text.trim() !== "");

const first = (texts: readonly string[]): string | null => texts[0] ?? null;

const linksOfAtom = (entry: Element): string[] =>
  childrenOf(entry, "link")
    .filter(({ attribs }) => (attribs.rel ?? "alternate") === "alternate")
    .flatMap(({ attribs }) => (attribs.href === undefined ? [] : [attribs.href]));

const linksOfItem = (item: Element): string[] => [
  ...textsOf(item, "link", "feedburner:origLink"),
  ...childrenOf(item, "guid")
    .filter(({ attribs }) => attribs.isPermaLink !== "false")
    .map(textIn)
    .filter((text) => /^\s*https?:/i.test(text)),
];

function atomEntry(entry: Element, feed: Element) {
  const names = (of: Element | undefined) => childrenOf(of, "author").flatMap((author) => textsOf(author, "name"));
  const [source] = childrenOf(entry, "source");
  const authors = [entry, source, feed].map(names).find((list) => list.length > 0) ?? [];
  const [content] = childrenOf(entry, "content");
  const [summary] = childrenOf(entry, "summary");
  const [title] = childrenOf(entry, "title");
  const [feedTitle] = childrenOf(feed, "title");
  return {
    headline: title ? asHtml(title) : null,
    authors,
    published: first(textsOf(entry, "published")),
    modified: first(textsOf(entry, "updated")),
    language: entry.attribs["xml:lang"] ?? feed.attribs["xml:lang"] ?? null,
    feedTitle: feedTitle ? asHtml(feedTitle) : null,
    content: content ? asHtml(content) : null,
    summary: summary ? asHtml(summary) : null,
  };
}

/** An Atom text construct as HTML (RFC 4287 §3.1): plain, escaped, or in line. */
function asHtml(element: Element): string {
  const { type = "text" } = element.attribs;
  if (type === "xhtml") return selection([element]).html() ?? "";
  return /html$/i.test(type) ? textIn(element) : escaped(textIn(element));
}

function rssEntry(item: Element, channel: Element | undefined) {
  const authors = textsOf(item, "dc:creator");
  return {
    headline: first(textsOf(item, "title")),
    // an address with the name in brackets, by the standard; a name alone, by habit
    authors:
      authors.length > 0
        ? authors
        : textsOf(item, "author").map((text) => /\(([^()]{1,200})\)/.exec(text)?.[1] ?? text),
    published: first(textsOf(item, "pubDate", "dc:date")),
    modified: first(textsOf(item, "atom:updated", "dcterms:modified")),
    language: first(textsOf(channel, "language", "dc:language")),
    feedTitle: first(textsOf(channel, "title")),
    content: first(textsOf(item, "content:encoded")),
    summary: first(textsOf(item, "description")),
  };
}
