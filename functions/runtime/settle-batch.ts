import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

/**
 * Serves the messages of a batch side by side. Only those whose work threw go back to the queue.
 * @param report - told of what was thrown
 */
export async function settleBatch(
  { Records }: SQSEvent,
  work: (body: string) => Promise<void>,
  report: (error: unknown, messageId: string) => void,
): Promise<SQSBatchResponse> {
  const ended = await Promise.allSettled(Records.map(({ body }) => work(body)));
  const failed = Records.filter(({ messageId }, index) => {
    const end = ended[index];
    if (end?.status !== "rejected") return false;
    report(end.reason, messageId);
    return true;
  });
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
