import { validators } from "../domain/check.ts";
import type { Failure } from "../domain/failure.ts";
import { addSeconds, type Instant } from "../domain/time.ts";
import { hostOf } from "../domain/url.ts";
import type { Fetched } from "../ports/fetcher.ts";
import type { Standing } from "../ports/ledger.ts";
import { inHostTurn } from "./host-turn.ts";
import { isFresh, learnRobots, robotsVerdict } from "./robots.ts";
import type { Services } from "./services.ts";

/** What asking for a page came to. */
export type Asked =
  | { readonly kind: "answered"; readonly fetched: Fetched; readonly robots: string; readonly conditional: boolean }
  /** We did not ask: robots.txt, or no way to the host. */
  | { readonly kind: "not-asked"; readonly failure: Failure }
  /** The host is busy, or its turn went to robots.txt. */
  | { readonly kind: "deferred"; readonly until: Instant };

/**
 * Asks a watch's host for its page, politely: one request a turn. When the host's robots.txt is not known, this turn asks
 * for that, and the page waits for the next.
 */
export async function ask(standing: Standing, services: Services): Promise<Asked> {
  const { watch } = standing;
  const { ledger, derived, clock, settings } = services;
  const host = hostOf(watch.url);
  const record = await ledger.host(host);
  const robots = record?.robots;

  if (!isFresh(robots, clock.now())) {
    const turn = await inHostTurn(services, host, settings.hostGapSeconds, () => learnRobots(services, watch.url));
    if (!turn.taken) return { kind: "deferred", until: turn.freeAt };
    if (turn.result) return { kind: "not-asked", failure: turn.result };
    return { kind: "deferred", until: addSeconds(clock.now(), settings.hostGapSeconds) };
  }

  const verdict = await robotsVerdict(derived, robots, watch.url);
  if (verdict.failure && watch.robotsOverride === undefined) return { kind: "not-asked", failure: verdict.failure };

  const gapSeconds = Math.max(settings.hostGapSeconds, verdict.crawlDelaySeconds);
  const known = validators(standing.state, standing.newest, clock.now());
  const from = standing.state.payload && { validatorsOf: standing.state.payload.url };
  const request = { url: watch.url, ...known, ...from };
  const turn = await inHostTurn(services, host, gapSeconds, () => services.fetcher.fetch(request));
  if (!turn.taken) return { kind: "deferred", until: turn.freeAt };
  return {
    kind: "answered",
    fetched: turn.result,
    robots: verdict.failure ? "disallowed, overridden" : `allowed (${robots.kind})`,
    conditional: known.etag !== undefined || known.lastModified !== undefined,
  };
}

/** Keeps a host from being asked before the instant that it named itself (Retry-After). */
export async function respectRetryAfter(url: string, failure: Failure, { ledger, clock }: Services): Promise<void> {
  if (failure.retryAfterSeconds === undefined) return;
  await ledger.extendHost(hostOf(url), addSeconds(clock.now(), failure.retryAfterSeconds));
}
