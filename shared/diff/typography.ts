const INVISIBLE = /[\u00ad\u200b\ufeff]/g;
const UNUSUAL_SPACE = /[^\S ]|\s{2}|[\u00ad\u200b\ufeff]|^\s|\s$/;

/** White space folded, soft hyphens and zero-width spaces dropped: equal results are the same text to a reader. */
export const foldSpace = (text: string): string =>
  UNUSUAL_SPACE.test(text) ? text.replace(INVISIBLE, "").replace(/\s+/g, " ").trim() : text;

/** Nothing in it has more than one style. */
const WITHOUT_STYLE = /^[A-Za-z0-9 .,;:!?()]*$/;
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const SINGLE_QUOTES = /[‘’‚‛‹›`´ʼ′]/g;
const DOUBLE_QUOTES = /[“”„‟«»「」『』〝〞″]/g;

/**
 * A text with the style of its typography folded away: kind of quotation marks, dashes, ellipses, full-width forms,
 * white space, direction marks. Not folded: letter case, and whether a mark stands there at all.
 *
 * After a digit single and double marks stay apart: 5' is not 5".
 */
export function foldTypography(text: string): string {
  if (WITHOUT_STYLE.test(text)) return foldSpace(text);
  return foldSpace(text.normalize("NFC").replace(DIRECTION_MARKS, ""))
    .replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\s*»|«\s*/g, '"')
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(/''/g, '"')
    .replace(/(?<!\p{Nd})'/gu, '"')
    .replace(/…/g, "...")
    .replace(/[‐‑‒–—―−-]{2,}|[‐‑‒–—―−]/g, "-")
    .replace(/ - /g, "-");
}

/** True when two texts differ in nothing but the style of their typography. */
export function sameButTypography(before: string, after: string): boolean {
  let at = 0;
  while (at < before.length && before.charCodeAt(at) === after.charCodeAt(at)) at++;
  // Two plain letters or digits that differ are no typography: most edits are settled here.
  if (PLAIN.test(before[at] ?? "") && PLAIN.test(after[at] ?? "")) return false;
  return foldTypography(before) === foldTypography(after);
}

const PLAIN = /[A-Za-z0-9]/;

/** True when two headings differ in typography and letter case only. */
export const sameButCase = (before: string, after: string): boolean =>
  foldTypography(before).toLowerCase() === foldTypography(after).toLowerCase();
