import { Duration } from "aws-cdk-lib";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import { grantAdd, grantRead, KEPT_BUCKET } from "./archive-access.ts";

export interface DerivedProps {
  /** Of the bucket that an earlier stack left, to take it over. @default a name of CloudFormation's */
  readonly name?: string | undefined;
}

/** What was made out of the evidence: readings, comparisons, exports. It could be made again, at the price of a re-reading. */
export class Derived extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { name }: DerivedProps) {
    super(scope, id);
    this.bucket = new Bucket(this, "Bucket", {
      ...(name !== undefined && { bucketName: name }),
      ...KEPT_BUCKET,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    acknowledge(
      this.bucket,
      "Holds nothing that could not be made again from the evidence; who read it, the access logs of a newsroom should not tell.",
      "AwsSolutions-S1",
    );
  }

  grantAdd(grantee: IGrantable): void {
    grantAdd(this.bucket, grantee);
  }

  grantRead(grantee: IGrantable): void {
    grantRead(this.bucket, grantee);
  }
}
