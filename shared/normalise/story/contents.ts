import { folded } from "../page/canonical.ts";
import type { Box, Outline, Piece } from "../page/outline.ts";
import { isContentsLabel } from "../words/contents.ts";
import type { Body } from "./body.ts";

/** Links in a row that make a list. */
const LEAST = 2;
/** Share of a list's links that must repeat what stands in the story. */
const LEAST_REPEATED = 0.5;
/** Of what a table of contents repeats. */
const MOST_CHARS = 300;

/**
 * The pieces of a story's table of contents, and of a live blog's list of key events: items that are nothing but a link to a
 * place in the page, and the heading of their box. They say again what the heading there says, and come and go with it. A
 * question that opens its answer right below is none of them.
 */
export function contentsIn(outline: Outline, body: Body, isLink: (piece: Piece) => boolean): ReadonlySet<number> {
  const { pieces } = outline;
  const found = new Set<number>();
  const leads = (at: number): boolean => at < body.end && leadsInside(pieces, at, isLink);
  let repeats: ((link: Piece) => boolean) | null = body.entries ? () => true : null;
  for (let at = body.first; at < body.end; at += 1) {
    let end = at;
    while (leads(end)) end += 1;
    if (end - at < LEAST) continue;
    repeats ??= repeatsIn(outline, body, isLink);
    if (pieces.slice(at, end).filter(repeats).length >= LEAST_REPEATED * (end - at)) {
      for (let one = at; one < end; one += 1) found.add(one);
      if (at > body.first && isHeadOf(pieces, at, end)) found.add(at - 1);
    }
    at = end;
  }
  return found;
}

/** Whether a link says again what stands in the story, its number aside: key points that lead to a place say something of their own. */
function repeatsIn(
  { pieces }: Outline,
  { first, end }: Body,
  isLink: (piece: Piece) => boolean,
): (link: Piece) => boolean {
  const said = new Set(
    pieces
      .slice(first, end)
      .filter((piece) => piece.text.length <= MOST_CHARS && !(isLink(piece) && piece.kind !== "heading"))
      .map(titleOf),
  );
  return (link) => said.has(titleOf(link));
}

const titleOf = ({ text }: Piece): string => folded(text).replace(/^(?:\d{1,3} )+(?=.)/, "");

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
