import type { SQSEvent, SQSRecord } from "aws-lambda";

/** Messages as Lambda's poller hands them to a function. */
export const sqsEvent = (...messages: readonly Partial<SQSRecord>[]): SQSEvent => ({
  Records: messages.map((message, index) => ({
    messageId: `message-${index}`,
    receiptHandle: "",
    body: "",
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: "0",
      SenderId: "",
      ApproximateFirstReceiveTimestamp: "0",
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "",
    awsRegion: "us-east-1",
    ...message,
  })),
});
