import { canonicalText, folded } from "../page/canonical.ts";
import { type Role, roleOf } from "../page/roles.ts";
import { type Element, following, isElement, isText, parentOf, type Text } from "../page/tree.ts";
import type { BylinePatterns } from "../words/byline.ts";

/** How an element says that it names an author. */
export type AuthorSign = "itemprop" | "rel" | "class";

/** Names that an element shows. */
export interface ShownNames {
  readonly from: AuthorSign;
  readonly names: readonly string[];
}

/** A run of text within one element, its inline formatting aside. */
interface Fragment {
  readonly element: Element;
  /** The element that marks it as a name, and how surely: the lower the surer. */
  readonly mark: Element;
  readonly rank: number;
  text: string;
}

/** Nodes and characters looked at of an element that names authors: it holds a few names. */
const MOST_NODES = 400;
const MOST_CHARS = 300;
const FORMATTING: ReadonlySet<string> = new Set("b strong i em u font small big mark abbr".split(" "));
const WITHOUT_NAMES: ReadonlySet<string> = new Set(
  "script style noscript template svg img picture button select input textarea iframe object figure".split(" "),
);
const NAME_CLASS = /(?:^|\s)(?:name|fn|p-name)(?:$|\s)|(?:author|byline|writer|autor)[_-]{0,2}name(?:$|[^a-z])/i;
/** Class words for what is told of an author besides the name. */
const BESIDE_CLASS =
  /(?:^|[^a-z])(?:bio|biography|about|desc|description|e?mail|contact|twitter|rss|archive|posts|avatar|date|time)(?:$|[^a-z])/i;

export const signOf = (element: Element): AuthorSign | null => {
  const { itemprop, rel } = element.attribs;
  if (itemprop !== undefined && /^author$/i.test(itemprop)) return "itemprop";
  if (rel !== undefined && /\bauthor\b/i.test(rel)) return "rel";
  return roleOf(element) === "author" ? "class" : null;
};

/**
 * How surely an element marks a name, the lower the surer: by microdata, as a link to its author, by a class for names, by
 * any other sign of an author.
 */
function rankOf(element: Element): number {
  const { itemprop, rel, class: names } = element.attribs;
  if (itemprop === "name") return 0;
  if (rel !== undefined && /\bauthor\b/i.test(rel)) return 1;
  if (names !== undefined && NAME_CLASS.test(names)) return 2;
  return signOf(element) === null ? UNMARKED : BY_SIGN;
}
const BY_SIGN = 3;
const UNMARKED = 4;

/**
 * The names in elements that say they name authors. Where markup inside marks names, those alone; else the first text after
 * the lead words, and what is joined to it: dates, titles and counters that stand beside it in elements of their own are left.
 */
export function namesIn(roots: readonly Element[], patterns: BylinePatterns): ShownNames | null {
  const fragments = roots.flatMap(fragmentsIn);
  const surest = Math.min(...fragments.map(({ rank }) => rank));
  const marked = Map.groupBy(
    fragments.filter(({ rank }) => rank === surest),
    ({ mark }) => mark,
  );
  const texts: string[] = [];
  let first: Element | null = null;
  for (const [mark, group] of marked) {
    // a sign alone is on titles and portraits too: the elements made like the first one are the authors
    if (first && surest >= BY_SIGN && makeOf(mark) !== makeOf(first)) continue;
    const own = joined(group, mark, patterns);
    if (own.length > 0) first ??= mark;
    texts.push(...own);
  }
  const names = namesOf(texts, patterns);
  if (!first || names.length === 0) return null;
  return { from: surest === 0 ? "itemprop" : (signOf(first) ?? "class"), names };
}

function fragmentsIn(root: Element): Fragment[] {
  const fragments: Fragment[] = [];
  let last = null as Fragment | null;
  let nodes = 0;
  let skip = false;
  for (let node = following(root, root); node && nodes < MOST_NODES; node = following(root, node, skip)) {
    nodes += 1;
    skip = isElement(node) && WITHOUT_NAMES.has(node.name);
    if (isElement(node) && !FORMATTING.has(node.name) && node.name !== "span") last = null;
    if (!isText(node)) continue;
    const place = placeOf(node, root);
    if (!place) continue;
    if (!(last?.element === place.element && last.mark === place.mark) && !isOneWord(last, node, place.element)) {
      last = { ...place, text: "" };
      fragments.push(last);
    }
    last.text += node.data.slice(0, MOST_CHARS - last.text.length);
  }
  return fragments.filter(({ text }) => /\S/.test(text));
}

/** A letter set in an element of its own inside a name. */
const isOneWord = (last: Fragment | null, { data }: Text, element: Element): last is Fragment =>
  last !== null && parentOf(element) === last.element && /\p{L}$/u.test(last.text) && /^\p{Ll}/u.test(data);

/**
 * The nearest element around a text that is more than formatting, and the surest mark around it: at the least, the root.
 * Null for what stands beside names in an element of its own.
 */
