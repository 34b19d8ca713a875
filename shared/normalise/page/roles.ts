import { shortText } from "./inline.ts";
import { type Element, isElement, parentOf } from "./tree.ts";

/**
 * What a region of a page is for, where it is not the story. Told by its element, its ARIA role and the words in its
 * class and id; never by what its text looks like.
 */
export type Role =
  | "navigation"
  | "sidebar"
  | "footer"
  | "comments"
  | "share"
  | "related"
  | "promotion"
  | "dialog"
  | "author"
  | "date"
  | "meta"
  | "tags"
  | "counter"
  | "caption"
  | "player"
  | "form"
  | "legal"
  | "hidden";

/** What a source's rule says of an element that it names. */
export type Said = "taken" | "dropped";
export const DROPPED = "dropped by the rule";
export const NOT_TAKEN = "not taken by the rule";
/** What a piece is to the story: the role of its region, or what a rule makes of it. */
export type Standing = Role | typeof DROPPED | typeof NOT_TAKEN;

const WORDS: Readonly<Record<Role, string>> = {
  navigation:
    "nav navbar navigation menu submenu breadcrumb breadcrumbs crumbs pagination pager paging paginator toolbar masthead topbar skip skiplink sitemap prevnext",
  sidebar: "sidebar sidebars rail siderail rightrail aside gadget",
  footer: "footer foot colophon",
  comments: "comment comments commentlist disqus respond livefyre replies discussion discuss talkback viafoura",
  share:
    "share shares sharing sharebar sharethis sharedaddy social socials addthis addtoany sociable socialmedia bookmark bookmarks follow tweet facebook twitter whatsapp pinterest",
  related:
    "related relateds relatedposts relatedpost relatedarticles relatedarticle relatedcontent relatedlinks relatednews relatedstories relatedtopics recommended recommendation recommendations recommend recirc recirculation trending popular mostread mostpopular morefrom morestories readmore readalso seealso upnext outbrain taboola zergnet teaser teasers similar suggested latest carousel moreon",
  promotion:
    "ad ads adsbygoogle advert adverts advertisement advertising advertorial adslot adsense dfp sponsor sponsors sponsored promo promos promotion promoted newsletter newsletters subscribe subscription signup optin donate donation banner banners cta",
  dialog:
    "popup modal overlay lightbox cookie cookies consent gdpr privacy cookiebar cookiebanner cookieconsent cookielaw",
  author: "author authors byline bylines bio vcard contributor contributors authorbox writer",
  date: "date dates time datetime timestamp dateline published pubdate posted updated",
  meta: "meta metadata postmeta info infos details kicker eyebrow overline readtime readingtime tools utility utilities actions print printer email",
  tags: "tag tags taglist categories category keywords topics topic labels hashtags",
  counter: "counter counters count pageviews hits likes votes rating ratings",
  caption: "caption captions credit credits cutline photocredit copyright imagecaption legend",
  player: "videoplayer audioplayer jwplayer transcript closedcaption closedcaptions",
  form: "form login signin register captcha",
  legal: "disclaimer copyright copyrights legal imprint",
  hidden: "hidden screenreader visuallyhidden sronly noprint offscreen",
};

