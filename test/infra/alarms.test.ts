import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { monitorTemplate, ROOT, resource, resources, target } from "./template.ts";

/** With everything that an operator can switch on. */
const template = monitorTemplate({ mailFrom: "monitor@news.example" });
const alarms = resources(template, "AWS::CloudWatch::Alarm").map(([, { Properties }]) => Properties);
const runbook = readFileSync(join(ROOT, "docs/runbook.md"), "utf8");
const sections = new Map(
  runbook
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")).trim(), section]),
);
const named = (heading: string) => alarms.find(({ AlarmName }) => AlarmName === `Variorum-${heading}`);
const headingOf = (alarm: { AlarmDescription: string }) =>
  /docs\/runbook\.md#([a-z0-9-]+)$/.exec(alarm.AlarmDescription)?.[1];

describe("every alarm", () => {
  it.each(alarms.map((alarm) => [alarm.AlarmName, alarm]))("%s names its page of the runbook", (_name, alarm) => {
    const section = sections.get(headingOf(alarm) ?? "");
    expect(section).toBeDefined();
    for (const part of ["**Meaning**", "**Look**", "**Fix**"]) expect(section).toContain(part);
  });
  it("has a page, and every page an alarm", () =>
    expect([...sections.keys()].sort()).toEqual(alarms.map(headingOf).sort()));
  it("is heard, and so is its end", () => {
    const [topic] = resource(template, "AWS::SNS::Topic", "Alarms");
    for (const alarm of alarms) {
      expect(alarm.AlarmActions.map(target)).toEqual([topic]);
      expect(alarm.OKActions.map(target)).toEqual([topic]);
    }
    const subscription = resource(template, "AWS::SNS::Subscription", "Alarms")[1].Properties;
    expect(subscription).toMatchObject({ Protocol: "email", Endpoint: "operator@example.org" });
  });
  it("may speak to the topic, whose own policy would otherwise keep CloudWatch out", () => {
    const { Statement } = resource(template, "AWS::SNS::TopicPolicy", "Alarms")[1].Properties.PolicyDocument;
    expect(Statement).toContainEqual(
      expect.objectContaining({
        Effect: "Allow",
        Action: "sns:Publish",
        Principal: { Service: "cloudwatch.amazonaws.com" },
      }),
    );
  });
});

describe("failing is loud", () => {
  /** The makers of keys run at deploy alone: what they fail at fails the deploy. */
  const working = resources(template, "AWS::Lambda::Function").filter(
    ([id]) => !/^(ReadingRoom|Subscribing)KeyMaker/.test(id),
  );
  it.each(working)("%s has an alarm on its errors", (id) => {
    const found = alarms.filter(
      ({ MetricName, Dimensions }) =>
        MetricName === "Errors" && Dimensions.some((d: { Value: object }) => target(d.Value) === id),
    );
    expect(found).toHaveLength(1);
  });
  it("when the reading room answers with a server error, also one of Lambda's own", () =>
    expect(named("reading-room-5xx")).toMatchObject({
      Namespace: "AWS/Lambda",
      MetricName: "Url5xxCount",
      Threshold: 1,
    }));
  it.each(["capture-dead-letters", "failures-not-empty"])("when something lies in a last queue: %s", (heading) =>
    expect(named(heading)).toMatchObject({
      MetricName: "ApproximateNumberOfMessagesVisible",
      Statistic: "Maximum",
      Threshold: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
    }),
  );
  it("when captures wait longer than any wait of ours explains", () => {
    const longestDelaySeconds = 900;
    const alarm = named("capture-waiting");
    expect(alarm.MetricName).toBe("ApproximateAgeOfOldestMessage");
    expect(alarm.Threshold).toBeGreaterThan(longestDelaySeconds);
  });
});

describe("not running is as loud", () => {
  it.each([
    ["schedule-not-running", 300],
    ["notify-not-running", 300],
    ["upkeep-not-running", 43_200],
  ])("%s: fewer than one start in %d seconds, or no data at all", (heading, seconds) =>
    expect(named(heading)).toMatchObject({
      MetricName: "Invocations",
      Statistic: "Sum",
      Period: seconds,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "LessThanThreshold",
      TreatMissingData: "breaching",
    }),
  );
});
