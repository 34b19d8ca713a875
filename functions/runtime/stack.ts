import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { dynamoLedger } from "../../shared/adapters/aws/dynamo-ledger.ts";
import { dynamoMeter } from "../../shared/adapters/aws/dynamo-meter.ts";
import { s3Archive } from "../../shared/adapters/aws/s3-archive.ts";
import { systemClock } from "../../shared/adapters/local/system-clock.ts";
import { ENV, STACK_OUTPUTS } from "../../shared/config.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import { environmentSettings, SettingError } from "./settings.ts";

/** Without it the SDK waits for a connection for as long as the system does. */
const HANDLER = { connectionTimeout: 5000, requestTimeout: 30_000 };

export interface StackServices
  extends Pick<Services, "ledger" | "meter" | "evidence" | "derived" | "clock" | "settings"> {
  /** Sender of its mails; null when it sends none. */
  readonly mailFrom: string | null;
  /** Null where its reading room is public. */
  readonly operatorLink: string | null;
}

/**
 * The stores of a deployed stack, found through its outputs, with the caller's own AWS credentials.
 * @throws SettingError when the stack cannot be read or is none of ours
 */
export async function stackServices(name: string): Promise<StackServices> {
  const outputs = await stackOutputs(name);
  const output = (key: string): string => {
    const value = outputs.get(key);
    if (!value)
      throw new SettingError(`the stack ${name} has no output ${key}: is it a Variorum stack of this release?`);
    return value;
  };
  const client = new S3Client({ requestHandler: HANDLER });
  const dynamo = new DynamoDBClient({ requestHandler: HANDLER });
  const table = { client: dynamo, table: output(STACK_OUTPUTS.ledgerTable) };
  const environment = {
    ...process.env,
    [ENV.contact]: outputs.get(STACK_OUTPUTS.contact),
    [ENV.readingRoomUrl]: outputs.get(STACK_OUTPUTS.readingRoomUrl),
    [ENV.noticesPerHour]: outputs.get(STACK_OUTPUTS.noticesPerHour),
  };
  return {
    evidence: s3Archive({ client, bucket: output(STACK_OUTPUTS.evidenceBucket) }),
    derived: s3Archive({ client, bucket: output(STACK_OUTPUTS.derivedBucket) }),
    ledger: dynamoLedger(table),
    meter: dynamoMeter(table),
    clock: systemClock(),
    settings: environmentSettings(environment),
    mailFrom: outputs.get(STACK_OUTPUTS.mailFrom) ?? null,
    operatorLink: outputs.get(STACK_OUTPUTS.operatorLink) ?? null,
  };
}

async function stackOutputs(name: string): Promise<ReadonlyMap<string, string>> {
  const client = new CloudFormationClient({ requestHandler: HANDLER });
  const answer = await client.send(new DescribeStacksCommand({ StackName: name })).catch((error: Error) => {
    throw new SettingError(
      `the stack ${name} cannot be read (${error.name}: ${error.message}): check the name, AWS_REGION and your AWS credentials`,
      { cause: error },
    );
  });
  const outputs = answer.Stacks?.[0]?.Outputs ?? [];
  return new Map(outputs.map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]));
}
