import type { Box, Outline, Piece } from "./outline.ts";
import { type Role, roleOfStructure } from "./roles.ts";
import { attribute } from "./tree.ts";

/** Where the story lies. */
export interface Body {
  /** The element that holds it; null when the page has none worth the name. */
  readonly box: Box | null;
  /** Its pieces: from `first` up to, not including, `end`. Those before `core` stand between headline and story. */
  readonly first: number;
  readonly core: number;
  readonly end: number;
  /** Per piece of the whole outline: the role of the region it stands in, null for none. */
  readonly roles: readonly (Role | null)[];
  /** Running sums of how much the pieces speak for a story, those in regions with a role left out. */
  readonly prose: readonly number[];
}

/** Share of the page's prose, or characters, up to which an element's role is believed; beyond, the word means something else. */
const BELIEVED: Readonly<Record<Role, { readonly share: number; readonly chars: number }>> = {
  navigation: { share: 0.4, chars: 20_000 },
  sidebar: { share: 0.4, chars: 20_000 },
  footer: { share: 0.8, chars: 20_000 },
  comments: { share: 0.9, chars: Number.POSITIVE_INFINITY },
  share: { share: 0.3, chars: 1_500 },
  related: { share: 0.5, chars: 20_000 },
  promotion: { share: 0.3, chars: 4_000 },
  dialog: { share: 0.8, chars: Number.POSITIVE_INFINITY },
  author: { share: 0.3, chars: 1_500 },
  date: { share: 0.3, chars: 100 },
  meta: { share: 0.3, chars: 300 },
  tags: { share: 0.3, chars: 400 },
  counter: { share: 0.3, chars: 150 },
  caption: { share: 0.5, chars: 1_500 },
  form: { share: 0.3, chars: 4_000 },
  legal: { share: 0.3, chars: 1_500 },
  hidden: { share: 0.5, chars: 20_000 },
};

