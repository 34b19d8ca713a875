import { canonicalText, folded } from "./canonical.ts";
import { claimedInstant } from "./dates.ts";
import { claimedArticle } from "./json-ld.ts";
import { absolute } from "./outline.ts";
import { roleOf } from "./roles.ts";
import type { Survey } from "./survey.ts";
import { type Element, textOf } from "./tree.ts";
import { withoutBylineLead } from "./words/byline.ts";

/** What the page claims about its article, sources weighed. */
export interface Metadata {
  readonly canonicalUrl: string | null;
  readonly headline: string | null;
  /** The heading of the page that shows the headline. */
  readonly headlineElement: Element | null;
  readonly byline: string | null;
  readonly published: string | null;
  readonly modified: string | null;
  readonly declaredLanguage: string | null;
  readonly siteName: string | null;
  readonly leadImage: string | null;
  /** Descriptions that may be shown as a standfirst; only a page that shows one has it. */
  readonly descriptions: readonly string[];
}

const AUTHOR_KEYS = [
  "author",
  "parsely-author",
  "sailthru.author",
  "byl",
  "dc.creator",
  "dcterms.creator",
  "article:author",
  "og:article:author",
  "cxenseparse:author",
];
const PUBLISHED_KEYS = [
  "article:published_time",
  "og:article:published_time",
  "og:published_time",
  "parsely-pub-date",
  "sailthru.date",
  "datepublished",
  "date",
  "dc.date",
  "dc.date.issued",
  "dcterms.date",
  "dcterms.created",
  "pubdate",
  "publishdate",
  "publish-date",
  "cxenseparse:recs:publishtime",
];
const MODIFIED_KEYS = [
  "article:modified_time",
  "og:article:modified_time",
  "og:updated_time",
  "datemodified",
  "dcterms.modified",
  "lastmod",
  "last-modified",
  "revised",
];
const TITLE_SEPARATOR = /\s+[|\-–—»«·•:›/]+\s+|\s*[|｜»]\s*|:\s+|\s+::\s+/;

export function metadataOf(survey: Survey, url: string): Metadata {
  const { meta } = survey;
  const claim = claimedArticle(survey.jsonLd);
  const first = (...values: (string | null | undefined)[]): string | null => {
    for (const value of values) {
      const text = value ? canonicalText(value) : "";
      if (text !== "") return text;
    }
    return null;
  };
  const base = survey.base && URL.canParse(survey.base, url) ? new URL(survey.base, url).href : url;
  const link = (...values: (string | null | undefined)[]): string | null => {
    const value = first(...values);
    return value === null ? null : absolute(value, base);
  };
  const siteName = first(meta.get("og:site_name"), meta.get("application-name"), claim?.publisher);
  const claimed = [claim?.headline, meta.get("og:title"), meta.get("twitter:title")]
    .map((text) => first(text))
    .filter((text) => text !== null);
  const { headline, element } = headlineOf(survey, claimed, siteName);
  return {
    canonicalUrl: link(survey.canonical, meta.get("og:url")),
    headline,
    headlineElement: element,
    byline: bylineOf(survey, claim?.authors ?? []),
    published: firstInstant([
      claim?.published,
      ...PUBLISHED_KEYS.map((key) => meta.get(key)),
      ...timesOf(survey, /^date(?:published|created)$/),
      ...timesOf(survey, /^$/),
    ]),
    modified: firstInstant([
      claim?.modified,
      ...MODIFIED_KEYS.map((key) => meta.get(key)),
      ...timesOf(survey, /^datemodified$/),
    ]),
    declaredLanguage: languageTag(
      first(
        survey.htmlLanguage,
        claim?.language,
        meta.get("og:locale"),
        meta.get("content-language"),
        meta.get("language"),
      ),
    ),
    siteName,
    leadImage: link(meta.get("og:image"), meta.get("og:image:url"), meta.get("twitter:image"), claim?.image),
    descriptions: [
      claim?.description,
      claim?.alternativeHeadline,
      meta.get("og:description"),
      meta.get("description"),
      meta.get("twitter:description"),
    ]
      .map((text) => first(text))
      .filter((text) => text !== null),
  };
}

/**
 * The headline is what the page shows its readers: the heading that agrees with what the page claims elsewhere. Where no
 * heading agrees, the only `<h1>` outside the site's own header; then the claims; then the title without the site's name.
 */
