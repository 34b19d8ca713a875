import { FETCH_LIMITS, USER_AGENT_TOKEN } from "../config.ts";
import { sha256 } from "../domain/digest.ts";
import type { Failure, FailureKind } from "../domain/failure.ts";
import { plainDetail } from "../domain/plain-detail.ts";
import { robotsAllow } from "../domain/robots.ts";
import { addSeconds, type Instant, secondsBetween } from "../domain/time.ts";
import { retryAfterSeconds } from "../normalise/quality/retry-after.ts";
import type { Archive } from "../ports/archive.ts";
import type { Fetched, Passage } from "../ports/fetcher.ts";
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

/** Asks a host for its robots.txt and remembers the answer. @returns the failure that stands in the way of any request */
export async function learnRobots(
  { fetcher, ledger, derived, clock }: Services,
  pageUrl: string,
  { publicOnly }: Passage,
): Promise<Failure | null> {
  const { host, href } = new URL("/robots.txt", pageUrl);
  const at = clock.now();
  const fetched = await fetcher.fetch({ url: href, publicOnly });
  if (fetched.kind === "failed" && ON_THE_WAY.has(fetched.failure.kind)) return fetched.failure;
  await ledger.recordRobots(host, { at, ...(await keepAnswer(derived, fetched)) });
  const wait = fetched.kind === "answered" ? retryAfterSeconds(fetched.headers) : null;
  if (wait !== null) await ledger.extendHost(host, addSeconds(clock.now(), wait));
  return null;
}

/**
 * RFC 9309 §2.3.1: 4xx allows everything, 5xx or no answer forbids everything; so do 429, which is no word on the rules,
 * and a body cut short before the limit up to which rules count, whose missing end may be the rule that forbids.
 */
async function keepAnswer(derived: Archive, fetched: Fetched): Promise<Pick<RobotsRecord, "kind" | "body">> {
  if (fetched.kind === "failed" || fetched.status === 429) return { kind: "unreachable" };
  if (fetched.status >= 400 && fetched.status < 500) return { kind: "none" };
  if (fetched.status !== 200) return { kind: "unreachable" };
  if (fetched.bodyFailure && fetched.body.length < FETCH_LIMITS.robotsBytes) return { kind: "unreachable" };
  const rules = fetched.body.subarray(0, FETCH_LIMITS.robotsBytes);
  const body = `robots/${sha256(rules)}.txt`;
  await derived.keep(body, rules);
  return { kind: "rules", body };
}

export interface RobotsVerdict {
  readonly failure: Failure | null;
  readonly crawlDelaySeconds: number;
}

/**
 * Whether a host's robots record lets us fetch a page, and how slowly.
 * @returns null when the record is stale, or its rules are lost from the derived archive: they have to be asked for again
 */
export async function robotsVerdict(
  derived: Archive,
  robots: RobotsRecord | undefined,
  url: string,
  now: Instant,
): Promise<RobotsVerdict | null> {
  if (!robots || secondsBetween(robots.at, now) >= FRESH_SECONDS[robots.kind]) return null;
  if (robots.kind === "none") return { failure: null, crawlDelaySeconds: 0 };
  const { host, pathname } = new URL(url);
  if (robots.kind === "unreachable" || !robots.body) {
    const detail = `robots.txt of ${host} gave no answer at ${robots.at}`;
    return { failure: { kind: "robots-unreachable", detail }, crawlDelaySeconds: 0 };
  }
  const text = await rulesText(derived, robots.body);
  if (text === null) return null;
  const rules = robotsAllow(text, url, USER_AGENT_TOKEN);
  const detail = plainDetail(`robots.txt of ${host} disallows ${pathname}`);
  return {
    failure: rules.allowed ? null : { kind: "robots-disallowed", detail },
    crawlDelaySeconds: rules.crawlDelaySeconds ?? 0,
  };
}

/** Content-addressed, so what was read once in this process holds; a handful of hosts' rules at a time. */
const read = new WeakMap<Archive, Map<string, string>>();
const MOST_REMEMBERED = 500;

async function rulesText(derived: Archive, key: string): Promise<string | null> {
  const known = read.get(derived) ?? new Map<string, string>();
  read.set(derived, known);
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const bytes = await derived.read(key);
  if (!bytes) return null;
  if (known.size >= MOST_REMEMBERED) known.clear();
  const text = new TextDecoder().decode(bytes);
  known.set(key, text);
  return text;
}
