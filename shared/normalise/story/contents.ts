import { folded } from "../page/canonical.ts";
import type { Box, Outline, Piece } from "../page/outline.ts";
import { isContentsLabel } from "../words/contents.ts";
import type { Body } from "./body.ts";

/** Links in a row that make a list. */
const LEAST = 2;
/** Share of a list's links that must lead to a heading, or to a place that the story has. */
const LEAST_FOUND = 0.5;

/**
 * The pieces of a story's table of contents, and of a live blog's list of key events: items that are nothing but a link to a
 * place in the page, and the heading of their box. They say again what the heading there says, and come and go with it. A
 * question that opens its answer right below is none of them.
 */
export function contentsIn(outline: Outline, body: Body, isLink: (piece: Piece) => boolean): ReadonlySet<number> {
  const { pieces } = outline;
  const found = new Set<number>();
  const leads = (at: number): boolean => at < body.end && leadsInside(pieces, at, isLink);
  let isPlace: ((piece: Piece) => boolean) | null = body.entries ? () => true : null;
  for (let at = body.first; at < body.end; at += 1) {
    let end = at;
    while (leads(end)) end += 1;
    if (end - at < LEAST) continue;
    isPlace ??= placesOf(outline, body);
    if (pieces.slice(at, end).filter(isPlace).length >= LEAST_FOUND * (end - at)) {
      for (let one = at; one < end; one += 1) found.add(one);
      if (at > body.first && isHeadOf(pieces, at, end)) found.add(at - 1);
    }
    at = end;
  }
  return found;
}

/** Whether a link leads to a place that the story has: an element's id, or a heading that says the same. */
function placesOf({ boxes, pieces }: Outline, { first, end }: Body): (link: Piece) => boolean {
  const own = boxes.filter((box) => box.first >= first && box.end <= end && box.end > box.first);
  const ids = new Set(own.map(({ element }) => element.attribs.id).filter((id) => id !== undefined));
  const headings = new Set(
    pieces
      .slice(first, end)
      .filter(({ kind }) => kind === "heading")
      .map(({ text }) => folded(text)),
  );
  return ({ text, references }) => ids.has(placeOf(references[0]!)) || headings.has(folded(text));
}

/** The id that a reference within the page leads to. */
function placeOf(reference: string): string {
  const id = reference.slice(1);
  try {
    return decodeURIComponent(id);
  } catch {
    return id; // a stray per cent sign
  }
}

function leadsInside(pieces: readonly Piece[], at: number, isLink: (piece: Piece) => boolean): boolean {
  const piece = pieces[at]!;
  if ((piece.kind !== "list-item" && piece.kind !== "paragraph") || !isLink(piece)) return false;
  const { references } = piece;
  if (references.length === 0 || !references.every((reference) => /^#./.test(reference))) return false;
  return !isAt(pieces[at + 1], references[0]!.slice(1));
}

/** Elements up from a piece in which a place is looked for. */
const MOST_UP = 4;

function isAt(piece: Piece | undefined, id: string): boolean {
  let box: Box | null = piece?.box ?? null;
  for (let up = 0; box && up < MOST_UP; up += 1, box = box.parent) if (box.element.attribs.id === id) return true;
  return false;
}

/** Whether the piece above a list heads it alone: it says that contents follow, or the smallest box around both holds nothing else. */
function isHeadOf(pieces: readonly Piece[], first: number, end: number): boolean {
  const head = pieces[first - 1]!;
  if (isContentsLabel(head.text)) return true;
  let box: Box | null = pieces[first]!.box;
  while (box && box.first > first - 1) box = box.parent;
  return head.kind !== "list-item" && box !== null && box.first === first - 1 && box.end <= end;
}
