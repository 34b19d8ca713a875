import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Channel } from "../../domain/channel.ts";
import type { NoticeQueue } from "../../ports/notice-queue.ts";
import { sendBatches } from "./sqs-batches.ts";

/**
 * The senders' queues on SQS, one a channel, so that one that is slow fills no other's. Notices of a channel without a
 * queue wait in the ledger. The worker reads each body with `parseNoticeMessage`.
 */
export const sqsNoticeQueue = ({
  client,
  queueUrls,
}: {
  readonly client: SQSClient;
  readonly queueUrls: Readonly<Partial<Record<Channel, string>>>;
}): NoticeQueue => ({
  async send(messages, delaySeconds = 0) {
    for (const [channel, own] of Map.groupBy(messages, (message) => message.channel)) {
      const queueUrl = queueUrls[channel];
      if (queueUrl !== undefined) await sendBatches(client, queueUrl, own, delaySeconds);
    }
  },
});
