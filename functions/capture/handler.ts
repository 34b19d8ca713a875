import { captureBatch } from "../../shared/pipeline/capture.ts";
import type { Outcome } from "../../shared/pipeline/outcome.ts";
import { parseCaptureMessage } from "../../shared/ports/queue.ts";
import { awsServices } from "../runtime/aws.ts";
import { queueHandler } from "../runtime/queue-handler.ts";

/** Most checks end so; a line for each would cost more than the checks. */
const EVERYDAY: ReadonlySet<Outcome["kind"]> = new Set(["unchanged", "not-wanted", "deferred"]);

/** Nobody was asked for the page. */
const UNASKED: ReadonlySet<Outcome["kind"]> = new Set(["not-wanted", "deferred"]);

const services = awsServices(); // clients are built once per cold start

/** Captures each requested page. Only what throws goes back to the queue. */
export const handler = queueHandler(services, "capture failed", async (body) => {
  const outcomes = await captureBatch(parseCaptureMessage(body), services); // an expected failure is an outcome
  services.usage.add({ checks: outcomes.filter(({ kind }) => !UNASKED.has(kind)).length });
  for (const outcome of outcomes) if (!EVERYDAY.has(outcome.kind)) services.log.info("settled", outcome);
});
