import { type Article, comparedBlocks } from "../../domain/article.ts";
import type { Failure } from "../../domain/failure.ts";
import { FEED_FLAG } from "../feed/feed.ts";
import { challengeOf } from "./challenges.ts";
import { hasSameHeadline, impostorIn } from "./impostors.ts";
import { retryAfterSeconds } from "./retry-after.ts";

/** An answer and what was read out of it. */
export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The entity body, transfer and content codings removed. */
  readonly body: Uint8Array;
  /** The reading; null when the body was not read. */
  readonly article: Article | null;
  /** What the fetcher found wrong with the body: cut short, or its coding broken. */
  readonly bodyFailure?: Failure;
  /** The newest revision's reading; null before the baseline. */
  readonly newest: { readonly article: Article } | null;
}

/** Media types that the normaliser reads; anything else is not a page. An absent type is taken for HTML, as browsers do. */
const PAGE_TYPES = /^(?:text\/(?:html|plain|xml)|application\/(?:(?:xhtml|atom|rss|rdf)\+xml|xml|feed\+json))$/;
const SIGNATURES_OF_OTHERS: readonly (readonly [string, readonly number[]])[] = [
  ["PDF", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["PNG image", [0x89, 0x50, 0x4e, 0x47]],
  ["JPEG image", [0xff, 0xd8, 0xff]],
  ["GIF image", [0x47, 0x49, 0x46, 0x38]],
  ["ZIP archive", [0x50, 0x4b, 0x03, 0x04]],
];
/** A reading below this share of the newest one's characters is suspect, if the newest was of some length. */
const COLLAPSE = { share: 0.25, leastChars: 600 } as const;

/** Why an answer is not the article, or null when it is. Certain signs first, guesses last. */
export function judgeCapture(answer: Answer): Failure | null {
  return (
    challengeIn(answer) ??
    refusal(answer) ??
    answer.bodyFailure ??
    notHtml(answer) ??
    impostor(answer) ??
    emptiness(answer) ??
    collapse(answer)
  );
}

function challengeIn({ status, headers, body, article, newest }: Answer): Failure | null {
  const readChars = article === null ? 0 : charsOf(article);
  const claimed = article !== null && (article.byline !== null || article.published !== null);
  const familiar = article !== null && newest !== null && hasSameHeadline(article, newest.article);
  const sign = challengeOf({ status, headers, body, readChars, claimed, familiar });
  if (sign === null) return null;
  return { kind: "challenge", detail: `${sign} (status ${status})`, ...retryOf(headers) };
}

function refusal({ status, headers }: Answer): Failure | null {
  if (status === 200) return null;
  if (status === 404 || status === 410) return { kind: "gone", detail: `status ${status}` };
  if (status === 429) return { kind: "rate-limited", detail: "status 429", ...retryOf(headers) };
  return { kind: "status", detail: `status ${status}`, ...retryOf(headers) };
}

function retryOf(headers: Readonly<Record<string, string>>): { retryAfterSeconds?: number } {
  const seconds = retryAfterSeconds(headers);
  return seconds === null ? {} : { retryAfterSeconds: seconds };
}

function notHtml({ headers, body, article }: Answer): Failure | null {
  const type = headers["content-type"]?.split(";")[0]?.split(",")[0]?.trim().toLowerCase() ?? "";
  if (type !== "" && !PAGE_TYPES.test(type)) return { kind: "not-html", detail: `content type ${type.slice(0, 100)}` };
  const other = SIGNATURES_OF_OTHERS.find(([, signature]) => signature.every((byte, at) => body[at] === byte));
  if (other) return { kind: "not-html", detail: `the body is a ${other[0]}` };
  // a feed is read for the one entry that is the watched article: an address of a feed itself has none
  const feed = article?.blocks.length === 0 && article.flags.find((flag) => flag.startsWith(FEED_FLAG));
  return feed ? { kind: "not-html", detail: `the body is a ${feed}` } : null;
}

function emptiness({ body, article }: Answer): Failure | null {
  if (body.length === 0) return { kind: "empty", detail: "no body" };
  if (article === null || charsOf(article) === 0) return { kind: "empty", detail: `no text in ${body.length} bytes` };
  return null;
}

const impostor = ({ headers, body, article, newest }: Answer): Failure | null =>
  article && impostorIn({ body, contentType: headers["content-type"], article, newest: newest?.article ?? null });

/** Most of the text gone is our failure or a stub more often than an edit; the pipeline asks again before it believes it. */
function collapse({ article, newest }: Answer): Failure | null {
  if (article === null || newest === null) return null;
  const [before, now] = [charsOf(newest.article), charsOf(article)];
  if (before < COLLAPSE.leastChars || now >= COLLAPSE.share * before) return null;
  return { kind: "collapse", detail: `${now} characters of text where the newest reading has ${before}` };
}

const charsOf = (article: Article): number =>
  comparedBlocks(article).reduce((sum, block) => sum + block.text.length, 0);
