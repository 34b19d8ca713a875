import type { Duration } from "aws-cdk-lib";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import { Bucket, ObjectLockRetention } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import { grantAdd, grantRead, KEPT_BUCKET } from "./archive-access.ts";

export interface EvidenceProps {
  /** For so long no kept version can be deleted without the right to bypass governance. */
  readonly retention: Duration;
  /** Of the bucket that an earlier stack left, to take it over. @default a name of CloudFormation's */
  readonly name?: string | undefined;
}

/** The captures, verbatim: versioned, locked from birth (it cannot be done later), kept when the stack goes, never expired. */
export class Evidence extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { retention, name }: EvidenceProps) {
    super(scope, id);
    this.bucket = new Bucket(this, "Bucket", {
      ...(name !== undefined && { bucketName: name }),
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.governance(retention),
      ...KEPT_BUCKET,
    });
    acknowledge(
      this.bucket,
      "Versions and Object Lock show what was written and forbid what was not meant; data events can be added in CloudTrail.",
      "AwsSolutions-S1",
    );
  }

  /** To put, read and list: nothing in the pipeline may delete, or bypass the retention. */
  grantAdd(grantee: IGrantable): void {
    grantAdd(this.bucket, grantee);
  }

  grantRead(grantee: IGrantable): void {
    grantRead(this.bucket, grantee);
  }
}
