import { Duration } from "aws-cdk-lib";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import type { Capability } from "./capability.ts";
import { TimedFunction } from "./timed-function.ts";

/** It looks at two days of captures: were three of four rounds lost, none would be missed. */
const EVERY = Duration.hours(6);

/** What is not urgent: four times a day, captures that were kept but not recorded are taken into the ledger. */
export class Upkeep extends Construct {
  constructor(scope: Construct, id: string, { evidence, ledger, alarms, functions }: Capability) {
    super(scope, id);
    const upkeep = new TimedFunction(this, "Upkeep", {
      ...functions,
      entry: "functions/upkeep/handler.ts",
      description: "Takes captures into the ledger that were kept but not recorded",
      schedule: ScheduleExpression.rate(EVERY),
      timeout: Duration.minutes(15), // Lambda's longest: it reads a row for every capture of two days
      maxEventAge: Duration.hours(1),
      memoryMegabytes: 512,
    });
    evidence.grantRead(upkeep);
    ledger.grantRecord(upkeep);

    const twice = Duration.hours(2 * EVERY.toHours());
    alarms.whenNotRunning(
      "upkeep-not-running",
      upkeep,
      twice,
      "Captures that were kept but not recorded stay unrecorded.",
    );
    alarms.whenFailing("upkeep-errors", upkeep, "Captures that were kept but not recorded stay unrecorded.");
  }
}
