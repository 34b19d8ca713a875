/** Characters of a detail that are kept: it stands in every check's record, and in one line of a page or terminal. */
const DETAIL_CHARACTERS = 300;

/**
 * The detail of a failure in which a server's own words stand (an address, a header's value): one line without control
 * and formatting characters, cut where it grows long.
 */
export function plainDetail(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
  if (line.length <= DETAIL_CHARACTERS) return line;
  return `${line.slice(0, DETAIL_CHARACTERS - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
