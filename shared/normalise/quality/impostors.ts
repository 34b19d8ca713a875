import { type Article, comparedBlocks } from "../../domain/article.ts";
import type { Failure } from "../../domain/failure.ts";
import { folded } from "../page/canonical.ts";
import { announced, type Impostor, saysConsent } from "../words/impostors.ts";
import { type Mark, marksOf, textOfFirst } from "./marks.ts";

/** A page served with status 200, and what was read out of it. */
export interface Served {
  readonly body: Uint8Array;
  readonly contentType: string | undefined;
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
const CONSENT_FORM: ReadonlySet<string> = new Set(["form", "button", "iframe"]);
/** What the page must show besides its heading, where the heading alone would be a common title. */
const MARKUP: Readonly<Partial<Record<Impostor, (mark: Mark) => boolean>>> = {
  "consent-wall": ({ name, attributes, text }) =>
    CONSENT_FORM.has(name) && (saysConsent(text) || Object.values(attributes).some((value) => CONSENT.test(value))),
  "login-wall": ({ name, attributes }) => name === "input" && attributes.type?.toLowerCase() === "password",
};
const CONSENT = /consent|privacy|cookie|gdpr|accept|akzept|zustimm/i;

/**
 * What stands in the article's place, though the status says all is well: a consent or login wall, a "not found", an
 * error. Told by what the page is headed; never where the page claims an author or a date, says more than such pages do,
 * or is headed as the article always was.
 */
export function impostorIn({ body, contentType, article, newest }: Served): Failure | null {
  if (article.byline !== null || article.published !== null || hasSameHeadline(article, newest)) return null;
  const chars = comparedBlocks(article).reduce((sum, block) => sum + block.text.length, 0);
  if (Object.values(MOST_CHARS).every((most) => chars > most)) return null;
  const marks = marksOf(body, contentType);
  for (const heading of headingsOf(article, marks)) {
    const found = announced(heading);
    if (found === null || chars > MOST_CHARS[found.kind] || isUsual(heading, newest)) continue;
    const shows = MARKUP[found.kind];
    if (shows && !marks.some(shows)) continue;
    return { kind: found.kind, detail: `headed “${heading.slice(0, 100)}”, with ${chars} characters of text` };
  }
  return null;
}

/** The headline, the title, and the first line where it is all the page says, or nearly. */
function headingsOf(article: Article, marks: readonly Mark[]): string[] {
  const blocks = comparedBlocks(article);
  const line = blocks.length <= MOST_BLOCKS_OF_A_LINE ? (blocks[0]?.text ?? "") : "";
  return [article.headline ?? "", textOfFirst(marks, "title"), line].filter((heading) => heading.trim() !== "");
}

/** A message and what to do about it. */
const MOST_BLOCKS_OF_A_LINE = 2;

/** Whether a page is headed as the newest reading is: a wall or an error has a heading of its own. */
export const hasSameHeadline = (article: Article, newest: Article | null): boolean =>
  article.headline !== null && newest?.headline != null && folded(article.headline) === folded(newest.headline);

const isUsual = (heading: string, newest: Article | null): boolean =>
  newest?.headline !== undefined && newest.headline !== null && folded(heading).includes(folded(newest.headline));
