import type { Claim } from "../../domain/article.ts";
import { folded } from "../page/canonical.ts";
import type { Box, Outline, Piece } from "../page/outline.ts";
import { DROPPED, type Standing } from "../page/roles.ts";
import { attribute, type Element, isElement } from "../page/tree.ts";
import type { Body } from "../story/body.ts";
import { type BylinePatterns, bylineWords, JOINING } from "../words/byline.ts";
import type { Metadata } from "./metadata.ts";
import { namesIn, namesOf, type ShownNames, signOf } from "./names.ts";

/** Pieces in which a byline is looked for: below the headline, above it, below the story. */
const MOST_BELOW = 30;
const MOST_ABOVE = 12;
const MOST_AFTER = 40;
/** Of the story's own first pieces. */
const MOST_INTO_STORY = 5;
/** An element that holds more says something else besides its authors. */
const MOST_PIECES = 12;
const MOST_CHARS = 1_000;
/** Elements around a piece that may say that it names an author. */
const MOST_UP = 6;
const MOST_SIBLINGS = 40;
/** Regions in which somebody else is named, and those in which somebody else is unless they are the article's own. */
const OTHERS: ReadonlySet<Standing | null> = new Set<Standing>([
  DROPPED,
  "comments",
  "related",
  "navigation",
  "dialog",
  "promotion",
  "form",
  "caption",
]);
const MARGINS: ReadonlySet<Standing | null> = new Set<Standing>(["sidebar", "footer", "hidden"]);

/**
 * Bylines, the one to believe first: what the page shows its readers where bylines stand, then what it claims. The site's
 * own name is left aside where anybody else is named.
 */
export function bylinesOf(outline: Outline, body: Body, headlineAt: number, metadata: Metadata): Claim[] {
  const patterns = bylineWords(metadata.language[0]?.value ?? null);
  const claimed = metadata.authors.map(({ from, names }) => ({ from, names: namesOf(names, patterns) }));
  const vouched = claimed.flatMap(({ names }) => names);
  const shown = shownByline(outline, body, headlineAt, patterns);
  const own = shown?.names.map((name) => upToVouched(name, vouched)) ?? [];
  const all = [...(shown ? [{ ...shown, names: own }] : []), ...claimed].filter(({ names }) => names.length > 0);
  const sites = new Set(metadata.siteName.map(({ value }) => folded(value)));
  const persons = all
    .map(({ from, names }) => ({ from, names: names.filter((name) => !sites.has(folded(name))) }))
    .filter(({ names }) => names.length > 0);
  return (persons.length > 0 ? persons : all).map(({ from, names }) => ({ from, value: names.join(", ") }));
}

/** A claimed name tells where the shown one ends, if what follows is a date or no name: "Ines Farrow · 3 May" is Ines Farrow. */
function upToVouched(name: string, vouched: readonly string[]): string {
  const lower = name.toLowerCase();
  const known = vouched.find((claim) => {
    const rest = name.slice(claim.length);
    return lower.startsWith(claim.toLowerCase()) && NO_NAME.test(rest) && !JOINING.test(rest);
  });
  return known === undefined ? name : name.slice(0, known.length);
}

/** Behind a name: figures, alone or after a word or two ("May 3", "Sunday, 3 May"), small letters, brackets. */
const NO_NAME = /^[\s|·•–—-]+(?:(?:\p{L}+[.,]?\s+){0,2}\p{N}|\p{Ll})|^\s*\(/u;

function shownByline(outline: Outline, body: Body, headlineAt: number, patterns: BylinePatterns): ShownNames | null {
  const top = headlineAt >= 0 ? headlineAt : Math.max(-1, body.core - MOST_BELOW);
  const asked = new Set<Element>();
  for (const at of placesOf(outline, body, top)) {
    const role = body.roles[at] ?? null;
    const isBelow = at > top && at <= body.core; // what is hidden there is shown at some widths
    if (
      OTHERS.has(role) ||
      (MARGINS.has(role) && !(isBelow && role === "hidden") && !isOwn(outline.pieces[at]!.box, body))
    )
      continue;
    const elements = authorElements(outline, at).filter((element) => !asked.has(element));
    for (const element of elements) asked.add(element);
    const names = elements.length > 0 ? namesIn(elements, patterns) : null;
    if (names) return names;
  }
  return null;
}

/** Pieces in the order in which they are asked for a byline: below the headline, above it, below the story. */
function* placesOf({ pieces }: Outline, { core, end, prose }: Body, top: number): Generator<number> {
  const lowest = Math.min(pieces.length, Math.max(top + 1, core) + MOST_INTO_STORY, top + MOST_BELOW);
  for (let at = top + 1; at < lowest; at += 1) yield at;
  for (let at = top - 1; at >= Math.max(0, top - MOST_ABOVE); at -= 1) yield at;
  let last = end;
  while (last > lowest && prose[last]! <= prose[last - 1]!) last -= 1;
  for (let at = Math.max(last, lowest); at < Math.min(pieces.length, end + MOST_AFTER); at += 1) yield at;
}

/** The elements around or in a piece that say that they name an author. */
function authorElements({ pieces }: Outline, at: number): readonly Element[] {
  const piece = pieces[at]!;
  let outermost: Element | null = null;
  let box: Box | null = piece.box;
  for (let up = 0; box && up < MOST_UP && isSmall(box, pieces); box = box.parent, up += 1)
    if (signOf(box.element) !== null) outermost = box.element;
  return outermost ? [outermost, ...likeSiblings(outermost)] : piece.authors;
}

const STORY_CLASS = /(?:^|\s)(?:hentry|h-entry|post|entry|article|story)(?:$|\s)/i;

/** Whether the nearest element that holds a story, or its beginning, around a box is the one around this story. */
function isOwn(inner: Box, { core, end }: Body): boolean {
  let box: Box | null = inner;
  while (box && box.element.name !== "article" && !STORY_CLASS.test(attribute(box.element, "class"))) box = box.parent;
  return box !== null && box.first <= core && box.end >= end;
}

function isSmall({ first, end }: Box, pieces: readonly Piece[]): boolean {
  if (end - first > MOST_PIECES) return false;
  return pieces.slice(first, end).reduce((sum, { text }) => sum + text.length, 0) <= MOST_CHARS;
}

/** What follows an element and is made like it: the next author. */
function likeSiblings(element: Element): Element[] {
  const alike: Element[] = [];
  let node = element.next;
  for (let steps = 0; node && steps < MOST_SIBLINGS; node = node.next, steps += 1)
    if (isElement(node) && node.name === element.name && node.attribs.class === element.attribs.class) alike.push(node);
  return alike;
}
