import type { Cheerio, CheerioAPI } from "cheerio/slim";
import { roleOf } from "./roles.ts";
import type { Element } from "./tree.ts";

/** What the page's markup says about the article, as selected; who wins is decided in metadata.ts. */
export interface Survey {
  /** First content of each `<meta>` by lower-case name, property or http-equiv. */
  readonly meta: ReadonlyMap<string, string>;
  readonly jsonLd: readonly string[];
  readonly htmlLanguage: string | null;
  readonly title: string | null;
  readonly canonical: string | null;
  readonly base: string | null;
  /** Times that elements carry: `<time>`, `<abbr title>`, itemprop dates. */
  readonly times: readonly { readonly property: string; readonly value: string }[];
  /** Texts of the elements that name an author by one sign. Asked only where the page claims none in its head. */
  authorsBy(sign: AuthorSign): string[];
}

/** How an element says that it names an author, the surest first. */
export const AUTHOR_SIGNS = ["itemprop", "rel", "class"] as const;
export type AuthorSign = (typeof AUTHOR_SIGNS)[number];

/** Everything that is asked for below, in one pass over the tree: a pass costs a tenth of parsing. */
const CLAIMING = "html, title, base, link, meta, script[type], time, abbr, [itemprop], [rel]";
const TIMES =
  'time, abbr.published, abbr.updated, [itemprop="datePublished" i], [itemprop="dateModified" i], [itemprop="dateCreated" i]';
/** Elements read of one kind; a page has a few that name an author, a list of comments thousands. */
const MOST_OF_A_KIND = 50;

export function surveyOf($: CheerioAPI): Survey {
  const claiming = $(CLAIMING) as Cheerio<Element>;
  const page = claiming.filter("html");
  return {
    meta: metaOf(claiming.filter("meta")),
    jsonLd: textsOf($, claiming.filter('script[type*="ld+json" i]')),
    htmlLanguage: page.attr("lang") ?? page.attr("xml:lang") ?? null,
    title: claiming.filter("title").not("svg title").first().text() || null,
    canonical: claiming.filter('link[rel~="canonical" i]').attr("href") ?? null,
    base: claiming.filter("base[href]").attr("href") ?? null,
    times: claiming
      .filter(TIMES)
      .toArray()
      .map(({ name, attribs }) => ({
        property: (attribs.itemprop ?? "").toLowerCase(),
        value: attribs.content ?? attribs.datetime ?? (name === "abbr" ? attribs.title : undefined) ?? "",
      })),
    authorsBy(sign) {
      if (sign === "itemprop") return textsOf($, claiming.filter('[itemprop="author" i]'));
      if (sign === "rel") return textsOf($, claiming.filter('[rel~="author"]'));
      return textsOf(
        $,
        ($("[class]") as Cheerio<Element>).filter((_, element) => roleOf(element) === "author"),
      );
    },
  };
}

const textsOf = ($: CheerioAPI, elements: Cheerio<Element>): string[] =>
  elements
    .slice(0, MOST_OF_A_KIND)
    .toArray()
    .map((element) => $(element).text());

function metaOf(elements: Cheerio<Element>): ReadonlyMap<string, string> {
  const meta = new Map<string, string>();
  for (const { attribs } of elements) {
    const { content } = attribs;
    if (content === undefined || content.trim() === "") continue;
    for (const key of [attribs.name, attribs.property, attribs["http-equiv"]]) {
      const lower = key?.toLowerCase();
      if (lower !== undefined && !meta.has(lower)) meta.set(lower, content);
    }
  }
  return meta;
}
