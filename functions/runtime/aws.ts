import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Hono } from "hono";
import * as v from "valibot";
import { dynamoLedger } from "../../shared/adapters/aws/dynamo-ledger.ts";
import { dynamoMeter } from "../../shared/adapters/aws/dynamo-meter.ts";
import { s3Archive } from "../../shared/adapters/aws/s3-archive.ts";
import { sesNotifier } from "../../shared/adapters/aws/ses-notifier.ts";
import { snsNotifier } from "../../shared/adapters/aws/sns-notifier.ts";
import { sqsNoticeQueue } from "../../shared/adapters/aws/sqs-notice-queue.ts";
import { sqsQueue } from "../../shared/adapters/aws/sqs-queue.ts";
import { counting, type UsageCounter, usageCounter } from "../../shared/adapters/aws/usage-counter.ts";
import { cardDrawer, type Drawing } from "../../shared/adapters/card/card-drawer.ts";
import { systemClock } from "../../shared/adapters/local/system-clock.ts";
import { segmentSearchIndex } from "../../shared/adapters/search/segment-search-index.ts";
import { blueskyNotifier } from "../../shared/adapters/web/bluesky-notifier.ts";
import { chatNotifiers } from "../../shared/adapters/web/chat-notifiers.ts";
import { httpFetcher, userAgentOf } from "../../shared/adapters/web/http-fetcher.ts";
import { mastodonNotifier } from "../../shared/adapters/web/mastodon-notifier.ts";
import { webhookNotifier } from "../../shared/adapters/web/webhook-notifier.ts";
import { ENV, FETCH_LIMITS, VERSION } from "../../shared/config.ts";
import { CHANNELS, type Channel } from "../../shared/domain/channel.ts";
import { SUBSCRIPTION_DEFAULTS } from "../../shared/domain/subscription.ts";
import { SHIPPED_RULES } from "../../shared/normalise/rules/shipped/index.ts";
import { NO_PICTURES, type Pictures, picturesBy } from "../../shared/notices/picture.ts";
import { signedLinks } from "../../shared/notices/subscriber-links.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import type { CardDrawer } from "../../shared/ports/card-drawer.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Meter } from "../../shared/ports/meter.ts";
import type { Notifier } from "../../shared/ports/notifier.ts";
import type { CaptureQueue } from "../../shared/ports/queue.ts";
import type { SearchIndex } from "../../shared/ports/search-index.ts";
import { plainLinks } from "../../shared/ports/subscriber-links.ts";
import { readingRoom, type Subscribing } from "../../shared/reading-room/app.ts";
import type { Access } from "../../shared/reading-room/services.ts";
import { jsonLog } from "./json-log.ts";
import { ssmParameters } from "./parameters.ts";
import { rulesIn } from "./rules.ts";
import { type EnvironmentSettings, environmentSettings, required, SettingError } from "./settings.ts";

/**
 * Composes the pipeline over AWS from the function's environment. A function that has no queue or topic in its
 * environment gets none: it is not allowed to use them either.
 *
 * @throws SettingError when a variable is missing or wrong: the function cannot work
 */
