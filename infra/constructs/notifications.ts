import { Duration, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { ENV } from "../../shared/config.ts";
import { acknowledge, acknowledgeWildcard, MAIL_HAS_NO_REDRIVE } from "./acknowledge.ts";
import type { Capability } from "./capability.ts";
import { DeadLetters } from "./dead-letters.ts";
import type { Drawing } from "./drawing.ts";
import { NodeFunction } from "./node-function.ts";
import { grantReadParameter } from "./parameter-access.ts";
import { ReturnedMails } from "./returned-mails.ts";
import { TimedFunction } from "./timed-function.ts";

/** Ten deliveries side by side, each with its own time limit, and the ledger before and after. */
const SEND_TIMEOUT = Duration.seconds(60);

/** Chats whose messages carry a picture; so do mails, if the operator wants it. */
const PICTURED: ReadonlySet<string> = new Set(["mastodon", "bluesky"]);

export interface NotificationsProps extends Capability {
  /** Where a notice's links lead. */
  readonly readingRoomUrl: string;
  /** Chats to send to, beside the topic. */
  readonly chats: readonly string[];
  /** Whom mails come from: a verified identity. @default the stack sends none */
  readonly mailFrom?: string;
  /** Whether mails carry the picture of a change. */
  readonly mailPictures: boolean;
  readonly drawing: Drawing;
  /** Name of the parameter with the secret that signs subscribers' links; none where there are no pages for them. */
  readonly subscriberKeyParameter?: string | undefined;
  readonly burstNotices: number;
  readonly noticesPerHour: number;
  /** Receives every notice. @default nobody; subscribers are added to the topic */
  readonly email?: string;
}

/**
 * Tells what was recorded: every minute, what the ledger's outbox holds becomes notices to subscriptions, and those whose
 * time has come go to the queue of their channel, where a function sends them. The ledger has them all: what a queue
 * loses is handed over again.
 */
export class Notifications extends Construct {
  readonly topic: Topic;
  /** Of the channel email; undefined when the stack sends no mails. */
  readonly mails: Queue | undefined;

  constructor(
    scope: Construct,
    id: string,
    { derived, ledger, alarms, functions, readingRoomUrl, email, mailFrom, ...props }: NotificationsProps,
  ) {
    super(scope, id);
    this.topic = new Topic(this, "Notices", { displayName: "Variorum", enforceSSL: true });
    // By SES the same mailbox gets the mail that people like to read, and has nothing to confirm.
    const mailTo = mailFrom === undefined ? undefined : email;
    if (email && mailTo === undefined) this.topic.addSubscription(new EmailSubscription(email));
    acknowledge(this.topic, ...MAIL_HAS_NO_REDRIVE);

    const deadLetters = new DeadLetters(this, "SendDeadLetters");
    // Each channel has a queue of its own, so that a slow one holds up no other.
    const channels = ["sns", ...(mailFrom === undefined ? [] : ["email"]), ...props.chats];
    const queues = channels.map((channel) => {
      const queue = new Queue(this, `Send-${channel}`, {
        visibilityTimeout: Duration.seconds(6 * SEND_TIMEOUT.toSeconds()), // six times: AWS's advice for SQS sources
        retentionPeriod: Duration.hours(1), // the ledger hands over again what was not sent
        deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 }, // throttled polls count too
        encryption: QueueEncryption.SQS_MANAGED,
        enforceSSL: true,
      });
      return { channel, queue };
    });
    this.mails = queues.find(({ channel }) => channel === "email")?.queue;
    const returned =
      mailFrom === undefined ? undefined : new ReturnedMails(this, "ReturnedMails", { ledger, alarms, functions });
    const environment = {
      ...functions.environment,
      [ENV.noticesTopicArn]: this.topic.topicArn,
      [ENV.alarmTopicArn]: alarms.topic.topicArn,
      [ENV.readingRoomUrl]: readingRoomUrl,
      [ENV.noticeQueueUrls]: this.urlsOf(queues),
      [ENV.burstNotices]: String(props.burstNotices),
      [ENV.noticesPerHour]: String(props.noticesPerHour),
      ...(mailFrom !== undefined && { [ENV.mailFrom]: mailFrom }),
      ...(returned && { [ENV.mailConfigurationSet]: returned.configurationSet.configurationSetName }),
      ...(mailTo !== undefined && { [ENV.mailTo]: mailTo }),
      ...(!props.mailPictures && { [ENV.mailPictures]: "off" }),
    };
    const notify = new TimedFunction(this, "Notify", {
      ...functions,
      entry: "functions/notify/handler.ts",
      description: "Makes notices of the changes and events that the ledger holds as untold",
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      timeout: Duration.seconds(50), // over before the next round
      memoryMegabytes: 512,
      environment,
    });
    const draws = channels.some((channel) => (channel === "email" ? props.mailPictures : PICTURED.has(channel)));
    const send = new NodeFunction(this, "Send", {
      entry: "functions/send/handler.ts",
      description: "Sends notices by their channel",
      timeout: SEND_TIMEOUT,
      memoryMegabytes: draws ? 1024 : 512, // a picture takes the processor, of which there is as much as memory
      ...(draws && { drawing: props.drawing }),
      environment: {
        ...environment,
        ...(props.subscriberKeyParameter !== undefined && {
          [ENV.subscriberKeyParameter]: props.subscriberKeyParameter,
        }),
      },
      logRetention: functions.logRetention,
    });
    if (props.subscriberKeyParameter !== undefined) grantReadParameter(send, props.subscriberKeyParameter);
    for (const { queue } of queues) {
      queue.grantSendMessages(notify);
      queue.grantSendMessages(send); // what a delivery brings about: operations hear of an address that is gone
      send.addEventSource(
        new SqsEventSource(queue, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: 2 }),
      );
    }
    acknowledge(
      send,
      "The source is a queue with dead letters of its own; SQS sources have no failure destination.",
      "Serverless-LambdaEventSourceMappingDestination",
    );
    derived.grantRead(notify);
    derived.grantRead(send);
    ledger.grantRecord(notify);
    ledger.grantRecord(send);
    this.topic.grantPublish(send);
    alarms.topic.grantPublish(send);
    if (mailFrom !== undefined && returned) this.allowMails(send, mailFrom, returned);

    alarms.whenNotRunning(
      "notify-not-running",
      notify,
      Duration.minutes(5),
      "Changes are recorded, but nobody is told.",
    );
    alarms.whenFailing("notify-errors", notify, "Notices fail to be made; happenings stay in the ledger's outbox.", 3);
    alarms.whenFailing("send-errors", send, "Notices fail to leave; they wait in the ledger.", 3);
    alarms.whenNotEmpty(
      "send-dead-letters",
      deadLetters,
      "Sending broke five times over; the notices wait in the ledger.",
    );
  }

  /** In SES's sandbox the receivers are identities too, and sending to them is a right on theirs: so on all, from one. */
  private allowMails(send: NodeFunction, mailFrom: string, { configurationSetArn }: ReturnedMails): void {
    const address = /<([^<>]*)>$/.exec(mailFrom)?.[1] ?? mailFrom;
    const identities = Stack.of(this).formatArn({ service: "ses", resource: "identity", resourceName: "*" });
    acknowledgeWildcard(this, "Receivers in the sandbox are identities, and nobody knows them here.", identities);
    send.addToRolePolicy(
      new PolicyStatement({
        actions: ["ses:SendEmail", "ses:SendRawEmail"],
        resources: [identities, configurationSetArn],
        conditions: { StringEquals: { "ses:FromAddress": address } },
      }),
    );
  }

  private urlsOf(queues: readonly { readonly channel: string; readonly queue: Queue }[]): string {
    return Stack.of(this).toJsonString(
      Object.fromEntries(queues.map(({ channel, queue }) => [channel, queue.queueUrl])),
    );
  }
}
