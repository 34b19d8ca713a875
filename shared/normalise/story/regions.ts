import type { Box, Named, Outline, Piece } from "../page/outline.ts";
import { DROPPED, type Role, roleOfStructure, type Said, type Standing } from "../page/roles.ts";
import { type Element, following, isElement } from "../page/tree.ts";
import { LEAST_SAID, prefixSums, speaksFor } from "./prose.ts";

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
  player: { share: 0.3, chars: 20_000 },
  form: { share: 0.3, chars: 4_000 },
  legal: { share: 0.3, chars: 1_500 },
  hidden: { share: 0.5, chars: 20_000 },
};

export const NAMED_BODY = /\barticlebody\b/i;
const LANDMARKS: ReadonlySet<string> = new Set(["h1", "main"]);
const STORY_NAME = /(?:^|[\s_-])(?:entry|post|article|story)[_-]?(?:content|body|text)(?:$|[\s_-])/i;

export const isNamedStory = ({ element: { attribs } }: Box): boolean =>
  NAMED_BODY.test(attribs.itemprop ?? "") || STORY_NAME.test(`${attribs.class ?? ""} ${attribs.id ?? ""}`);

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

/** Whether an element's role may be believed at all; the caller's strictness. */
export type Believed = (named: Named) => boolean;

/** No rule says anything of any element. */
export const NO_RULE: ReadonlyMap<Element, Said> = new Map();

/**
 * For each piece the role of the nearest element around it whose role is believed.
 *
 * @param says - what a rule says of elements goes before what they are; inside them their own parts have roles again
 */
export function rolesOf(
  outline: Outline,
  values: readonly number[],
  believed: Believed,
  says: ReadonlyMap<Element, Said>,
): (Standing | null)[] {
  const { boxes, pieces } = outline;
  const prose = prefixSums(values.map((value) => Math.max(0, value)));
  const all = prose[pieces.length]!;
  const saidIn = (box: Box) => prose[box.end]! - prose[box.first]!;
  const fits = fitting(outline, prose);
  // a name on many elements is judged by all of them together: a class of every paragraph says nothing about each
  const together = new Map<Role, number>();
  const counted = new Map<Role, number>(); // up to which box: one inside another of its role says the same once more
  for (const box of boxes) {
    const { role } = box;
    if (role === null || box.index < (counted.get(role) ?? 0) || !fits(box, role)) continue;
    counted.set(role, box.after);
    together.set(role, (together.get(role) ?? 0) + saidIn(box));
  }
  const inline = pieces.map((piece, at) => inlineRoleOf(piece, values[at]!, believed));
  for (const [at, role] of inline.entries())
    if (role) together.set(role, (together.get(role) ?? 0) + Math.max(0, values[at]!));
  const rare = (role: Role) => (together.get(role) ?? 0) <= Math.max(BELIEVED[role].share, MOST_TOGETHER) * all;

  const inviting = aroundForms(outline);
  const effective: (Standing | null)[] = [];
  for (const box of boxes) {
    let role = box.parent ? (effective[box.parent.index] ?? null) : null;
    // an embedded post, a pull quote, a table is what it is, whatever it is wrapped in
    if (role !== null && TEXT_OF_ITS_OWN.get(box.element.name)?.has(role)) role = null;
    const said = says.get(box.element);
    const own = said ? null : (box.role ?? (inviting.has(box) ? "form" : null));
    if (said) role = said === "taken" ? null : DROPPED;
    if (own !== null && (role === null || role === "meta") && believed(box) && fits(box, own))
      if (WIDESPREAD.has(own) || rare(own)) role = own;
    effective.push(role);
  }
  return pieces.map(({ box }, at) => effective[box.index] ?? (inline[at] && rare(inline[at]) ? inline[at] : null));
}

/** Boxes of a form that asks for an e-mail address and the few lines that invite to it, whatever they are called. */
function aroundForms({ boxes, pieces }: Outline): ReadonlySet<Box> {
  const around = new Set<Box>();
  for (const { element, parent: box, first, end } of boxes) {
    if (element.name !== "form" || box === null || !INVITING.has(box.element.name)) continue;
    if (box.end - box.first > MOST_INVITING || pieces.slice(first, end).some((piece) => speaksFor(piece) > 0)) continue;
    if (asksForAddress(element)) around.add(box);
  }
  return around;
}

