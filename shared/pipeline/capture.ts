import { isSatisfied } from "../domain/check.ts";
import { secondsBetween } from "../domain/time.ts";
import type { CaptureMessage, CheckRequest } from "../ports/queue.ts";
import { ask } from "./ask.ts";
import { keepRevisits } from "./keep.ts";
import type { Outcome } from "./outcome.ts";
import { LONGEST_DELAY_SECONDS } from "./schedule.ts";
import type { Services } from "./services.ts";
import { settleFailed } from "./settle.ts";
import { settleAnswer, type Unchanged } from "./settle-answer.ts";

/**
 * Makes the checks of one message side by side: asks, keeps the bytes, reads, compares, records. The unchanged ones are
 * kept together in one WARC before any of them settles.
 *
 * @returns how each ended, in the order of the message
 * @throws when ledger, archive or queue fail, or on a bug, after the other checks have settled: the message must come back
 */
export async function captureBatch({ checks }: CaptureMessage, services: Services): Promise<readonly Outcome[]> {
  const begun = await Promise.allSettled(checks.map((request) => check(request, services)));
  const unchanged = begun.flatMap((step) =>
    step.status === "fulfilled" && "revisit" in step.value ? [step.value] : [],
  );
  await keepRevisits(
    unchanged.map(({ revisit }) => revisit),
    services,
  );
  const ended = await Promise.allSettled(
    begun.map(async (step) => {
      if (step.status === "rejected") throw step.reason;
      return "revisit" in step.value ? step.value.settle() : step.value;
    }),
  );
  return ended.map((step) => {
    if (step.status === "rejected") throw step.reason;
    return step.value;
  });
}

async function check(request: CheckRequest, services: Services): Promise<Outcome | Unchanged> {
  const { watchId } = request;
  const { ledger, queue, clock } = services;
  // Read before the request is sent: what is recorded below is compared with what was newest then.
  const standing = await ledger.standing(watchId);
  if (!standing) return { watchId, kind: "not-wanted", why: "unknown watch" };
  if (standing.watch.status !== "active") return { watchId, kind: "not-wanted", why: "not active" };
  if (isSatisfied(standing.state, request.due)) return { watchId, kind: "not-wanted", why: "already checked" };

  const asked = await ask(standing, services);
  switch (asked.kind) {
    case "deferred": {
      const delaySeconds = Math.max(0, secondsBetween(clock.now(), asked.until));
      if (delaySeconds > LONGEST_DELAY_SECONDS) await ledger.requestCheck(watchId, asked.until, clock.now());
      else await queue.send([{ checks: [request] }], delaySeconds);
      return { watchId, kind: "deferred", until: asked.until };
    }
    case "not-asked": {
      const { failure } = asked;
      const now = clock.now();
      const event = await settleFailed(standing, { at: now, answered: now, failure }, services);
      return { watchId, kind: "failed", failure, ...(event && { event }) };
    }
    case "answered":
      return settleAnswer(standing, asked, services);
  }
}