const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/g;
export const SENTENCE_END = /[.!?…。！？।؟۔"”»」』)\]:;]$/u;

/** Characters as a measure of how much is said: one of a Chinese, Japanese or Korean text says as much as two and a half. */
export function weightOf(text: string): number {
  const wide = text.match(WIDE);
  return text.length + (wide ? wide.length * 1.5 : 0);
}

/** How much a piece speaks for its surroundings being the story (above 0) or not (below). */
export function speaksFor(piece: Piece): number {
  const { text, kind } = piece;
  const weight = weightOf(text);
  const linked = piece.linkChars / text.length;
  if (kind === "heading") return linked > 0.5 ? -20 : 0;
  if (linked > 0.5) return -10 - Math.min(weight, 60) / 2;
  if (kind === "table-row" || kind === "code") return weight * 0.3 * (1 - linked);
  const prose = weight >= 80 || (weight >= 25 && SENTENCE_END.test(text));
  if (!prose) return kind === "list-item" ? 0 : -5;
  return weight * (1 - linked) * (kind === "list-item" ? 0.6 : 1);
}

/** Least a page must say to be read by its elements' names; with less, the names are misleading us. */
const LEAST_SAID = 250;

/**
 * Finds the story: the element whose pieces speak for it most, junk inside counted against it. Where the names in the
 * markup leave hardly any text but there is much more, they are believed less: elements and ARIA roles alone, then none.
 */
export function bodyOf(outline: Outline): Body {
  const [strict, plain, blind] = [ALL_SIGNS, STRUCTURE, NO_SIGNS].map(
    (believed) => () => bodyBelieving(outline, believed),
  );
  const first = strict!();
  if (first.said >= LEAST_SAID || (first.said > 0 && isStory(first.body.box))) return first.body;
  const second = plain!();
  if (second.said >= LEAST_SAID && second.said > 2 * first.said) return second.body;
  const third = blind!();
  return [first, second].find(({ said }) => said > 0 && said >= 0.5 * third.said)?.body ?? third.body;
}

const STORY_NAME = /(?:^|[\s_-])(?:entry|post|article|story)[_-]?(?:content|body|text)(?:$|[\s_-])/i;

/** Whether an element, or one around it, calls itself a story: then a short text is a short story. */
function isStory(box: Box | null): boolean {
  for (let at = box; at; at = at.parent) {
    if (at.element.name === "article" || isNamedStory(at)) return true;
  }
  return false;
}

type Believed = (box: Box) => boolean;
const ALL_SIGNS: Believed = () => true;
const STRUCTURE: Believed = ({ element, role }) => role === "comments" || roleOfStructure(element) !== null;
const NO_SIGNS: Believed = () => false;

function bodyBelieving(outline: Outline, believed: Believed): { body: Body; said: number } {
  const { boxes, pieces } = outline;
  const values = pieces.map(speaksFor);
  const roles = rolesOf(outline, values, believed);
  const told = prefixSums(values.map((value, at) => (roles[at] ? 0 : value)));
  const prose = prefixSums(values.map((value, at) => (roles[at] ? 0 : Math.max(0, value))));
  const sumOf = (box: Box) => told[box.end]! - told[box.first]!;
  const proseOf = (box: Box) => prose[box.end]! - prose[box.first]!;

  let best: Box | null = null;
  for (const box of boxes)
    if (!TEXT_ITSELF.has(box.element.name) && (best === null || sumOf(box) > sumOf(best))) best = box;
  if (best === null || proseOf(best) <= 0)
    return { body: { box: null, first: 0, core: 0, end: pieces.length, roles, prose }, said: 0 };
  const box = namedBody(boxes, best, proseOf) ?? withTwins(boxes, coreOf(boxes, best, proseOf), best, proseOf);
  return { body: { box, first: box.first, core: box.first, end: box.end, roles, prose }, said: proseOf(box) };
}

/** The body as seen from its headline: what stands above it is not the story, what stands below may open the story. */
export function belowHeadline(outline: Outline, story: Body, headlineAt: number): Body {
  const body = articleAround(outline, story, headlineAt);
  const { box, prose } = body;
  if (box === null || headlineAt < box.first - MOST_BETWEEN || headlineAt < 0 || headlineAt >= box.end) return body;
  if (headlineAt < box.first) return { ...body, first: headlineAt + 1 };
  const before = prose[headlineAt]! - prose[box.first]!;
  const all = prose[box.end]! - prose[box.first]!;
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
  if (own === null || own.first < whole.first || own.end > whole.end || saidIn(own) < LEAST_AFTER_HEADLINE) return body;
  const story = own;
  const another = (box: Box) =>
    box.element.name === "article" && box.first >= story.end && box.end <= whole.end && saidIn(box) > 0;
  return boxes.some(another) ? { ...body, box: story, first: story.first, core: story.first, end: story.end } : body;
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
  const make = (box: Box) => `${box.element.name} ${attribute(box.element, "class")}`;
  const twins = boxes.filter(
    (box) =>
      box !== core &&
      box.parent === parent &&
      make(box) === make(core) &&
      attribute(core.element, "class") !== "" &&
      proseOf(box) > 0,
  );
  return twins.length > 0 ? parent : core;
}

/** The one element that calls itself the article's body, where it holds most of what the best element says. */
function namedBody(boxes: readonly Box[], best: Box, proseOf: (box: Box) => number): Box | null {
  const named = boxes.filter((box) => NAMED_BODY.test(attribute(box.element, "itemprop")) && proseOf(box) > 0);
  const [only] = named;
  return only && named.length === 1 && proseOf(only) >= NAMED_SHARE * proseOf(best) ? only : null;
}

const NAMED_BODY = /\barticlebody\b/i;
const NAMED_SHARE = 0.5;

export function prefixSums(values: readonly number[]): number[] {
  const sums = [0];
  for (const [at, value] of values.entries()) sums.push(sums[at]! + value);
  return sums;
}

/** Elements that a story has and what stands beside it has not. */
const isLandmark = (box: Box): boolean => box.element.name === "h1" || box.element.name === "main" || isNamedStory(box);

const isNamedStory = ({ element: { attribs } }: Box): boolean =>
  NAMED_BODY.test(attribs.itemprop ?? "") || STORY_NAME.test(attribs.class ?? "");

/**
 * Names that mean little else: they are believed whatever share of the page they cover, so that a short notice stays what
 * it is however many comments and teasers stand below it today.
 */
const isPlainly = (box: Box, role: Role): boolean =>
  role === "comments" || role === "related" || roleOfStructure(box.element) === role;

/** Roles of which a page may well have more than of its story. */
const WIDESPREAD: ReadonlySet<Role> = new Set([
  "navigation",
  "sidebar",
  "footer",
  "comments",
  "related",
  "dialog",
  "hidden",
]);

/** For each piece the role of the nearest element around it whose role is believed. */
function rolesOf({ boxes, pieces }: Outline, values: readonly number[], believed: Believed): (Role | null)[] {
  const prose = prefixSums(values.map((value) => Math.max(0, value)));
  const chars = prefixSums(pieces.map((piece) => piece.text.length));
  const all = prose[pieces.length]!;
  const saidIn = (box: Box) => prose[box.end]! - prose[box.first]!;
  const landmarks = boxes.filter((box) => box.end > box.first && isLandmark(box));
  const stories = landmarks.filter((box) => isNamedStory(box) && saidIn(box) > 0);
  const holds = (box: Box, mark: Box) => mark.depth > box.depth && mark.first >= box.first && mark.end <= box.end;
  const storyOutside = (box: Box) =>
    stories.some((story) => (holds(story, box) ? saidIn(story) > saidIn(box) : story !== box && !holds(box, story)));
  const stands = (box: Box, role: Role) =>
    (isPlainly(box, role) && all - saidIn(box) >= LEAST_SAID) || (WIDESPREAD.has(role) && storyOutside(box));
  const holdsTheStory = (box: Box) =>
    stories.length > 0 && stories.every((story) => story === box || holds(box, story));
  const fits = (box: Box, role: Role) =>
    !holdsTheStory(box) &&
    chars[box.end]! - chars[box.first]! <= BELIEVED[role].chars &&
    (saidIn(box) <= BELIEVED[role].share * all || (stands(box, role) && !landmarks.some((mark) => holds(box, mark))));
  // a name on many elements is judged by all of them together: a class of every paragraph says nothing about each
  const together = new Map<Role, number>();
  for (const box of boxes)
    if (box.role !== null && fits(box, box.role) && box.parent?.role !== box.role)
      together.set(box.role, (together.get(box.role) ?? 0) + saidIn(box));
  const effective = new Map<Box, Role | null>();
  for (const box of boxes) {
    const inherited = box.parent ? (effective.get(box.parent) ?? null) : null;
    let role = inherited;
    // an embedded post is quoted, whatever its wrapper is called
    if (box.element.name === "blockquote" && role === "share") role = null;
    const free = inherited === null || inherited === "meta";
    if (box.role !== null && free && believed(box) && fits(box, box.role)) {
      const { share } = BELIEVED[box.role];
      if (WIDESPREAD.has(box.role) || (together.get(box.role) ?? 0) <= Math.max(share, 0.3) * all) role = box.role;
    }
    effective.set(box, role);
  }
  return pieces.map((piece) => {
    const role = effective.get(piece.box) ?? null;
    if (role !== null) return role;
    return piece.roleChars >= 0.8 * piece.text.replace(/\s/g, "").length ? piece.inlineRole : null;
  });
}
