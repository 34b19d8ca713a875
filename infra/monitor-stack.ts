import { CfnOutput, Duration, Stack, type StackProps, Tags } from "aws-cdk-lib";
import type { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { ENV, STACK_OUTPUTS } from "../shared/config.ts";
import { acknowledge } from "./constructs/acknowledge.ts";
import { Alarms } from "./constructs/alarms.ts";
import type { Capability } from "./constructs/capability.ts";
import { CapturePipeline } from "./constructs/capture-pipeline.ts";
import { DeadLetters } from "./constructs/dead-letters.ts";
import { Derived } from "./constructs/derived.ts";
import { Drawing } from "./constructs/drawing.ts";
import { Evidence } from "./constructs/evidence.ts";
import { Ledger } from "./constructs/ledger.ts";
import { Notifications } from "./constructs/notifications.ts";
import { ReadingRoom } from "./constructs/reading-room.ts";
import { Search } from "./constructs/search.ts";
import { Subscribing } from "./constructs/subscribing.ts";
import { Upkeep } from "./constructs/upkeep.ts";
import { WatchSchedule } from "./constructs/watch-schedule.ts";
import type { OperatorSettings } from "./operator-settings.ts";

export interface MonitorStackProps extends StackProps {
  readonly settings: OperatorSettings;
}

/** The whole monitor: schedule → capture → notify → read, over evidence, derived archive and ledger. */
export class MonitorStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: MonitorStackProps) {
    super(scope, id, {
      description: "Variorum keeps every version of what is published and tells what changed",
      ...props,
    });
    Tags.of(this).add("application", "variorum");

    const evidence = new Evidence(this, "Evidence", {
      retention: Duration.days(settings.evidenceRetentionDays),
      name: settings.evidenceBucket,
    });
    const derived = new Derived(this, "Derived", { name: settings.derivedBucket });
    const ledger = new Ledger(this, "Ledger", { name: settings.ledgerTable });
    const alarms = new Alarms(this, "Alarms", { email: settings.alarmEmail });
    const failures = new DeadLetters(this, "Failures");
    const environment = {
      [ENV.evidenceBucket]: evidence.bucket.bucketName,
      [ENV.derivedBucket]: derived.bucket.bucketName,
      [ENV.ledgerTable]: ledger.table.tableName,
      [ENV.contact]: settings.contact,
      [ENV.confirmationSeconds]: String(settings.confirmationSeconds),
      [ENV.hostGapSeconds]: String(settings.hostGapSeconds),
    };
    const logRetention: RetentionDays = settings.logRetentionDays;
    const base: Capability = { evidence, derived, ledger, alarms, functions: { environment, logRetention, failures } };

    const capture = new CapturePipeline(this, "CapturePipeline", {
      ...base,
      concurrency: settings.captureConcurrency,
      rules: settings.rules,
    });
    new WatchSchedule(this, "WatchSchedule", { ...base, capture });
    const drawing = new Drawing(this, "Drawing");
    // Who has mails sent can be asked by mail: then there are pages for subscribers.
    const subscribing =
      settings.mailFrom === undefined
        ? undefined
        : { keyParameter: `/variorum/${settings.stackName}/subscriber-key/1`, newcomers: settings.subscribing };
    const readingRoom = new ReadingRoom(this, "ReadingRoom", {
      ...base,
      drawing,
      access: settings.readingRoom,
      readerKeyNumber: settings.readerKeyNumber,
      subscribing,
    });
    const notifications = new Notifications(this, "Notifications", {
      ...base,
      readingRoomUrl: readingRoom.url,
      chats: settings.chats,
      mailPictures: settings.mailPictures,
      drawing,
      subscriberKeyParameter: subscribing?.keyParameter,
      burstNotices: settings.burstNotices,
      noticesPerHour: settings.noticesPerHour,
      ...(settings.mailFrom !== undefined && { mailFrom: settings.mailFrom }),
      ...(settings.noticesEmail !== undefined && { email: settings.noticesEmail }),
    });
    new Search(this, "Search", base);
    if (subscribing && notifications.mails) {
      new Subscribing(this, "Subscribing", { ...base, ...subscribing, readingRoom, mails: notifications.mails });
    }
    new Upkeep(this, "Upkeep", base);
    alarms.whenNotEmpty("failures-not-empty", failures, "Something that runs by the clock failed three times over.");

    this.print({
      evidenceBucket: evidence.bucket.bucketName,
      derivedBucket: derived.bucket.bucketName,
      ledgerTable: ledger.table.tableName,
      captureQueueUrl: capture.requests.queueUrl,
      noticesTopicArn: notifications.topic.topicArn,
      readingRoomUrl: readingRoom.url,
      readerLink: readingRoom.readerLink,
      operatorLink: readingRoom.operatorLink,
      contact: settings.contact,
      noticesPerHour: String(settings.noticesPerHour),
      mailFrom: settings.mailFrom,
    });
    this.acknowledgeHouseRules();
  }

  /** The outputs by which operator and command line find the parts. */
  private print(values: Record<keyof typeof STACK_OUTPUTS, string | undefined>): void {
    for (const [name, outputId] of Object.entries(STACK_OUTPUTS)) {
      const value = values[name as keyof typeof STACK_OUTPUTS];
      if (value !== undefined) new CfnOutput(this, `Print${outputId}`, { value }).overrideLogicalId(outputId);
    }
  }

  private acknowledgeHouseRules(): void {
    acknowledge(
      this,
      "Failures go to a destination, which tells more than a dead letter: the event and the error.",
      "Serverless-LambdaDLQ",
    );
    acknowledge(
      this,
      "Traces cost more than they tell here: one function per step, each settles with one line of log.",
      "Serverless-LambdaTracing",
    );
  }
}
