import { SNSClient } from "@aws-sdk/client-sns";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asciiSubject, snsNotifier } from "../../../shared/adapters/aws/sns-notifier.ts";
import type { Message } from "../../../shared/ports/message.ts";
import { notifierContract } from "../../contracts/notifier.ts";
import { aChange } from "../../support/builders.ts";
import { type FauxAws, startFauxAws } from "../../support/fauxqs.ts";
import { aMessage, aSubscription, toldChange, toldEvent } from "../../support/messages.ts";

let aws: FauxAws;
beforeAll(async () => {
  aws = await startFauxAws();
});
afterAll(() => aws.stop());

interface Envelope {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}

let topics = 0;
/** A topic with a queue that subscribes to it, optionally by attributes. */
async function open(filter?: object) {
  topics += 1;
  const topicArn = await aws.topic(`notices-${topics}`);
  const queueUrl = await aws.queue(`reader-${topics}`);
  await aws.subscribe(topicArn, queueUrl, { raw: false, ...(filter && { filter }) });
  const arrived = async (): Promise<Envelope[]> => {
    const asked = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
    const { Messages = [] } = await aws.sqs.send(asked);
    return Messages.map(({ Body = "" }) => JSON.parse(Body));
  };
  const notifier = snsNotifier({ client: aws.sns });
  const deliver = (body?: Parameters<typeof aMessage>[0]) => notifier.deliver(to(topicArn, body));
  return { notifier, deliver, topicArn, arrived };
}

const to = (address: string, body?: Parameters<typeof aMessage>[0]): Message =>
  aMessage(body, { subscription: aSubscription({ channel: "sns", address }) });

notifierContract("snsNotifier", async () => {
  const { notifier, topicArn, arrived } = await open();
  return {
    notifier,
    address: topicArn,
    arrived: async () =>
      (await arrived()).map(({ Subject, Message, MessageAttributes }) => ({
        id: MessageAttributes.noticeId?.Value ?? null,
        text: `${Subject}\n${Message}`,
      })),
  };
});

const changeWith = (given: Parameters<typeof aChange>[0]) =>
  ({ kind: "change", told: toldChange({ revision: { change: aChange(given) } }) }) as const;