function headlineOf(
  { headings, title }: Survey,
  claimed: readonly string[],
  siteName: string | null,
): { headline: string | null; element: Element | null } {
  const shown = headings
    .map(({ element, level }) => ({ element, level, text: canonicalText(textOf(element)) }))
    .filter(({ text }) => text !== "" && text.length < 500);
  const pageTitle = title === null ? "" : canonicalText(title);
  const claims = [
    ...claimed,
    ...(pageTitle === "" ? [] : [pageTitle, ...pageTitle.split(TITLE_SEPARATOR).filter((part) => part.length > 12)]),
  ]
    .map(folded)
    .filter((claim) => claim !== "");
  const site = siteName === null ? "" : folded(siteName);
  for (const claim of claims) {
    if (claim === site) continue;
    const [match] = shown.filter(({ text }) => folded(text) === claim).sort((a, b) => a.level - b.level);
    if (match) return { headline: match.text, element: match.element };
  }
  const first = shown.filter(
    ({ level, element, text }) => level === 1 && folded(text) !== site && !inSiteHeader(element),
  );
  const near =
    first.find(({ text }) => claims.some((claim) => akin(folded(text), claim))) ??
    (first.length === 1 ? first[0] : undefined);
  if (near) return { headline: near.text, element: near.element };
  const second = shown.find(({ level, text }) => level === 2 && claims.some((claim) => akin(folded(text), claim)));
  if (second) return { headline: second.text, element: second.element };
  const [claim] = claimed;
  return { headline: claim ?? withoutSite(pageTitle, site), element: null };
}

function inSiteHeader(element: Element): boolean {
  for (let at = element.parent; at && "name" in at; at = at.parent) {
    if (at.name === "article" || at.name === "main") return false;
    if (at.name === "nav" || at.name === "footer" || at.name === "aside" || roleOf(at as Element) === "navigation")
      return true;
  }
  return false;
}

/** Two headlines of one story: most of the shorter one's words are in the other. */
function akin(a: string, b: string): boolean {
  const [left, right] = [new Set(a.split(" ")), new Set(b.split(" "))];
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared >= 3 && shared >= 0.6 * Math.min(left.size, right.size);
}

function withoutSite(title: string, site: string): string | null {
  if (title === "") return null;
  const parts = title.split(TITLE_SEPARATOR);
  if (site === "" || parts.length < 2) return title;
  if (folded(parts.at(-1) ?? "") === site)
    return title.slice(0, title.lastIndexOf(parts.at(-1)!)).replace(/[\s|\-–—»«·•:›/｜]+$/, "") || title;
  if (folded(parts[0] ?? "") === site)
    return title.slice(parts[0]!.length).replace(/^[\s|\-–—»«·•:›/｜]+/, "") || title;
  return title;
}

function bylineOf({ meta, authors }: Survey, claimed: readonly string[]): string | null {
  const names = [...new Set(claimed.map(cleanByline).filter((name) => name !== ""))];
  if (names.length > 0) return names.join(", ");
  for (const key of AUTHOR_KEYS) {
    const name = cleanByline(meta.get(key) ?? "");
    if (name !== "") return name;
  }
  for (const sign of ["itemprop", "rel", "class"] as const) {
    for (const { element, by } of authors) {
      const name = by === sign ? cleanByline(textOf(element)) : "";
      if (name !== "" && name.length < 150) return name;
    }
  }
  return null;
}

function cleanByline(text: string): string {
  const name = withoutBylineLead(canonicalText(text));
  return /^https?:\/\//.test(name) || name.length > 300 ? "" : name;
}

function timesOf({ times }: Survey, property: RegExp): string[] {
  return times.filter((time) => property.test(time.property)).map(({ value }) => value);
}

function firstInstant(values: readonly (string | null | undefined)[]): string | null {
  for (const value of values) {
    const instant = value ? claimedInstant(value) : null;
    if (instant) return instant;
  }
  return null;
}

/** `en_GB` and `EN-gb` are `en-GB`; what is no tag at all is null. */
export function languageTag(claim: string | null): string | null {
  const tag = claim?.split(",")[0]?.trim().replace(/_/g, "-");
  if (!tag) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}
