import { describe, expect, it } from "vitest";
import { monitorTemplate, type Resource, resource, resources, target } from "./template.ts";

const template = monitorTemplate();

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
}

const list = <T>(one: T | readonly T[] | undefined): readonly T[] =>
  one === undefined ? [] : Array.isArray(one) ? one : [one as T];

/** Every statement that any role of the stack is given, wherever it stands. */
const statements: { readonly roles: readonly (string | undefined)[]; readonly statement: Statement }[] = [
  ...resources(template, "AWS::IAM::Policy").flatMap(([, { Properties }]) =>
    list<Statement>(Properties.PolicyDocument.Statement).map((statement) => ({
      roles: Properties.Roles.map(target),
      statement,
    })),
  ),
  ...resources(template, "AWS::IAM::Role").flatMap(([id, { Properties }]) =>
    list<{ PolicyDocument: { Statement: Statement[] } }>(Properties.Policies).flatMap(({ PolicyDocument }) =>
      list(PolicyDocument.Statement).map((statement) => ({ roles: [id], statement })),
    ),
  ),
];

it("gives rights by no managed policy, which this test would not see", () => {
  expect(resources(template, "AWS::IAM::ManagedPolicy")).toEqual([]);
});

/** The part of the stack that a resource of a policy is, by the construct's name, or the parameter's. */
const PARTS =
  /parameter\/variorum\/[^"]+|Evidence|Derived|Ledger|Requests|DeadLetters|NotificationsSendsns|Notices|AlarmsTopic|Failures|Logs/;

/** What the role of a function may do, by part of the stack. Its own log and the failure queue go without saying. */
function allowed(fn: Resource): Record<string, string[]> {
  const role = target(fn.Properties.Role);
  const parts: Record<string, string[]> = {};
  for (const { roles, statement } of statements) {
    if (!roles.includes(role) || statement.Effect !== "Allow") continue;
    for (const on of list(statement.Resource)) {
      const part = PARTS.exec(JSON.stringify(on))?.[0] ?? JSON.stringify(on);
      if (part === "Failures" || part === "Logs") continue;
      parts[part] = [...new Set([...(parts[part] ?? []), ...list(statement.Action)])].sort();
    }
  }
  return parts;
}

/** Whether an IAM action, wildcards and all, covers a plain one. */
const covers = (action: string, plain: string): boolean =>
  new RegExp(
    `^${action
      .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "i",
  ).test(plain);

describe("no role of the stack", () => {
  const FORBIDDEN = [
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:BypassGovernanceRetention",
    "s3:PutObjectRetention",
    "s3:PutObjectLegalHold",
    "s3:PutBucketObjectLockConfiguration",
    "s3:PutBucketVersioning",
    "s3:PutLifecycleConfiguration",
    "s3:PutBucketPolicy",
    "s3:DeleteBucket",
    "dynamodb:DeleteTable",
    "dynamodb:UpdateTable",
    "dynamodb:UpdateContinuousBackups",
    "iam:PassRole",
  ];
  it.each(FORBIDDEN)("may %s", (plain) => {
    const offenders = statements.filter(
      ({ statement }) => statement.Effect === "Allow" && list(statement.Action).some((action) => covers(action, plain)),
    );
    expect(offenders).toEqual([]);
  });
  it("is given everything but something", () =>
    expect(statements.filter(({ statement }) => statement.NotAction || statement.NotResource)).toEqual([]));
  it("is given every resource there is", () =>
    expect(statements.filter(({ statement }) => list(statement.Resource).includes("*"))).toEqual([]));
  it("is given a policy that AWS may widen", () =>
    expect(
      resources(template, "AWS::IAM::Role").filter(([, { Properties }]) => Properties.ManagedPolicyArns?.length > 0),
    ).toEqual([]));
});

describe("a bucket's own policy", () => {
  it("allows nobody anything", () => {
    const granted = resources(template, "AWS::S3::BucketPolicy").flatMap(([, { Properties }]) =>
      list<Statement>(Properties.PolicyDocument.Statement).filter(({ Effect }) => Effect !== "Deny"),
    );
    expect(granted).toEqual([]);
  });
});

describe("each function may do what its work asks for, no more", () => {
  const look = ["s3:GetObject", "s3:ListBucket"];
  const add = [...look, "s3:PutObject"];
  const read = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"];
  const record = [...read, "dynamodb:PutItem", "dynamodb:UpdateItem"].sort();
  const send = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"];
  const serve = [...send, "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"].sort();
  const parameter = "parameter/variorum/Variorum";
  const recall = ["ssm:GetParameter", "ssm:GetParameters"];
  it.each([
    ["WatchSchedule", { Ledger: record, Requests: send }],
    ["CapturePipelineCapture", { Evidence: add, Derived: add, Ledger: record, Requests: serve }],
    ["NotificationsNotify", { Derived: look, Ledger: record, NotificationsSendsns: send }],
    [
      "NotificationsSend",
      {
        Derived: look,
        Ledger: record,
        NotificationsSendsns: serve,
        Notices: ["sns:Publish"],
        AlarmsTopic: ["sns:Publish"],
      },
    ],
    [
      "ReadingRoomRead",
      {
        Evidence: look,
        Derived: look,
        Ledger: read,
        [`${parameter}/reading-room-url`]: recall,
        [`${parameter}/reader-key/1`]: recall,
      },
    ],
    ["SearchIndex", { Derived: add, Ledger: record }],
    ["Upkeep", { Evidence: look, Ledger: record }],
    [
      "ReadingRoomKeyMaker",
      { [`${parameter}/reader-key/*`]: ["ssm:DeleteParameter", "ssm:GetParameters", "ssm:PutParameter"] },
    ],
  ])("%s", (prefix, expected) =>
    expect(allowed(resource(template, "AWS::Lambda::Function", prefix)[1])).toEqual(expected),
  );
});
