import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { STACK_OUTPUTS } from "../../shared/config.ts";
import { EMBEDDED, type EmbeddedDynamo, startDynalite } from "../support/dynalite.ts";
import { type FauxAws, startFauxAws } from "../support/fauxqs.ts";

type Outputs = Readonly<Record<string, string>>;

/** Stacks by name on embedded servers, with one of ours, `Variorum`, among them. */
export interface StandInStacks {
  /** What the program needs to find them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Outputs by stack; a test may add its own. */
  readonly stacks: Map<string, Outputs>;
  /** What was asked of CloudFormation: action and stack. */
  readonly asked: readonly string[];
  readonly aws: FauxAws;
  readonly dynamo: EmbeddedDynamo;
  stop(): Promise<void>;
}

const NAMESPACE = 'xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"';

/** What DescribeStacks answers, as CloudFormation writes it: nobody emulates it. */
const stackXml = (name: string, outputs: Outputs): string =>
  `<DescribeStacksResponse ${NAMESPACE}><DescribeStacksResult><Stacks><member><StackName>${name}</StackName>
<StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-05-04T08:00:00.000Z</CreationTime><Outputs>
${Object.entries(outputs)
  .map(([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`)
  .join("\n")}
</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;

const errorXml = (name: string): string =>
  `<ErrorResponse ${NAMESPACE}><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${name} does not exist</Message></Error></ErrorResponse>`;

export async function startStandInStacks(): Promise<StandInStacks> {
  const [aws, dynamo] = [await startFauxAws(), await startDynalite()];
  const stacks = new Map<string, Outputs>();
  const asked: string[] = [];
  const cloudFormation = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const query = new URLSearchParams(body);
    const name = query.get("StackName") ?? "";
    asked.push(`${query.get("Action")} ${name}`);
    const outputs = stacks.get(name);
    response.writeHead(outputs ? 200 : 400, { "content-type": "text/xml" });
    response.end(outputs ? stackXml(name, outputs) : errorXml(name));
  });
  cloudFormation.listen(0, "127.0.0.1");
  await once(cloudFormation, "listening");
  stacks.set("Variorum", {
    [STACK_OUTPUTS.evidenceBucket]: await aws.bucket("evidence"),
    [STACK_OUTPUTS.derivedBucket]: await aws.bucket("derived"),
    [STACK_OUTPUTS.ledgerTable]: await dynamo.ledgerTable("ledger"),
    [STACK_OUTPUTS.contact]: "desk@newsroom.example",
    [STACK_OUTPUTS.readingRoomUrl]: "https://room.example",
  });
  return {
    stacks,
    asked,
    aws,
    dynamo,
    environment: {
      AWS_REGION: EMBEDDED.region,
      AWS_ACCESS_KEY_ID: EMBEDDED.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: EMBEDDED.credentials.secretAccessKey,
      AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${(cloudFormation.address() as AddressInfo).port}`,
      AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
      AWS_ENDPOINT_URL_S3: aws.config.endpoint,
    },
    async stop() {
      cloudFormation.closeAllConnections();
      cloudFormation.close();
      await aws.stop();
      await dynamo.stop();
    },
  };
}
