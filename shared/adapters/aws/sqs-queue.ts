import type { SQSClient } from "@aws-sdk/client-sqs";
import type { CaptureQueue } from "../../ports/queue.ts";
import { sendBatches } from "./sqs-batches.ts";

/** The capture queue on SQS. Its worker reads each body with `parseCaptureMessage`. */
export const sqsQueue = ({
  client,
  queueUrl,
}: {
  readonly client: SQSClient;
  readonly queueUrl: string;
}): CaptureQueue => ({ send: (messages, delaySeconds = 0) => sendBatches(client, queueUrl, messages, delaySeconds) });
