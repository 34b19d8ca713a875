import { validators } from "../domain/check.ts";
import type { Failure } from "../domain/failure.ts";
import { addSeconds, type Instant } from "../domain/time.ts";
import { hostOf } from "../domain/url.ts";
import type { Fetched, Passage } from "../ports/fetcher.ts";
import type { Standing } from "../ports/ledger.ts";
import { inHostTurn } from "./host-turn.ts";
import { learnRobots, robotsVerdict } from "./robots.ts";
import type { Services } from "./services.ts";

/** What asking for a page came to. */
export type Asked =
  | { readonly kind: "answered"; readonly fetched: Fetched; readonly robots: string; readonly conditional: boolean }
  /** We did not ask: robots.txt, or no way to the host. */
  | { readonly kind: "not-asked"; readonly failure: Failure }
  /** A host is busy, or its turn went to robots.txt. */
  | { readonly kind: "deferred"; readonly until: Instant };

/**
 * Asks a watch's host for its page, politely: one request a turn. When the host's robots.txt is not known, this turn asks
 * for that, and the page waits for the next. A redirect is followed only where the same rules let it go.
 */
export async function ask(standing: Standing, services: Services): Promise<Asked> {
  const { watch, state, newest } = standing;
  const { clock, settings, fetcher } = services;
  const permission = await permissionFor(watch.url, services);
  if (permission.kind !== "known") return permission;
  const { failure, crawlDelaySeconds, robots } = permission;
  if (failure && watch.robotsOverride === undefined) return { kind: "not-asked", failure };

  const known = validators(state, newest, clock.now());
  const conditional = known.etag !== undefined || known.lastModified !== undefined;
  const gapSeconds = Math.max(settings.hostGapSeconds, crawlDelaySeconds);
  let until: Instant | undefined;
  const mayFollow = async (target: string, passage: Passage): Promise<Failure | null> => {
    const hop = await followTo(target, hostOf(watch.url), watch.robotsOverride !== undefined, passage, services);
    if (hop.kind === "deferred") until = hop.until;
    return hop.kind === "go" ? null : hop.failure;
  };
  const request = { url: watch.url, ...known, ...(state.payload && { validatorsOf: state.payload.url }), mayFollow };
  const turn = await inHostTurn(services, hostOf(watch.url), gapSeconds, () => fetcher.fetch(request));
  if (!turn.taken) return { kind: "deferred", until: turn.freeAt };
  if (until !== undefined) return { kind: "deferred", until };
  return {
    kind: "answered",
    fetched: turn.result,
    robots: failure ? "disallowed, overridden" : `allowed (${robots})`,
    conditional,
  };
}

type Permission =
  | {
      readonly kind: "known";
      readonly failure: Failure | null;
      readonly crawlDelaySeconds: number;
      readonly robots: string;
    }
  | Exclude<Asked, { kind: "answered" }>;

/** What a host's robots.txt says of a URL. When it is not known, the host's turn goes to it. */
async function permissionFor(
  url: string,
  services: Services,
  passage: Passage = { publicOnly: false },
): Promise<Permission> {
  const { ledger, derived, clock, settings } = services;
  const host = hostOf(url);
  const robots = (await ledger.host(host))?.robots;
  const verdict = await robotsVerdict(derived, robots, url, clock.now());
  if (verdict && robots) return { kind: "known", ...verdict, robots: robots.kind };
  const turn = await inHostTurn(services, host, settings.hostGapSeconds, () => learnRobots(services, url, passage));
  if (!turn.taken) return { kind: "deferred", until: turn.freeAt };
  if (turn.result) return { kind: "not-asked", failure: turn.result };
  return { kind: "deferred", until: addSeconds(clock.now(), settings.hostGapSeconds) };
}

type Hop =
  | { readonly kind: "go" }
  | { readonly kind: "refused"; readonly failure: Failure }
  | { readonly kind: "deferred"; readonly until: Instant; readonly failure: Failure };

/**
 * Whether a redirect may be followed. On the same host it belongs to the turn that is under way; another host's rules and
 * turn are its own, and when it is busy the whole check is put off.
 */
async function followTo(
  target: string,
  from: string,
  overridden: boolean,
  passage: Passage,
  services: Services,
): Promise<Hop> {
  const { ledger, clock, settings } = services;
  const busy = (until: Instant): Hop => {
    return { kind: "deferred", until, failure: { kind: "redirected", detail: `${hostOf(target)} is busy` } };
  };
  const permission = await permissionFor(target, services, passage);
  if (permission.kind === "deferred") return busy(permission.until);
  if (permission.failure && !overridden) return { kind: "refused", failure: permission.failure };
  if (hostOf(target) === from) return { kind: "go" };
  const now = clock.now();
  const claim = await ledger.claimHost(hostOf(target), now, addSeconds(now, settings.hostGapSeconds));
  return claim.claimed ? { kind: "go" } : busy(claim.freeAt);
}

/** Keeps a host from being asked before the instant that it named itself (Retry-After). */
export async function respectRetryAfter(
  url: string,
  retryAfterSeconds: number | undefined,
  { ledger, clock }: Pick<Services, "ledger" | "clock">,
): Promise<void> {
  if (retryAfterSeconds === undefined) return;
  await ledger.extendHost(hostOf(url), addSeconds(clock.now(), retryAfterSeconds));
}
