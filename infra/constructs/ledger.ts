import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table } from "aws-cdk-lib/aws-dynamodb";
import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { LEDGER_TABLE } from "../../shared/config.ts";

const READ = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"];
const RECORD = ["dynamodb:PutItem", "dynamodb:UpdateItem"];

const text = (name: string) => ({ name, type: AttributeType.STRING });

export interface LedgerProps {
  /** Of the table that an earlier stack left, to take it over. @default a name of CloudFormation's */
  readonly name?: string | undefined;
}

/** The append-only record: one table with all its indexes from the first release, since a table update adds one at most. */
export class Ledger extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { name }: LedgerProps) {
    super(scope, id);
    this.table = new Table(this, "Table", {
      ...(name !== undefined && { tableName: name }),
      partitionKey: text(LEDGER_TABLE.partitionKey),
      sortKey: text(LEDGER_TABLE.sortKey),
      timeToLiveAttribute: LEDGER_TABLE.expires,
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const { name, partitionKey, sortKey } of Object.values(LEDGER_TABLE.indexes))
      this.table.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: text(partitionKey),
        sortKey: text(sortKey),
        projectionType: ProjectionType.ALL,
      });
  }

  grantRead(grantee: IGrantable): void {
    this.grant(grantee, READ);
  }

  /** To read and to write rows. No scan, no deleting, no change of the table. */
  grantRecord(grantee: IGrantable): void {
    this.grant(grantee, [...READ, ...RECORD]);
  }

  /** To read, and to write rows of some partitions alone. @param partitions - of their keys, as IAM patterns */
  grantRecordIn(grantee: IGrantable, partitions: readonly string[]): void {
    this.grantRead(grantee);
    Grant.addToPrincipal({
      grantee,
      actions: RECORD,
      resourceArns: [this.table.tableArn],
      conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [...partitions] } },
    });
  }

  private grant(grantee: IGrantable, actions: string[]): void {
    const indexes = Object.values(LEDGER_TABLE.indexes).map(({ name }) => `${this.table.tableArn}/index/${name}`);
    Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn] });
    Grant.addToPrincipal({ grantee, actions: ["dynamodb:Query"], resourceArns: indexes });
  }
}
