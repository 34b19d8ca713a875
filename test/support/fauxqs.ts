import type { AddressInfo } from "node:net";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { buildApp } from "fauxqs";

export interface FauxAws {
  /** Loopback address, for clients of one's own. */
  readonly endpoint: string;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  /** @returns its name */
  bucket(name: string): Promise<string>;
  /** @returns its URL */
  queue(name: string, attributes?: Record<string, string>): Promise<string>;
  /** @returns its ARN */
  topic(name: string): Promise<string>;
  /** Subscribes a queue to a topic, messages bare. @param filter - a filter policy over attributes */
  subscribe(topicArn: string, queueUrl: string, filter?: object): Promise<void>;
  stop(): Promise<void>;
}

export interface FauxAwsOptions {
  /** Answers `If-None-Match: *` as S3 does: 412 when the key is taken, 409 once when it is just being written. */
  readonly conditionalPuts?: boolean;
}

/**
 * Starts fauxqs (S3, SQS, SNS) in this process. By itself it ignores `If-None-Match`, verifies no checksum, keeps no
 * versions, refuses bodies over 11 MiB and never delivers over HTTP.
 */
export async function startFauxAws({ conditionalPuts = false }: FauxAwsOptions = {}): Promise<FauxAws> {
  const app = buildApp({ logger: false });
  if (conditionalPuts) honourIfNoneMatch(app);
  await app.listen({ port: 0, host: "127.0.0.1" }); // not startFauxqs, which listens on every interface
  const endpoint = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const common = { endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  const s3 = new S3Client({ ...common, forcePathStyle: true });
  const sqs = new SQSClient({ ...common, useQueueUrlAsEndpoint: false }); // the URL's host does not resolve
  const sns = new SNSClient(common);

  return {
    endpoint,
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
    async subscribe(topicArn, queueUrl, filter) {
      const asked = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["QueueArn"] });
      const { Attributes: queue } = await sqs.send(asked);
      const Attributes = {
        RawMessageDelivery: "true",
        ...(filter && { FilterPolicy: JSON.stringify(filter) }),
      };
      const Endpoint = queue?.QueueArn ?? "";
      await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: "sqs", Endpoint, Attributes }));
    },
    async stop() {
      for (const client of [s3, sqs, sns]) client.destroy();
      await app.close();
    },
  };
}

const S3_REFUSALS = { 412: "PreconditionFailed", 409: "ConditionalRequestConflict" } as const;

/** Puts S3's documented behaviour in front of fauxqs, so that races can be tested. */
function honourIfNoneMatch(app: ReturnType<typeof buildApp>): void {
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
  });
}
