import { setTimeout as sleep } from "node:timers/promises";
import { DeleteMessageCommand, type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import type { LambdaEvent } from "hono/aws-lambda";
import { dynamoLedger } from "../../shared/adapters/aws/dynamo-ledger.ts";
import { dynamoMeter } from "../../shared/adapters/aws/dynamo-meter.ts";
import { s3Archive } from "../../shared/adapters/aws/s3-archive.ts";
import { systemClock } from "../../shared/adapters/local/system-clock.ts";
import { ENV } from "../../shared/config.ts";
import type { Happening } from "../../shared/domain/happening.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import { addWatch } from "../../shared/pipeline/add-watch.ts";
import type { Archive } from "../../shared/ports/archive.ts";
import type { Ledger } from "../../shared/ports/ledger.ts";
import type { Meter } from "../../shared/ports/meter.ts";
import { startDynalite } from "../support/dynalite.ts";
import { startFauxAws } from "../support/fauxqs.ts";
import { sqsEvent } from "../support/sqs-event.ts";
import { CONFIRMATION_SECONDS, GAP_SECONDS } from "./local-monitor.ts";
import type { DeliveredNotice, RunningMonitor } from "./record.ts";

/** The clock of the stack rings every minute; here it rings as often as the scenario's cadence asks. */
const RING_SECONDS = 0.3;

export interface AwsMonitor extends RunningMonitor {
  /** What the functions metered. */
  readonly meter: Meter;
  readonly evidence: Archive;
  /** What a function threw; the real ones would have raised an alarm. */
  errors(): readonly unknown[];
  /** Follows a page no more, so that its publisher can go. */
  pause(url: string): Promise<void>;
  /** Asks the reading room's function as its function URL would. */
  read(path: string): Promise<{ readonly status: number; readonly body: string }>;
  stop(): Promise<void>;
}

/**
 * The deployed functions' own handlers over embedded servers, driven as AWS drives them: a clock rings schedule and
 * notify, a poller hands the queue's messages to capture, and deletes those that it did not report as failed.
 */
export async function awsMonitor(): Promise<AwsMonitor> {
  const aws = await startFauxAws();
  const dynamo = await startDynalite();
  const evidence = await aws.bucket("evidence");
  const derived = await aws.bucket("derived");
  const table = await dynamo.ledgerTable("ledger");
  const queueUrl = await aws.queue("captures");
  const topicArn = await aws.topic("notices");
  const noticesUrl = await aws.queue("notices-sns");
  const inbox = await aws.queue("inbox");
  await aws.subscribe(topicArn, inbox, { raw: true });

  Object.assign(process.env, {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL: aws.config.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    [ENV.evidenceBucket]: evidence,
    [ENV.derivedBucket]: derived,
    [ENV.ledgerTable]: table,
    [ENV.captureQueueUrl]: new URL(new URL(queueUrl).pathname, aws.config.endpoint).href,
    [ENV.noticesTopicArn]: topicArn,
    [ENV.noticeQueueUrls]: JSON.stringify({ sns: new URL(new URL(noticesUrl).pathname, aws.config.endpoint).href }),
    [ENV.hostGapSeconds]: String(GAP_SECONDS),
    [ENV.confirmationSeconds]: String(CONFIRMATION_SECONDS),
    [ENV.burstNotices]: "1000", // a scenario is days of edits in a minute
    [ENV.noticesPerHour]: "1000",
    [ENV.allowAddresses]: "loopback",
  });
  // The handlers read their environment when they are loaded, as on Lambda.
  const schedule = await import("../../functions/schedule/handler.ts");
  const capture = await import("../../functions/capture/handler.ts");
  const notify = await import("../../functions/notify/handler.ts");
  const send = await import("../../functions/send/handler.ts");
  const room = await import("../../functions/read/handler.ts");

  const errors: unknown[] = [];
  const over = new AbortController();
  const clock = systemClock();
  const ledger = dynamoLedger({ client: dynamo.client, table });
  const notices = new Map<string, DeliveredNotice>();

  const until = async (seconds: number, step: () => Promise<unknown>) => {
    while (!over.signal.aborted) {
      await step().catch((error: unknown) => errors.push(error));
      await clock.sleep(seconds, over.signal);
    }
  };
  const receive = async (url: string): Promise<Message[]> => {
    const command = new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ["All"],
    });
    return (await aws.sqs.send(command)).Messages ?? [];
  };
  const remove = ({ ReceiptHandle }: Message, url: string) =>
    aws.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));

  const running = Promise.all([
    until(RING_SECONDS, () => schedule.handler()),
    until(RING_SECONDS, () => notify.handler()),
    until(RING_SECONDS / 3, async () => {
      for (const message of await receive(queueUrl)) {
        const { batchItemFailures } = await capture.handler(eventOf(message));
        if (batchItemFailures.length === 0) await remove(message, queueUrl);
        else errors.push(new Error(`capture threw on ${message.Body}`));
      }
    }),
    until(RING_SECONDS / 3, async () => {
      for (const message of await receive(noticesUrl)) {
        const { batchItemFailures } = await send.handler(eventOf(message));
        if (batchItemFailures.length === 0) await remove(message, noticesUrl);
        else errors.push(new Error(`send threw on ${message.Body}`));
      }
    }),
    until(RING_SECONDS, async () => {
      for (const message of await receive(inbox)) {
        const notice = await noticeIn(message, ledger);
        if (notice) notices.set(notice.id, notice);
        await remove(message, inbox);
      }
    }),
  ]);

  return {
    ledger,
    meter: dynamoMeter({ client: dynamo.client, table }),
    derived: s3Archive({ client: aws.s3, bucket: derived }),
    evidence: s3Archive({ client: aws.s3, bucket: evidence }),
    errors: () => errors,
    async add(url) {
      const settings = { contact: null };
      const added = await addWatch({ url, cadenceSeconds: 1 }, { ledger, clock, settings });
      if (!added.ok) throw new Error(added.problem);
      return added.watch.id;
    },
    async pause(url) {
      await ledger.changeWatch(watchIdOf(url), { status: "paused" });
    },
    notices: async () => [...notices.values()],
    async read(path) {
      const answer = await room.handler(functionUrlEvent(path));
      if (typeof answer !== "object" || answer === null || !("statusCode" in answer)) throw new Error("no answer");
      return { status: Number(answer.statusCode), body: String("body" in answer ? answer.body : "") };
    },
    async stop() {
      over.abort();
      await running;
      await sleep(100); // answers that are still on their way to the embedded servers' clients
      await aws.stop();
      await dynamo.stop();
    },
  };
}

