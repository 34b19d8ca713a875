import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { sendNotices } from "../../shared/pipeline/notify/send.ts";
import { parseNoticeMessage } from "../../shared/ports/notice-queue.ts";
import { awsSendingServices } from "../runtime/aws.ts";
import { metered } from "../runtime/metered.ts";
import { settleBatch } from "../runtime/settle-batch.ts";

const services = await awsSendingServices(); // clients are built once per cold start

/** Sends the notices of each message. What throws is tried again from the ledger, and from the queue. */
export const handler = metered(services, async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const { log } = services;
  return settleBatch(
    event,
    async (body) => {
      const sent = await sendNotices(parseNoticeMessage(body), services);
      const delivered = sent.filter((end) => end === "delivered").length;
      if (delivered > 0) log.info("delivered", { delivered });
    },
    (error, messageId) => log.warn("notices failed to leave", { messageId, error: String(error) }),
  );
});
