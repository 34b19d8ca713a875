import { type Article, type Block, type Charset, type Claim, comparedBlocks, type Field } from "../domain/article.ts";
import { type FeedReading, feedKind, metadataOfEntry, SUMMARY_ALONE } from "./feed/feed.ts";
import { jsonFeedReading } from "./feed/json-feed.ts";
import { xmlFeedReading } from "./feed/xml-feed.ts";
import { bylinesOf } from "./fields/byline.ts";
import { fieldsOf } from "./fields/fields.ts";
import { type Headline, headlineOf } from "./fields/headline.ts";
import { detectedLanguage } from "./fields/language.ts";
import { type Metadata, metadataOf } from "./fields/metadata.ts";
import { takeStandfirst } from "./fields/standfirst.ts";
import { canonicalText } from "./page/canonical.ts";
import { decode, textOf } from "./page/decode.ts";
import { PAGE_LIMITS, parseGuarded, type Tree } from "./page/guard.ts";
import { type Outline, outlineOf } from "./page/outline.ts";
import { MOST_PLAIN_CHARS, paragraphsOf, plainTextBlocks } from "./page/plain-text.ts";
import { surveyOf } from "./page/survey.ts";
import type { Document } from "./page/tree.ts";
import { type RuledFields, type RuledValue, ruledMetadata } from "./rules/ruled-fields.ts";
import { layUpon, type RuleReport, reportOf, silenceFields } from "./rules/ruled-page.ts";
import type { SourceRule } from "./rules/source-rule.ts";
import { blocksOf } from "./story/blocks.ts";
import { type Body, belowHeadline, bodyOf } from "./story/body.ts";
import { type Choice, choiceOf } from "./story/candidates.ts";
import { claimedRuns, claimFlag, withClaimedText } from "./story/claimed-text.ts";
import { withEntries } from "./story/entries.ts";
import { withNotices } from "./story/notices.ts";
import { type Part, partsOf } from "./story/parts.ts";
import { paywallFlag } from "./story/paywall.ts";
import { fatesOf } from "./story/residue.ts";

/** Raised once in each release that can read a page differently: readings of two versions are not compared. */
export const NORMALISER_VERSION = "5";

/** One capture's body to be read. */
export interface Page {
  readonly url: string;
  /** The entity body, transfer and content codings removed. */
  readonly bytes: Uint8Array;
  /** The Content-Type header's value. */
  readonly contentType?: string;
  /** The source's rule, if it has one (`ruleFor`); the bench reads without any. */
  readonly rule?: SourceRule;
}

/** A reading, and why it is as it is. */
export interface Inspection {
  readonly article: Article;
  /** Every piece of the page in reading order and what became of it; of plain text, the article's blocks. */
  parts(): readonly Part[];
  /** Where the story was found; null where the page was no tree of elements. */
  choice(): Choice | null;
  /** The source's rule and what it found; null where there is none, or it could not be laid upon the page. */
  readonly rule: RuleReport | null;
}

/** Reads the article out of a page. The same bytes give the same article anywhere; no input makes it throw. */
export const normalise = (page: Page): Article => inspect(page).article;

/** The same reading with its reasons. */
export function inspect({ url, bytes, contentType, rule }: Page): Inspection {
  const decoded = decode(bytes, contentType);
  const { charset } = decoded;
  const idle = rule ? [IDLE_RULE] : [];
  if (isPlainText(contentType)) {
    const { paragraphs, over } = paragraphsOf(decoded);
    const flags = over === null ? idle : [`plain-text: ${over}`, ...idle];
    return asItStands(plainArticle(url, paragraphs, charset, flags));
  }
  const feed = feedKind(contentType, (chars) => textOf(decoded, chars));
  if (feed === "json") return readFeed(url, jsonFeedReading(textOf(decoded, PAGE_LIMITS.textChars + 1), url), charset);
  if (feed === "xml") return readFeed(url, xmlFeedReading(decoded.pieces(), url), charset);
  const guarded = parseGuarded(decoded.pieces());
  if (guarded.kind === "tree") return readPage(url, guarded, charset, rule);
  const flags = [`plain-text: ${guarded.reason}`, ...idle];
  return asItStands(plainArticle(url, plainTextBlocks(textOf(decoded, MOST_PLAIN_CHARS)), charset, flags));
}

/** The article of a feed's entry, read as the page would be that shows nothing else. Rules are of pages. */
function readFeed(url: string, reading: FeedReading, charset: Charset): Inspection {
  if (reading.kind === "none") return asItStands(plainArticle(url, [], charset, [reading.flag]));
  const { entry } = reading;
  const html = entry.content ?? entry.summary ?? "";
  const flags = entry.content === null ? [SUMMARY_ALONE] : [];
  const guarded = parseGuarded([html]);
  if (guarded.kind === "over")
    return asItStands(plainArticle(url, plainTextBlocks(html), charset, [`plain-text: ${guarded.reason}`, ...flags]));
  const { article, ...reasons } = readPage(url, guarded, charset, undefined, metadataOfEntry(url, entry));
  return { ...reasons, article: { ...article, flags: [...article.flags, ...flags] } };
}