export function awsServices(environment: NodeJS.ProcessEnv = process.env): MeteredServices {
  const settings = environmentSettings(environment);
  const clock = systemClock();
  const topicArn = environment[ENV.noticesTopicArn];
  const rulesFile = environment[ENV.rules];
  const alarmTopicArn = environment[ENV.alarmTopicArn];
  const { mail } = settings;
  const topic = { channel: "sns", ...SUBSCRIPTION_DEFAULTS, perHour: settings.noticesPerHour } as const;
  const queueUrls = noticeQueueUrls(environment);
  const usage = usageCounter();
  const sqs = counting(new SQSClient({}), usage);
  return {
    ...stores(environment, usage),
    usage,
    queue: queueOf(sqs, environment[ENV.captureQueueUrl]),
    fetcher: httpFetcher({
      userAgent: userAgentOf({ version: VERSION, contact: settings.contact }),
      ...(settings.contact?.includes("@") && { from: settings.contact }),
      limits: FETCH_LIMITS,
      allowAddresses: settings.allowAddresses,
      clock,
    }),
    noticeQueue: sqsNoticeQueue({ client: sqs, queueUrls }),
    noticeLeaseSeconds: NOTICE_LEASE_SECONDS,
    subscriberLinks: plainLinks(settings.readingRoomUrl),
    notifiers: notifiersOf(settings, clock, environment, usage).filter(({ channel }) => channel in queueUrls),
    defaultSubscriptions: [
      ...(topicArn ? [{ ...topic, id: "sns", address: topicArn, selector: "everything" as const }] : []),
      ...(mail.from !== null && mail.to !== null
        ? [{ ...topic, id: "mail", channel: "email" as const, address: mail.to, selector: "everything" as const }]
        : []),
      ...(alarmTopicArn
        ? [{ ...topic, id: "operations", address: alarmTopicArn, selector: "operations" as const }]
        : []),
    ],
    rules: rulesFile ? rulesIn(rulesFile) : SHIPPED_RULES,
    clock,
    log: jsonLog(writeLine),
    settings,
    newId: randomUUID,
  };
}

/** With what this process has used since it was last recorded. */
export interface MeteredServices extends Services {
  readonly usage: UsageCounter;
  readonly meter: Meter;
}

/** Every channel that this runtime knows; a stack sends by those that have a queue. */
function notifiersOf(
  settings: EnvironmentSettings,
  clock: Clock,
  environment: NodeJS.ProcessEnv,
  usage: UsageCounter,
): readonly Notifier[] {
  const pictures = picturesIn(environment);
  const configurationSet = environment[ENV.mailConfigurationSet];
  // Adaptive: refused for its rate, the client slows down to what the account may send, and waits in the meantime.
  const ses = () => counting(new SESv2Client({ retryMode: "adaptive" }), usage);
  const userAgent = userAgentOf({ version: VERSION, contact: settings.contact });
  const web = { userAgent, allowAddresses: settings.allowAddresses, clock };
  const { from, pictures: inMails } = settings.mail;
  return [
    snsNotifier({ client: counting(new SNSClient({}), usage) }),
    ...(from === null ? [] : [sesNotifier({ client: ses(), from, configurationSet, ...(inMails && { pictures }) })]),
    ...chatNotifiers(web),
    webhookNotifier(web),
    mastodonNotifier({ ...web, pictures }),
    blueskyNotifier({ ...web, pictures }),
  ];
}

/** By the module that the deployment lays beside the functions that draw; null in the others. */
function cardsIn(environment: NodeJS.ProcessEnv): CardDrawer | null {
  const module = environment[ENV.cardDrawer];
  return module ? cardDrawer((): Promise<Drawing> => import(module)) : null;
}

function picturesIn(environment: NodeJS.ProcessEnv): Pictures {
  const cards = cardsIn(environment);
  const log = jsonLog(writeLine);
  if (!cards) return NO_PICTURES;
  return picturesBy(cards, (error) => log.warn("a picture could not be drawn", { error: String(error) }));
}

/** Longer than the sender's function may run. */
const NOTICE_LEASE_SECONDS = 180;

export function noticeQueueUrls(environment: NodeJS.ProcessEnv): Readonly<Partial<Record<Channel, string>>> {
  const named = environment[ENV.noticeQueueUrls];
  if (!named) return {};
  const parsed = v.safeParse(QUEUE_URLS, JSON.parse(named));
  if (!parsed.success) throw new SettingError(`${ENV.noticeQueueUrls}: not a queue's URL for each channel`);
  return parsed.output;
}

const QUEUE_URLS = v.record(v.picklist(CHANNELS), v.pipe(v.string(), v.url()));

/** The search index in the derived archive. Its files are held on the function's own disk, anew each cold start. */
export function awsSearchIndex(environment: NodeJS.ProcessEnv = process.env): SearchIndex {
  const folder = mkdtempSync(join(tmpdir(), "variorum-search-"));
  return segmentSearchIndex({ archive: stores(environment, usageCounter()).derived, folder });
}

