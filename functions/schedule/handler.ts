import { tick } from "../../shared/pipeline/schedule.ts";
import { awsServices } from "../runtime/aws.ts";
import { metered } from "../runtime/metered.ts";

const services = awsServices(); // clients are built once per cold start

/** Hands the watches that fell due to the capture queue. The clock rings it every minute. */
export const handler = metered(services, async (): Promise<void> => {
  const due = await tick(services);
  if (due > 0) services.log.info("due", { due });
});
