import { join } from "node:path";
import { Duration } from "aws-cdk-lib";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { ENV, FETCH_LIMITS } from "../../shared/config.ts";
import { acknowledge } from "./acknowledge.ts";
import type { Capability } from "./capability.ts";
import { DeadLetters } from "./dead-letters.ts";
import { NodeFunction } from "./node-function.ts";

/** robots.txt and the page may each take a whole fetch; as much again for reading, comparing and keeping 20 of them. */
const TIMEOUT = Duration.seconds(3 * FETCH_LIMITS.totalSeconds);

export interface CapturePipelineProps extends Capability {
  /** Captures at once, each of up to 20 pages. */
  readonly concurrency: number;
  /** File with the operator's rules, from the project's root. */
  readonly rules?: string | undefined;
}

/** A queue of capture requests, the function that serves it, and its dead letters. */
export class CapturePipeline extends Construct {
  readonly requests: Queue;

  constructor(
    scope: Construct,
    id: string,
    { evidence, derived, ledger, alarms, functions, concurrency, rules }: CapturePipelineProps,
  ) {
    super(scope, id);
    const deadLetters = new DeadLetters(this, "DeadLetters");
    this.requests = new Queue(this, "Requests", {
      visibilityTimeout: Duration.seconds(6 * TIMEOUT.toSeconds()), // six times: AWS's advice for SQS sources
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 }, // throttled polls count too
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    const { environment, logRetention } = functions;
    const capture = new NodeFunction(this, "Capture", {
      entry: "functions/capture/handler.ts",
      description: "Fetches what is due, keeps it, reads it, compares and records",
      timeout: TIMEOUT,
      memoryMegabytes: 1024, // 20 pages side by side; a page is at most 20 MB on the wire, and few are above 1
      environment: {
        ...environment,
        [ENV.captureQueueUrl]: this.requests.queueUrl,
        ...(rules !== undefined && { [ENV.rules]: "/var/task/rules.json" }), // where Lambda lays the code
      },
      ...(rules !== undefined && { afterBundling: (folder) => [packing(rules, folder)] }),
      logRetention,
    });
    capture.addEventSource(
      // A bound of the event source, not reserved concurrency: a new account may run only 10 functions, and reserves none.
      new SqsEventSource(this.requests, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: concurrency }),
    );
    evidence.grantAdd(capture); // captures add; nothing in the pipeline may delete
    derived.grantAdd(capture);
    ledger.grantRecord(capture);
    this.requests.grantSendMessages(capture); // a check whose host is busy goes back with a delay
    acknowledge(
      capture,
      "The source is a queue with dead letters of its own; SQS sources have no failure destination.",
      "Serverless-LambdaEventSourceMappingDestination",
    );

    alarms.whenFailing("capture-errors", capture, "Captures fail: ledger or archive out of reach, or a bug.", 3);
    alarms.whenNotEmpty("capture-dead-letters", deadLetters, "Captures failed five times over and were given up.");
    alarms.whenWaiting(
      "capture-waiting",
      this.requests,
      Duration.minutes(30),
      "Captures wait too long for their turn.",
    );
  }
}

/** Checks the rules by the program that will read them, and lays them beside its code. */
const packing = (rules: string, folder: string): string =>
  [process.execPath, join(ROOT, "functions/runtime/pack-rules.ts"), join(ROOT, rules), folder]
    .map((word) => JSON.stringify(word))
    .join(" ");

const ROOT = join(import.meta.dirname, "../..");
