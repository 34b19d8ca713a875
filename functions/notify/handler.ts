import { notify } from "../../shared/pipeline/notify.ts";
import { awsServices } from "../runtime/aws.ts";

const services = awsServices(); // clients are built once per cold start

/** Tells what the ledger's outbox holds. The clock rings it every minute. */
export async function handler(): Promise<void> {
  const delivered = await notify(services);
  if (delivered > 0) services.log.info("delivered", { delivered });
}
