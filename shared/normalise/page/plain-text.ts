import { canonicalText } from "./canonical.ts";
import { type Decoded, textOf } from "./decode.ts";
import { PAGE_LIMITS } from "./guard.ts";

/** Characters of a page that are read when it is too large or too deep for a tree. */
export const MOST_PLAIN_CHARS = 2_000_000;

/** Paragraphs, and the bound of a page that the text breaks: of such a text the beginning is read. */
export interface Paragraphs {
  readonly paragraphs: readonly string[];
  readonly over: string | null;
}

/** The paragraphs of a text that is no markup, parted by empty lines. */
export function paragraphsOf(page: Decoded): Paragraphs {
  const { textChars, tokens } = PAGE_LIMITS;
  const text = textOf(page, textChars + 1);
  const isLong = text.length > textChars;
  const paragraphs = (isLong ? text.slice(0, MOST_PLAIN_CHARS) : text).split(/\n\s*\n/, tokens + 1);
  if (isLong) return { paragraphs: paragraphs.slice(0, tokens), over: `more than ${textChars} characters` };
  if (paragraphs.length > tokens)
    return { paragraphs: paragraphs.slice(0, tokens), over: `more than ${tokens} paragraphs` };
  return { paragraphs, over: null };
}
const SILENT: readonly string[] = ["script", "style", "template", "noscript", "title"];
const INLINE =
  /^\/?(?:a|abbr|b|bdi|bdo|big|cite|code|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|tt|u|var|wbr)\b/i;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/**
 * The page's text without a tree, for pages that break the guard's bounds: tags cut out, a paragraph per block. One pass
 * forward; nothing is looked up twice, so hostile markup costs no more than its length.
 */
export function plainTextBlocks(html: string): string[] {
  const source = html.length > MOST_PLAIN_CHARS ? html.slice(0, MOST_PLAIN_CHARS) : html;
  const lower = source.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()); // of other letters it changes the length
  let text = "";
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf("<", at);
    if (open < 0) break;
    text += source.slice(at, open);
    at = afterMarkup(lower, open);
    if (at === open + 1) text += "<";
    else if (!INLINE.test(source.slice(open + 1, Math.min(at, open + 12)))) text += "\n\n";
  }
  if (at < source.length) text += source.slice(at);
  return text
    .split(/\n\n+/, PAGE_LIMITS.tokens)
    .map((block) => canonicalText(block.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, decodeEntity)))
    .filter((block) => block !== "");
}

/** Where the markup that opens at `open` ends; `open + 1` when it is no markup. */
function afterMarkup(lower: string, open: number): number {
  if (lower.startsWith("<!--", open)) return after(lower, "-->", open);
  if (!/[a-z/!?]/.test(lower[open + 1] ?? "")) return open + 1;
  const silent = SILENT.find(
    (name) => lower.startsWith(name, open + 1) && /[\s>/]/.test(lower[open + 1 + name.length] ?? ">"),
  );
  return silent === undefined ? after(lower, ">", open) : after(lower, ">", after(lower, `</${silent}`, open) - 1);
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

function decodeEntity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}
