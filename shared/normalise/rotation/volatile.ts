import { type Article, type Block, isCompared } from "../../domain/article.ts";
import { noticeKindOf } from "../../domain/notice-kind.ts";
import type { RotatingPlace } from "../../domain/rotation.ts";
import { isAlike } from "./likeness.ts";

/** A place that holds more than this share of the text is the story itself. */
export const MOST_OF_TEXT = 0.25;
/** And one of more blocks, too: what is remembered of a watch must fit into one item of a ledger. */
export const MOST_TEXTS = 12;
/** As many characters tell a text from its neighbours. */
const BEGINNING_CHARS = 160;
/** Blocks beyond the most that a place ever held, within which an edited neighbour is looked for. */
const MORE_BLOCKS = 3;

type Blocks = Pick<Article, "blocks">;

/** What a text is known by. Never half of a surrogate pair: no store would give that back. */
export const beginningOf = (text: string): string =>
  text.length <= BEGINNING_CHARS ? text : text.slice(0, BEGINNING_CHARS).replace(/[\ud800-\udbff]$/, "");

/** What may be compared at all, whether it is marked or not. */
export const textsOf = ({ blocks }: Blocks): readonly Block[] =>
  blocks.filter(({ kind, text }) => isCompared({ kind, text }));

export const charsOf = (blocks: readonly Block[]): number => blocks.reduce((sum, { text }) => sum + text.length, 0);

/**
 * The article with the blocks of rotating places marked, and no others: kept and shown, not compared. A publisher's
 * notice is compared wherever it stands.
 */
export function withVolatile<Reading extends Blocks>(article: Reading, places: readonly RotatingPlace[]): Reading {
  const rotating = new Set(
    places.flatMap((place) => (foundIn(place, article)?.blocks ?? []).filter(isVolatileIn(place))),
  );
  if (rotating.size === 0 && !article.blocks.some(({ volatile }) => volatile)) return article;
  const blocks = article.blocks.map((block): Block => {
    const { volatile: _, ...plain } = block;
    return rotating.has(block) ? { ...plain, volatile: true } : plain;
  });
  return { ...article, blocks };
}

/** Two readings with the places marked that are found in both: like is compared with like. */
export function markedAlike(
  before: Article,
  after: Article,
  places: readonly RotatingPlace[],
): readonly [before: Article, after: Article] {
  const both = places.filter((place) => foundIn(place, before) !== null && foundIn(place, after) !== null);
  return [withVolatile(before, both), withVolatile(after, both)];
}

const isVolatileIn =
  ({ settled }: RotatingPlace) =>
  ({ text }: Block): boolean =>
    !settled.includes(beginningOf(text)) && (noticeKindOf(text) ?? "update") === "update";

/** Where a place is in a reading: what it holds, and the texts around it as they read there. */
export interface Found {
  readonly blocks: readonly Block[];
  readonly after: string | null;
  readonly before: string | null;
}

/**
 * Finds a place. Null when its surroundings are gone, or so much stands between them that it must be the story. One
 * neighbour may have been edited, as long as it still reads much the same.
 */
export function foundIn({ after, before, contents }: RotatingPlace, article: Blocks): Found | null {
  const texts = textsOf(article);
  const known = texts.map(({ text }) => beginningOf(text));
  const span = MORE_BLOCKS + Math.max(...contents.map((content) => content.texts.length));
  let from = after === null ? -1 : known.indexOf(after);
  let to = before === null ? known.length : known.indexOf(before, from + 1);
  if (after !== null && from < 0) {
    if (to < 0) return null;
    from = known.findLastIndex((text, at) => at < to && at >= to - 1 - span && isAlike(text, after));
    if (from < 0) return null;
  } else if (before !== null && to < 0) {
    to = known.findIndex((text, at) => at > from && at <= from + 1 + span && isAlike(text, before));
    if (to < 0) return null;
  }
  const blocks = texts.slice(from + 1, to);
  const isStory = blocks.length > MOST_TEXTS || charsOf(blocks) > MOST_OF_TEXT * charsOf(texts);
  return isStory ? null : { blocks, after: after && known[from]!, before: before && known[to]! };
}
