import { labelOf } from "../page/element-label.ts";
import type { Box, Outline } from "../page/outline.ts";
import { type Body, CHOICES, isTextItself } from "./body.ts";
import { prefixSums, speaksFor } from "./prose.ts";

/** An element that might hold the story. */
export interface Candidate {
  readonly element: string;
  /** How much its pieces speak for a story: weighed characters, links and scraps counted against it. */
  readonly score: number;
  readonly pieces: number;
}

/** Where the story was found, and where else it might have been. */
export interface Choice {
  /** Null on a page in which nothing speaks for a story. */
  readonly story: Candidate | null;
  /** Why it is this one. */
  readonly why: string;
  /** The element around it that scores highest; null where that is the story itself. */
  readonly within: Candidate | null;
  /** The best of what lies beside it, none inside another. */
  readonly others: readonly Candidate[];
}

const MOST_OTHERS = 3;

/** The elements that were weighed for the story, the same way as `bodyOf` weighs them. */
export function choiceOf({ boxes, pieces }: Outline, { box: story, roles, chosen }: Body): Choice {
  const told = prefixSums(pieces.map((piece, at) => (roles[at] ? 0 : speaksFor(piece))));
  const scoreOf = (box: Box) => told[box.end]! - told[box.first]!;
  const candidate = (box: Box): Candidate => ({
    element: labelOf(box.element),
    score: Math.round(scoreOf(box)),
    pieces: box.end - box.first,
  });
  const ranked = boxes
    .filter((box) => !isTextItself(box) && scoreOf(box) > 0)
    .sort((a, b) => scoreOf(b) - scoreOf(a) || b.index - a.index);
  const others: Box[] = [];
  for (const box of ranked) {
    if (others.length === MOST_OTHERS) break;
    if (story && ![story, ...others].some((other) => box.first < other.end && other.first < box.end)) others.push(box);
  }
  const around = ranked.find((box) => story && box !== story && box.first <= story.first && box.end >= story.end);
  return {
    story: story && candidate(story),
    why: CHOICES[chosen],
    within: around && story && scoreOf(around) > scoreOf(story) ? candidate(around) : null,
    others: others.map(candidate),
  };
}
