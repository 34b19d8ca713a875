import {
  type BatchResultErrorEntry,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { CaptureQueue } from "../../ports/queue.ts";

/** SQS takes so many messages in one request, together at most 1 MiB: a full one of ours is under 2 KB. */
const BATCH = 10;

/** A request that succeeds may still refuse single messages; so often it is sent again with those. */
const TRIES = 3;

/** The capture queue on SQS. Its worker reads each body with `parseCaptureMessage`. */
export function sqsQueue({
  client,
  queueUrl,
}: {
  readonly client: SQSClient;
  readonly queueUrl: string;
}): CaptureQueue {
  async function sendBatch(batch: SendMessageBatchRequestEntry[]): Promise<void> {
    let entries = batch;
    for (let left = TRIES; entries.length > 0; left -= 1) {
      const { Failed: failed = [] } = await client.send(
        new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }),
      );
      if (failed.length > 0 && (left === 1 || failed.some(({ SenderFault }) => SenderFault))) throw refusal(failed);
      const again = new Set(failed.map(({ Id }) => Id));
      entries = entries.filter(({ Id }) => again.has(Id));
    }
  }

  return {
    async send(messages, delaySeconds = 0) {
      if (!(delaySeconds >= 0 && delaySeconds <= 900)) throw new RangeError(`a delay of ${delaySeconds} seconds`);
      const entries = messages.map((message, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(message),
        DelaySeconds: Math.ceil(delaySeconds),
      }));
      for (let start = 0; start < entries.length; start += BATCH) await sendBatch(entries.slice(start, start + BATCH));
    },
  };
}

function refusal(failed: readonly BatchResultErrorEntry[]): Error {
  const [first] = failed;
  return new Error(`SQS refused ${failed.length} messages, the first with ${first?.Code}: ${first?.Message}`);
}
