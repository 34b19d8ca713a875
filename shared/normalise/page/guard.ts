import { DomHandler } from "domhandler";
import { Parser } from "htmlparser2";
import type { Document, Element } from "./tree.ts";

/**
 * Bounds of a page that is read as a tree (docs of HTML parsers in browsers: depth 512). The largest of 1,061 real pages has
 * 26,000 tokens and 2,600,000 characters, scripts included.
 */
export const PAGE_LIMITS = { depth: 512, attributes: 2_000, textChars: 8_000_000, tokens: 80_000 } as const;

/** A page within the bounds. */
export interface Tree {
  readonly kind: "tree";
  readonly root: Document;
  /** Elements that may claim something about the article, in reading order. */
  readonly claiming: readonly Element[];
}

export type Guarded = Tree | { readonly kind: "over"; readonly reason: string };

/** Whether anything in an element is ever read: drawings, styles and programs are not, and they are half of many pages. */
const isHollow = (name: string, { type }: { readonly [key: string]: string }): boolean =>
  name === "svg" || name === "style" || (name === "script" && !/json/i.test(type ?? ""));

/**
 * Builds the tree and counts while it does; over a bound it stops building. Comments and what is in hollow elements are
 * left out.
 */
class BoundedHandler extends DomHandler {
  over: string | null = null;
  /** How many elements are open from a hollow one inwards. */
  private hollow = 0;
  /** Elements that may claim something about the article, gathered in passing: another pass would cost a tenth of parsing. */
  readonly claiming: Element[] = [];
  private tokens = 0;
  private chars = 0;
  private attributes = 0;

  /** All of the page lies in one element: selecting below many is quadratic in their number (css-select's removeSubsets). */
  override onparserinit(parser: Parser): void {
    super.onparserinit(parser);
    super.onopentag("page", {});
  }

  onattribute(): void {
    this.attributes += 1;
    if (this.attributes > PAGE_LIMITS.attributes) this.over ??= `more than ${PAGE_LIMITS.attributes} attributes`;
  }

  override onopentag(name: string, attributes: { [key: string]: string }): void {
    if (this.over !== null) return;
    this.count();
    // tagStack is DomHandler's own; the document is its first entry
    if (this.tagStack.length + this.hollow > PAGE_LIMITS.depth) this.over = `nesting deeper than ${PAGE_LIMITS.depth}`;
    if (this.over !== null) return;
    this.attributes = 0;
    if (this.hollow === 0) {
      super.onopentag(name, attributes);
      if (mayClaim(name, attributes) && this.claiming.length < MOST_CLAIMING)
        this.claiming.push(this.tagStack.at(-1) as Element);
    }
    if (this.hollow > 0 || isHollow(name, attributes)) this.hollow += 1;
  }

  override onclosetag(): void {
    if (this.over !== null) return;
    if (this.hollow > 0) this.hollow -= 1;
    if (this.hollow === 0) super.onclosetag();
  }

  override ontext(data: string): void {
    if (this.over !== null) return;
    this.count();
    this.chars += data.length;
    if (this.chars > PAGE_LIMITS.textChars) this.over = `more than ${PAGE_LIMITS.textChars} characters`;
    if (this.over === null && this.hollow === 0) super.ontext(data);
  }

  override oncomment(): void {}
  override oncommentend(): void {}
  override oncdatastart(): void {}
  override oncdataend(): void {}
  override onprocessinginstruction(): void {}

  private count(): void {
    this.tokens += 1;
    if (this.tokens > PAGE_LIMITS.tokens) this.over = `more than ${PAGE_LIMITS.tokens} tokens`;
  }
}

/** Where a page ends within a closing tag, htmlparser2 10.1.0 would take the end of its last piece for text. */
class PageParser extends Parser {
  override ontext(start: number, end: number): void {
    if (start >= 0) super.ontext(start, end);
  }
}

/** Claims that are looked at; pages have some hundred. */
const MOST_CLAIMING = 5_000;
const CLAIMING: ReadonlySet<string> = new Set(["html", "title", "base", "link", "meta", "script", "time", "abbr"]);

const mayClaim = (name: string, { itemprop, rel }: { readonly [key: string]: string }): boolean =>
  CLAIMING.has(name) || itemprop !== undefined || rel !== undefined;

/**
 * The page as the tree that cheerio selects from (select.ts), or the bound that it breaks. Built with htmlparser2, the
 * parser of `cheerio/slim`: why not parse5 is told in docs/decisions/0006-normaliser.md.
 *
 * @param pieces - the page's text, cut anywhere; a page over the bounds costs at most one piece more
 */
export function parseGuarded(pieces: Iterable<string>, markup: "html" | "xml" = "html"): Guarded {
  const handler = new BoundedHandler();
  const parser = new PageParser(handler, { decodeEntities: true, xmlMode: markup === "xml" });
  for (const piece of pieces) {
    parser.write(piece);
    if (handler.over !== null) return { kind: "over", reason: handler.over };
  }
  parser.end();
  if (handler.over !== null) return { kind: "over", reason: handler.over };
  return { kind: "tree", root: handler.root, claiming: handler.claiming };
}
