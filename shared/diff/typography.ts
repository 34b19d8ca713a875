const INVISIBLE = /[\u00ad\u200b\ufeff]/g;

/** By UTF-16 unit: white space other than a plain space, and what cannot be seen. */
const IS_UNUSUAL = new Uint8Array(0x10000);
for (let code = 0; code < IS_UNUSUAL.length; code++) {
  if (/[^\S ]|[\u00ad\u200b\ufeff]/.test(String.fromCharCode(code))) IS_UNUSUAL[code] = 1;
}

const SPACE = 0x20;

/** False for a text that white space folding would leave as it is. */
function hasUnusualSpace(text: string): boolean {
  let previous = SPACE;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (IS_UNUSUAL[code] === 1 || (code === SPACE && previous === SPACE)) return true;
    previous = code;
  }
  return previous === SPACE && text.length > 0;
}

/** White space folded, soft hyphens and zero-width spaces dropped: equal results are the same text to a reader. */
export const foldSpace = (text: string): string =>
  hasUnusualSpace(text) ? text.replace(INVISIBLE, "").replace(/\s+/g, " ").trim() : text;

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
