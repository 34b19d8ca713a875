import type { Page, PageRequest } from "../../ports/ledger.ts";
import type { Item, LedgerTable, Question } from "./dynamo-ledger-table.ts";

/** An attribute that we wrote as text. @throws if it is not: a bug */
export function text(item: Item, attribute: string): string {
  const value = item[attribute];
  if (typeof value !== "string") throw new TypeError(`attribute ${attribute} holds no text`);
  return value;
}

/**
 * The domain object that an item holds as JSON: shorter than a map, read natively, and the same text as in SQLite. What
 * a condition or an index needs stands beside it as its own attribute.
 */
export const fromJson = <T>(item: Item, attribute = "json"): T => JSON.parse(text(item, attribute)) as T;

/**
 * The page that a question answers, read one item over its limit: the one too many says that there is a next page.
 *
 * @param positionOf - what continues after an item
 * @throws RangeError for a limit below 1: a bug
 */
export async function pageOf<T>(
  items: AsyncIterable<Item>,
  { limit }: PageRequest,
  read: (item: Item) => T,
  positionOf: (item: Item) => string,
): Promise<Page<T>> {
  const found: Item[] = [];
  for await (const item of items) {
    found.push(item);
    if (found.length > limit) break;
  }
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { rows: found.slice(0, limit).map((item) => read(item)), ...(last && { next: positionOf(last) }) };
}

/** Items to ask for to fill a page and see whether there is more. @throws RangeError for a limit below 1: a bug */
export function onePast({ limit }: PageRequest): number {
  if (!(Number.isInteger(limit) && limit >= 1)) throw new RangeError(`page limit ${limit}`);
  return limit + 1;
}

/** The first item that answers a question. */
export async function firstOf(table: LedgerTable, question: Question): Promise<Item | null> {
  for await (const item of table.items(question)) return item;
  return null;
}
