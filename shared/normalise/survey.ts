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

/** Elements read of one kind; a page has a few that name an author, a list of comments thousands. */
const MOST_OF_A_KIND = 50;

/** @param claiming - the elements that may claim something, in reading order, as the guard gathered them */
export function surveyOf($: CheerioAPI, claiming: readonly Element[]): Survey {
  const those = (where: (element: Element) => boolean) => $(claiming.filter(where));
  const named = (name: string) => those((element) => element.name === name);
  const textsOf = (elements: Cheerio<Element>) =>
    elements
      .slice(0, MOST_OF_A_KIND)
      .toArray()
      .map((element) => $(element).text());
  const page = named("html");
  return {
    meta: metaOf(named("meta")),
    jsonLd: textsOf(named("script").filter((_, { attribs }) => /ld\+json/i.test(attribs.type ?? ""))),
    htmlLanguage: page.attr("lang") ?? page.attr("xml:lang") ?? null,
    title: named("title").not("svg title").first().text() || null,
    canonical:
      those(({ name, attribs }) => name === "link" && /\bcanonical\b/i.test(attribs.rel ?? "")).attr("href") ?? null,
    base: those(({ name, attribs }) => name === "base" && attribs.href !== undefined).attr("href") ?? null,
    times: claiming.filter(isTime).map(({ name, attribs }) => ({
      property: (attribs.itemprop ?? "").toLowerCase(),
      value: attribs.content ?? attribs.datetime ?? (name === "abbr" ? attribs.title : undefined) ?? "",
    })),
    authorsBy(sign) {
      if (sign === "itemprop") return textsOf(those(({ attribs }) => attribs.itemprop?.toLowerCase() === "author"));
      if (sign === "rel") return textsOf(those(({ attribs }) => /\bauthor\b/.test(attribs.rel ?? "")));
      return textsOf(($("[class]") as Cheerio<Element>).filter((_, element) => roleOf(element) === "author"));
    },
  };
}

const isTime = ({ name, attribs: { itemprop, class: names } }: Element): boolean =>
  name === "time" ||
  (itemprop !== undefined && /^date(?:published|modified|created)$/i.test(itemprop)) ||
  (name === "abbr" && /\b(?:published|updated)\b/.test(names ?? ""));

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
