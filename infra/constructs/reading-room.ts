import { Duration, Stack } from "aws-cdk-lib";
import {
  AllowedMethods,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HttpVersion,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { FunctionUrlOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { FunctionUrlAuthType } from "aws-cdk-lib/aws-lambda";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { Construct } from "constructs";
import { ENV, READER_COOKIE, SEARCH_DISK_MEGABYTES } from "../../shared/config.ts";
import { acknowledge } from "./acknowledge.ts";
import type { Capability } from "./capability.ts";
import type { Drawing } from "./drawing.ts";
import { NodeFunction } from "./node-function.ts";
import { grantReadParameter } from "./parameter-access.ts";
import { ReaderKey } from "./reader-key.ts";

export interface ReadingRoomProps extends Capability {
  /** `private`: opened by the reader's link. */
  readonly access: "private" | "public";
  /** Another number makes another key: links and sessions given out so far are void. */
  readonly readerKeyNumber: number;
  readonly drawing: Drawing;
  /** Whether other functions take subscribers' forms at the same address, and whether newcomers may subscribe there. */
  readonly subscribing?: { readonly keyParameter: string; readonly newcomers: "open" | "closed" } | undefined;
}

/** Where people read: a distribution in front of the function that makes the pages. */
export class ReadingRoom extends Construct {
  /** Without a trailing slash. */
  readonly url: string;
  /** Opens a private room; undefined when it is public. */
  readonly readerLink: string | undefined;
  readonly operatorLink: string | undefined;
  readonly distribution: Distribution;
  /** Names of its parameters, under the names of the environment by which functions know them. */
  readonly parameters: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ReadingRoomProps) {
    super(scope, id);
    const { evidence, derived, ledger, alarms, functions, access, readerKeyNumber, drawing, subscribing } = props;
    const parameters = `/variorum/${Stack.of(this).stackName}`;
    const keyName = `${parameters}/reader-key/${readerKeyNumber}`;
    const addressName = `${parameters}/reading-room-url`;

    this.parameters = {
      [ENV.readingRoomUrlParameter]: addressName,
      ...(access === "private" && { [ENV.readerKeyParameter]: keyName }),
    };
    const { environment, logRetention } = functions;
    const read = new NodeFunction(this, "Read", {
      entry: "functions/read/handler.ts",
      description: "Makes the reading room's pages, feeds and mementos",
      timeout: Duration.seconds(25), // the distribution waits for 30
      memoryMegabytes: 1024,
      diskMegabytes: SEARCH_DISK_MEGABYTES,
      drawing,
      environment: {
        ...environment,
        ...this.parameters,
        ...(subscribing && {
          [ENV.subscriberKeyParameter]: subscribing.keyParameter, // that there is one: it may not read it
          [ENV.subscribing]: subscribing.newcomers,
        }),
      },
      logRetention,
    });
    evidence.grantRead(read);
    derived.grantRead(read);
    ledger.grantRead(read);

    this.distribution = this.distributionOf(read);
    this.url = `https://${this.distribution.distributionDomainName}`;
    new StringParameter(this, "Address", { parameterName: addressName, stringValue: this.url });
    grantReadParameter(read, addressName); // by name: by its resource, function and distribution would wait for each other
    if (access === "private") {
      const key = new ReaderKey(this, "Key", { ...props, parameterName: keyName, address: this.url });
      grantReadParameter(read, keyName);
      this.readerLink = key.readerLink;
      this.operatorLink = key.operatorLink;
    }

    alarms.whenFailing("reading-room-errors", read, "The reading room's function failed.");
    alarms.whenAnsweringErrors("reading-room-5xx", read, "The reading room answered readers with a server error.");
  }

  private distributionOf(read: NodeFunction): Distribution {
    // Signed by the distribution: the function's own address answers nobody else. Posts would need their body's hash from
    // the browser (origin access control signs it), so only reading goes this way; forms go by `Subscribing`.
    const origin = FunctionUrlOrigin.withOriginAccessControl(
      read.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM }),
    );
    const distribution = new Distribution(this, "Distribution", {
      comment: `${Stack.of(this).stackName}: reading room`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: {
        origin,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: this.cachePolicy(),
      },
    });
    acknowledge(distribution, "News is read everywhere.", "AwsSolutions-CFR1");
    acknowledge(
      distribution,
      "Private by default, bounded by Lambda and, for forms, by limits of the app; a firewall costs more than the rest.",
      "AwsSolutions-CFR2",
    );
    acknowledge(
      distribution,
      "Who reads what about whom is nobody's business: a newsroom's readers leave no log.",
      "AwsSolutions-CFR3",
    );
    acknowledge(
      distribution,
      "The minimum TLS version cannot be set for CloudFront's own certificate.",
      "AwsSolutions-CFR4",
    );
    return distribution;
  }

  /** What the app says may be cached is cached per session: a page of a private room is given to who may read it. */
  private cachePolicy(): CachePolicy {
    return new CachePolicy(this, "Caching", {
      comment: "As the reading room says; nothing by default",
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      cookieBehavior: CacheCookieBehavior.allowList(READER_COOKIE),
      headerBehavior: CacheHeaderBehavior.allowList("Accept-Datetime"), // Memento's TimeGates answer by it
      queryStringBehavior: CacheQueryStringBehavior.all(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }
}
