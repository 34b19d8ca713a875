import { Duration } from "aws-cdk-lib";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import { ENV } from "../../shared/config.ts";
import type { Capability } from "./capability.ts";
import type { CapturePipeline } from "./capture-pipeline.ts";
import { TimedFunction } from "./timed-function.ts";

export interface WatchScheduleProps extends Capability {
  readonly capture: CapturePipeline;
}

/** The clock: every minute, the watches that fell due go to the capture queue, and the tick is recorded. */
export class WatchSchedule extends Construct {
  constructor(scope: Construct, id: string, { ledger, capture, alarms, functions }: WatchScheduleProps) {
    super(scope, id);
    const schedule = new TimedFunction(this, "Schedule", {
      ...functions,
      entry: "functions/schedule/handler.ts",
      description: "Hands the watches that fell due to the capture queue",
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      timeout: Duration.seconds(50), // over before the next tick
      memoryMegabytes: 512,
      environment: { ...functions.environment, [ENV.captureQueueUrl]: capture.requests.queueUrl },
    });
    ledger.grantRecord(schedule);
    capture.requests.grantSendMessages(schedule);

    alarms.whenNotRunning(
      "schedule-not-running",
      schedule,
      Duration.minutes(5),
      "No tick for five minutes: nothing is watched.",
    );
    alarms.whenFailing("schedule-errors", schedule, "Ticks fail: pages are not checked when due.", 3);
  }
}
