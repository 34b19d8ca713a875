import { Duration } from "aws-cdk-lib";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { ENV } from "../../shared/config.ts";
import { acknowledge, MAIL_HAS_NO_REDRIVE } from "./acknowledge.ts";
import type { Capability } from "./capability.ts";
import { TimedFunction } from "./timed-function.ts";

export interface NotificationsProps extends Capability {
  /** Where a notice's links lead. */
  readonly readingRoomUrl: string;
  /** Receives every notice. @default nobody; subscribers are added to the topic */
  readonly email?: string;
}

/** Tells what was recorded: every minute, the ledger's outbox goes to the topic of notices. */
export class Notifications extends Construct {
  readonly topic: Topic;

  constructor(
    scope: Construct,
    id: string,
    { derived, ledger, alarms, functions, readingRoomUrl, email }: NotificationsProps,
  ) {
    super(scope, id);
    this.topic = new Topic(this, "Notices", { displayName: "Variorum", enforceSSL: true });
    if (email) this.topic.addSubscription(new EmailSubscription(email));
    acknowledge(this.topic, ...MAIL_HAS_NO_REDRIVE);

    const notify = new TimedFunction(this, "Notify", {
      ...functions,
      entry: "functions/notify/handler.ts",
      description: "Tells the changes and events that the ledger holds as untold",
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      timeout: Duration.seconds(50), // over before the next round
      memoryMegabytes: 512,
      environment: {
        ...functions.environment,
        [ENV.noticesTopicArn]: this.topic.topicArn,
        [ENV.readingRoomUrl]: readingRoomUrl,
      },
    });
    derived.grantRead(notify);
    ledger.grantRecord(notify);
    this.topic.grantPublish(notify);

    alarms.whenNotRunning(
      "notify-not-running",
      notify,
      Duration.minutes(5),
      "Changes are recorded, but nobody is told.",
    );
    alarms.whenFailing("notify-errors", notify, "Notices fail to leave; they stay in the ledger's outbox.", 3);
  }
}
