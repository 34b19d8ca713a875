import { USER_AGENT_TOKEN } from "../config.ts";
import type { Failure } from "../domain/failure.ts";
import { robotsAllow } from "../domain/robots.ts";
import { judgeCapture } from "../normalise/capture-quality.ts";
import { type Inspection, inspect } from "../normalise/normalise.ts";
import { ruleFor, type SourceRule } from "../normalise/source-rule.ts";
import type { Fetcher } from "../ports/fetcher.ts";

/** What a watch of a page would read, and why; `failure` where it would be no article. Nothing is kept. */
export interface Preview {
  readonly inspection: Inspection | null;
  readonly failure: Failure | null;
}

/** Asks for the page once, if its host's robots.txt lets us. */
export async function previewOfUrl(url: string, fetcher: Fetcher, rules: readonly SourceRule[]): Promise<Preview> {
  const failure = await robotsFailure(url, fetcher);
  if (failure) return { inspection: null, failure };
  const fetched = await fetcher.fetch({ url });
  return fetched.kind === "failed"
    ? { inspection: null, failure: fetched.failure }
    : previewOfAnswer(url, fetched, rules);
}

export function previewOfAnswer(
  url: string,
  answer: Pick<Extract<Awaited<ReturnType<Fetcher["fetch"]>>, { kind: "answered" }>, "status" | "headers" | "body">,
  rules: readonly SourceRule[],
): Preview {
  const contentType = answer.headers["content-type"];
  const rule = ruleFor(rules, url);
  const inspection = inspect({
    url,
    bytes: answer.body,
    ...(contentType !== undefined && { contentType }),
    ...(rule && { rule }),
  });
  return { inspection, failure: judgeCapture({ ...answer, article: inspection.article, newest: null }) };
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
