import { readIntoIndex } from "../../shared/pipeline/read-into-index.ts";
import { awsSearchIndex, awsServices } from "../runtime/aws.ts";
import { metered } from "../runtime/metered.ts";

const services = awsServices(); // clients are built once per cold start
const index = awsSearchIndex();

/** Takes texts that are new into the search index. The clock rings it every five minutes. */
export const handler = metered(services, async (): Promise<void> => {
  const taken = await readIntoIndex(services, index);
  if (taken > 0) services.log.info("taken into the search index", { taken });
});
