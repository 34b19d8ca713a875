import { type Role, roleOf, roleOfStructure } from "./roles.ts";
import { selection } from "./select.ts";
import { type Element, isText, parentOf } from "./tree.ts";

/** What the page's markup says about the article, as selected; who wins is decided in metadata.ts. */
export interface Survey {
  /** Contents of the `<meta>`s by lower-case name, property or http-equiv, in reading order. */
  readonly meta: ReadonlyMap<string, readonly string[]>;
  /** Contents that no reader sees of elements with an `itemprop`, by its lower-case name. */
  readonly properties: ReadonlyMap<string, readonly string[]>;
  readonly jsonLd: readonly string[];
  readonly htmlLanguage: string | null;
  readonly title: string | null;
  readonly canonical: string | null;
  readonly base: string | null;
  /** Parts of the titles of the site's feeds ("The Courier » Feed"). */
  readonly feedTitles: readonly string[];
  /** Times that the article's elements carry, in reading order. */
  readonly times: readonly Time[];
}

/** A time that an element carries: `<time>`, `<abbr title>`, microdata. */
export interface Time {
  readonly from: "time" | "abbr" | "itemprop";
  readonly tells: "published" | "modified";
  readonly value: string;
}

/** Elements read of one kind. */
const MOST_OF_A_KIND = 50;

/** @param claiming - the elements that may claim something, in reading order, as the guard gathered them */
export function surveyOf(claiming: readonly Element[]): Survey {
  const named = (name: string) => claiming.filter((element) => element.name === name);
  const link = (name: string, rel: RegExp) =>
    claiming.find((element) => element.name === name && rel.test(element.attribs.rel ?? ""))?.attribs.href ?? null;
  const textsOf = (elements: readonly Element[]) =>
    elements.slice(0, MOST_OF_A_KIND).map((element) => selection([element]).text());
  const [page] = named("html");
  const titles = named("title").filter((element) => parentOf(element)?.name !== "svg");
  return {
    meta: contentsBy(named("meta"), ({ attribs }) => [attribs.name, attribs.property, attribs["http-equiv"]]),
    properties: contentsBy(claiming, (element) => [propertyOf(element)], isElsewhere),
    jsonLd: textsOf(named("script").filter(({ attribs }) => /ld\+json/i.test(attribs.type ?? ""))),
    htmlLanguage: page?.attribs.lang ?? page?.attribs["xml:lang"] ?? null,
    title: textsOf(titles.slice(0, 1))[0] || null,
    canonical: link("link", /\bcanonical\b/i),
    base: named("base").find(({ attribs }) => attribs.href !== undefined)?.attribs.href ?? null,
    feedTitles: named("link").filter(isFeedLink).slice(0, MOST_OF_A_KIND).flatMap(titleParts),
    times: timesOf(claiming),
  };
}

const isFeedLink = ({ attribs: { rel, type } }: Element): boolean =>
  /\balternate\b/i.test(rel ?? "") && /^application\/(?:atom|rss)\+xml/i.test(type ?? "");

function titleParts({ attribs: { title = "" } }: Element): string[] {
  return title
    .slice(0, 300)
    .split(/\s+[-–—|»:]+\s+/)
    .slice(0, 3);
}

/** Values read of one name: authors have many, a hostile page any number. */
const MOST_OF_A_NAME = 20;

function contentsBy(
  elements: readonly Element[],
  namesOf: (element: Element) => readonly (string | undefined)[],
  isLeftAside: (element: Element) => boolean = () => false,
): ReadonlyMap<string, readonly string[]> {
  const contents = new Map<string, string[]>();
  for (const element of elements) {
    const { content } = element.attribs;
    if (content === undefined || content.trim() === "") continue;
    const names = new Set(namesOf(element).filter((name) => name !== undefined));
    if (names.size === 0 || isLeftAside(element)) continue;
    for (const name of names) {
      const lower = name.toLowerCase();
      const known = contents.get(lower);
      if (!known) contents.set(lower, [content]);
      else if (known.length < MOST_OF_A_NAME) known.push(content);
    }
  }
  return contents;
}

/** The property that an element is of; the name of an author is the author. */
function propertyOf(element: Element): string | undefined {
  const { itemprop } = element.attribs;
  const thing = itemprop === "name" ? parentOf(element)?.attribs.itemprop : undefined;
  return thing === "author" ? thing : itemprop;
}

const TOLD_BY_PROPERTY: ReadonlyMap<string, Time["tells"]> = new Map([
  ["datepublished", "published"],
  ["datecreated", "published"],
  ["datemodified", "modified"],
]);

function timesOf(claiming: readonly Element[]): Time[] {
  const times: Time[] = [];
  for (const element of claiming) {
    const { name, attribs } = element;
    const told = attribs.itemprop === undefined ? undefined : TOLD_BY_PROPERTY.get(attribs.itemprop.toLowerCase());
    const names = attribs.class ?? "";
    if (!told && name !== "time" && !(name === "abbr" && /\b(?:published|updated)\b/.test(names))) continue;
    if (times.length >= MOST_OF_A_KIND) break;
    if (isElsewhere(element)) continue;
    times.push({
      from: told ? "itemprop" : name === "abbr" ? "abbr" : "time",
      tells:
        told ?? (/\b(?:updated|modified)\b/.test(names) && !/\bpublished\b/.test(names) ? "modified" : "published"),
      value: attribs.content ?? attribs.datetime ?? (name === "abbr" ? attribs.title : undefined) ?? ownText(element),
    });
  }
  return times;
}

/** Whether an element stands where other pages, or readers, have the word. Class names are believed of two roles only: whole layouts are called after their sidebars. */
function isElsewhere(element: Element): boolean {
  for (let at: Element | null = element; at && at.name !== "main"; at = parentOf(at)) {
    if (ELSEWHERE.has(roleOfStructure(at)) || ELSEWHERE_BY_NAME.has(roleOf(at))) return true;
  }
  return false;
}

const ELSEWHERE: ReadonlySet<Role | null> = new Set<Role>(["sidebar", "navigation", "footer", "comments"]);
const ELSEWHERE_BY_NAME: ReadonlySet<Role | null> = new Set<Role>(["comments", "related"]);

const ownText = ({ children: [first] }: Element): string => (isText(first) ? first.data : "");
