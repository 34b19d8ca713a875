import { CustomResource, Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { acknowledgeWildcard } from "./acknowledge.ts";
import type { Capability } from "./capability.ts";
import { NodeFunction } from "./node-function.ts";
import { grantParameter, parameterArn } from "./parameter-access.ts";

export interface ReaderKeyProps extends Pick<Capability, "functions"> {
  /** Where the key is kept. Another name makes another key, and the old one goes. */
  readonly parameterName: string;
  /** Of the reading room, without a trailing slash. */
  readonly address: string;
}

/** The secret that opens the reading room: made at deploy, kept as an encrypted parameter, in no template and no log. */
export class ReaderKey extends Construct {
  /** Opens the reading room to whoever has it. */
  readonly readerLink: string;
  /** Shows the operator what is held or under embargo. */
  readonly operatorLink: string;

  constructor(scope: Construct, id: string, { parameterName, address, functions }: ReaderKeyProps) {
    super(scope, id);
    const maker = new NodeFunction(this, "Maker", {
      ...functions,
      entry: "functions/reader-key/handler.ts",
      description: "Makes the reader's key once, at deploy, and the links from it",
      timeout: Duration.seconds(60),
      memoryMegabytes: 256,
      environment: {},
    });
    // Of any number: a new key is made before the old one is removed.
    const anyKey = parameterName.replace(/[^/]+$/, "*");
    grantParameter(maker, anyKey, "ssm:GetParameters", "ssm:PutParameter", "ssm:DeleteParameter");
    acknowledgeWildcard(
      maker.role ?? maker,
      "The reader's keys of this stack, by number.",
      parameterArn(maker, anyKey),
    );
    const key = new CustomResource(this, "Key", {
      resourceType: "Custom::ReaderKey",
      serviceToken: maker.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: { parameterName, address, links: "reader, operator" }, // another value has an older stack make them
    });
    this.readerLink = key.getAttString("ReaderLink");
    this.operatorLink = key.getAttString("OperatorLink");
  }
}
