import { type Cheerio, load } from "cheerio/slim";
import type { Document, Element } from "./tree.ts";

/**
 * cheerio of no page. One for all of them: `cheerio.load` makes a class a page, through which the engine's young generation
 * keeps each page's tree until the next full collection, at half the cost of parsing it.
 */
const cheerio = load("");

/** Elements as a cheerio selection. */
export const selection = (elements: readonly Element[]): Cheerio<Element> => cheerio([...elements]);

/** What a CSS selector finds in a page. */
export const select = (root: Document, selector: string): Cheerio<Element> =>
  cheerio(root).find(selector) as Cheerio<Element>;
