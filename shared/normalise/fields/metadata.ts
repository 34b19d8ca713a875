import type { Claim } from "../../domain/article.ts";
import { canonicalText } from "../page/canonical.ts";
import { absolute } from "../page/links.ts";
import type { Survey } from "../page/survey.ts";
import { claimedInstant } from "./dates.ts";
import { describedIn } from "./json-ld.ts";
import { languageTag } from "./language.ts";
import { unescaped } from "./unescaped.ts";

/** What one source says of the authors. */
export interface Authors {
  readonly from: string;
  readonly names: readonly string[];
}

/** What the page claims about its article: of each field all claims, the best source first. */
export interface Metadata {
  readonly canonicalUrl: readonly Claim[];
  /** What references on the page are relative to. */
  readonly base: string;
  readonly headline: readonly Claim[];
  /** Content of `<title>`. */
  readonly title: string | null;
  /** Texts that name authors, one or several each. */
  readonly authors: readonly Authors[];
  readonly published: readonly Claim[];
  readonly modified: readonly Claim[];
  readonly language: readonly Claim[];
  readonly section: readonly Claim[];
  readonly siteName: readonly Claim[];
  /** What else the site is called: in JSON-LD, in the titles of its feeds. */
  readonly siteNames: readonly string[];
  readonly leadImage: readonly Claim[];
  /** Descriptions that may be shown as a standfirst; only a page that shows one has it. */
  readonly descriptions: readonly string[];
  /** False where the page says that not everybody may read all of it, and the selectors of the parts it means. */
  readonly free: boolean;
  readonly lockedParts: readonly string[];
  /** The article's text in JSON-LD, unescaped; markup may be in it. */
  readonly body: string | null;
  /** Of a live blog: what the page calls its updates; null where it does not say that it is one. */
  readonly updates: readonly string[] | null;
}

/** Names of `<meta>` by the field they speak of, the best first. */
const META = {
  canonicalUrl: ["og:url"],
  headline: ["og:title", "twitter:title"],
  authors: [
    "author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "article:author",
    "og:article:author",
    "cxenseparse:author",
  ],
  published: [
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
  ],
  modified: [
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
    "revised",
  ],
  language: ["og:locale", "content-language", "language"],
  section: ["article:section", "og:article:section", "parsely-section", "section"],
  siteName: ["og:site_name", "application-name"],
  leadImage: ["og:image", "og:image:url", "twitter:image"],
} as const satisfies Partial<Record<keyof Metadata, readonly string[]>>;

/** Of the claimed text. */
const MOST_BODY_CHARS = 200_000;
/** Of any other claim; longer ones are no headlines, names or addresses. */
const MOST_CHARS = 5_000;

export function metadataOf(survey: Survey, url: string): Metadata {
  const { article: claimed, siteNames } = describedIn(survey.jsonLd);
  const base = survey.base && URL.canParse(survey.base, url) ? new URL(survey.base, url).href : url;
  const metas = (field: keyof typeof META): Claim[] =>
    META[field].flatMap((name) => claims(`meta ${name}`, survey.meta.get(name)?.[0]));
  const properties = (name: string): Claim[] => claims("itemprop", ...(survey.properties.get(name) ?? []));
  const times = (tells: "published" | "modified"): Claim[] =>
    survey.times.filter((time) => time.tells === tells).flatMap(({ from, value }) => claims(from, value));
  const linksIn = (list: readonly Claim[]) => understood(list, (value) => absolute(value, base));
  const { meta } = survey;
  return {
    base,
    canonicalUrl: linksIn([...claims("link canonical", survey.canonical), ...metas("canonicalUrl")]),
    headline: [...claims("json-ld", claimed?.headline), ...metas("headline")],
    title: claims("title", survey.title)[0]?.value ?? null,
    authors: [
      { from: "json-ld", names: claimed?.authors ?? [] },
      ...META.authors.map((name) => ({ from: `meta ${name}`, names: meta.get(name) ?? [] })),
      { from: "itemprop", names: survey.properties.get("author") ?? [] },
    ]
      .filter(({ names }) => names.length > 0)
      .map(({ from, names }) => ({ from, names: names.map((name) => unescaped(name.slice(0, MOST_CHARS))) })),
    published: understood(
      [...claims("json-ld", claimed?.published), ...metas("published"), ...times("published")],
      claimedInstant,
    ),
    modified: understood(
      [...claims("json-ld", claimed?.modified), ...metas("modified"), ...times("modified")],
      claimedInstant,
    ),
    language: understood(
      [...claims("html lang", survey.htmlLanguage), ...claims("json-ld", claimed?.language), ...metas("language")],
      languageTag,
    ),
    section: [...claims("json-ld", claimed?.section), ...metas("section"), ...properties("articlesection")],
    siteName: [...metas("siteName"), ...claims("json-ld", claimed?.publisher)],
    siteNames: [...siteNames, ...survey.feedTitles],
    leadImage: linksIn([...metas("leadImage"), ...claims("json-ld", claimed?.image)]),
    free: (claimed?.free ?? true) && meta.get("article:content_tier")?.[0]?.trim().toLowerCase() !== "locked",
    lockedParts: claimed?.lockedParts ?? [],
    body: claimed?.body ? unescaped(claimed.body.slice(0, MOST_BODY_CHARS)) : null,
    updates: claimed?.updates ?? null,
    descriptions: [
      ...claims("json-ld", claimed?.description, claimed?.alternativeHeadline),
      ...["og:description", "description", "twitter:description"].flatMap((name) =>
        claims(`meta ${name}`, meta.get(name)?.[0]),
      ),
    ].map(({ value }) => value),
  };
}

/** What one source says, canonical; what says nothing is no claim. */
function claims(from: string, ...values: (string | null | undefined)[]): Claim[] {
  return values
    .map((value) => ({ from, value: value ? canonicalText(unescaped(value.slice(0, MOST_CHARS))) : "" }))
    .filter(({ value }) => value !== "");
}

/** The claims that can be understood, each as it is understood. */
function understood(list: readonly Claim[], meaning: (value: string) => string | null): Claim[] {
  return list.flatMap(({ from, value }) => {
    const meant = meaning(value);
    return meant === null ? [] : [{ from, value: meant }];
  });
}
