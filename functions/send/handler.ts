import { sendNotices } from "../../shared/pipeline/notify/send.ts";
import { parseNoticeMessage } from "../../shared/ports/notice-queue.ts";
import { awsSendingServices } from "../runtime/aws.ts";
import { queueHandler } from "../runtime/queue-handler.ts";

const services = await awsSendingServices(); // clients are built once per cold start

/** Sends the notices of each message. What throws is tried again from the ledger, and from the queue. */
export const handler = queueHandler(services, "notices failed to leave", async (body) => {
  const sent = await sendNotices(parseNoticeMessage(body), services);
  const delivered = sent.filter((end) => end === "delivered").length;
  if (delivered > 0) services.log.info("delivered", { delivered });
});