const INVITING: ReadonlySet<string> = new Set(["div", "section"]);
/** Pieces that invite to a form, those in it among them: a title, a line or two, the button's label. */
const MOST_INVITING = 4;
const MOST_FORM_NODES = 100;

/** Whether a form is one to subscribe with: a field for an address, and none for a comment. */
function asksForAddress(form: Element): boolean {
  let asks = false;
  let nodes = 0;
  for (let node = following(form, form); node; node = following(form, node)) {
    nodes += 1;
    if (nodes > MOST_FORM_NODES) return false;
    if (!isElement(node)) continue;
    if (node.name === "textarea") return false;
    const { type = "", name = "" } = node.attribs;
    asks ||= node.name === "input" && (type.toLowerCase() === "email" || /e-?mail/i.test(name));
  }
  return asks;
}

const TEXT_OF_ITS_OWN: ReadonlyMap<string, ReadonlySet<Standing>> = new Map([
  ["blockquote", new Set<Standing>(["share", "caption"])],
  ["table", new Set<Standing>(["caption"])],
  ["pre", new Set<Standing>(["caption"])],
]);

/** Share of the page's prose that all elements of one role may cover together. */
const MOST_TOGETHER = 0.3;

/**
 * The role of the inline elements in a piece, where hardly anything stands outside them.
 *
 * @param value - how much the piece speaks for a story
 */
function inlineRoleOf({ inline, roleChars, text }: Piece, value: number, believed: Believed): Role | null {
  if (inline === null || roleChars < 0.8 * text.length || !believed(inline)) return null;
  const { element, role } = inline;
  if (role === null || text.length > BELIEVED[role].chars) return null;
  return value > 0 && LABELS.has(role) && roleOfStructure(element) !== role ? null : role;
}

/** Roles of what is said in a word or two. Running text in an inline element so named is text: the name is its style's. */
const LABELS: ReadonlySet<Role> = new Set(["date", "meta", "tags", "counter", "share", "legal", "navigation", "form"]);

/** Whether a role fits an element by what it covers of the page and by where the story is. Each question costs its depth. */
function fitting({ boxes, pieces }: Outline, prose: readonly number[]): (box: Box, role: Role) => boolean {
  const chars = prefixSums(pieces.map((piece) => piece.text.length));
  const all = prose[pieces.length]!;
  const saidIn = (box: Box) => prose[box.end]! - prose[box.first]!;
  const named = boxes.map((box) => box.end > box.first && isNamedStory(box));
  const isTold = (box: Box) => named[box.index]! && saidIn(box) > 0;
  const stories = prefixSums(boxes.map((box) => (isTold(box) ? 1 : 0)));
  // what a story has and what stands beside it has not
  const isLandmark = (box: Box) => named[box.index]! || (box.end > box.first && LANDMARKS.has(box.element.name));
  const landmarks = prefixSums(boxes.map((box) => (isLandmark(box) ? 1 : 0)));
  const storiesIn = (box: Box) => stories[box.after]! - stories[box.index]!;
  const allStories = stories[boxes.length]!;

  const isStoryOutside = (box: Box) => {
    let around = 0;
    for (let at = box.parent; at; at = at.parent) {
      if (!isTold(at)) continue;
      if (saidIn(at) > saidIn(box)) return true;
      around += 1;
    }
    return allStories - storiesIn(box) - around > 0;
  };
  return (box, role) => {
    if (allStories > 0 && storiesIn(box) === allStories) return false;
    if (chars[box.end]! - chars[box.first]! > BELIEVED[role].chars) return false;
    if (saidIn(box) <= BELIEVED[role].share * all) return true;
    if (landmarks[box.after]! - landmarks[box.index + 1]! > 0) return false;
    return (isPlainly(box, role) && all - saidIn(box) >= LEAST_SAID) || (WIDESPREAD.has(role) && isStoryOutside(box));
  };
}
