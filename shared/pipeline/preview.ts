import { USER_AGENT_TOKEN } from "../config.ts";
import { type Article, comparedBlocks } from "../domain/article.ts";
import type { Failure } from "../domain/failure.ts";
import { robotsAllow } from "../domain/robots.ts";
import { type Inspection, inspect } from "../normalise/normalise.ts";
import { folded } from "../normalise/page/canonical.ts";
import { decode, textOf } from "../normalise/page/decode.ts";
import { judgeCapture } from "../normalise/quality/capture-quality.ts";
import { ruleFor, type SourceRule } from "../normalise/rules/source-rule.ts";
import type { Part } from "../normalise/story/parts.ts";
import type { Fetched, Fetcher } from "../ports/fetcher.ts";

/** What a watch of a page would read, and why; `failure` where it would be no article. Nothing is kept. */
export interface Preview {
  readonly inspection: Inspection | null;
  readonly failure: Failure | null;
  /** What was served; null where nothing was. */
  readonly served: Served | null;
}

type Served = Pick<Extract<Fetched, { kind: "answered" }>, "status" | "headers" | "body" | "bodyFailure">;

/** Asks for the page once, if its host's robots.txt lets us. */
export async function previewOfUrl(url: string, fetcher: Fetcher, rules: readonly SourceRule[]): Promise<Preview> {
  const failure = await robotsFailure(url, fetcher);
  if (failure) return { inspection: null, failure, served: null };
  const fetched = await fetcher.fetch({ url });
  return fetched.kind === "failed"
    ? { inspection: null, failure: fetched.failure, served: null }
    : previewOfAnswer(url, fetched, rules);
}

export function previewOfAnswer(url: string, served: Served, rules: readonly SourceRule[]): Preview {
  const contentType = served.headers["content-type"];
  const rule = ruleFor(rules, url);
  const inspection = inspect({
    url,
    bytes: served.body,
    ...(contentType !== undefined && { contentType }),
    ...(rule && { rule }),
  });
  const failure = judgeCapture({ ...served, article: inspection.article, newest: null });
  return { inspection, failure, served };
}

/** What speaks for a page being the article: a line each. */
export function evidenceFor(article: Article, { status, body }: Served): readonly string[] {
  const blocks = comparedBlocks(article);
  const chars = blocks.reduce((sum, { text }) => sum + text.length, 0);
  const claimed = [article.byline !== null && "author", article.published !== null && "date"].filter(
    (it) => it !== false,
  );
  return [
    `status ${status}, ${grouped(body.length)} bytes`,
    `${grouped(chars)} characters of text in ${grouped(blocks.length)} ${blocks.length === 1 ? "block" : "blocks"}`,
    claimed.length > 0 ? `names ${claimed.join(" and ")}` : "names neither author nor date",
  ];
}

/** `29060` as `29,060`. */
const grouped = (count: number): string => count.toLocaleString("en");

/** Where words stand in a page. */
export interface Whereabouts {
  /** The pieces that hold them, in reading order. */
  readonly parts: readonly Part[];
  /** Whether what was served holds them at all, be it in a script or an attribute. */
  readonly served: boolean;
}

/** Looks for words, whatever their case and marks. */
export function whereabouts({ inspection, served }: Preview, words: string): Whereabouts {
  const wanted = folded(words);
  const parts = inspection?.parts().filter(({ text }) => folded(text).includes(wanted)) ?? [];
  if (parts.length > 0 || !served) return { parts, served: parts.length > 0 };
  return { parts, served: folded(textOf(decode(served.body, served.headers["content-type"]))).includes(wanted) };
}

async function robotsFailure(url: string, fetcher: Fetcher): Promise<Failure | null> {
  const { host, href } = new URL("/robots.txt", url);
  const answer = await fetcher.fetch({ url: href });
  if (answer.kind === "failed") return answer.failure;
  if (answer.status >= 400 && answer.status < 500) return null; // RFC 9309 §2.3.1
  if (answer.status !== 200)
    return { kind: "robots-unreachable", detail: `robots.txt of ${host} answered ${answer.status}` };
  const rules = robotsAllow(new TextDecoder().decode(answer.body), url, USER_AGENT_TOKEN);
  return rules.allowed ? null : { kind: "robots-disallowed", detail: `robots.txt of ${host} disallows this page` };
}
