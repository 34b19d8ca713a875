import { type Block, isCompared } from "../../domain/article.ts";
import type { Metadata } from "../fields/metadata.ts";
import { select } from "../page/select.ts";
import { type Document, type Element, following, isText } from "../page/tree.ts";

/** Class and id selectors, as schema.org asks for; others are not tried, since a page may name any. */
const PLAIN_SELECTOR = /^[.#][\w-]{1,100}$/;
/** Each costs a pass over the tree. */
const MOST_PARTS = 3;
/** A locked part with less text is not on the page. */
const LEAST_CHARS_OF_PART = 200;
/** A story of fewer characters is taken for its beginning. */
const LEAST_CHARS_OF_STORY = 1_500;

/**
 * Whether the page shows only the beginning of its article, by its own word (schema.org `isAccessibleForFree`, OpenGraph
 * `article:content_tier`) and by what it holds. Many such pages carry the whole text for all that: those are not flagged.
 */
export function paywallFlag(page: Document, { free, lockedParts }: Metadata, blocks: readonly Block[]): string | null {
  if (free) return null;
  const selectors = lockedParts.filter((selector) => PLAIN_SELECTOR.test(selector)).slice(0, MOST_PARTS);
  if (selectors.some((selector) => select(page, selector).get().some(isShown))) return null;
  const chars = blocks.reduce((sum, block) => sum + (isCompared(block) ? block.text.length : 0), 0);
  return chars < LEAST_CHARS_OF_STORY
    ? `paywall: the page says that ${selectors[0] ?? "it"} is not free, and shows ${chars} characters`
    : null;
}

/** Whether an element holds enough text; what lies in a part of it counts once, wherever its own text is asked for. */
function isShown(part: Element): boolean {
  let chars = 0;
  for (let node = following(part, part); node && chars < LEAST_CHARS_OF_PART; node = following(part, node))
    if (isText(node)) chars += node.data.trim().length;
  return chars >= LEAST_CHARS_OF_PART;
}
