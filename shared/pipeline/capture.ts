import { availabilityOf, isSatisfied, mayRest } from "../domain/check.ts";
import type { CaptureMessage, CheckRequest } from "../ports/queue.ts";
import { ask } from "./ask.ts";
import { keepRevisits } from "./keep.ts";
import type { Outcome } from "./outcome.ts";
import { putOff } from "./put-off.ts";
import type { Services } from "./services.ts";
import { type Checked, settleFailed } from "./settle.ts";
import { settleAnswer, type Unchanged } from "./settle-answer.ts";

/**
 * Makes the checks of one message side by side: asks, keeps the bytes, reads, compares, records. The unchanged ones are
 * kept together in one WARC before any of them settles.
 *
 * @returns how each ended, in the order of the message; a check that threw goes back to the queue as a message of its own
 * @throws when the message is a single check and it threw (ledger, archive or queue fail, or a bug): it must come back
 */
export async function captureBatch({ checks }: CaptureMessage, services: Services): Promise<readonly Outcome[]> {
  const begun = await Promise.allSettled(checks.map((request) => check(request, services)));
  const unchanged = begun.flatMap((step) =>
    step.status === "fulfilled" && "revisit" in step.value ? [step.value.revisit] : [],
  );
  await keepRevisits(unchanged, services);
  const ended = await Promise.allSettled(
    begun.map(async (step) => {
      if (step.status === "rejected") throw step.reason;
      return "revisit" in step.value ? step.value.settle() : step.value;
    }),
  );
  return Promise.all(
    ended.map(async (step, index) => {
      if (step.status === "fulfilled") return step.value;
      const [request] = checks.slice(index, index + 1);
      if (!request || checks.length === 1) throw step.reason;
      services.log.warn("a check broke, it is tried again alone", {
        watchId: request.watchId,
        error: String(step.reason),
      });
      await services.queue.send([{ checks: [request] }]);
      return { watchId: request.watchId, kind: "deferred" as const, until: services.clock.now() };
    }),
  );
}

async function check(request: CheckRequest, services: Services): Promise<Outcome | Unchanged> {
  const { watchId } = request;
  const { ledger, clock } = services;
  // Read before the request is sent: what is recorded below is compared with what was newest then.
  const standing = await ledger.standing(watchId);
  if (!standing) return { watchId, kind: "not-wanted", why: "unknown watch" };
  const { watch, state } = standing;
  if (watch.status !== "active") return { watchId, kind: "not-wanted", why: "not active" };
  if (isSatisfied(state, request.due)) return { watchId, kind: "not-wanted", why: "already checked" };
  if (!request.asked && mayRest(state, watch.cadenceSeconds, request.due)) {
    return { watchId, kind: "not-wanted", why: "failing, looked at less often" };
  }
  const newestEvent = state.refusals ? await ledger.newestEvent(watchId) : null;
  const checked: Checked = { ...standing, availability: availabilityOf(state, newestEvent) };

  const asked = await ask(checked, services);
  switch (asked.kind) {
    case "deferred":
      return putOff(request, asked.until, watch.cadenceSeconds, services);
    case "not-asked": {
      const { failure } = asked;
      const now = clock.now();
      const event = await settleFailed(checked, { at: now, answered: now, failure }, services);
      return { watchId, kind: "failed", failure, ...(event && { event }) };
    }
    case "answered":
      return settleAnswer(checked, asked, services);
  }
}
