import { canonicalText } from "./canonical.ts";
import { claimedInstant } from "./dates.ts";
import { claimedArticle } from "./json-ld.ts";
import { absolute } from "./links.ts";
import { AUTHOR_SIGNS, type Survey } from "./survey.ts";
import { withoutBylineLead } from "./words/byline.ts";

/** What the page claims about its article, sources weighed. */
export interface Metadata {
  readonly canonicalUrl: string | null;
  /** Headlines that the page claims, the best source first. */
  readonly headlines: readonly string[];
  /** Content of `<title>`. */
  readonly title: string | null;
  readonly byline: string | null;
  readonly published: string | null;
  readonly modified: string | null;
  readonly declaredLanguage: string | null;
  readonly siteName: string | null;
  readonly leadImage: string | null;
  /** Descriptions that may be shown as a standfirst; only a page that shows one has it. */
  readonly descriptions: readonly string[];
  /** False where the page says that not everybody may read all of it, and the selectors of the parts it means. */
  readonly free: boolean;
  readonly lockedParts: readonly string[];
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

/** Of any claim; longer ones are no headlines, names or addresses. */
const MOST_CHARS = 5_000;

export function metadataOf(survey: Survey, url: string): Metadata {
  const { meta } = survey;
  const claim = claimedArticle(survey.jsonLd);
  const first = (...values: (string | null | undefined)[]): string | null => {
    for (const value of values) {
      const text = value ? canonicalText(value.slice(0, MOST_CHARS)) : "";
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
  const texts = (values: readonly (string | null | undefined)[]): string[] =>
    values.map((value) => first(value)).filter((text) => text !== null);
  return {
    canonicalUrl: link(survey.canonical, meta.get("og:url")),
    headlines: texts([claim?.headline, meta.get("og:title"), meta.get("twitter:title")]),
    title: first(survey.title),
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
    free: (claim?.free ?? true) && meta.get("article:content_tier")?.trim().toLowerCase() !== "locked",
    lockedParts: claim?.lockedParts ?? [],
    descriptions: texts([
      claim?.description,
      claim?.alternativeHeadline,
      meta.get("og:description"),
      meta.get("description"),
      meta.get("twitter:description"),
    ]),
  };
}

function bylineOf({ meta, authorsBy }: Survey, claimed: readonly string[]): string | null {
  const names = [...new Set(claimed.map(cleanByline).filter((name) => name !== ""))];
  if (names.length > 0) return names.join(", ");
  for (const key of AUTHOR_KEYS) {
    const name = cleanByline((meta.get(key) ?? "").slice(0, MOST_CHARS));
    if (name !== "") return name;
  }
  for (const sign of AUTHOR_SIGNS) {
    for (const text of authorsBy(sign)) {
      const name = cleanByline(text.slice(0, 500));
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
