import type { Article } from "../domain/article.ts";
import type { Failure } from "../domain/failure.ts";
import { normalise } from "../normalise/normalise.ts";
import { judgeCapture } from "../normalise/quality/capture-quality.ts";
import { ruleFor, type SourceRule } from "../normalise/rules/source-rule.ts";

/** An answer as the reading sees it: from the fetcher, or from a kept WARC. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly bodyFailure?: Failure;
}

/** A capture read and judged: the article, or why it is none. A collapse comes with the reading it would be. */
export type Read =
  | { readonly article: Article; readonly failure: null }
  | { readonly article: Article | null; readonly failure: Failure };

/** Reads an answer and judges whether it is the article at all, before anything compares it. */
export function readCapture(
  watchUrl: string,
  answer: Answer,
  newest: Article | null,
  rules: readonly SourceRule[],
): Read {
  // A body that is not whole is judged as that; reading a large one would only cost the memory of its neighbours.
  const article = answer.status === 200 && !answer.bodyFailure ? readArticleFrom(watchUrl, answer, rules) : null;
  const failure = judgeCapture({ ...answer, article, newest: newest && { article: newest } });
  if (failure) return { article, failure };
  if (!article) throw new Error(`judged as an article with status ${answer.status}`);
  return { article, failure: null };
}

/** The article in an answer's body, under the watch's own URL: where redirects end is no part of the reading. */
export function readArticleFrom(watchUrl: string, { headers, body }: Entity, rules: readonly SourceRule[]): Article {
  const contentType = headers["content-type"];
  const rule = ruleFor(rules, watchUrl);
  return normalise({
    url: watchUrl,
    bytes: body,
    ...(contentType !== undefined && { contentType }),
    ...(rule && { rule }),
  });
}

/** What of an answer is read. */
export type Entity = Pick<Answer, "headers" | "body">;
