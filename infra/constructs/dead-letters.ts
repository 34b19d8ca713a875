import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";

/** Where lies what failed too often, for as long as SQS keeps anything, until somebody looks. */
export class DeadLetters extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    const lastStop = "It is the last stop: what lies here raises an alarm.";
    acknowledge(this, lastStop, "AwsSolutions-SQS3", "Serverless-SQSRedrivePolicy");
  }
}
