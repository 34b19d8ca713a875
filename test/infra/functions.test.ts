import { describe, expect, it } from "vitest";
import { ENV } from "../../shared/config.ts";
import { monitorTemplate, resource, resources, target } from "./template.ts";

const template = monitorTemplate();
const functions = resources(template, "AWS::Lambda::Function");

describe("every function", () => {
  it.each(functions)("%s runs Node 24 on arm64", (_id, { Properties }) => {
    expect(Properties.Runtime).toBe("nodejs24.x");
    expect(Properties.Architectures).toEqual(["arm64"]);
  });
  it.each(functions)("%s says its memory and its time", (_id, { Properties }) => {
    expect(Properties.MemorySize).toBeGreaterThanOrEqual(256);
    expect(Properties.Timeout).toBeGreaterThan(3);
  });
  it.each(functions)("%s logs into a group of its own that forgets", (_id, { Properties }) => {
    const group = template.toJSON().Resources[target(Properties.LoggingConfig.LogGroup) ?? ""];
    expect(group.Properties.RetentionInDays).toBe(30);
  });
  it.each(functions)("%s is told by the names that the program reads", (_id, { Properties }) => {
    const names = Object.keys(Properties.Environment?.Variables ?? {});
    expect(names.filter((name) => !Object.values<string>(ENV).includes(name))).toEqual([]);
  });
  it("has room among the ten that a new account may run at once", () =>
    expect(functions.filter(([, { Properties }]) => Properties.ReservedConcurrentExecutions !== undefined)).toEqual(
      [],
    ));
});

it("lets no log grow for ever", () =>
  expect(
    resources(template, "AWS::Logs::LogGroup").filter(([, { Properties }]) => !Properties.RetentionInDays),
  ).toEqual([]));

it("reads by the operator's rules where there are some, and only the function that reads", () => {
  const told = resources(monitorTemplate({ rules: "package.json" }), "AWS::Lambda::Function")
    .filter(([, { Properties }]) => Properties.Environment?.Variables[ENV.rules] !== undefined)
    .map(([id]) => id);
  expect(told).toEqual([expect.stringMatching(/^CapturePipelineCapture/)]);
});

describe("what draws pictures", () => {
  const drawing = (of: ReturnType<typeof monitorTemplate>) =>
    resources(of, "AWS::Lambda::Function")
      .filter(([, { Properties }]) => Properties.Layers !== undefined)
      .map(([id, { Properties }]) => {
        expect(Properties.Environment.Variables[ENV.cardDrawer]).toBe("/opt/cards/draw.mjs");
        return id.replace(/[0-9A-F]{8}$/, "");
      });
  const mailFrom = "monitor@news.example";
  it("is a layer of the functions that draw, and of no other", () => {
    expect(drawing(template)).toEqual(["ReadingRoomRead"]);
    expect(drawing(monitorTemplate({ chats: ["slack"] }))).toEqual(["ReadingRoomRead"]);
    expect(drawing(monitorTemplate({ chats: ["mastodon"] }))).toEqual(["ReadingRoomRead", "NotificationsSend"]);
    expect(drawing(monitorTemplate({ mailFrom }))).toEqual(["ReadingRoomRead", "NotificationsSend"]);
  });
  it("goes with no mail where the operator wants none", () => {
    const off = monitorTemplate({ mailFrom, mailPictures: false });
    expect(drawing(off)).toEqual(["ReadingRoomRead"]);
    const { Variables } = resource(off, "AWS::Lambda::Function", "NotificationsSend")[1].Properties.Environment;
    expect(Variables[ENV.mailPictures]).toBe("off");
  });
});

describe("what is invoked asynchronously", () => {
  const called = [
    ...resources(template, "AWS::Scheduler::Schedule").map(([, { Properties }]) => target(Properties.Target.Arn)),
    ...resources(template, "Custom::ReaderKey").map(([, { Properties }]) => target(Properties.ServiceToken)),
  ];
  it("are the four of the clock and the maker of the key", () => expect(called).toHaveLength(5));
  it.each(called)("%s hands its failures on, after two more tries", (id) => {
    const config = resources(template, "AWS::Lambda::EventInvokeConfig").find(
      ([, { Properties }]) => target(Properties.FunctionName) === id,
    )?.[1].Properties;
    expect(target(config.DestinationConfig.OnFailure.Destination)).toMatch(/^Failures/);
    expect(config.MaximumRetryAttempts).toBe(2);
  });
});

describe("the environment", () => {
  const variables = (prefix: string): Record<string, unknown> =>
    resource(template, "AWS::Lambda::Function", prefix)[1].Properties.Environment.Variables;
  it.each([
    "WatchSchedule",
    "CapturePipelineCapture",
    "NotificationsNotify",
    "ReadingRoomRead",
    "SearchIndex",
    "Upkeep",
  ])("tells %s where archive and ledger are, who asks, and how patiently", (prefix) =>
    expect(variables(prefix)).toMatchObject({
      [ENV.evidenceBucket]: { Ref: expect.stringMatching(/^Evidence/) },
      [ENV.derivedBucket]: { Ref: expect.stringMatching(/^Derived/) },
      [ENV.ledgerTable]: { Ref: expect.stringMatching(/^Ledger/) },
      [ENV.contact]: "newsroom@example.org",
      [ENV.confirmationSeconds]: "180",
      [ENV.hostGapSeconds]: "10",
    }),
  );
  it("names the queue to those who ask for captures, the topic to the one who tells", () => {
    expect(variables("WatchSchedule")).toHaveProperty(ENV.captureQueueUrl);
    expect(variables("CapturePipelineCapture")).toHaveProperty(ENV.captureQueueUrl);
    expect(variables("NotificationsNotify")).toHaveProperty(ENV.noticesTopicArn);
    expect(variables("NotificationsNotify")).toHaveProperty(ENV.readingRoomUrl);
  });
  it("never lets a deployment fetch private addresses", () => {
    for (const [, { Properties }] of functions)
      expect(Properties.Environment?.Variables ?? {}).not.toHaveProperty(ENV.allowAddresses);
  });
});
