import { describe, expect, it } from "vitest";
import { ENV } from "../../shared/config.ts";
import { monitorTemplate, resource, resources, target } from "./template.ts";

describe("the channels of a stack", () => {
  const template = monitorTemplate({ mailFrom: "Variorum <monitor@news.example>", chats: ["slack", "teams"] });
  const [sendId, send] = resource(template, "AWS::Lambda::Function", "NotificationsSend");
  const policy = resources(template, "AWS::IAM::Policy").find(([id]) => id.startsWith("NotificationsSend"))?.[1];

  it("have a queue each, which the sender serves and both functions know", () => {
    const queues = ["sns", "email", "slack", "teams"].map(
      (channel) => resource(template, "AWS::SQS::Queue", `NotificationsSend${channel}`)[0],
    );
    const served = resources(template, "AWS::Lambda::EventSourceMapping")
      .filter(([, { Properties }]) => target(Properties.FunctionName) === sendId)
      .map(([, { Properties }]) => target(Properties.EventSourceArn));
    expect(served.sort()).toEqual(queues.sort());
    for (const prefix of ["NotificationsSend", "NotificationsNotify"]) {
      const { Variables } = resource(template, "AWS::Lambda::Function", prefix)[1].Properties.Environment;
      for (const queue of queues) expect(JSON.stringify(Variables[ENV.noticeQueueUrls])).toContain(queue);
    }
  });

  it("let the sender mail from the one address alone", () => {
    expect(send.Properties.Environment.Variables[ENV.mailFrom]).toBe("Variorum <monitor@news.example>");
    expect(policy?.Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Action: ["ses:SendEmail", "ses:SendRawEmail"],
        Condition: { StringEquals: { "ses:FromAddress": "monitor@news.example" } },
      }),
    );
  });

  it("bring every notice to the operator's mailbox by SES, where there is a sender, else by the topic", () => {
    const noticesEmail = "desk@news.example";
    const bySes = monitorTemplate({ noticesEmail, mailFrom: "monitor@news.example" });
    const mailboxes = (of: typeof bySes) =>
      resources(of, "AWS::SNS::Subscription").filter(([, { Properties }]) => Properties.Endpoint === noticesEmail);
    const { Variables } = resource(bySes, "AWS::Lambda::Function", "NotificationsNotify")[1].Properties.Environment;
    expect([Variables[ENV.mailTo], mailboxes(bySes)]).toEqual([noticesEmail, []]);
    expect(mailboxes(monitorTemplate({ noticesEmail }))).toHaveLength(1);
  });

  it("are the topic alone where nobody asks for more", () => {
    const plain = monitorTemplate();
    expect(resources(plain, "AWS::SQS::Queue").filter(([id]) => /^NotificationsSend[a-z]/.test(id))).toHaveLength(1);
    expect(JSON.stringify(plain.toJSON())).not.toContain("ses:Send");
  });
});

describe("mails that come back", () => {
  const template = monitorTemplate({ mailFrom: "monitor@news.example" });
  const [setId] = resource(template, "AWS::SES::ConfigurationSet", "NotificationsReturnedMails");
  const [eventsId, events] = resource(template, "AWS::Lambda::Function", "NotificationsReturnedMails");

  it("are reported: bounces and complaints of every mail that is sent", () => {
    const [, { Properties }] = resource(template, "AWS::SES::ConfigurationSetEventDestination", "Notifications");
    expect(target(Properties.ConfigurationSetName)).toBe(setId);
    expect(Properties.EventDestination.MatchingEventTypes.toSorted()).toEqual(["bounce", "complaint"]);
    const [, send] = resource(template, "AWS::Lambda::Function", "NotificationsSend");
    expect(target(send.Properties.Environment.Variables[ENV.mailConfigurationSet])).toBe(setId);
  });

  it("reach a function that knows the ledger alone, and what fails there is kept", () => {
    const subscription = resources(template, "AWS::SNS::Subscription").find(
      ([, { Properties }]) => Properties.Protocol === "lambda",
    );
    expect(target(subscription?.[1].Properties.Endpoint)).toBe(eventsId);
    expect(JSON.stringify(subscription?.[1].Properties.RedrivePolicy)).toContain("Failures");
    expect(Object.keys(events.Properties.Environment.Variables)).toEqual([ENV.ledgerTable]);
  });

  it("are published by SES of this account alone", () => {
    const statements = resources(template, "AWS::SNS::TopicPolicy").flatMap(
      ([, { Properties }]) => Properties.PolicyDocument.Statement,
    );
    const bySes = statements.filter(({ Principal }) => Principal.Service === "ses.amazonaws.com");
    expect(bySes.length).toBeGreaterThan(0);
    for (const { Action, Condition } of bySes) {
      expect(Action).toBe("sns:Publish");
      expect(JSON.stringify(Condition)).toMatch(/"(aws|AWS):SourceAccount":{"Ref":"AWS::AccountId"}/);
    }
  });
});
