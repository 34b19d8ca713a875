import type { Instant } from "../../../shared/domain/time.ts";
import type { Post, PostBlock } from "./post.ts";

/** What an author does to a post between two readings of it. */
export type Edit = (post: Post) => Post;

/** Several changes saved at once, from left to right. */
export const together =
  (...edits: readonly Edit[]): Edit =>
  (post) =>
    edits.reduce((edited, edit) => edit(edited), post);

/** Replaces a phrase where it first stands. @throws RangeError if the post does not hold it */
export const reword =
  (from: string, to: string): Edit =>
  (post) =>
    replaceAt(post, indexOf(post, from), (block) => ({ ...block, text: block.text.replace(from, () => to) }));

/** Adds a sentence to the end of the block that begins so. @throws RangeError if none does */
export const extend =
  (beginning: string, sentence: string): Edit =>
  (post) =>
    replaceAt(post, beginningOf(post, beginning), (block) => ({ ...block, text: `${block.text} ${sentence}` }));

/** Carries the block that begins so to another place among the blocks. @throws RangeError if none begins so */
export const move =
  (beginning: string, to: number): Edit =>
  (post) => {
    const from = beginningOf(post, beginning);
    return { ...post, blocks: post.blocks.toSpliced(from, 1).toSpliced(to, 0, ...post.blocks.slice(from, from + 1)) };
  };

export const append =
  (block: PostBlock): Edit =>
  (post) => ({ ...post, blocks: [...post.blocks, block] });

/** Does the same to the text of every block. */
export const everywhere =
  (rewrite: (text: string) => string): Edit =>
  (post) => ({ ...post, blocks: post.blocks.map((block) => ({ ...block, text: rewrite(block.text) })) });

export const headline =
  (text: string): Edit =>
  (post) => ({ ...post, headline: text });

export const byline =
  (text: string): Edit =>
  (post) => ({ ...post, byline: text });

/** Moves the modified date that the page claims. */
export const touch =
  (modified: Instant): Edit =>
  (post) => ({ ...post, modified });

function replaceAt(post: Post, at: number, replace: (block: PostBlock) => PostBlock): Post {
  return { ...post, blocks: post.blocks.map((block, index) => (index === at ? replace(block) : block)) };
}

const indexOf = (post: Post, phrase: string) => found(post, phrase, (text) => text.includes(phrase));
const beginningOf = (post: Post, phrase: string) => found(post, phrase, (text) => text.startsWith(phrase));

function found(post: Post, phrase: string, fits: (text: string) => boolean): number {
  const at = post.blocks.findIndex((block) => fits(block.text));
  if (at < 0) throw new RangeError(`${post.path} has no block with "${phrase}"`);
  return at;
}
