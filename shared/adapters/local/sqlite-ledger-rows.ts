import type { Page, PageRequest } from "../../ports/ledger.ts";
import type { Row } from "./sqlite-ledger-file.ts";

/** A column that the schema says is text and not null. @throws if it is not: a bug */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw new TypeError(`column ${column} holds no text`);
  return value;
}

/** The domain object that a row holds; we wrote it, so its type is what was written. */
export const fromJson = <T>(row: Row, column = "json"): T => JSON.parse(text(row, column)) as T;

/**
 * A page out of rows that were asked for one over its limit: the one too many says that there is a next page.
 *
 * @param positionOf - what continues after a row
 */
export function pageOf<T>(
  rows: readonly Row[],
  { limit }: PageRequest,
  read: (row: Row) => T,
  positionOf: (row: Row) => string,
): Page<T> {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { rows: rows.slice(0, limit).map((row) => read(row)), ...(last && { next: positionOf(last) }) };
}

/** Rows to ask for to fill a page and see whether there is more. @throws RangeError for a limit below 1: a bug */
export function onePast({ limit }: PageRequest): number {
  if (!(Number.isInteger(limit) && limit >= 1)) throw new RangeError(`page limit ${limit}`);
  return limit + 1;
}
