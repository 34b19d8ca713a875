import type { Instant } from "../../../shared/domain/time.ts";

/** A block of a post's body as its author wrote it. `related` is a line that links to another post. */
export type PostBlock =
  | { readonly kind: "paragraph" | "heading"; readonly text: string }
  | { readonly kind: "related"; readonly text: string; readonly slug: string };

/** What an author keeps in the blog's editor; a theme makes a page of it. */
export interface Post {
  /** Begins with a slash. */
  readonly path: string;
  /** A BCP 47 tag. The theme speaks Indonesian and English, and frames any other language in English. */
  readonly language: string;
  readonly headline: string;
  readonly byline: string;
  readonly published: Instant;
  /** What the page claims; many edits leave it alone. */
  readonly modified: Instant;
  readonly blocks: readonly PostBlock[];
}

export const paragraph = (text: string): PostBlock => ({ kind: "paragraph", text });
export const heading = (text: string): PostBlock => ({ kind: "heading", text });
export const related = (text: string, slug: string): PostBlock => ({ kind: "related", text, slug });
