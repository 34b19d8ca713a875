import type { Comparison, Segment, WordMark } from "../../domain/comparison.ts";
import type { Span } from "../../domain/span.ts";
import { textOf } from "../spans.ts";

/** A segment as it is shown: its marks, and for a moved one which end of the move this is. */
export interface Piece {
  readonly segment: Segment;
  /** Number of the move, from 1, the same at both ends and of neighbours that moved together. */
  readonly move?: number;
  readonly end?: "from" | "to";
  /** White space before it in its paragraph. */
  readonly gap: string;
  readonly marks: readonly WordMark[];
}

/** A paragraph as it is shown: of after, or of before where it is gone. */
export interface Passage {
  readonly pieces: Piece[];
  paragraphBefore: number | null;
  paragraphAfter: number | null;
}

/** True of two pieces at the same end of one move. */
export const isSameMove = (a: Piece | undefined, b: Piece | undefined): boolean =>
  a?.move !== undefined && a.move === b?.move && a.end === b.end;

export const isChanged = ({ segment }: Piece): boolean => segment.kind !== "unchanged";

/** The whole comparison in reading order, paragraph by paragraph, moved segments at both of their ends. */
export function passagesOf(comparison: Comparison): Passage[] {
  const passages: Passage[] = [];
  for (const placed of placedSegments(comparison.segments)) {
    const current = passages.at(-1);
    const onBefore = placed.segment.kind === "removed" || placed.end === "from";
    const span = onBefore ? placed.segment.before! : placed.segment.after!;
    const passage = current && continues(current, placed.segment, onBefore) ? current : startPassage(passages);
    passage.pieces.push({
      ...placed,
      gap: gapBefore(onBefore ? comparison.before : comparison.after, span),
      marks: marksOf(comparison, placed.segment, placed.end),
    });
    const staysInPlace = placed.segment.kind === "unchanged" || placed.segment.kind === "edited";
    if (onBefore || staysInPlace) passage.paragraphBefore = placed.segment.before!.paragraph;
    if (!onBefore) passage.paragraphAfter = span.paragraph;
  }
  return passages;
}

interface Placed {
  readonly segment: Segment;
  readonly move?: number;
  readonly end?: "from" | "to";
}

/** The segments, with each moved one also where it stood: after what it followed before. */
function placedSegments(segments: readonly Segment[]): Placed[] {
  const moves = movesOf(segments);
  const leavings = new Map<Segment | null, Placed[]>();
  let previous: Segment | null = null;
  for (const segment of segments.filter(({ before }) => before).toSorted(byPlaceBefore)) {
    const move = moves.get(segment);
    if (move === undefined) previous = segment;
    else leavings.set(previous, [...(leavings.get(previous) ?? []), { segment, move, end: "from" }]);
  }
  const placed = [...(leavings.get(null) ?? [])];
  let waiting: Placed[] = []; // what left another paragraph stands below this one, not in it
  segments.forEach((segment, index) => {
    if (index > 0 && !isOneParagraph(segments[index - 1]!, segment)) {
      placed.push(...waiting);
      waiting = [];
    }
    const move = moves.get(segment);
    placed.push(move === undefined ? { segment } : { segment, move, end: "to" });
    for (const leaving of leavings.get(segment) ?? []) {
      const isOwn = leaving.segment.before!.paragraph === segment.before!.paragraph;
      (isOwn ? placed : waiting).push(leaving);
    }
  });
  return [...placed, ...waiting];
}

const isOneParagraph = (a: Segment, b: Segment): boolean =>
  a.after && b.after
    ? a.after.paragraph === b.after.paragraph
    : a.before !== undefined && a.before.paragraph === b.before?.paragraph;

/** Sentences that moved together from one paragraph to another are one move. */
function movesOf(segments: readonly Segment[]): Map<Segment, number> {
  const moves = new Map<Segment, number>();
  let count = 0;
  let last: Segment | undefined;
  for (const segment of segments) {
    const together =
      last?.kind === "moved" &&
      segment.kind === "moved" &&
      last.before!.paragraph === segment.before!.paragraph &&
      last.after!.paragraph === segment.after!.paragraph &&
      last.before!.end <= segment.before!.start;
    if (segment.kind === "moved") moves.set(segment, together ? count : ++count);
    last = segment;
  }
  return moves;
}

const byPlaceBefore = (a: Segment, b: Segment): number =>
  a.before!.paragraph - b.before!.paragraph || a.before!.start - b.before!.start;

function continues(passage: Passage, segment: Segment, onBefore: boolean): boolean {
  if (onBefore) return passage.paragraphBefore === segment.before!.paragraph;
  if (passage.paragraphAfter !== null) return passage.paragraphAfter === segment.after!.paragraph;
  return segment.kind !== "moved" && passage.paragraphBefore === segment.before?.paragraph;
}

function startPassage(passages: Passage[]): Passage {
  const passage: Passage = { pieces: [], paragraphBefore: null, paragraphAfter: null };
  passages.push(passage);
  return passage;
}

/** The white space that sets a span off from what stands before it in its paragraph. */
export const gapBefore = (texts: readonly string[], { paragraph, start }: Span): string =>
  /\s*$/.exec(texts[paragraph]!.slice(Math.max(0, start - 8), start))![0];

function marksOf({ before, after }: Comparison, segment: Segment, end: Piece["end"]): readonly WordMark[] {
  if (segment.kind === "removed") return [{ mark: "-", text: textOf(before, segment.before!) }];
  if (segment.kind === "added") return [{ mark: "+", text: textOf(after, segment.after!) }];
  if (end === "from") return [{ mark: "=", text: textOf(before, segment.before!) }];
  return segment.words ?? [{ mark: "=", text: textOf(after, segment.after!) }];
}