describe("snsNotifier", () => {
  it("lets subscriptions filter by attributes", async () => {
    const { deliver, arrived } = await open();
    const body = changeWith({ significance: "substantive", labels: ["headline", "number"] });
    await deliver(body);
    const [message] = await arrived();
    expect(message?.MessageAttributes).toEqual({
      noticeId: { Type: "String", Value: to("", body).id },
      watchId: { Type: "String", Value: body.told.happening.revision.watchId },
      kind: { Type: "String", Value: "change" },
      significance: { Type: "String", Value: "substantive" },
      labels: { Type: "String.Array", Value: '["headline","number"]' },
    });
  });

  it("reaches the subscription to a significance, and spares it the rest", async () => {
    const { deliver, arrived } = await open({ significance: ["substantive"] });
    await deliver(changeWith({ significance: "cosmetic", disclosure: "update" }));
    await deliver(changeWith({ significance: "substantive" }));
    expect((await arrived()).map(({ Message }) => /no note|update note/.exec(Message)?.[0])).toEqual(["no note"]);
  });

  it.skip("reaches the subscription to a label (left out: fauxqs does not filter on String.Array)", async () => {
    const { deliver, arrived } = await open({ labels: ["number"] });
    await deliver(changeWith({ labels: ["headline", "number"] }));
    await deliver(changeWith({ labels: ["headline"] }));
    expect(await arrived()).toHaveLength(1);
  });

  it("leaves out the labels of a change that has none", async () => {
    const { deliver, arrived } = await open();
    await deliver(changeWith({ labels: [] }));
    expect(Object.keys((await arrived())[0]?.MessageAttributes ?? {})).not.toContain("labels");
  });

  it("names an availability event's kind", async () => {
    const { deliver, arrived } = await open({ kind: ["restored"] });
    for (const kind of ["unpublished", "restored"] as const) {
      await deliver({ kind: "availability", told: toldEvent({ kind }) });
    }
    expect((await arrived()).map(({ Subject }) => Subject)).toEqual(["Back: Harbour bridge closed after inspection"]);
  });

  it("names a digest, which is about no single watch", async () => {
    const { deliver, arrived } = await open();
    await deliver({ kind: "digest", told: [toldChange(), toldEvent()], more: 0 });
    const [message] = await arrived();
    expect(Object.keys(message?.MessageAttributes ?? {})).toEqual(["noticeId", "kind"]);
    expect(message?.MessageAttributes.kind?.Value).toBe("digest");
  });

  it.each([
    ["ASCII", "word ", 230],
    ["characters of several bytes", "橋が閉鎖 ", 230],
    ["characters of two code units", "🌉", 550],
  ])("cuts a text of %s that is too long, and says where the whole is", async (_what, words, times) => {
    const { deliver, arrived } = await open();
    const paragraphs = Array.from({ length: 3 }, (_, n) => `${n} ${words.repeat(times)}`);
    const told = Array.from({ length: 300 }, () => toldChange({ after: paragraphs }));
    expect(await deliver({ kind: "digest", told, more: 0 })).toEqual({ kind: "delivered" });
    const [{ Message = "" } = {}] = await arrived();
    expect(Buffer.byteLength(Message)).toBeLessThanOrEqual(250 * 1024);
    expect(Buffer.byteLength(Message)).toBeGreaterThan(249 * 1024);
    expect(Message).toMatch(/\n\n\[The text is cut here: .* The whole of it: https:\/\/monitor\.example\/\S+\]$/);
    expect(Message).not.toContain("\ufffd");
  });

  it("waits for an operator to mend a topic that is not there", async () => {
    const { topicArn } = await open();
    const delivery = await snsNotifier({ client: aws.sns }).deliver(to(`${topicArn}-gone`));
    expect(delivery).toMatchObject({ kind: "failed", retryable: true });
    expect(delivery.kind === "failed" && delivery.detail).toMatch(/^SNS: NotFoundException: /);
  });

  it("gives up on what SNS calls an invalid parameter", async () => {
    expect(await snsNotifier({ client: aws.sns }).deliver(to(""))).toMatchObject({
      kind: "failed",
      retryable: false,
    });
  });

  it("tries again later when SNS cannot be reached", async () => {
    const gone = await startFauxAws();
    await gone.stop();
    const client = new SNSClient({ ...gone.config, maxAttempts: 1 });
    expect(await snsNotifier({ client }).deliver(to("arn:aws:sns:us-east-1:000000000000:notices"))).toMatchObject({
      kind: "failed",
      retryable: true,
    });
  });

  it.each([
    ["Throttled", 400, true],
    ["KMSThrottling", 400, true],
    ["InternalError", 500, undefined],
    ["ServiceUnavailable", 503, undefined],
    ["AuthorizationError", 403, undefined],
    ["KMSAccessDenied", 400, undefined],
  ])(
    "takes the answer %s (%d) for a failure, to be tried again; the account's own limit: %s",
    async (code, status, throttled) => {
      const refusing = await startFauxAws({ snsAnswers: { code, status } });
      const topicArn = "arn:aws:sns:us-east-1:000000000000:notices";
      const client = new SNSClient({ ...refusing.config, maxAttempts: 1 });
      const delivery = await snsNotifier({ client }).deliver(to(topicArn));
      expect(delivery).toEqual({
        kind: "failed",
        detail: expect.any(String),
        retryable: true,
        ...(throttled && { throttled }),
      });
      await refusing.stop();
    },
  );

  it("throws on an answer that it knows no meaning of", async () => {
    const refusing = await startFauxAws({ snsAnswers: { code: "SomethingElse", status: 400 } });
    const topicArn = "arn:aws:sns:us-east-1:000000000000:notices";
    await expect(snsNotifier({ client: refusing.sns }).deliver(to(topicArn))).rejects.toThrow();
    await refusing.stop();
  });
});

describe("asciiSubject", () => {
  it.each([
    ["leaves plain English alone", "Bridge closed: 3 days is now 30", "Bridge closed: 3 days is now 30"],
    ["drops accents", "Élysée: Škoda, año, Übergröße, Ørsted, Łódź", "Elysee: Skoda, ano, Ubergrosse, Orsted, Lodz"],
    ["makes typography plain", "“Closed” – for ‘ever’… — ½", "\"Closed\" - for 'ever'... - 1/2"],
    ["makes one line of it", "one\r\ntwo\tthree\u0000four\u2028five", "one two three four five"],
    ["shortens what has no twin", "Bridge 🌉 closed", "Bridge ? closed"],
    ["keeps what can be read of another script", "Мост закрыт: 30", "...: 30"],
    ["says something where nothing can be read", "橋が閉鎖", "A watched article changed"],
    ["says something for nothing", "", "A watched article changed"],
    ["stays under 100 characters", "x".repeat(100), `${"x".repeat(96)}...`],
    ["leaves 99 characters whole", "x".repeat(99), "x".repeat(99)],
  ])("%s", (_fact, subject, expected) => expect(asciiSubject(subject)).toBe(expected));
});
