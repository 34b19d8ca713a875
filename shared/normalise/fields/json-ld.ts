/** What a page says about its article in JSON-LD (schema.org), as far as we read it. */
export interface ClaimedArticle {
  readonly headline: string | null;
  readonly alternativeHeadline: string | null;
  readonly description: string | null;
  readonly authors: readonly string[];
  readonly published: string | null;
  readonly modified: string | null;
  readonly language: string | null;
  readonly section: string | null;
  readonly publisher: string | null;
  readonly image: string | null;
  /** False where the page says that not everybody may read all of it. */
  readonly free: boolean;
  /** Selectors of the parts that only some may read. */
  readonly lockedParts: readonly string[];
  /** All of its text, as written: escaped, with markup, cut or stale on some sites. */
  readonly body: string | null;
  /** Of a live blog: what its updates are called in its addresses (the fragment, or all of it); null of anything else. */
  readonly updates: readonly string[] | null;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Thing = { readonly [key: string]: Json };

const ARTICLE = /(?:article|posting|report|review|recipe|webpage|liveblog)$/i;
const STORY = /(?:article|posting|report|review|liveblog)$/i;
const MOST_THINGS = 2_000;

const isThing = (value: Json | undefined): value is Thing =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value as Json];
function textIn(value: Json | undefined): string | null {
  let at = value;
  for (let depth = 0; depth < 5; depth += 1) {
    const [first] = listOf(at);
    if (typeof first === "string") return first.trim() === "" ? null : first;
    if (!isThing(first)) return null;
    at = first.name ?? first.url ?? first["@value"];
  }
  return null;
}

/** What scripts describe: the article, and the names of its site. */
export interface Described {
  /** The first story among the things described, else the first page; null when there is none. */
  readonly article: ClaimedArticle | null;
  readonly siteNames: readonly string[];
}

const SITE = /(?:website|newsmediaorganization)$/i;
const MOST_SITE_NAMES = 10;

export function describedIn(scripts: readonly string[]): Described {
  const things = scripts.flatMap(thingsIn);
  const isA = (thing: Thing, pattern: RegExp) =>
    listOf(thing["@type"]).some((type) => typeof type === "string" && pattern.test(type));
  const article = things.find((thing) => isA(thing, STORY)) ?? things.find((thing) => isA(thing, ARTICLE));
  const sites = things.filter((thing) => isA(thing, SITE)).slice(0, MOST_SITE_NAMES);
  return {
    article: article ? claimedBy(article) : null,
    siteNames: sites.flatMap((site) => textIn(site.name) ?? []),
  };
}

function claimedBy(thing: Thing): ClaimedArticle {
  return {
    headline: textIn(thing.headline) ?? textIn(thing.name),
    alternativeHeadline: textIn(thing.alternativeHeadline),
    description: textIn(thing.description),
    authors: listOf(thing.author ?? thing.creator)
      .map((author) => textIn(author))
      .filter((name) => name !== null),
    published: textIn(thing.datePublished) ?? textIn(thing.dateCreated),
    modified: textIn(thing.dateModified),
    language: textIn(thing.inLanguage),
    section: textIn(thing.articleSection),
    publisher: textIn(thing.publisher),
    free: !isLocked(thing),
    lockedParts: listOf(thing.hasPart)
      .filter((part) => isThing(part) && isLocked(part))
      .flatMap((part) => listOf((part as Thing).cssSelector))
      .filter((selector) => typeof selector === "string"),
    body: textIn(thing.articleBody),
    updates: updatesOf(thing),
    image: isThing(listOf(thing.image)[0]) ? textIn((listOf(thing.image)[0] as Thing).url) : textIn(thing.image),
  };
}

function updatesOf(thing: Thing): readonly string[] | null {
  const updates = listOf(thing.liveBlogUpdate).slice(0, MOST_THINGS);
  if (updates.length === 0 && !listOf(thing["@type"]).includes("LiveBlogPosting")) return null;
  return updates
    .filter(isThing)
    .flatMap((update) => [textIn(update["@id"]), textIn(update.url), textIn(update.identifier)])
    .filter((address) => address !== null)
    .map((address) => address.slice(address.indexOf("#") + 1));
}

/** Only a plain false or a word for it: an object's own `toString` is the page's to choose. */
function isLocked(thing: Thing): boolean {
  const [free] = listOf(thing.isAccessibleForFree);
  return free === false || (typeof free === "string" && /^(?:false|no)$/i.test(free));
}

/** Every object that a script says the page is about, outermost first; lists of other pages are left aside. A script that is not JSON has none. */
function thingsIn(script: string): Thing[] {
  const things: Thing[] = [];
  let waiting: Json[] = [parsed(script)];
  while (waiting.length > 0 && things.length < MOST_THINGS) {
    const next: Json[] = [];
    for (const value of waiting) {
      if (Array.isArray(value)) for (const entry of value) next.push(entry);
      else if (isThing(value)) {
        things.push(value);
        for (const key of ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"]) {
          if (value[key] !== undefined) next.push(value[key]);
        }
      }
    }
    waiting = next.filter((value) => typeof value === "object" && value !== null);
  }
  return things;
}

function parsed(script: string): Json {
  const bare = script
    .replace(/^\s*(?:<!--|\/\/\s*<!\[CDATA\[|<!\[CDATA\[|\/\*\s*<!\[CDATA\[\s*\*\/)/, "")
    .replace(/(?:-->|\/\/\s*\]\]>|\]\]>|\/\*\s*\]\]>\s*\*\/)\s*$/, "");
  for (const attempt of [bare, bare.replace(/[\u0000-\u001f]+/g, " ").replace(/;\s*$/, "")]) {
    try {
      return JSON.parse(attempt) as Json;
    } catch {
      // publishers' scripts are often broken by raw line breaks or a stray semicolon: the second attempt mends these
    }
  }
  return null;
}
