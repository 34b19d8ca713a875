import { Duration } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Schedule, type ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { acknowledgeWildcard } from "./acknowledge.ts";
import { NodeFunction, type NodeFunctionProps } from "./node-function.ts";

export interface TimedFunctionProps extends NodeFunctionProps {
  readonly schedule: ScheduleExpression;
  /** Takes both what the clock could not deliver and what the function failed at. */
  readonly failures: IQueue;
}

/** A function that the clock starts. */
export class TimedFunction extends NodeFunction {
  constructor(scope: Construct, id: string, props: TimedFunctionProps) {
    super(scope, id, props);
    const role = new Role(this, "ClockRole", { assumedBy: new ServicePrincipal("scheduler.amazonaws.com") });
    new Schedule(this, "Clock", {
      description: props.description,
      schedule: props.schedule,
      target: new LambdaInvoke(this, {
        role,
        retryAttempts: 2,
        maxEventAge: Duration.minutes(1), // the least there is; the next tick makes up for a lost one
        deadLetterQueue: props.failures,
      }),
    });
    acknowledgeWildcard(role, "The function's versions and aliases, as CDK grants them.", `${this.functionArn}:*`);
  }
}
