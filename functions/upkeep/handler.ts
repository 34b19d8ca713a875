import { sweep } from "../../shared/pipeline/sweep.ts";
import { awsServices } from "../runtime/aws.ts";

const services = awsServices(); // clients are built once per cold start

/** Brings captures that no record names into the ledger. The clock rings it every six hours. */
export async function handler(): Promise<void> {
  const adopted = await sweep(services);
  services.log.info("swept", { adopted });
}
