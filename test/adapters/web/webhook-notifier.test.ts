import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../shared/adapters/local/system-clock.ts";
import { webhookNotifier } from "../../../shared/adapters/web/webhook-notifier.ts";
import type { Subscription } from "../../../shared/domain/subscription.ts";
import type { Message } from "../../../shared/ports/message.ts";
import { notifierContract } from "../../contracts/notifier.ts";
import { type HookAnswer, type HookReceiver, startHookReceiver } from "../../support/hook-receiver.ts";
import { aMessage, aSubscription, type ToldChange, toldChange } from "../../support/messages.ts";

const SECRET = `whsec_${Buffer.from("a secret of twenty-four bytes").toString("base64")}`;

const receivers: HookReceiver[] = [];
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.close();
});

async function open(given: Partial<Subscription> = {}, answer?: HookAnswer) {
  const receiver = await startHookReceiver(answer);
  receivers.push(receiver);
  const notifier = webhookNotifier({
    userAgent: "Variorum/0.1",
    allowAddresses: new Set(["loopback"]),
    clock: systemClock(),
  });
  const subscription = aSubscription({ channel: "webhook", address: receiver.url, ...given });
  const change = (told: ToldChange = {}): Message =>
    aMessage({ kind: "change", told: toldChange(told) }, { subscription });
  return { receiver, notifier, change };
}

notifierContract("webhookNotifier", async () => {
  const { receiver, notifier } = await open();
  return {
    notifier,
    address: receiver.url,
    arrived: async () =>
      receiver.requests.map(({ headers, body }) => ({
        id: String(headers["webhook-id"]),
        text: wordsIn(JSON.parse(body).data.content).join(" "),
      })),
  };
});

/** What stands in a notice's content for people, in its order. */
function wordsIn(content: unknown): string[] {
  const words: string[] = [];
  JSON.parse(JSON.stringify(content), (key, value) => {
    if (typeof value === "string" && key !== "kind" && key !== "role") words.push(value);
    return value;
  });
  return words;
}

describe("webhookNotifier", () => {
  it.each([
    ["as the specification writes secrets", SECRET, new Webhook(SECRET)],
    ["of any other text", "four words of ours", new Webhook("four words of ours", { format: "raw" })],
  ])("signs with a secret %s, as the specification's own library verifies", async (_what, secret, verifier) => {
    const { receiver, notifier, change } = await open({ secret });
    await notifier.deliver(change());
    const [{ headers, body } = { headers: {}, body: "" }] = receiver.requests;
    expect(verifier.verify(body, headers as Record<string, string>)).toMatchObject({ type: "notice.change" });
    expect(() => verifier.verify(body.replace("30", "31"), headers as Record<string, string>)).toThrow();
  });

  it("repeats a notice under the same id, with the same body", async () => {
    const { receiver, notifier, change } = await open({ secret: SECRET });
    await notifier.deliver(change());
    await notifier.deliver(change());
    const [first, second] = receiver.requests;
    expect(first?.headers["webhook-id"]).toBe(change().id);
    expect([second?.headers["webhook-id"], second?.body]).toEqual([first?.headers["webhook-id"], first?.body]);
  });

  it("signs nothing where there is no secret", async () => {
    const { receiver, notifier, change } = await open();
    await notifier.deliver(change());
    expect(receiver.requests[0]?.headers).not.toHaveProperty("webhook-signature");
  });

  it("tells what happened, and what is said of it", async () => {
    const { receiver, notifier, change } = await open();
    await notifier.deliver(change());
    expect(JSON.parse(receiver.requests[0]?.body ?? "")).toMatchObject({
      type: "notice.change",
      timestamp: "2026-03-01T12:00:00.000Z",
      data: {
        id: change().id,
        kind: "change",
        subscription: "desk",
        happenings: [toldChange().happening],
        content: { title: "Changed: Harbour bridge closed after inspection" },
      },
    });
  });

  it("fills a template", async () => {
    const template = '{"text": "{markdown}", "card": [{"title": "{title}", "go": "{url}", "no": "{nothing}"}], "n": 1}';
    const { receiver, notifier, change } = await open({ template });
    await notifier.deliver(change());
    expect(JSON.parse(receiver.requests[0]?.body ?? "")).toEqual({
      text: expect.stringContaining("stay closed for ~~3~~ **30** days"),
      card: [
        {
          title: "Changed: Harbour bridge closed after inspection",
          go: "https://monitor.example/watches/629d372e56327453/changes/2",
          no: "",
        },
      ],
      n: 1,
    });
  });

  it("lets no headline add to a template's JSON", async () => {
    const { receiver, notifier, change } = await open({ template: '{"text": "{title}"}' });
    await notifier.deliver(change({ revision: { headline: '", "channel": "#all", "x": "{text}' } }));
    expect(JSON.parse(receiver.requests[0]?.body ?? "")).toEqual({
      text: 'Changed: ", "channel": "#all", "x": "{text}',
    });
  });

  it.each<[number, object]>([
    [202, { kind: "delivered" }],
    [400, { kind: "failed", retryable: true }],
    [404, { kind: "failed", retryable: true }],
    [410, { kind: "failed", retryable: false, gone: true }],
    [500, { kind: "failed", retryable: true }],
  ])("takes the answer %d as the specification does", async (status, expected) => {
    const { notifier, change } = await open({}, { status });
    expect(await notifier.deliver(change())).toEqual(expect.objectContaining(expected));
  });

  it("reads no more of an endless answer than it needs", async () => {
    const { notifier, change } = await open({}, { status: 200, body: "x".repeat(5_000_000) });
    expect(await notifier.deliver(change())).toEqual({ kind: "delivered" });
  });
});
