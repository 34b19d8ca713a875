import { type Digest, sha256 } from "./digest.ts";

/**
 * What a block is to a reader. `related` (links to other articles) and `caption` stand in the article but outside the
 * compared text: they come and go without an edit.
 */
export type BlockKind =
  | "paragraph"
  | "heading"
  | "list-item"
  | "quotation"
  | "table-row"
  | "code"
  | "entry"
  | "caption"
  | "related";

/** One block of the body. `text` is canonical: NFC, white space folded, never empty. */
export interface Block {
  readonly kind: BlockKind;
  readonly text: string;
  /** Of a heading: 1 to 6. */
  readonly level?: number;
  /** Of a live blog: the key of the entry that it stands in, as the page names it. The entry's own heading has the kind `entry`. */
  readonly entry?: string;
  /** Targets of the links inside, absolute, in reading order. */
  readonly links?: readonly string[];
  /** Rotates between captures without an editor's hand, as earlier captures taught: shown, not compared. */
  readonly volatile?: true;
}

/** How bytes became text: the encoding's WHATWG name and which rule chose it. */
export interface Charset {
  readonly name: string;
  readonly from: "bom" | "transport" | "meta" | "xml" | "default" | "recovered";
}

/** Fields of an article that several places of one page may speak of. */
export type Field =
  | "canonicalUrl"
  | "headline"
  | "standfirst"
  | "byline"
  | "published"
  | "modified"
  | "language"
  | "section"
  | "siteName"
  | "leadImage";

/** What one place of the page says: `json-ld`, `meta og:title`, `h1`, `itemprop`, `time`, `detected`, … */
export interface Claim {
  readonly from: string;
  readonly value: string;
}

/** Where a field's value was taken, and what other places say that differs from it and from each other. */
export interface Origin {
  readonly from: string;
  readonly otherwise?: readonly Claim[];
}

/** A reading: what a person would say the article is, taken from the bytes of one capture. */
export interface Article {
  readonly url: string;
  readonly canonicalUrl: string | null;
  readonly headline: string | null;
  readonly standfirst: string | null;
  readonly byline: string | null;
  /** As the page claims, in ISO 8601 as far as it could be understood; never compared. */
  readonly published: string | null;
  readonly modified: string | null;
  /** A BCP 47 tag; declared by the page where it is, else detected from the text. */
  readonly language: string | null;
  /** The part of the site that it stands in, as the page names it. */
  readonly section?: string;
  readonly siteName: string | null;
  readonly leadImage: string | null;
  /** Of each field that has a value. For people who ask; nothing is decided by it. Readings before version 4 have none. */
  readonly origins?: Readonly<Partial<Record<Field, Origin>>>;
  readonly blocks: readonly Block[];
  readonly charset: Charset;
  /** Why the reading is less than whole, e.g. `plain-text: nesting deeper than 512`. */
  readonly flags: readonly string[];
  /** Version of the normaliser that read it. */
  readonly normaliser: string;
}

const OUTSIDE_COMPARISON: ReadonlySet<BlockKind> = new Set(["caption", "related"]);

export const isCompared = ({ kind, volatile }: Block): boolean => !volatile && !OUTSIDE_COMPARISON.has(kind);

/** The blocks that decide whether the article's text is the same. */
export const comparedBlocks = (article: Article): readonly Block[] => article.blocks.filter(isCompared);

export const isHeading = ({ kind }: Pick<Block, "kind">): boolean => kind === "heading" || kind === "entry";

/**
 * The compared texts, a live blog's entries each as one and in an order of their own: whether the newest stands on top is a
 * setting of the reader's, and a key may be another at each look.
 */
function textsOf(article: Article): readonly string[] {
  const rest: string[] = [];
  const entries = new Map<string, string[]>();
  for (const { entry, text } of comparedBlocks(article)) {
    if (entry === undefined) rest.push(text);
    else if (!entries.get(entry)?.push(text)) entries.set(entry, [text]);
  }
  return [...rest, ...[...entries.values()].map((texts) => texts.join("\n")).sort()];
}

/**
 * The reading digest: over headline, standfirst, byline and compared blocks. Two readings with one digest are the same
 * text, so no revision lies between them; claimed dates, related links and captions do not enter it. Nor do the kinds of
 * blocks: a theme that sets the same words as a heading has edited nothing. Nor does the order of a live blog's entries.
 */
export const readingDigest = (article: Article): Digest =>
  sha256(JSON.stringify([article.headline, article.standfirst, article.byline, textsOf(article)]));
