import { existsSync } from "node:fs";
import { join } from "node:path";
import { Duration, Size } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { ApplicationLogLevel, Architecture, LoggingFormat, Runtime, SystemLogLevel } from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import {
  type BundlingOptions,
  type ICommandHooks,
  LogLevel,
  NodejsFunction,
  OutputFormat,
} from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { Drawing } from "./drawing.ts";

const ROOT = join(import.meta.dirname, "../..");

export interface NodeFunctionProps {
  /** Path of the file that exports `handler`, from the project's root. */
  readonly entry: string;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeout: Duration;
  readonly memoryMegabytes: number;
  /** Of the disk in `/tmp`. @default 512 */
  readonly diskMegabytes?: number;
  readonly logRetention: RetentionDays;
  /** Given, the function can draw pictures. */
  readonly drawing?: Drawing;
  /** Commands to run once the code lies bundled in a folder, e.g. to lay a file beside it. Any that fails stops the deploy. */
  readonly afterBundling?: (folder: string) => string[];
  /** Takes what failed three times; needed by every function that is invoked asynchronously, as all timed ones are. */
  readonly failures?: IQueue;
  /** An asynchronous event older than this is given up. @default 10 minutes */
  readonly maxEventAge?: Duration;
}

/** A Lambda function of ours: what holds for all of them is said here, and only here. */
export class NodeFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, { retention: props.logRetention });
    // A role of our own: the managed policy that CDK attaches otherwise may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(role);
    super(scope, id, {
      entry: entryPoint(props.entry),
      handler: "handler",
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMegabytes,
      ...(props.diskMegabytes !== undefined && { ephemeralStorageSize: Size.mebibytes(props.diskMegabytes) }),
      timeout: props.timeout,
      environment: { ...props.environment, ...props.drawing?.environment },
      ...(props.drawing && { layers: [props.drawing] }),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN, // START, END and REPORT of every minute cost more than they tell
      awsSdkConnectionReuse: false, // the variable it sets is for version 2 of the SDK
      projectRoot: ROOT,
      depsLockFilePath: join(ROOT, "package-lock.json"),
      bundling: { ...BUNDLING, ...(props.afterBundling && { commandHooks: hooks(props.afterBundling) }) },
      ...(props.failures && {
        onFailure: new SqsDestination(props.failures),
        retryAttempts: 2,
        maxEventAge: props.maxEventAge ?? Duration.minutes(10),
      }),
    });
  }
}

const BUNDLING: BundlingOptions = {
  logLevel: LogLevel.ERROR,
  format: OutputFormat.ESM,
  target: "node24",
  mainFields: ["module", "main"],
  bundleAwsSDK: true, // the version that was tested, not the one that the runtime happens to bring
  forceDockerBundling: false,
  // CommonJS inside the bundle (parts of the SDK) calls `require`, which an ES module does not have.
  banner: "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);",
  esbuildArgs: {
    // White space and syntax only: shorter names would save a tenth and make every stack trace in the logs unreadable.
    "--minify-whitespace": true,
    "--minify-syntax": true,
  },
};

const hooks = (afterBundling: (folder: string) => string[]): ICommandHooks => ({
  beforeBundling: () => [],
  beforeInstall: () => [],
  afterBundling: (_project, folder) => afterBundling(folder),
});

function entryPoint(path: string): string {
  const entry = join(ROOT, path);
  if (!existsSync(entry)) throw new Error(`${path} does not exist: it should export \`handler\``);
  return entry;
}
