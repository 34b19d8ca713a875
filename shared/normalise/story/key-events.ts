import type { Box, Outline, Piece } from "../page/outline.ts";
import type { Body } from "./body.ts";

/** Links in a row that make a list. */
const LEAST = 2;

/**
 * The pieces of a live blog's list of key events: items that are nothing but a link to a place in the page, and the heading of
 * their box. They say again what the entry there is headed, and come and go with the entries. A question that opens its answer
 * right below is none of them.
 */
export function keyEventsIn({ pieces }: Outline, body: Body, isLink: (piece: Piece) => boolean): ReadonlySet<number> {
  const found = new Set<number>();
  for (let at = body.first; at < body.end; at += 1) {
    let end = at;
    while (end < body.end && leadsInside(pieces, end, isLink)) end += 1;
    if (end - at < LEAST) continue;
    for (let one = at; one < end; one += 1) found.add(one);
    if (at > body.first && isHeadedBy(pieces[at - 1]!, pieces[at]!, { first: at - 1, end })) found.add(at - 1);
    at = end;
  }
  return found;
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

/** Whether a piece heads a stretch: the smallest box around both holds nothing else. */
function isHeadedBy(head: Piece, first: Piece, stretch: { readonly first: number; readonly end: number }): boolean {
  let box: Box | null = first.box;
  while (box && box.first > stretch.first) box = box.parent;
  return head.kind !== "list-item" && box !== null && box.first === stretch.first && box.end <= stretch.end;
}
