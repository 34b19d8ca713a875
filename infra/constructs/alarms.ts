import { Duration, Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, Metric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { acknowledge, MAIL_HAS_NO_REDRIVE } from "./acknowledge.ts";

const FIVE_MINUTES = Duration.minutes(5);

export interface AlarmsProps {
  /** Hears every alarm, once its owner has confirmed the subscription. */
  readonly email: string;
}

/**
 * Alive or loud: what fails, waits too long or has stopped running tells the operator. Each alarm is named for its heading
 * in docs/runbook.md.
 */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { email }: AlarmsProps) {
    super(scope, id);
    this.topic = new Topic(this, "Topic", { displayName: "Variorum alarms", enforceSSL: true });
    // A topic with a policy of its own loses the default one, which let the account's alarms publish.
    this.topic.grantPublish(
      new ServicePrincipal("cloudwatch.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
    this.topic.addSubscription(new EmailSubscription(email));
    acknowledge(this.topic, ...MAIL_HAS_NO_REDRIVE);
  }

  /** Loud when the function failed so often within five minutes; two failures of a minutely one mend themselves. */
  whenFailing(heading: string, called: IFunction, meaning: string, times = 1): void {
    this.raise(heading, meaning, called.metricErrors({ period: FIVE_MINUTES }), { atLeast: times });
  }

  /** Loud when the function was not even started within the time. No data at all is the loudest sign. */
  whenNotRunning(heading: string, called: IFunction, within: Duration, meaning: string): void {
    this.raise(heading, meaning, called.metricInvocations({ period: within }), { below: 1 });
  }

  /** Loud as soon as something lies in the queue, until it lies there no more. */
  whenNotEmpty(heading: string, queue: IQueue, meaning: string): void {
    const messages = queue.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM });
    this.raise(heading, meaning, messages, { atLeast: 1 });
  }

  /** Loud when the queue's oldest message has waited for so long. */
  whenWaiting(heading: string, queue: IQueue, longest: Duration, meaning: string): void {
    const age = queue.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM });
    this.raise(heading, meaning, age, { atLeast: longest.toSeconds() });
  }

  /** Loud when the function's address answered with a server error, be it the function's or Lambda's own. */
  whenAnsweringErrors(heading: string, called: IFunction, meaning: string): void {
    const answers = new Metric({
      namespace: "AWS/Lambda",
      metricName: "Url5xxCount",
      dimensionsMap: { FunctionName: called.functionName },
      statistic: Stats.SUM,
      period: FIVE_MINUTES,
    });
    this.raise(heading, meaning, answers, { atLeast: 1 });
  }

  private raise(
    heading: string,
    meaning: string,
    metric: IMetric,
    limit: { atLeast: number } | { below: number },
  ): void {
    const below = "below" in limit;
    const alarm = new Alarm(this, heading, {
      alarmName: `${Stack.of(this).stackName}-${heading}`,
      alarmDescription: `${meaning} What to do: docs/runbook.md#${heading}`,
      metric,
      evaluationPeriods: 1,
      threshold: below ? limit.below : limit.atLeast,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }
}
