import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { MeteredServices } from "./aws.ts";
import { metered } from "./metered.ts";
import { settleBatch } from "./settle-batch.ts";

/**
 * A metered handler of a queue's messages. Only what throws goes back to the queue.
 *
 * @param failed - what the log says of a message whose work threw
 */
export const queueHandler = (services: MeteredServices, failed: string, work: (body: string) => Promise<void>) =>
  metered(
    services,
    (event: SQSEvent): Promise<SQSBatchResponse> =>
      settleBatch(event, work, (error, messageId) => services.log.warn(failed, { messageId, error: String(error) })),
  );
