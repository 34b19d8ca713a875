import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sqsQueue } from "../../../shared/adapters/aws/sqs-queue.ts";
import { parseCaptureMessage } from "../../../shared/ports/queue.ts";
import { queueContract } from "../../contracts/queue.ts";
import { NOON } from "../../support/builders.ts";
import { type FauxAws, startFauxAws } from "../../support/fauxqs.ts";

let aws: FauxAws;
let flaky: FauxAws;
beforeAll(async () => {
  aws = await startFauxAws();
  flaky = await startFauxAws({ refusesFirstOfBatch: 1 });
});
afterAll(async () => {
  await aws.stop();
  await flaky.stop();
});

let queues = 0;
async function open({ sqs, queue }: FauxAws) {
  queues += 1;
  const queueUrl = await queue(`capture-${queues}`);
  const take = async () => {
    const asked = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 1, VisibilityTimeout: 600 });
    const { Messages: [received] = [] } = await sqs.send(asked);
    if (!received) return null;
    const handle = { QueueUrl: queueUrl, ReceiptHandle: received.ReceiptHandle };
    return {
      message: parseCaptureMessage(received.Body ?? ""),
      done: async () => void (await sqs.send(new DeleteMessageCommand(handle))),
      failed: async () =>
        void (await sqs.send(new ChangeMessageVisibilityCommand({ ...handle, VisibilityTimeout: 0 }))),
    };
  };
  return { queueUrl, queue: sqsQueue({ client: sqs, queueUrl }), take };
}

queueContract("sqsQueue", async () => ({
  ...(await open(aws)),
  // SQS has its own clock; nothing in the contract needs more than a moment of it.
  pass: (seconds) => new Promise((resolve) => setTimeout(resolve, Math.min(seconds, 2) * 1000)),
}));

const messages = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ checks: [{ watchId: `watch${n}`, due: NOON }] }));

describe("sqsQueue", () => {
  it("sends again what SQS refused for its own reasons", async () => {
    const { queue, queueUrl } = await open(flaky);
    await queue.send(messages(12));
    const asked = new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ["ApproximateNumberOfMessages"],
    });
    expect((await flaky.sqs.send(asked)).Attributes).toEqual({ ApproximateNumberOfMessages: "12" });
  });

  it("throws when SQS refuses a message for good", async () => {
    const { queue } = await open(aws);
    const unsendable = { checks: [{ watchId: "\ufffe", due: NOON }] };
    await expect(queue.send([...messages(1), unsendable])).rejects.toThrow(
      "SQS refused 1 messages, the first with InvalidMessageContents",
    );
  });

  it("throws when SQS refuses again and again", async () => {
    const refusing = await startFauxAws({ refusesFirstOfBatch: 3 });
    const { queue } = await open(refusing);
    await expect(queue.send(messages(1))).rejects.toThrow("SQS refused 1 messages, the first with InternalError");
    await refusing.stop();
  });

  it("throws when the queue is not there", async () => {
    const queue = sqsQueue({ client: aws.sqs, queueUrl: `${aws.config.endpoint}/000000000000/no-such-queue` });
    await expect(queue.send(messages(1))).rejects.toThrow();
  });
});

describe("parseCaptureMessage", () => {
  it("reads what was sent, and drops what it does not know", () => {
    const body = JSON.stringify({ checks: [{ watchId: "a", due: NOON, hue: 1 }], sender: "tick" });
    expect(parseCaptureMessage(body)).toEqual({ checks: [{ watchId: "a", due: NOON }] });
  });

  it.each([
    ["no JSON", "checks"],
    ["nothing", ""],
    ["another shape", "[]"],
    ["no checks", `{"checks":[]}`],
    ["a check of no watch", `{"checks":[{"watchId":"","due":"${NOON}"}]}`],
    ["a check at no instant", `{"checks":[{"watchId":"a","due":"2026-03-01"}]}`],
  ])("refuses %s", (_what, body) => expect(() => parseCaptureMessage(body)).toThrow());
});
