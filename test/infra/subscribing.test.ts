import { describe, expect, it } from "vitest";
import { ENV, ORIGIN_HEADER } from "../../shared/config.ts";
import { monitorTemplate, resource, resources, target } from "./template.ts";

const template = monitorTemplate({ mailFrom: "monitor@news.example" });
const [subscribeId, subscribe] = resource(template, "AWS::Lambda::Function", "SubscribingSubscribe");
const { DistributionConfig } = resource(template, "AWS::CloudFront::Distribution", "ReadingRoom")[1].Properties;
const KEY = "/variorum/Variorum/subscriber-key/1";

interface Behaviour {
  readonly PathPattern: string;
  readonly TargetOriginId: string;
  readonly AllowedMethods: readonly string[];
  readonly ViewerProtocolPolicy: string;
}

describe("the pages for subscribers", () => {
  it("take forms below the reading room's address, by an origin of their own", () => {
    const behaviours: readonly Behaviour[] = DistributionConfig.CacheBehaviors;
    expect(behaviours.map(({ PathPattern }) => PathPattern)).toEqual(["/subscribe", "/subscriptions/*"]);
    for (const { AllowedMethods, ViewerProtocolPolicy, TargetOriginId } of behaviours) {
      expect(AllowedMethods).toContain("POST");
      expect(ViewerProtocolPolicy).toBe("https-only");
      expect(TargetOriginId).not.toBe(DistributionConfig.DefaultCacheBehavior.TargetOriginId);
    }
    expect(DistributionConfig.DefaultCacheBehavior.AllowedMethods).toEqual(["GET", "HEAD"]);
  });

  it("are known to come from the distribution, which says whom it serves and keeps its own name to itself", () => {
    const origins: readonly { OriginCustomHeaders?: readonly { HeaderName: string; HeaderValue: object }[] }[] =
      DistributionConfig.Origins;
    const [header] = origins.flatMap(({ OriginCustomHeaders = [] }) => OriginCustomHeaders);
    expect(header?.HeaderName).toBe(ORIGIN_HEADER);
    expect(header?.HeaderValue).toEqual({ "Fn::GetAtt": [expect.stringMatching(/^SubscribingKey/), "OriginToken"] });
    const [, policy] = resource(template, "AWS::CloudFront::OriginRequestPolicy", "Subscribing");
    const { Headers } = policy.Properties.OriginRequestPolicyConfig.HeadersConfig;
    expect(Headers).toContain("CloudFront-Viewer-Address");
    expect(Headers).not.toContain("Host");
  });

  it("are reached by their own paths alone, not faster than people are", () => {
    const routes = resources(template, "AWS::ApiGatewayV2::Route").map(([, { Properties }]) => Properties.RouteKey);
    expect(new Set(routes.map((route: string) => route.split(" ")[1]))).toEqual(
      new Set(["/subscribe", "/subscriptions/{id}", "/subscriptions/{id}/{step}"]),
    );
    const [, stage] = resource(template, "AWS::ApiGatewayV2::Stage", "Subscribing");
    expect(stage.Properties.DefaultRouteSettings.ThrottlingRateLimit).toBeGreaterThan(0);
  });

  it("may write subscriptions, their questions and limits in the ledger, and nothing else anywhere", () => {
    const role = target(subscribe.Properties.Role);
    const statements = resources(template, "AWS::IAM::Policy")
      .filter(([, { Properties }]) => Properties.Roles.map(target).includes(role))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
    const writes = statements.filter(({ Action }) =>
      /PutItem|UpdateItem|PutObject|Publish|ses:/.test(JSON.stringify(Action)),
    );
    expect(writes).toHaveLength(1);
    expect(writes[0].Action).toEqual(["dynamodb:PutItem", "dynamodb:UpdateItem"]);
    expect(writes[0].Condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]).toEqual([
      "SUB#*",
      "SUBS#*",
      "NOTICE#*",
      "TURNS#*",
    ]);
  });

  it("share the secret of their links with the sender alone", () => {
    const readers = resources(template, "AWS::IAM::Policy").filter(([, { Properties }]) =>
      JSON.stringify(Properties.PolicyDocument).includes(KEY.slice(1)),
    );
    expect(readers.map(([id]) => id.replace(/Role.*/, "")).toSorted()).toEqual([
      "NotificationsSend",
      "SubscribingKeyMaker",
      "SubscribingSubscribe",
    ]);
    const [, send] = resource(template, "AWS::Lambda::Function", "NotificationsSend");
    expect(send.Properties.Environment.Variables[ENV.subscriberKeyParameter]).toBe(KEY);
    expect(JSON.stringify(template.toJSON().Outputs)).not.toContain("OriginToken");
  });

  it("are open unless the operator closes them, and the reading room knows", () => {
    const closed = monitorTemplate({ mailFrom: "monitor@news.example", subscribing: "closed" });
    for (const [of, expected] of [
      [template, "open"],
      [closed, "closed"],
    ] as const) {
      for (const prefix of ["SubscribingSubscribe", "ReadingRoomRead"]) {
        const { Variables } = resource(of, "AWS::Lambda::Function", prefix)[1].Properties.Environment;
        expect(Variables[ENV.subscribing]).toBe(expected);
      }
    }
  });

  it("are not there where no mails are sent", () => {
    const plain = monitorTemplate();
    expect(resources(plain, "AWS::ApiGatewayV2::Api")).toEqual([]);
    expect(resources(plain).filter(([id]) => id.startsWith("Subscribing"))).toEqual([]);
  });

  it("run in a function that the API alone starts", () => {
    const starters = resources(template, "AWS::Lambda::Permission").filter(
      ([, { Properties }]) => target(Properties.FunctionName) === subscribeId,
    );
    expect(new Set(starters.map(([, { Properties }]) => Properties.Principal))).toEqual(
      new Set(["apigateway.amazonaws.com"]),
    );
  });
});
