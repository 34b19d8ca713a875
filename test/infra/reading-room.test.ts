import { describe, expect, it } from "vitest";
import { ENV, READER_COOKIE, STACK_OUTPUTS } from "../../shared/config.ts";
import { monitorTemplate, resource, resources, target } from "./template.ts";

const template = monitorTemplate();
const [readId, { Properties: read }] = resource(template, "AWS::Lambda::Function", "ReadingRoomRead");

describe("the reading room's function", () => {
  it("answers no one at its own address without a signature", () =>
    expect(resources(template, "AWS::Lambda::Url").map(([, { Properties }]) => Properties.AuthType)).toEqual([
      "AWS_IAM",
    ]));
  it.each(["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"])(
    "lets the distribution %s, and nobody else",
    (action) => {
      const permissions = resources(template, "AWS::Lambda::Permission").filter(
        ([, { Properties }]) => Properties.Action === action,
      );
      expect(permissions).toHaveLength(1);
      const { Principal, SourceArn, FunctionName } = permissions[0]![1].Properties;
      expect(Principal).toBe("cloudfront.amazonaws.com");
      const [distribution] = resource(template, "AWS::CloudFront::Distribution", "ReadingRoom");
      expect(JSON.stringify(SourceArn)).toContain(`{"Ref":"${distribution}"}`);
      const [url] = resource(template, "AWS::Lambda::Url", "ReadingRoom");
      expect([readId, url]).toContain(target(FunctionName));
    },
  );
  it("is signed for by the distribution, always", () => {
    const { OriginAccessControlConfig: access } = resource(
      template,
      "AWS::CloudFront::OriginAccessControl",
      "ReadingRoom",
    )[1].Properties;
    expect(access).toMatchObject({ OriginAccessControlOriginType: "lambda", SigningBehavior: "always" });
  });
  it("answers before the distribution loses patience", () => expect(read.Timeout).toBeLessThan(30));
});

describe("the distribution", () => {
  const { DistributionConfig } = resource(template, "AWS::CloudFront::Distribution", "ReadingRoom")[1].Properties;
  const cache = resource(template, "AWS::CloudFront::CachePolicy", "ReadingRoom")[1].Properties.CachePolicyConfig;
  const key = cache.ParametersInCacheKeyAndForwardedToOrigin;

  it("is for reading, over HTTPS", () => {
    expect(DistributionConfig.DefaultCacheBehavior).toMatchObject({
      AllowedMethods: ["GET", "HEAD"],
      ViewerProtocolPolicy: "redirect-to-https",
    });
    expect(DistributionConfig.CacheBehaviors).toBeUndefined();
  });
  it("caches nothing that the reading room does not say", () =>
    expect([cache.MinTTL, cache.DefaultTTL]).toEqual([0, 0]));
  it("keeps sessions, feed keys and mementos apart", () => {
    expect(key.CookiesConfig).toEqual({ CookieBehavior: "whitelist", Cookies: [READER_COOKIE] });
    expect(key.QueryStringsConfig.QueryStringBehavior).toBe("all");
    expect(key.HeadersConfig.Headers).toEqual(["Accept-Datetime"]);
  });
});

describe("access", () => {
  const PARAMETER = "/variorum/Variorum/reader-key/1";

  it("is private by default: the key is made at deploy, and printed only as a link", () => {
    expect(read.Environment.Variables[ENV.readerKeyParameter]).toBe(PARAMETER);
    expect(resource(template, "Custom::ReaderKey", "ReadingRoom")[1].Properties.parameterName).toBe(PARAMETER);
    expect(template.toJSON().Outputs[STACK_OUTPUTS.readerLink]).toBeDefined();
    expect(JSON.stringify(template.toJSON())).not.toContain("/enter?key=");
  });
  it("can be opened to the public, and then has neither key nor link", () => {
    const open = monitorTemplate({ readingRoom: "public" });
    const variables = resource(open, "AWS::Lambda::Function", "ReadingRoomRead")[1].Properties.Environment.Variables;
    expect(variables).not.toHaveProperty(ENV.readerKeyParameter);
    expect(resources(open, "Custom::ReaderKey")).toEqual([]);
    expect(open.toJSON().Outputs).not.toHaveProperty(STACK_OUTPUTS.readerLink);
  });
  it("changes its key with the key's number, in the function's environment too, so that no old key stays in memory", () => {
    const next = monitorTemplate({ readerKeyNumber: 2 });
    const variables = resource(next, "AWS::Lambda::Function", "ReadingRoomRead")[1].Properties.Environment.Variables;
    expect(variables[ENV.readerKeyParameter]).toBe("/variorum/Variorum/reader-key/2");
  });
  it("tells the function its address by a parameter, which holds the distribution's", () => {
    const name = read.Environment.Variables[ENV.readingRoomUrlParameter];
    const parameter = resources(template, "AWS::SSM::Parameter").find(([, { Properties }]) => Properties.Name === name);
    expect(parameter?.[1].Properties.Value).toEqual(template.toJSON().Outputs[STACK_OUTPUTS.readingRoomUrl].Value);
  });
});
