import { Duration, Stack } from "aws-cdk-lib";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { ConfigurationSet, EmailSendingEvent, EventDestination } from "aws-cdk-lib/aws-ses";
import { Topic } from "aws-cdk-lib/aws-sns";
import { LambdaSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { ENV } from "../../shared/config.ts";
import type { Capability } from "./capability.ts";
import { NodeFunction } from "./node-function.ts";

/** Partitions of the ledger that the news of a mail is written in: subscriptions, their address, and what operations hear. */
const WRITTEN = ["SUB#*", "SUBS#*", "ADDRESS#*", "NOTICE#*"];

/** What becomes of mails that SES took and that came back: bounces and complaints suspend their address. */
export class ReturnedMails extends Construct {
  /** Mails must be sent with it. */
  readonly configurationSet: ConfigurationSet;
  readonly configurationSetArn: string;

  constructor(
    scope: Construct,
    id: string,
    { ledger, alarms, functions }: Pick<Capability, "ledger" | "alarms" | "functions">,
  ) {
    super(scope, id);
    const { environment, logRetention, failures } = functions;
    const events = new NodeFunction(this, "Events", {
      entry: "functions/mail-events/handler.ts",
      description: "Suspends addresses whose mails bounce for good or are complained of",
      timeout: Duration.seconds(60), // it looks through the subscriptions
      memoryMegabytes: 256,
      environment: { [ENV.ledgerTable]: environment[ENV.ledgerTable] ?? "" },
      logRetention,
      failures,
    });
    ledger.grantRecordIn(events, WRITTEN);

    const topic = new Topic(this, "Topic", { displayName: "Variorum returned mails", enforceSSL: true });
    topic.grantPublish(
      new ServicePrincipal("ses.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
    topic.addSubscription(new LambdaSubscription(events, { deadLetterQueue: failures }));

    this.configurationSet = new ConfigurationSet(this, "Mails", {});
    this.configurationSet.addEventDestination("Returned", {
      destination: EventDestination.snsTopic(topic),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
    });
    this.configurationSetArn = Stack.of(this).formatArn({
      service: "ses",
      resource: "configuration-set",
      resourceName: this.configurationSet.configurationSetName,
    });
    alarms.whenFailing(
      "mail-events-errors",
      events,
      "Addresses that bounce or complain are not suspended: SES counts what is sent there against the account.",
    );
  }
}