/** A message as Lambda's poller hands it over. */
const eventOf = ({ Body = "", MessageId = "", ReceiptHandle = "" }: Message): SQSEvent =>
  sqsEvent({ body: Body, messageId: MessageId, receiptHandle: ReceiptHandle });

/** What a queue that subscribed to the topic got: the notice's id, and through it what it tells. */
async function noticeIn({ MessageAttributes }: Message, ledger: Ledger): Promise<DeliveredNotice | null> {
  const id = MessageAttributes?.noticeId?.StringValue ?? "";
  if (MessageAttributes?.kind?.StringValue === "digest") return null; // tells again what was listed
  return { id, happening: await happeningOf(id, ledger) };
}

async function happeningOf(id: string, ledger: Ledger): Promise<Happening> {
  const [watchId = "", what = ""] = id.split(".");
  const revision = /^r(\d+)$/.exec(what);
  const watch = await ledger.watch(watchId);
  const found = revision
    ? await ledger.revision(watchId, Number(revision[1]))
    : (await ledger.events(watchId, { limit: 100 })).rows.find(({ key }) => key === what);
  if (!watch || !found) throw new Error(`the notice ${id} tells what is not in the ledger`);
  return "key" in found
    ? { kind: "event", at: found.at, url: watch.url, event: found }
    : { kind: "revision", at: found.firstSeen, url: watch.url, revision: found };
}

/** A GET as a function URL hands it to its function. */
function functionUrlEvent(path: string): LambdaEvent {
  const at = new Date();
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: "",
    headers: { host: "room.example" },
    body: null,
    isBase64Encoded: false,
    requestContext: {
      accountId: "anonymous",
      apiId: "room",
      domainName: "room.example",
      domainPrefix: "room",
      authentication: null,
      authorizer: {},
      http: { method: "GET", path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      requestId: "request",
      routeKey: "$default",
      stage: "$default",
      time: at.toUTCString(),
      timeEpoch: at.getTime(),
    },
  };
}
