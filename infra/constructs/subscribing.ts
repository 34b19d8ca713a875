import { CustomResource, Duration, Fn, Stack } from "aws-cdk-lib";
import { CfnStage, HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import {
  AllowedMethods,
  CachePolicy,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { ENV, ORIGIN_HEADER, READER_COOKIE } from "../../shared/config.ts";
import { acknowledge } from "./acknowledge.ts";
import type { Capability } from "./capability.ts";
import { NodeFunction } from "./node-function.ts";
import { grantParameter, grantReadParameter } from "./parameter-access.ts";
import type { ReadingRoom } from "./reading-room.ts";

export interface SubscribingProps extends Pick<Capability, "derived" | "ledger" | "alarms" | "functions"> {
  readonly readingRoom: ReadingRoom;
  /** Of the channel email: brings the mails that ask an address. */
  readonly mails: Queue;
  /** `closed`: those who subscribed can still change and end it. */
  readonly newcomers: "open" | "closed";
  /** Holds the secret that signs subscribers' links. */
  readonly keyParameter: string;
}

/** Partitions of the ledger that a subscriber's request may write in: itself, its question, and what limits count. */
const WRITTEN = ["SUB#*", "SUBS#*", "NOTICE#*", "TURNS#*"];

/** Paths that take a form, below the reading room's address. */
const ROUTES = ["/subscribe", "/subscriptions/{id}", "/subscriptions/{id}/{step}"];

/**
 * Where people subscribe, and change or end what they hear. Forms cannot go the way of the pages, which the distribution
 * signs for: of a body it would need the hash from the browser. So these paths go through an HTTP API of their own.
 */
export class Subscribing extends Construct {
  constructor(scope: Construct, id: string, props: SubscribingProps) {
    super(scope, id);
    const { derived, ledger, alarms, functions, readingRoom, mails, newcomers, keyParameter } = props;
    const { environment, logRetention } = functions;
    const subscribe = new NodeFunction(this, "Subscribe", {
      entry: "functions/subscribe/handler.ts",
      description: "Makes the pages for subscribers, and does what they ask for",
      timeout: Duration.seconds(25), // the distribution waits for 30
      memoryMegabytes: 1024,
      environment: {
        ...environment,
        ...readingRoom.parameters,
        [ENV.subscriberKeyParameter]: keyParameter,
        [ENV.noticeQueueUrls]: Stack.of(this).toJsonString({ email: mails.queueUrl }),
        [ENV.subscribing]: newcomers,
      },
      logRetention,
    });
    derived.grantRead(subscribe);
    ledger.grantRecordIn(subscribe, WRITTEN);
    mails.grantSendMessages(subscribe);
    for (const name of [...Object.values(readingRoom.parameters), keyParameter]) grantReadParameter(subscribe, name);

    const api = new HttpApi(this, "Api", { description: "Forms of the reading room's subscribers" });
    const integration = new HttpLambdaIntegration("Subscribe", subscribe, { scopePermissionToRoute: false });
    for (const path of ROUTES) {
      api.addRoutes({ path, methods: [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST], integration });
    }
    const stage = api.defaultStage?.node.defaultChild;
    if (!(stage instanceof CfnStage)) throw new Error("an HTTP API without its default stage");
    stage.defaultRouteSettings = { throttlingRateLimit: 20, throttlingBurstLimit: 40 }; // nobody's forms come faster
    acknowledge(
      api,
      "Open to anybody, as the pages are: a link's key, a session, or the limits of the app decide.",
      "AwsSolutions-APIG4",
    );
    acknowledge(
      api,
      "A log of requests would hold the keys of subscribers' links, and who reads what is nobody's business.",
      "AwsSolutions-APIG1",
      "Serverless-APIGWAccessLogging",
      "Serverless-APIGWHTTPAPIDefaultThrottling",
    );

    const token = new CustomResource(this, "Key", {
      resourceType: "Custom::SubscriberKey",
      serviceToken: this.keyMaker(keyParameter, functions).functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: { parameterName: keyParameter },
    }).getAttString("OriginToken");
    const host = Fn.select(2, Fn.split("/", api.apiEndpoint));
    const origin = new HttpOrigin(host, { customHeaders: { [ORIGIN_HEADER]: token } });
    const forwarded = new OriginRequestPolicy(this, "Forwarding", {
      comment: "What a subscriber's form needs",
      cookieBehavior: OriginRequestCookieBehavior.allowList(READER_COOKIE),
      // The host stays out: an API answers to its own name alone. CloudFront itself says whom it serves.
      headerBehavior: OriginRequestHeaderBehavior.allowList(
        "Origin",
        "Content-Type",
        "Sec-Fetch-Site",
        "CloudFront-Viewer-Address",
      ),
      queryStringBehavior: OriginRequestQueryStringBehavior.all(),
    });
    for (const path of ["/subscribe", "/subscriptions/*"]) {
      readingRoom.distribution.addBehavior(path, origin, {
        allowedMethods: AllowedMethods.ALLOW_ALL,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY, // a redirected form would lose what it holds
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: forwarded,
      });
    }
    alarms.whenFailing("subscribing-errors", subscribe, "The function of the pages for subscribers failed.");
  }

  /** Of the secret that signs links: kept as an encrypted parameter, in no template and no log. */
  private keyMaker(keyParameter: string, functions: SubscribingProps["functions"]): NodeFunction {
    const maker = new NodeFunction(this, "KeyMaker", {
      ...functions,
      entry: "functions/reader-key/handler.ts",
      description: "Makes the secret of subscribers' links once, at deploy",
      timeout: Duration.seconds(60),
      memoryMegabytes: 256,
      environment: {},
    });
    grantParameter(maker, keyParameter, "ssm:GetParameters", "ssm:PutParameter", "ssm:DeleteParameter");
    return maker;
  }
}
