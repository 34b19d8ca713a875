import { RemovalPolicy } from "aws-cdk-lib";
import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";
import { BlockPublicAccess, type Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { acknowledgeWildcard } from "./acknowledge.ts";

/** What both archives' buckets are: the stack's alone, closed to the public, and there still when the stack goes. */
export const KEPT_BUCKET = {
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  encryption: BucketEncryption.S3_MANAGED,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  removalPolicy: RemovalPolicy.RETAIN,
} as const;

/** To look, also for a key that is not there: without the right to list, S3 answers that with a refusal. */
export function grantRead(bucket: Bucket, grantee: IGrantable): void {
  allow(grantee, "s3:GetObject", bucket.arnForObjects("*"));
  allow(grantee, "s3:ListBucket", bucket.bucketArn);
  everyKey(bucket);
}

/** To put and to look. CDK's own grants would also let objects be deleted, or their retention be changed. */
export function grantAdd(bucket: Bucket, grantee: IGrantable): void {
  allow(grantee, "s3:PutObject", bucket.arnForObjects("*"));
  grantRead(bucket, grantee);
}

const allow = (grantee: IGrantable, action: string, resource: string): void => {
  Grant.addToPrincipal({ grantee, actions: [action], resourceArns: [resource] });
};

const everyKey = (bucket: Bucket): void =>
  acknowledgeWildcard(
    bucket.stack,
    "Every key of this bucket: keys name captures and contents that nobody knows beforehand.",
    bucket.arnForObjects("*"),
  );
