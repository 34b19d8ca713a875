import { USER_AGENT_TOKEN } from "../config.ts";
import { sha256 } from "../domain/digest.ts";
import type { Failure, FailureKind } from "../domain/failure.ts";
import { robotsAllow } from "../domain/robots.ts";
import { type Instant, secondsBetween } from "../domain/time.ts";
import type { Archive } from "../ports/archive.ts";
import type { Fetched } from "../ports/fetcher.ts";
import type { RobotsRecord } from "../ports/ledger.ts";
import type { Services } from "./services.ts";

/** How long an answer holds (RFC 9309: at most a day); one that could not be read is asked for again soon. */
const FRESH_SECONDS: Readonly<Record<RobotsRecord["kind"], number>> = {
  rules: 86_400,
  none: 86_400,
  unreachable: 600,
};

/** Failures on the way to the host: they will meet the page too, and say more than "robots.txt unreachable". */
const ON_THE_WAY: ReadonlySet<FailureKind> = new Set([
  "host-not-found",
  "connection-failed",
  "tls-failed",
  "address-forbidden",
]);

export const isFresh = (robots: RobotsRecord | undefined, now: Instant): robots is RobotsRecord =>
  robots !== undefined && secondsBetween(robots.at, now) < FRESH_SECONDS[robots.kind];

/** Asks a host for its robots.txt and remembers the answer. @returns the failure that stands in the way of any request */
export async function learnRobots(
  { fetcher, ledger, derived, clock }: Services,
  pageUrl: string,
): Promise<Failure | null> {
  const { host, href } = new URL("/robots.txt", pageUrl);
  const at = clock.now();
  const fetched = await fetcher.fetch({ url: href });
  if (fetched.kind === "failed" && ON_THE_WAY.has(fetched.failure.kind)) return fetched.failure;
  await ledger.recordRobots(host, { at, ...(await keepAnswer(derived, fetched)) });
  return null;
}

/** RFC 9309 §2.3.1: 4xx allows everything, 5xx or no answer forbids everything. */
async function keepAnswer(derived: Archive, fetched: Fetched): Promise<Pick<RobotsRecord, "kind" | "body">> {
  if (fetched.kind === "failed") return { kind: "unreachable" };
  if (fetched.status >= 400 && fetched.status < 500) return { kind: "none" };
  if (fetched.status !== 200) return { kind: "unreachable" };
  const body = `robots/${sha256(fetched.body)}.txt`;
  await derived.keep(body, fetched.body);
  return { kind: "rules", body };
}

export interface RobotsVerdict {
  readonly failure: Failure | null;
  readonly crawlDelaySeconds: number;
}

/** Whether a fresh robots record lets us fetch a page, and how slowly. */
export async function robotsVerdict(derived: Archive, robots: RobotsRecord, url: string): Promise<RobotsVerdict> {
  if (robots.kind === "none") return { failure: null, crawlDelaySeconds: 0 };
  if (robots.kind === "unreachable" || !robots.body) {
    const detail = `robots.txt of ${new URL(url).host} gave no answer at ${robots.at}`;
    return { failure: { kind: "robots-unreachable", detail }, crawlDelaySeconds: 0 };
  }
  const rules = robotsAllow(await rulesText(derived, robots.body), url, USER_AGENT_TOKEN);
  const detail = `robots.txt of ${new URL(url).host} disallows ${new URL(url).pathname}`;
  return {
    failure: rules.allowed ? null : { kind: "robots-disallowed", detail },
    crawlDelaySeconds: Math.min(rules.crawlDelaySeconds ?? 0, LONGEST_CRAWL_DELAY_SECONDS),
  };
}

const LONGEST_CRAWL_DELAY_SECONDS = 60;

/** Content-addressed, so what was read once in this process holds; a handful of hosts' rules at a time. */
const read = new WeakMap<Archive, Map<string, string>>();
const MOST_REMEMBERED = 500;

async function rulesText(derived: Archive, key: string): Promise<string> {
  const known = read.get(derived) ?? new Map<string, string>();
  read.set(derived, known);
  const text = known.get(key) ?? new TextDecoder().decode((await derived.read(key)) ?? new Uint8Array());
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, text);
  return text;
}