function placeOf(text: Text, root: Element): Omit<Fragment, "text"> | null {
  let element: Element | null = null;
  let mark = root;
  let rank = UNMARKED;
  for (let at = parentOf(text); at && at !== root; at = parentOf(at)) {
    if (!FORMATTING.has(at.name)) element ??= at;
    if (rank === UNMARKED && isBeside(at)) return null;
    const own = rankOf(at);
    if (own < rank) [mark, rank] = [at, own];
  }
  return { element: element ?? root, mark, rank };
}

/** What stands beside a name in an element of its own: a date, a counter, sharing, a biography. */
const isBeside = (element: Element): boolean =>
  BESIDE_NAMES.has(roleOf(element)) || BESIDE_CLASS.test((element.attribs.class ?? "").slice(0, MOST_CHARS));

const BESIDE_NAMES: ReadonlySet<Role | null> = new Set<Role>([
  "date",
  "share",
  "counter",
  "tags",
  "comments",
  "promotion",
  "navigation",
  "related",
  "form",
  "hidden",
]);

/** The names that a run of fragments gives: the text after lead words, or else the first, and what is joined to it. */
function joined(fragments: readonly Fragment[], root: Element, patterns: BylinePatterns): string[] {
  const parts = fragments.map(({ element, text }) => ({
    make: element === root ? "" : makeOf(element),
    text: canonicalText(text),
  }));
  const led = parts.findIndex(({ text }) => patterns.lead.test(text));
  const names = led > 0 ? joinedFrom(parts.slice(led), patterns) : [];
  return names.length > 0 ? names : joinedFrom(parts, patterns);
}

function joinedFrom(parts: readonly { readonly make: string; readonly text: string }[], patterns: BylinePatterns) {
  const names: string[] = [];
  let first = "";
  let open = false;
  for (const { make, text } of parts) {
    const { joins, name, opens } = partsOf(names.length === 0 ? text.replace(patterns.lead, "") : text, patterns);
    if (name !== "") {
      // beside a marked-up name only its like is another, or what a word joins to it
      const isAlike = make === first && (open || joins !== null || MAKES_A_LIST.test(make));
      if (names.length > 0 && !isAlike && !(make === "" && joins === "word")) break;
      if (names.length === 0) first = make;
      names.push(name);
    }
    open = opens || (open && name === "");
  }
  return names;
}

/** Elements alike are names in a list, whatever stands between them, if their make says more than that they are links. */
const MAKES_A_LIST = /^(?:li |(?:a|span) \S)/;
const makeOf = ({ name, attribs }: Element): string => `${name} ${attribs.class ?? ""}`;

const MARKS = String.raw`[\s,;:：、，/|•·–—-]`;
const BEFORE = new RegExp(`^${MARKS}+`);
const AFTER = new RegExp(`${MARKS}+$`);

/** A text without what joins it to another name, a word or a mark, before or after it. */
function partsOf(text: string, { and, andAtEnd }: BylinePatterns) {
  const word = and.exec(text);
  const byWord = word?.index === 0;
  const rest = byWord ? text.slice(word[0].length) : text;
  const name = rest.replace(andAtEnd, "").replace(BEFORE, "").replace(AFTER, "");
  const joins = byWord ? "word" : LISTING.has(text.charAt(0)) ? "mark" : null;
  return { joins, name, opens: andAtEnd.test(text) || LISTING.has(text.charAt(text.length - 1)) };
}

const LISTING: ReadonlySet<string> = new Set([",", ";", "、", "，"]);

/** Of any list of authors. */
const MOST_NAMES = 30;
const MOST_CHARS_OF_NAME = 100;

/** The names in texts that hold one or several, each once, without lead words. Addresses are no names. */
export function namesOf(texts: readonly string[], patterns: BylinePatterns): string[] {
  const names = new Map<string, string>();
  for (const text of texts.slice(0, MOST_NAMES)) {
    const name = canonicalText(text.slice(0, 2 * MOST_CHARS)).replace(patterns.lead, "");
    for (const part of name.split(/[,;、，]/).flatMap((item) => atWords(item, patterns))) {
      if (part === "" || /^https?:\/\//i.test(part) || part.length > MOST_CHARS_OF_NAME) continue;
      const key = folded(part) || part;
      if (!names.has(key)) names.set(key, part);
    }
  }
  return [...names.values()].slice(0, MOST_NAMES);
}

/**
 * A list at its "and"s; one within a name is left: where a side has but a word ("Gold and Silver"), or words that are
 * joined as in an office's name ("Ministry of Ports and Harbours").
 */
function atWords(item: string, { and }: BylinePatterns): string[] {
  const text = (and.exec(item)?.index === 0 ? item.replace(and, "") : item).trim();
  const names: string[] = [];
  for (const part of text.split(and)) {
    if (names.length === 0 || (isFull(part) && isFull(names.at(-1)!))) names.push(part);
    else return [text];
  }
  return names;
}

const isFull = (name: string): boolean =>
  (/\S\s+\S/.test(name) && !/(?:^|\s)\p{Ll}/u.test(name)) || /^[\u3040-\u9fff\uac00-\ud7af]{2,}$/.test(name);
