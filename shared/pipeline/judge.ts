import { compareArticles } from "../diff/compare.ts";
import { type Article, readingDigest } from "../domain/article.ts";
import { isConfirmedCollapse } from "../domain/check.ts";
import { type Comparison, hasNothingInCommon } from "../domain/comparison.ts";
import type { Failure } from "../domain/failure.ts";
import { plainDetail } from "../domain/plain-detail.ts";
import type { RotatingPlace } from "../domain/rotation.ts";
import type { Instant } from "../domain/time.ts";
import type { Suspect } from "../domain/watch.ts";
import { afterCapture } from "../normalise/rotation/rotation.ts";
import { markedAlike } from "../normalise/rotation/volatile.ts";
import type { Fetched } from "../ports/fetcher.ts";
import type { Standing } from "../ports/ledger.ts";
import type { Newest } from "./reextract.ts";

/** A fetch that brought an answer. */
export type Answered = Extract<Fetched, { kind: "answered" }>;

/** Why an answer is no article; a collapse comes with the reading it would be. */
export type Refused = { readonly failure: Failure; readonly suspect?: Suspect };
export type Judged =
  | Refused
  | {
      readonly failure: null;
      readonly article: Article;
      readonly comparison: Comparison | null;
      /** What is known of rotating places after this capture. */
      readonly rotating: readonly RotatingPlace[];
    };

/**
 * Whether a page that reads as an article is this article, and how it compares with the newest reading (null: the same, or
 * the first). What rotates is compared on neither side.
 *
 * @param suspected - a collapse, which a second capture must confirm
 */
export function judge(
  { watch, state, rotating: known }: Pick<Standing, "watch" | "state" | "rotating">,
  fetched: Answered,
  read: Article,
  suspected: Failure | null,
  last: Newest | null,
  at: Instant,
): Judged {
  const rotating = afterCapture(known, read, at);
  const [before, article] = last ? markedAlike(last.article, read, rotating) : [null, read];
  const reading = readingDigest(article);
  const comparison = before && reading !== readingDigest(before) ? compareArticles(before, article) : null;
  const elsewhere = comparison && redirectElsewhere(fetched, state.payload?.url ?? watch.url, comparison);
  if (elsewhere) return { failure: elsewhere };
  if (suspected && comparison && !isConfirmedCollapse(state.suspect, reading, comparison, at)) {
    const since = state.suspect?.reading === reading ? state.suspect.since : at;
    return { failure: suspected, suspect: { reading, since } };
  }
  return { failure: null, article, comparison, rotating };
}

/**
 * A redirect that ends elsewhere than it used to, on a page that shares nothing with the article, is no edit of
 * everything: a refusal when it is a lasting one, else a failure that may pass (a login, a consent page).
 *
 * @param usual - where the article was last read
 */
function redirectElsewhere({ exchanges, url }: Answered, usual: string, comparison: Comparison): Failure | null {
  if (exchanges.length < 2 || url === usual || !comparison.headline || !hasNothingInCommon(comparison)) return null;
  const lasting = exchanges.some(({ status }) => status === 301 || status === 308);
  return { kind: lasting ? "gone" : "redirected", detail: plainDetail(`redirects to another page, ${url}`) };
}
