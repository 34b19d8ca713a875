import type { Claim } from "../../domain/article.ts";
import { canonicalWatchUrl } from "../../domain/url.ts";
import { claimedInstant } from "../fields/dates.ts";
import { languageTag } from "../fields/language.ts";
import type { Metadata } from "../fields/metadata.ts";
import { canonicalText } from "../page/canonical.ts";
import { parseGuarded } from "../page/guard.ts";
import { textIn } from "../page/tree.ts";

/** What a feed tells of one article. */
export interface FeedEntry {
  readonly headline: string | null;
  readonly authors: readonly string[];
  readonly published: string | null;
  readonly modified: string | null;
  readonly language: string | null;
  readonly feedTitle: string | null;
  /** The article as HTML; null where the feed has a summary alone. */
  readonly content: string | null;
  /** As HTML. */
  readonly summary: string | null;
}

/** A feed read for one address: its entry, or why there is none. */
export type FeedReading =
  | { readonly kind: "entry"; readonly entry: FeedEntry }
  | { readonly kind: "none"; readonly flag: string };

/** Begins every flag that a feed brings. */
export const FEED_FLAG = "feed: ";
export const NO_ENTRY = `${FEED_FLAG}no entry links to this address`;
export const SUMMARY_ALONE = `${FEED_FLAG}the entry has a summary alone`;

type FeedKind = "xml" | "json";

const XML_TYPES = /^(?:(?:application|text)\/xml|application\/(?:atom|rss|rdf)\+xml)$/;
const ROOT_OF_FEED = /^<(?:feed|rss|rdf:RDF)[\s>]/;
/** Declaration, comments and style sheets may stand before the root. */
const LOOKED_AT_CHARS = 4_000;

/**
 * What kind of feed a body is, null for a page. XML types are told apart by their root: pages are served under some of
 * them, feeds under all.
 *
 * @param beginning - the text's first characters, at least as many as are asked for
 */
export function feedKind(contentType: string | undefined, beginning: (chars: number) => string): FeedKind | null {
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "application/feed+json") return "json";
  if (!XML_TYPES.test(type)) return null;
  return ROOT_OF_FEED.test(afterProlog(beginning(LOOKED_AT_CHARS).slice(0, LOOKED_AT_CHARS))) ? "xml" : null;
}

function afterProlog(text: string): string {
  let at = 0;
  for (;;) {
    const open = text.indexOf("<", at);
    if (open < 0) return "";
    const isComment = text.startsWith("<!--", open);
    if (!isComment && !text.startsWith("<?", open) && !text.startsWith("<!", open)) return text.slice(open);
    const close = text.indexOf(isComment ? "-->" : ">", open);
    if (close < 0) return "";
    at = close + 1;
  }
}

/** Whether one of an entry's links is the article's address, both in the form in which addresses are watched. */
export function linksTo(url: string): (link: string) => boolean {
  const wanted = canonicalWatchUrl(url);
  return (link) => {
    if (!wanted.ok || !URL.canParse(link.trim(), url)) return false;
    const found = canonicalWatchUrl(new URL(link.trim(), url).href);
    return found.ok && found.url === wanted.url;
  };
}

/** The words of a text that may be HTML: feeds escape their titles once or twice. */
export function wordsOf(text: string): string {
  if (!/[<&]/.test(text)) return canonicalText(text);
  const tree = parseGuarded([text]);
  if (tree.kind === "over") return canonicalText(text);
  return canonicalText(textIn(tree.root));
}

/** Plain text as HTML: empty lines part its paragraphs. */
export const escaped = (text: string): string =>
  text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join("");

/** The entry's claims in the shape in which a page's are weighed. */
export function metadataOfEntry(url: string, entry: FeedEntry): Metadata {
  const claims = (value: string | null): Claim[] => (value ? [{ from: "feed", value }] : []);
  const understood = (value: string | null, meaning: (text: string) => string | null) =>
    claims(value && meaning(value));
  return {
    canonicalUrl: claims(url),
    base: url,
    headline: claims(entry.headline && wordsOf(entry.headline)),
    title: null,
    authors: [{ from: "feed", names: entry.authors }],
    published: understood(entry.published, claimedInstant),
    modified: understood(entry.modified, claimedInstant),
    language: understood(entry.language, languageTag),
    section: [],
    siteName: claims(entry.feedTitle && wordsOf(entry.feedTitle)),
    siteNames: [],
    leadImage: [],
    descriptions: entry.summary === null ? [] : [wordsOf(entry.summary)],
    free: true,
    lockedParts: [],
    body: null,
    updates: null,
  };
}
