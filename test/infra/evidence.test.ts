import { describe, expect, it } from "vitest";
import { LEDGER_TABLE } from "../../shared/config.ts";
import { monitorTemplate, resource, resources } from "./template.ts";

const template = monitorTemplate();

describe("the evidence bucket", () => {
  const [id, { Properties: bucket }] = resource(template, "AWS::S3::Bucket", "Evidence");

  it("is versioned and locked from birth, for thirty days unless the operator says otherwise", () => {
    expect(bucket.VersioningConfiguration).toEqual({ Status: "Enabled" });
    expect(bucket.ObjectLockEnabled).toBe(true);
    expect(bucket.ObjectLockConfiguration.Rule.DefaultRetention).toEqual({ Mode: "GOVERNANCE", Days: 30 });
    const longer = resource(monitorTemplate({ evidenceRetentionDays: 365 }), "AWS::S3::Bucket", "Evidence")[1]
      .Properties;
    expect(longer.ObjectLockConfiguration.Rule.DefaultRetention).toEqual({ Mode: "GOVERNANCE", Days: 365 });
  });
  it("never lets anything expire", () => expect(bucket.LifecycleConfiguration).toBeUndefined());
  it("is closed to the public and to plain HTTP", () => {
    expect(new Set(Object.values(bucket.PublicAccessBlockConfiguration))).toEqual(new Set([true]));
    const policy = resources(template, "AWS::S3::BucketPolicy").find(
      ([, { Properties }]) => Properties.Bucket.Ref === id,
    );
    expect(policy?.[1].Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    );
  });
});

describe("the ledger table", () => {
  const { Properties: table } = resource(template, "AWS::DynamoDB::Table", "Ledger")[1];

  it("has the ledger's keys", () =>
    expect(table.KeySchema.map((key: { AttributeName: string }) => key.AttributeName)).toEqual([
      LEDGER_TABLE.partitionKey,
      LEDGER_TABLE.sortKey,
    ]));
  it("has all of the ledger's indexes, whole rows in each", () =>
    expect(table.GlobalSecondaryIndexes).toEqual(
      Object.values(LEDGER_TABLE.indexes).map(({ name, partitionKey, sortKey }) => ({
        IndexName: name,
        KeySchema: [
          { AttributeName: partitionKey, KeyType: "HASH" },
          { AttributeName: sortKey, KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "ALL" },
      })),
    ));
  it("is paid by use, guarded against deletion, and can be taken back to any second", () => {
    expect(table.BillingMode).toBe("PAY_PER_REQUEST");
    expect(table.DeletionProtectionEnabled).toBe(true);
    expect(table.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true);
  });
  it("drops rows that say when they expire", () =>
    expect(table.TimeToLiveSpecification).toEqual({ AttributeName: LEDGER_TABLE.expires, Enabled: true }));
});

describe("what remembers", () => {
  /** Types that hold what cannot be fetched again; the rest of the stack can be made anew from the template. */
  const MEMORY =
    /^AWS::(S3::Bucket|DynamoDB::\w*Table|Logs::LogGroup|RDS::.*|EFS::.*|KMS::Key|SecretsManager::Secret)$/;
  const memory = resources(template).filter(([, { Type }]) => MEMORY.test(Type));

  it("stays when the stack goes, and when an update would replace it", () => {
    expect(memory.length).toBeGreaterThanOrEqual(3);
    const lost = memory.filter(
      ([, { DeletionPolicy, UpdateReplacePolicy }]) => DeletionPolicy !== "Retain" || UpdateReplacePolicy !== "Retain",
    );
    expect(lost.map(([id]) => id)).toEqual([]);
  });
  it("keeps its names in the template: another one would make a new, empty bucket or table on the next deploy", () => {
    const ids = memory.filter(([, { Type }]) => Type !== "AWS::Logs::LogGroup").map(([id]) => id);
    expect(ids.sort()).toEqual(["DerivedBucket8588D11C", "EvidenceBucketC67FF768", "LedgerTable9343E4AA"]);
  });
  it("can be taken over by a new stack, by the names that an old one left", () => {
    const names = { evidenceBucket: "left-evidence", derivedBucket: "left-derived", ledgerTable: "left-ledger" };
    const taken = monitorTemplate(names);
    expect(resource(taken, "AWS::S3::Bucket", "Evidence")[1].Properties.BucketName).toBe(names.evidenceBucket);
    expect(resource(taken, "AWS::S3::Bucket", "Derived")[1].Properties.BucketName).toBe(names.derivedBucket);
    expect(resource(taken, "AWS::DynamoDB::Table", "Ledger")[1].Properties.TableName).toBe(names.ledgerTable);
  });
  it("is otherwise named by CloudFormation, so that two deployments never meet", () =>
    expect(memory.filter(([, { Properties }]) => Properties.BucketName ?? Properties.TableName)).toEqual([]));
});
