import type { Instant } from "./time.ts";

/**
 * A place between two blocks of a watch's article whose content rotates without an editor's hand, as its captures taught:
 * a promotion set as a paragraph, a "quote of the hour", a date that depends on which server answered. What stands in it
 * is kept and shown, and not compared. Texts are known by their beginnings, so that a place stays small.
 */
export interface RotatingPlace {
  /** The texts around it; null at the start and at the end of the story. */
  readonly after: string | null;
  readonly before: string | null;
  readonly why: Rotation;
  /** What it held, oldest first: the newest few. */
  readonly contents: readonly PlaceContent[];
  /** Texts in it that stayed while others came and went: an editor's paragraph beside a rotating one is compared. */
  readonly settled: readonly string[];
  /** How often its content became another since it was learnt. */
  readonly turns: number;
  /** The longest that a content stood which came and went while we looked. */
  readonly longestSeconds: number;
  /** Captures in a row in which it was not found. */
  readonly missed: number;
}

/** `swapped`: unlike contents at every look; `flips`: back, time and again, to contents that were there before. */
export type Rotation = "swapped" | "flips";

/** What a place held from one capture to another. */
export interface PlaceContent {
  readonly texts: readonly string[];
  readonly first: Instant;
  readonly last: Instant;
  readonly captures: number;
}
