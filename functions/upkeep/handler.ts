import { sweep } from "../../shared/pipeline/sweep.ts";
import { awsServices } from "../runtime/aws.ts";
import { metered } from "../runtime/metered.ts";

const services = awsServices(); // clients are built once per cold start

/** Brings captures that no record names into the ledger. The clock rings it every six hours. */
export const handler = metered(services, async (): Promise<void> => {
  const adopted = await sweep(services);
  services.log.info("swept", { adopted });
});
