import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

/**
 * Serves the messages of a batch side by side. Only those whose work threw go back to the queue.
 * When all of them threw, the invocation fails too: items reported one by one count in no metric, and the alarm on the
 * function's errors would stay silent while ledger or archive are out of reach.
 *
 * @param report - told of what was thrown
 * @throws AggregateError when no record's work succeeded
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
  if (Records.length > 0 && failed.length === Records.length) {
    const reasons = ended.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
    throw new AggregateError(reasons, "every message of the batch failed");
  }
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
