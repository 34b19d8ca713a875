import { type Box, makeOf, type Piece } from "../page/outline.ts";
import type { Body } from "./body.ts";
import { isLink, isProse } from "./prose.ts";

/**
 * Dates that a story tells: of an event in a list or a table, right below a heading, among the text of a timeline's part. A
 * page's own dates stand above the story's first running text or right in what holds it, below its last, in a block of their
 * own, in one with a role, or beside a link to another story; and a live blog's times are its entries'.
 *
 * @param pieces - of the body
 * @returns places among them
 */
export function toldDates(pieces: readonly Piece[], { first, roles, entries, box: story }: Body): ReadonlySet<number> {
  const isSaid = (piece: Piece, at: number) => roles[first + at] === null && isProse(piece);
  const begin = pieces.findIndex(isSaid);
  const end = pieces.findLastIndex(isSaid);
  const isBesideLink = (at: number) => [pieces[at - 1], pieces[at + 1]].some((piece) => piece && isLink(piece));
  const dates: number[] = [];
  for (const [at, { box, inline, kind }] of pieces.entries()) {
    if (begin < 0 || roles[first + at] !== "date" || inline?.role !== "date") continue;
    if (entries?.keys[first + at] !== undefined || isBesideLink(at)) continue;
    if (kind === "paragraph" && (at > end || box.end - box.first === 1)) continue;
    let around: Box | null = box;
    while (around && around !== story && around.role === null) around = around.parent;
    if (around === story) dates.push(at);
  }
  const isInPart = (at: number) => pieces[at]!.box.first > first + begin;
  // the first of a timeline's parts begins above the first running text
  const parts = new Set(dates.filter(isInPart).map((at) => makeOf(pieces[at]!.box)));
  const isHeaded = (at: number) => pieces[at]!.kind !== "paragraph" || pieces[at - 1]?.kind === "heading";
  return new Set(
    dates.filter((at) => isInPart(at) || parts.has(makeOf(pieces[at]!.box)) || (at > begin && isHeaded(at))),
  );
}
