import { type Box, makeOf, type Outline } from "../page/outline.ts";
import { roleOfStructure, type Said, type Standing } from "../page/roles.ts";
import { attribute, type Element } from "../page/tree.ts";
import type { Entries } from "./entries.ts";
import { LEAST_SAID, prefixSums, speaksFor } from "./prose.ts";
import { type Believed, isNamedStory, NAMED_BODY, NO_RULE, rolesOf } from "./regions.ts";

/** Where the story lies. */
export interface Body {
  /** The element that holds it, or most of it; null when the page has none worth the name. */
  readonly box: Box | null;
  /** Its pieces: from `first` up to, not including, `end`. Those before `core` stand between headline and story. */
  readonly first: number;
  readonly core: number;
  readonly end: number;
  /** Per piece of the whole outline: the role of the region it stands in, null for none. */
  readonly roles: readonly (Standing | null)[];
  /** Running sums of how much the pieces speak for a story, those in regions with a role left out. */
  readonly prose: readonly number[];
  /** How it was found. Where a source's rule takes it, nothing that stands above it is text. */
  readonly chosen: keyof typeof CHOICES;
  /** Of a live blog. */
  readonly entries?: Entries;
  /** Pieces of the publisher's notices: text wherever they stand in it. */
  readonly notices?: ReadonlySet<number>;
}

/** How a story is found, in the words of whoever asks why it is this element. */
export const CHOICES = {
  rule: "the source's rule takes it",
  named: "the one element that calls itself the article's body",
  core: "the innermost element that says nearly all of it",
  parts: "it holds several parts of one make",
  best: "it says more than any other element",
  main: "the page says little, and this is its main part",
  article: "of several articles the one with the headline in it",
  entries: "it holds the entries of a live blog",
  claimed: "it holds the text that the page claims in its JSON-LD",
  none: "nothing on the page speaks for a story",
} as const;

/**
 * Finds the story: the element whose pieces speak for it most, junk inside counted against it. Where the names in the
 * markup leave hardly any text but there is much more, they are believed less: elements and ARIA roles alone, then hardly
 * any. A page that says little either way is what its `<main>` holds.
 */
export function bodyOf(outline: Outline, says: ReadonlyMap<Element, Said> = NO_RULE): Body {
  const first = bodyBelieving(outline, ALL_SIGNS, says);
  if (first.said >= LEAST_SAID || (first.said > 0 && isStory(first.body.box))) return first.body;
  const second = bodyBelieving(outline, STRUCTURE, says);
  if (second.said >= LEAST_SAID && second.said > 2 * first.said) return second.body;
  const third = bodyBelieving(outline, LAST_SIGNS, says);
  if (third.said >= LEAST_SAID && third.said > 2 * first.said) return third.body;
  const { roles, prose } = first.body;
  const main = outline.boxes.find((box) => isMain(box) && roles.slice(box.first, box.end).includes(null));
  if (main) return bodyIn(main, "main", roles, prose);
  return [first, second].find(({ said }) => said > 0 && said >= 0.5 * third.said)?.body ?? third.body;
}

const isMain = ({ element: { name, attribs } }: Box): boolean => name === "main" || attribs.role === "main";

/** Whether an element, or one around it, calls itself a story: then a short text is a short story. */
function isStory(box: Box | null): boolean {
  for (let at = box; at; at = at.parent) {
    if (at.element.name === "article" || isNamedStory(at)) return true;
  }
  return false;
}

const ALL_SIGNS: Believed = () => true;
const STRUCTURE: Believed = ({ element, role }) => role === "comments" || roleOfStructure(element) !== null;
const LAST_SIGNS: Believed = ({ element: { name } }) => name === "nav" || name === "footer" || name === "dialog";

function bodyBelieving(
  outline: Outline,
  believed: Believed,
  says: ReadonlyMap<Element, Said>,
): { body: Body; said: number } {
  const { boxes, pieces } = outline;
  const values = pieces.map(speaksFor);
  const roles = rolesOf(outline, values, believed, says);
  const told = prefixSums(values.map((value, at) => (roles[at] ? 0 : value)));
  const prose = prefixSums(values.map((value, at) => (roles[at] ? 0 : Math.max(0, value))));
  const sumOf = (box: Box) => told[box.end]! - told[box.first]!;
  const proseOf = (box: Box) => prose[box.end]! - prose[box.first]!;

  let best: Box | null = null;
  for (const box of boxes)
    if (!TEXT_ITSELF.has(box.element.name) && (best === null || sumOf(box) > sumOf(best))) best = box;
  if (best === null || proseOf(best) <= 0)
    return { body: { box: null, first: 0, core: 0, end: pieces.length, roles, prose, chosen: "none" }, said: 0 };
  const named = namedBody(boxes, best, proseOf);
  const core = coreOf(boxes, best, proseOf);
  const box = named ?? withTwins(boxes, core, best, proseOf);
  const chosen = named ? "named" : box !== core ? "parts" : core === best ? "best" : "core";
  const body = bodyIn(box, chosen, roles, prose);
  return { body: { ...body, end: named ? box.end : endOf(box, outline, prose) }, said: proseOf(box) };
}

