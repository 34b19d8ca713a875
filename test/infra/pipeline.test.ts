import { describe, expect, it } from "vitest";
import { FETCH_LIMITS } from "../../shared/config.ts";
import { monitorTemplate, resource, resources, target } from "./template.ts";

const template = monitorTemplate({ captureConcurrency: 7 });
const [queueId, { Properties: queue }] = resource(template, "AWS::SQS::Queue", "CapturePipelineRequests");
const [captureId, { Properties: capture }] = resource(template, "AWS::Lambda::Function", "CapturePipelineCapture");

describe("the capture queue", () => {
  it("gives up after five times, into a queue that keeps for two weeks", () => {
    expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
    const deadLetters = template.toJSON().Resources[target(queue.RedrivePolicy.deadLetterTargetArn) ?? ""];
    expect(deadLetters.Properties.MessageRetentionPeriod).toBe(14 * 86_400);
  });
  it("hides a message for six times the function's time", () =>
    expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * capture.Timeout));
  it("feeds the function one message at a time, a bounded number at once, and takes back only what failed", () => {
    const mapping = resources(template, "AWS::Lambda::EventSourceMapping")[0]?.[1].Properties;
    expect(target(mapping.EventSourceArn)).toBe(queueId);
    expect(target(mapping.FunctionName)).toBe(captureId);
    expect(mapping).toMatchObject({
      BatchSize: 1,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 7 },
    });
  });
  it("leaves the function time to keep a body that was cut off by the clock", () =>
    expect(capture.Timeout).toBeGreaterThan(2 * FETCH_LIMITS.totalSeconds));
});

describe("queues and topics", () => {
  it("are encrypted, and refuse plain HTTP", () => {
    expect(resources(template, "AWS::SQS::Queue").every(([, { Properties }]) => Properties.SqsManagedSseEnabled)).toBe(
      true,
    );
    const guarded = [...resources(template, "AWS::SQS::QueuePolicy"), ...resources(template, "AWS::SNS::TopicPolicy")]
      .filter(([, { Properties }]) => JSON.stringify(Properties).includes('"aws:SecureTransport":"false"'))
      .flatMap(([, { Properties }]) => (Properties.Queues ?? Properties.Topics).map(target));
    const all = [...resources(template, "AWS::SQS::Queue"), ...resources(template, "AWS::SNS::Topic")];
    expect(guarded.sort()).toEqual(all.map(([id]) => id).sort());
  });
});

describe("the clock", () => {
  const schedules = resources(template, "AWS::Scheduler::Schedule").map(([, { Properties }]) => Properties);
  const rateOf = (prefix: string) => {
    const [id] = resource(template, "AWS::Lambda::Function", prefix);
    return schedules.find(({ Target }) => target(Target.Arn) === id)?.ScheduleExpression;
  };
  it("ticks every minute, and tells every minute", () => {
    expect(rateOf("WatchSchedule")).toBe("rate(1 minute)");
    expect(rateOf("NotificationsNotify")).toBe("rate(1 minute)");
  });
  it("sweeps often enough that no day is missed", () => expect(rateOf("Upkeep")).toBe("rate(6 hours)"));
  it("loses no tick without a trace", () =>
    expect(schedules.map(({ Target }) => Target.DeadLetterConfig?.Arn).filter(Boolean)).toHaveLength(schedules.length));
});