/** Composes the reading room over AWS: private with the key in the parameter store, public when no parameter is named. */
export async function awsReadingRoom(environment: NodeJS.ProcessEnv = process.env): Promise<Hono> {
  const keyName = environment[ENV.readerKeyParameter];
  const addressName = environment[ENV.readingRoomUrlParameter];
  const names = [keyName, addressName].filter((name) => name !== undefined);
  const values = names.length > 0 ? await ssmParameters().read(...names) : new Map<string, string>();
  const log = jsonLog(writeLine);
  const cards = cardsIn(environment);
  return readingRoom({
    ...stores(environment, usageCounter()),
    search: awsSearchIndex(environment),
    clock: systemClock(),
    access: accessOf(keyName, values),
    subscribing: subscribingElsewhere(environment),
    ...(cards && { cards }),
    address: (addressName && values.get(addressName)) || environmentSettings(environment).readingRoomUrl,
    report: (error, path) => log.warn("a page broke", { path, error: error.stack ?? String(error) }),
  });
}

/** The distribution hands subscribers' forms to another function, where there is one. */
const subscribingElsewhere = (environment: NodeJS.ProcessEnv): Subscribing =>
  environment[ENV.subscriberKeyParameter] === undefined
    ? { kind: "closed", why: "read-only" }
    : { kind: "elsewhere", newcomers: environmentSettings(environment).newcomers };

/**
 * The pipeline with the links by which subscribers change and end what they hear, where the stack has pages for that.
 * @throws when their secret is named and not there
 */
export async function awsSendingServices(environment: NodeJS.ProcessEnv = process.env): Promise<MeteredServices> {
  const services = awsServices(environment);
  const name = environment[ENV.subscriberKeyParameter];
  const room = services.settings.readingRoomUrl;
  if (name === undefined || room === null) return services;
  const key = (await ssmParameters().read(name)).get(name);
  if (!key) throw new Error(`the parameter ${name} with the secret of subscribers' links is missing`);
  return { ...services, subscriberLinks: signedLinks({ room, key }) };
}

/** Who may read. @throws when a key is named and not there: that must never open the room */
export function accessOf(keyName: string | undefined, values: ReadonlyMap<string, string>): Access {
  if (keyName === undefined) return { kind: "public" };
  const key = values.get(keyName);
  if (!key) throw new Error(`the parameter ${keyName} with the reader's key is missing`);
  return { kind: "private", key };
}

/** What a function needs that notes what came back. What it has told waits in the ledger for the notifier's next round. */
export const awsReceipts = (
  environment: NodeJS.ProcessEnv = process.env,
): Pick<Services, "ledger" | "clock" | "noticeQueue" | "log"> => ({
  ledger: dynamoLedger({ client: new DynamoDBClient({}), table: required(environment, ENV.ledgerTable) }),
  clock: systemClock(),
  noticeQueue: { send: async () => {} },
  log: jsonLog(writeLine),
});

export function stores(
  environment: NodeJS.ProcessEnv,
  usage: UsageCounter,
): Pick<MeteredServices, "evidence" | "derived" | "ledger" | "meter"> {
  const client = counting(new S3Client({}), usage);
  const table = { client: counting(new DynamoDBClient({}), usage), table: required(environment, ENV.ledgerTable) };
  const archive = (name: string) => s3Archive({ client, bucket: required(environment, name) });
  return {
    evidence: archive(ENV.evidenceBucket),
    derived: archive(ENV.derivedBucket),
    ledger: dynamoLedger(table),
    meter: dynamoMeter(table),
  };
}

function queueOf(client: SQSClient, queueUrl: string | undefined): CaptureQueue {
  if (queueUrl) return sqsQueue({ client, queueUrl });
  const send = () =>
    Promise.reject(new Error(`${ENV.captureQueueUrl} is not set: this function may not ask for captures`));
  return { send };
}

export const outLog = () => jsonLog(writeLine);

/** Past `console`, whose JSON log format would wrap the line in another. */
const writeLine = (line: string): void => void process.stdout.write(`${line}\n`);