const ROLE_OF_WORD: ReadonlyMap<string, Role> = new Map(
  (Object.entries(WORDS) as [Role, string][]).flatMap(([role, words]) =>
    words.split(" ").map((word) => [word, role] as const),
  ),
);
/** Names that mean something only as a whole: parts of them are the common coin of page builders. */
const ROLE_OF_NAME: ReadonlyMap<string, Role> = new Map([
  ["widget", "sidebar"],
  ["widgets", "sidebar"],
  ["widget-area", "sidebar"],
  // parts of it are how Drupal names its lists
  ["views", "counter"],
  // by which search engines were asked to leave out what is no content of the page
  ["robots-nocontent", "hidden"],
]);
/** Pairs of words that mean something only together. */
const ROLE_OF_PAIR: ReadonlyMap<string, Role> = new Map([
  ["screen-reader", "hidden"],
  ["sr-only", "hidden"],
  ["visually-hidden", "hidden"],
  ["read-more", "related"],
  ["read-also", "related"],
  ["read-next", "related"],
  ["see-also", "related"],
  ["most-read", "related"],
  ["most-popular", "related"],
  ["more-from", "related"],
  ["more-stories", "related"],
  ["more-on", "related"],
  ["up-next", "related"],
  ["also-read", "related"],
  ["next-article", "related"],
  ["next-post", "related"],
  ["next-story", "related"],
  ["prev-post", "related"],
  ["previous-post", "related"],
  ["next-prev", "navigation"],
  ["prev-next", "navigation"],
  ["sign-up", "promotion"],
  ["call-to", "promotion"],
  // a player alone may be one of a team
  ["video-player", "player"],
  ["audio-player", "player"],
  ["media-player", "player"],
  ["read-time", "meta"],
  ["reading-time", "meta"],
  ["post-views", "counter"],
  ["page-views", "counter"],
  ["views-count", "counter"],
  ["views-counter", "counter"],
]);
const ROLE_OF_TAG: ReadonlyMap<string, Role> = new Map([
  ["nav", "navigation"],
  ["menu", "navigation"],
  ["aside", "sidebar"],
  ["footer", "footer"],
  ["form", "form"],
  ["fieldset", "form"],
  ["dialog", "dialog"],
  ["figcaption", "caption"],
  ["figure", "caption"],
  ["time", "date"],
]);
const ROLE_OF_ARIA: ReadonlyMap<string, Role> = new Map([
  ["navigation", "navigation"],
  ["complementary", "sidebar"],
  ["contentinfo", "footer"],
  ["search", "form"],
  ["dialog", "dialog"],
  ["alertdialog", "dialog"],
  ["menu", "navigation"],
  ["menubar", "navigation"],
  ["toolbar", "share"],
]);
const ROLE_OF_PROPERTY: ReadonlyMap<string, Role> = new Map([
  ["author", "author"],
  ["datepublished", "date"],
  ["datemodified", "date"],
  ["datecreated", "date"],
  ["keywords", "tags"],
  ["caption", "caption"],
  ["comment", "comments"],
  ["interactioncount", "counter"],
  ["commentcount", "counter"],
]);
const MEDIA = /schema\.org\/(?:Video|Audio|Media)Object$/i;
/** Elements that hold whole pages or stories; their class names speak of the page, not of a role. */
const FRAMES: ReadonlySet<string> = new Set(["html", "body", "main", "article", "blockquote", "pre"]);
const UNSEEN = /display\s*:\s*none|visibility\s*:\s*hidden/i;
const WORD = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g;

const NEGATING: ReadonlySet<string> = new Set(["no", "has", "with", "without", "not", "is"]);

/** Names of what is hidden of an element: its label, what flows over. */
const PART = /^(?:label|overflow)$/;
// what is hidden at some widths is shown at the others
const WIDTH = /^(?:xs|sm|md|lg|xl|phone|tablet|desktop|print|mobile|small|medium|large)$/;
const SHOWN_AT_SOME_WIDTH = /(?:^|\s)(?:sm|md|lg|xl|2xl):(?:block|flex|grid|inline|table|contents)/;

const known = new Map<string, Role | null>();
const MOST_KNOWN = 20_000;
const MOST_NAME_CHARS = 250;

/** The role of an element, or null where it has none of its own. */
export function roleOf(element: Element): Role | null {
  const structural = roleOfStructure(element);
  if (structural) return structural;
  if (FRAMES.has(element.name)) return null;
  const { class: classes = "", id = "" } = element.attribs;
  const byClass = classes === "" ? null : roleOfNames(classes.slice(0, MOST_NAME_CHARS));
  if (byClass || id === "" || isNamedByWords(element)) return byClass;
  const byId = roleOfNames(id.slice(0, MOST_NAME_CHARS));
  return byId && isNamedByHeading(element) && hasSectionsBeside(element) ? null : byId;
}

/**
 * Whether generators (Markdown, Hugo, Jekyll) make an element's id of its own words: it says what they say, not what they are.
 * A heading's may be of its words before an edit; one that shares none of them is no such id, the headline's aside.
 */
