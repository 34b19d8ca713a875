import { performance } from "node:perf_hooks";
import type { MeteredServices } from "./aws.ts";

/** Megabytes that Lambda gave the function; its processor share and its price go by them. */
const MEMORY = Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? 0);

/**
 * Has each invocation of a handler recorded with what it used. What it takes to start, and the recording itself, are
 * counted with the next one, or not at all: a meter is no bill. Failing to record fails nothing.
 */
export const metered =
  <Given extends readonly unknown[], Result>(services: MeteredServices, work: (...given: Given) => Promise<Result>) =>
  async (...given: Given): Promise<Result> => {
    const begun = performance.now();
    try {
      return await work(...given);
    } finally {
      const gigabyteSeconds = (MEMORY / 1024) * ((performance.now() - begun) / 1000);
      services.usage.add({ invocations: 1, gigabyteSeconds });
      await record(services);
    }
  };

async function record({ usage, meter, clock, log }: MeteredServices): Promise<void> {
  const taken = usage.take();
  try {
    await meter.record(taken, clock.now());
  } catch (error) {
    usage.add(taken);
    log.warn("usage not recorded", { error: String(error) });
  }
}