function bodyIn(box: Box, chosen: Body["chosen"], roles: Body["roles"], prose: Body["prose"]): Body {
  return { box, first: box.first, core: box.first, end: box.end, roles, prose, chosen };
}

/** The body as seen from its headline: what stands above it is not the story, what stands below may open the story. */
export function belowHeadline(outline: Outline, story: Body, headlineAt: number): Body {
  const body = story.chosen === "rule" ? story : articleAround(outline, story, headlineAt);
  const { box, prose, first, end } = body;
  if (box === null || headlineAt < first - MOST_BETWEEN || headlineAt < 0 || headlineAt >= end) return body;
  if (headlineAt < first) return { ...body, first: headlineAt + 1 };
  const before = prose[headlineAt]! - prose[first]!;
  const all = prose[end]! - prose[first]!;
  const heads = before <= MOST_BEFORE_HEADLINE * all && all - before >= LEAST_AFTER_HEADLINE;
  return heads || before === 0 ? { ...body, first: headlineAt + 1, core: headlineAt + 1 } : body;
}

/** On a page of several stories, each an `<article>`, the one with the headline in it. */
function articleAround({ boxes, pieces }: Outline, body: Body, headlineAt: number): Body {
  const { box: whole, prose } = body;
  const piece = pieces[headlineAt];
  if (whole === null || !piece) return body;
  const saidIn = (box: Box) => prose[box.end]! - prose[box.first]!;
  let own: Box | null = piece.box;
  while (own && own.element.name !== "article") own = own.parent;
  const { list = own } = body.entries ?? {};
  if (own === null || own.first < whole.first || own.end > whole.end || saidIn(own) < LEAST_AFTER_HEADLINE) return body;
  if (list !== null && (list.first < own.first || list.end > own.end)) return body;
  const story = own;
  const another = (box: Box) =>
    box.element.name === "article" && box.first >= story.end && box.end <= whole.end && saidIn(box) > 0;
  return boxes.some(another) ? bodyIn(story, "article", body.roles, prose) : body;
}

/** Share of a story's text that may stand above its headline before the heading is taken for one inside the story. */
const MOST_BEFORE_HEADLINE = 0.7;
/** Text that must stand below it, weighed. */
const LEAST_AFTER_HEADLINE = 250;
/** Pieces that may stand between headline and story: standfirst, byline, date, sharing, picture. */
const MOST_BETWEEN = 60;

/** Elements that are text rather than hold it. */
const TEXT_ITSELF: ReadonlySet<string> = new Set(
  "p h1 h2 h3 h4 h5 h6 li blockquote pre tr td th ul ol dl dd dt hr".split(" "),
);
export const isTextItself = ({ element }: Box): boolean => TEXT_ITSELF.has(element.name);

/** A part that says so much of what the whole says is the story; the rest stands around it. */
const CORE_SHARE = 0.8;

/** The innermost element that still says nearly all that `best` says: what stands outside is headers, boxes, notices. */
function coreOf(boxes: readonly Box[], best: Box, proseOf: (box: Box) => number): Box {
  let core = best;
  // boxes are in reading order, parents first: one pass goes down all the way
  for (const box of boxes)
    if (box.parent === core && !TEXT_ITSELF.has(box.element.name) && proseOf(box) >= CORE_SHARE * proseOf(core))
      core = box;
  return core;
}

/** A story cut into parts by its site: siblings of the core that are made like it belong to it. */
function withTwins(boxes: readonly Box[], core: Box, best: Box, proseOf: (box: Box) => number): Box {
  const { parent } = core;
  if (core === best || parent === null) return core;
  const twins = boxes.filter(
    (box) =>
      box !== core && makeOf(box) === makeOf(core) && attribute(core.element, "class") !== "" && proseOf(box) > 0,
  );
  return twins.length > 0 ? parent : core;
}

/**
 * Where the story ends: inside one article, text below the core belongs to it, whatever it is called and however little of the
 * whole it says. A paragraph more in one part must not be the end of another.
 */
function endOf(core: Box, { pieces }: Outline, prose: readonly number[]): number {
  let article: Box | null = core;
  while (article && article.element.name !== "article" && !isNamedStory(article)) article = article.parent;
  if (article === null) return core.end;
  let last = article.end - 1;
  while (last >= core.end && prose[last + 1] === prose[last]) last -= 1;
  if (last < core.end) return core.end;
  let part = pieces[last]!.box;
  while (part.parent && part.parent.first >= core.end) part = part.parent;
  return part.end;
}

/** The one element that calls itself the article's body, where it holds most of what the best element says. */
function namedBody(boxes: readonly Box[], best: Box, proseOf: (box: Box) => number): Box | null {
  const named = boxes.filter((box) => NAMED_BODY.test(attribute(box.element, "itemprop")) && proseOf(box) > 0);
  const [only] = named;
  return only && named.length === 1 && proseOf(only) >= NAMED_SHARE * proseOf(best) ? only : null;
}

const NAMED_SHARE = 0.5;