const IDLE_RULE = "rule: the page is read as plain text, in which no selector finds anything";

const asItStands = (article: Article): Inspection => ({
  article,
  parts: () => article.blocks.map(({ kind, text }) => ({ kind, text, kept: "text", why: null, element: "" })),
  choice: () => null,
  rule: null,
});

/** The compared blocks as one text, parted by empty lines; the headline is not in it. */
export const articleText = (article: Article): string =>
  comparedBlocks(article)
    .map((block) => block.text)
    .join("\n\n");

function readPage(
  url: string,
  { root, claiming }: Tree,
  charset: Charset,
  rule: SourceRule | undefined,
  claims: Metadata = metadataOf(surveyOf(claiming), url),
): Inspection {
  const under = rule ? layUpon(root, rule) : null;
  const metadata = under ? ruledMetadata(claims, under.fields) : claims;
  const { outline, story: general } = under ?? generally(root);
  const claimed = under ? null : claimedRuns(metadata.body); // a rule leaves out what it likes
  const found = withClaimedText(outline, general, claimed);
  const headlineIn = (body: Body) => under?.headline ?? headlineOf(outline, body, metadata, url);
  const story = withEntries(outline, found, metadata.updates, (body) => headlineIn(body).at);
  const headline = headlineIn(story);
  const body = withNotices(outline, belowHeadline(outline, story, headline.at));
  const fates = fatesOf(outline, body, headline.claim?.value ?? null, url);
  if (under) silenceFields(fates, body, under.fields);
  const ruledStandfirst = under?.fields.values.get("standfirst");
  const standfirst = ruledStandfirst
    ? ruledStandfirst.claim
    : takeStandfirst(outline, body, fates, metadata, headline.at);
  const blocks = blocksOf(outline, body, fates, metadata.base);
  const article: Article = {
    url,
    ...fieldsOf(metadata, {
      headline: headline.claim,
      headlines: headline.claims ?? metadata.headline,
      standfirst,
      bylines: ruledFirst(under?.fields.values.get("byline"), bylinesOf(outline, body, headline.at, metadata)),
      language: () => languageOf(blocks),
    }),
    blocks,
    charset,
    flags: [paywallFlag(root, metadata, blocks), claimFlag(claimed, blocks), ...(under?.flags ?? [])].filter(
      (flag) => flag !== null,
    ),
    normaliser: under?.identity ? `${NORMALISER_VERSION}+rule:${under.identity}` : NORMALISER_VERSION,
  };
  return {
    article,
    parts: () => partsOf(outline, body, fates, shownFields(headline, under?.fields)),
    choice: () => choiceOf(outline, body),
    rule: under && reportOf(under),
  };
}

/** Which pieces show a field. */
function shownFields({ at }: Headline, ruled: RuledFields | undefined): ReadonlyMap<number, Field> {
  const values = [...(ruled?.values ?? [])].flatMap(([field, { shownAt }]) =>
    shownAt.map((piece) => [piece, field] as const),
  );
  return new Map<number, Field>([[at, "headline"], ...values]);
}

function generally(root: Document): { readonly outline: Outline; readonly story: Body } {
  const outline = outlineOf(root);
  return { outline, story: bodyOf(outline) };
}

/** What a rule reads, and the page's own claims behind it; none where the rule says that the page has none. */
const ruledFirst = (ruled: RuledValue | undefined, claims: readonly Claim[]): readonly Claim[] =>
  ruled === undefined ? claims : ruled.claim === null ? [] : [ruled.claim, ...claims];

const languageOf = (blocks: readonly Block[]): string | null =>
  detectedLanguage(blocks.map((block) => block.text).join("\n"));

const isPlainText = (contentType: string | undefined): boolean => /^\s*text\/plain\b/i.test(contentType ?? "");

function plainArticle(url: string, paragraphs: readonly string[], charset: Charset, flags: readonly string[]): Article {
  const blocks: Block[] = paragraphs
    .map((paragraph) => canonicalText(paragraph))
    .filter((text) => text !== "")
    .map((text) => ({ kind: "paragraph", text }));
  return {
    url,
    canonicalUrl: null,
    headline: null,
    standfirst: null,
    byline: null,
    published: null,
    modified: null,
    language: languageOf(blocks),
    siteName: null,
    leadImage: null,
    blocks,
    charset,
    flags,
    normaliser: NORMALISER_VERSION,
  };
}
