import {
  type BatchResultErrorEntry,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** SQS takes so many messages in one request, together at most 1 MiB: a full one of ours is under 2 KB. */
const BATCH = 10;

/** A request that succeeds may still refuse single messages; so often it is sent again with those. */
const TRIES = 3;

/** Sends bodies as JSON, batch by batch. @throws when SQS goes on refusing one of them */
export async function sendBatches(
  client: SQSClient,
  queueUrl: string,
  bodies: readonly object[],
  delaySeconds: number,
): Promise<void> {
  if (!(delaySeconds >= 0 && delaySeconds <= 900)) throw new RangeError(`a delay of ${delaySeconds} seconds`);
  const entries = bodies.map((body, index) => ({
    Id: String(index),
    MessageBody: JSON.stringify(body),
    DelaySeconds: Math.ceil(delaySeconds),
  }));
  for (let start = 0; start < entries.length; start += BATCH) {
    await sendBatch(client, queueUrl, entries.slice(start, start + BATCH));
  }
}

async function sendBatch(client: SQSClient, queueUrl: string, batch: SendMessageBatchRequestEntry[]): Promise<void> {
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

function refusal(failed: readonly BatchResultErrorEntry[]): Error {
  const [first] = failed;
  return new Error(`SQS refused ${failed.length} messages, the first with ${first?.Code}: ${first?.Message}`);
}
