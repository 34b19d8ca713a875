import { Duration } from "aws-cdk-lib";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import { SEARCH_DISK_MEGABYTES } from "../../shared/config.ts";
import type { Capability } from "./capability.ts";
import { TimedFunction } from "./timed-function.ts";

/** An edit is told some minutes after it was seen; it is found soon after that. */
const EVERY = Duration.minutes(5);

/** Makes what the reading room searches: sealed files in the derived archive, and nothing that costs by the hour. */
export class Search extends Construct {
  constructor(scope: Construct, id: string, { derived, ledger, alarms, functions }: Capability) {
    super(scope, id);
    const index = new TimedFunction(this, "Index", {
      ...functions,
      entry: "functions/search/handler.ts",
      description: "Takes new texts into the search index",
      schedule: ScheduleExpression.rate(EVERY),
      timeout: Duration.minutes(15), // Lambda's longest: an index that was lost is filled again, as far as it gets each time
      memoryMegabytes: 1024,
      diskMegabytes: SEARCH_DISK_MEGABYTES,
    });
    derived.grantAdd(index);
    ledger.grantRecord(index);

    alarms.whenNotRunning("search-not-running", index, Duration.hours(1), "What is new is not found by search.");
    alarms.whenFailing("search-errors", index, "What is new is not found by search.");
  }
}