function isNamedByWords(element: Element): boolean {
  if (NAMED_BY_WORDS.has(element.name)) return true;
  if (!HEADING.test(element.name)) return false;
  const text = slugOf(shortText(element, MOST_NAME_CHARS) ?? "");
  return (idOf(element).match(WORD) ?? []).some((word) => word.length > 2 && text.includes(word.toLowerCase()));
}

const NAMED_BY_WORDS: ReadonlySet<string> = new Set(["h1", "p", "li", "dt", "dd"]);

/**
 * Whether a section's id is made of its heading, as Sphinx, Pandoc and docutils make it. Of one section alone that tells
 * nothing, readers' comments are called and headed so as well: sections beside it must be named the same way that have no role by it.
 */
function hasSectionsBeside(section: Element): boolean {
  for (const way of ["prev", "next"] as const) {
    let beside = section[way];
    for (let seen = 0; beside && seen < MOST_BESIDE; seen += 1, beside = beside[way])
      if (isElement(beside) && beside.name === section.name && isNamedByHeading(beside) && !roleOfNames(idOf(beside)))
        return true;
  }
  return false;
}

/** Nodes on either side that are looked at. */
const MOST_BESIDE = 12;
const idOf = ({ attribs: { id = "" } }: Element): string => id.slice(0, MOST_NAME_CHARS);

function isNamedByHeading(section: Element): boolean {
  const heading = section.children.find(isElement);
  if (!heading || !HEADING.test(heading.name)) return false;
  const slug = slugOf(idOf(section).replace(/-?\d+$/, ""));
  return slug !== "" && slugOf(shortText(heading, MOST_NAME_CHARS) ?? "").startsWith(slug);
}

const HEADING = /^h[1-6]$/;
const slugOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** The role that an element's name, attributes and ARIA role give it, its class and id left aside. */
export function roleOfStructure(element: Element): Role | null {
  const { name, attribs } = element;
  // the footer of a quotation says whose it is
  const byTag = name === "footer" && parentOf(element)?.name === "blockquote" ? undefined : ROLE_OF_TAG.get(name);
  if (byTag) return byTag;
  const { style, role, itemprop, itemtype, rel } = attribs;
  if ("hidden" in attribs || (style !== undefined && UNSEEN.test(style))) return "hidden";
  const aria = role === undefined ? undefined : ROLE_OF_ARIA.get(role);
  if (aria) return aria;
  const property = itemprop === undefined ? undefined : ROLE_OF_PROPERTY.get(itemprop.toLowerCase());
  if (property) return property;
  if (itemtype !== undefined && MEDIA.test(itemtype)) return "player";
  return rel === "tag" ? "tags" : rel === "author" ? "author" : null;
}

/** A pure function of the names; what it found is remembered because pages repeat a few hundred of them. */
function roleOfNames(names: string): Role | null {
  const remembered = known.get(names);
  if (remembered !== undefined) return remembered;
  const role = readNames(names);
  if (known.size > MOST_KNOWN) known.clear();
  known.set(copied(names), role);
  return role;
}

/** The same text of its own: a part of a page's text keeps the whole piece that it was cut from in memory. */
const copied = (text: string): string => ` ${text}`.slice(1);

function readNames(names: string): Role | null {
  for (const name of names.split(/\s+/)) {
    const whole = ROLE_OF_NAME.get(name);
    if (whole) return whole;
    const words = (name.match(WORD) ?? []).map((word) => word.toLowerCase());
    for (const [at, word] of words.entries()) {
      if (NEGATING.has(words[at - 1] ?? "")) continue;
      if (word === "hidden" && !hidesAll(names, words[at - 1] ?? "", words[at + 1] ?? "")) continue;
      const role = ROLE_OF_PAIR.get(`${word}-${words[at + 1] ?? ""}`) ?? ROLE_OF_WORD.get(word);
      if (role) return role;
    }
  }
  return null;
}

/** Whether the word "hidden" between two others means the whole element, at all widths. */
const hidesAll = (names: string, before: string, after: string): boolean =>
  !PART.test(before) && !PART.test(after) && !WIDTH.test(after) && !SHOWN_AT_SOME_WIDTH.test(names);
