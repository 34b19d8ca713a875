import { type Article, comparedBlocks } from "../../domain/article.ts";
import type { Failure } from "../../domain/failure.ts";
import { folded } from "../page/canonical.ts";
import { announced, type Impostor } from "../words/impostors.ts";

/** A page served with status 200, and what was read out of it. */
export interface Served {
  readonly body: Uint8Array;
  readonly article: Article;
  /** The newest revision's reading; null before the baseline. */
  readonly newest: Article | null;
}

/** Such pages say a paragraph or two; consent walls explain themselves at length. */
const MOST_CHARS: Readonly<Record<Impostor, number>> = {
  "soft-404": 1_200,
  "error-page": 1_200,
  "login-wall": 1_200,
  "consent-wall": 4_000,
};
const LOOKED_AT_BYTES = 300_000;
/** What the page must show besides its heading, where the heading alone would be a common title. */
const MARKUP: Readonly<Partial<Record<Impostor, RegExp>>> = {
  "consent-wall":
    /<(?:form|button|iframe)[^>]{0,1000}(?:consent|privacy|cookie|gdpr|accept|akzept|zustimm)|<button[^>]{0,500}>[^<]{0,40}(?:accept|agree|akzept|zustimm|accepter|aceptar|aceitar|accett)/i,
  "login-wall": /<input[^>]{1,500}type\s*=\s*["']?password/i,
};

/**
 * What stands in the article's place, though the status says all is well: a consent or login wall, a "not found", an
 * error. Told by what the page is headed; never where the page claims an author or a date, says more than such pages do,
 * or is headed as the article always was.
 */
export function impostorIn({ body, article, newest }: Served): Failure | null {
  if (article.byline !== null || article.published !== null || hasSameHeadline(article, newest)) return null;
  const chars = comparedBlocks(article).reduce((sum, block) => sum + block.text.length, 0);
  const markup = new TextDecoder().decode(body.subarray(0, LOOKED_AT_BYTES));
  for (const heading of headingsOf(article, markup)) {
    const found = announced(heading);
    if (found === null || chars > MOST_CHARS[found.kind] || isUsual(heading, newest)) continue;
    if (MARKUP[found.kind]?.test(markup) === false) continue;
    return { kind: found.kind, detail: `headed “${heading.slice(0, 100)}”, with ${chars} characters of text` };
  }
  return null;
}

/** The headline, the title, and the first line where it is all the page says, or nearly. */
function headingsOf(article: Article, markup: string): string[] {
  const title = /<title[^>]{0,200}>([^<]{1,200})/i.exec(markup)?.[1] ?? "";
  const blocks = comparedBlocks(article);
  const line = blocks.length <= MOST_BLOCKS_OF_A_LINE ? (blocks[0]?.text ?? "") : "";
  return [article.headline ?? "", title, line].filter((heading) => heading.trim() !== "");
}

/** A message and what to do about it. */
const MOST_BLOCKS_OF_A_LINE = 2;

/** Whether a page is headed as the newest reading is: a wall or an error has a heading of its own. */
export const hasSameHeadline = (article: Article, newest: Article | null): boolean =>
  article.headline !== null && newest?.headline != null && folded(article.headline) === folded(newest.headline);

const isUsual = (heading: string, newest: Article | null): boolean =>
  newest?.headline !== undefined && newest.headline !== null && folded(heading).includes(folded(newest.headline));
