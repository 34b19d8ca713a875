import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { buildApp } from "fauxqs";

export interface FauxAws {
  /** For clients of one's own; `endpoint` is a loopback address. */
  readonly config: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  /** @returns its name */
  bucket(name: string): Promise<string>;
  /** @returns its URL */
  queue(name: string, attributes?: Record<string, string>): Promise<string>;
  /** @returns its ARN */
  topic(name: string): Promise<string>;
  /** Subscribes a queue to a topic; `raw` messages come without SNS's envelope, `filter` is a policy over attributes. */
  subscribe(
    topicArn: string,
    queueUrl: string,
    how?: { readonly raw?: boolean; readonly filter?: object },
  ): Promise<void>;
  stop(): Promise<void>;
}

export interface FauxAwsOptions {
  /** Answers `If-None-Match: *` as S3 does: 412 when the key is taken, 409 once when it is just being written. */
  readonly conditionalPuts?: boolean;
  /** So many SendMessageBatch requests have their first entry refused with InternalError, as SQS may. */
  readonly refusesFirstOfBatch?: number;
  /** Answers every SNS request with this error. */
  readonly snsAnswers?: { readonly code: string; readonly status: number };
}

/**
 * Starts fauxqs (S3, SQS, SNS) in this process. By itself it ignores `If-None-Match`, verifies no checksum, keeps no
 * versions, sorts keys by locale, refuses bodies over 11 MiB, filters by no String.Array and never delivers over HTTP.
 */
type App = ReturnType<typeof buildApp>;

export async function startFauxAws(options: FauxAwsOptions = {}): Promise<FauxAws> {
  const app = buildApp({ logger: false });
  if (options.conditionalPuts) honourIfNoneMatch(app);
  if (options.refusesFirstOfBatch) refuseFirstOfBatch(app, options.refusesFirstOfBatch);
  if (options.snsAnswers) answerSnsWith(app, options.snsAnswers);
  await app.listen({ port: 0, host: "127.0.0.1" }); // not startFauxqs, which listens on every interface
  const endpoint = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const config = { endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  const sqs = new SQSClient({ ...config, useQueueUrlAsEndpoint: false }); // the URL's host does not resolve
  const sns = new SNSClient(config);

  return {
    config,
    s3,
    sqs,
    sns,
    async bucket(name) {
      await s3.send(new CreateBucketCommand({ Bucket: name }));
      return name;
    },
    async queue(name, attributes = {}) {
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
      return QueueUrl ?? "";
    },
    async topic(name) {
      const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: name }));
      return TopicArn ?? "";
    },
    async subscribe(topicArn, queueUrl, { raw = true, filter } = {}) {
      const asked = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["QueueArn"] });
      const Endpoint = (await sqs.send(asked)).Attributes?.QueueArn ?? "";
      const Attributes = {
        RawMessageDelivery: String(raw),
        ...(filter && { FilterPolicy: JSON.stringify(filter) }),
      };
      await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: "sqs", Endpoint, Attributes }));
    },
    async stop() {
      for (const client of [s3, sqs, sns]) client.destroy();
      await app.close();
    },
  };
}

const S3_REFUSALS = { 412: "PreconditionFailed", 409: "ConditionalRequestConflict" } as const;

/** A write takes a moment, so that others come upon it. */
const WRITE_MS = 5;

/** Puts S3's documented behaviour in front of fauxqs, so that races can be tested. */
function honourIfNoneMatch(app: App): void {
  const written = new Set<string>();
  const underWay = new Map<string, { refused: boolean; readonly ended: PromiseWithResolvers<void> }>();
  app.addHook("onRequest", async (request, reply) => {
    if (request.method !== "PUT" || request.headers["if-none-match"] !== "*") return;
    const refuse = (status: keyof typeof S3_REFUSALS) =>
      reply.code(status).type("application/xml").send(`<Error><Code>${S3_REFUSALS[status]}</Code></Error>`);
    const key = request.url.split("?")[0] ?? "";
    for (let other = underWay.get(key); other; other = underWay.get(key)) {
      if (!other.refused) {
        other.refused = true;
        return refuse(409);
      }
      await other.ended.promise;
    }
    if (written.has(key)) return refuse(412);
    underWay.set(key, { refused: false, ended: Promise.withResolvers<void>() });
    reply.raw.once("close", () => {
      if (reply.statusCode < 300) written.add(key);
      underWay.get(key)?.ended.resolve();
      underWay.delete(key);
    });
    await pause(WRITE_MS);
  });
}

interface Batch {
  QueueUrl: string;
  Entries: { readonly Id: string }[];
}

/** Takes the first entry out of a batch before fauxqs sees it, and puts the refusal into its answer. */
function refuseFirstOfBatch(app: App, times: number): void {
  const refused = new WeakMap<object, string>();
  let left = times;
  app.addHook("preHandler", async (request, reply) => {
    if (left === 0 || request.headers["x-amz-target"] !== "AmazonSQS.SendMessageBatch") return;
    left -= 1;
    const batch = request.body as Batch;
    const first = batch.Entries.shift();
    if (first && batch.Entries.length === 0) return reply.send({ Failed: [refusalOf(first.Id)] });
    if (first) refused.set(request, first.Id);
  });
  app.addHook("onSend", async (request, _reply, payload) => {
    const id = refused.get(request);
    return id === undefined ? payload : JSON.stringify({ ...JSON.parse(String(payload)), Failed: [refusalOf(id)] });
  });
}

const refusalOf = (Id: string) => ({ Id, SenderFault: false, Code: "InternalError", Message: "try again" });

function answerSnsWith(app: App, { code, status }: NonNullable<FauxAwsOptions["snsAnswers"]>): void {
  app.addHook("onRequest", async (request, reply) => {
    if (!request.headers["content-type"]?.includes("x-www-form-urlencoded")) return;
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>as asked</Message></Error>`;
    return reply.code(status).type("text/xml").send(`<ErrorResponse>${error}</ErrorResponse>`);
  });
}
