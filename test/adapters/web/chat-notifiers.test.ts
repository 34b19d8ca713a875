import { afterEach, describe, expect, it } from "vitest";
import { chatNotifiers } from "../../../shared/adapters/web/chat-notifiers.ts";
import type { PosterOptions } from "../../../shared/adapters/web/post.ts";
import type { Message } from "../../../shared/ports/message.ts";
import { notifierContract } from "../../contracts/notifier.ts";
import { noticeIdIn, readChat } from "../../support/chat-schemas.ts";
import { type HookAnswer, type HookReceiver, startHookReceiver } from "../../support/hook-receiver.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { aMessage, aSubscription, toldChange } from "../../support/messages.ts";

const CHATS = ["slack", "discord", "teams"] as const;
type Chat = (typeof CHATS)[number];

const receivers: HookReceiver[] = [];
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.close();
});

async function open(chat: Chat, answer?: HookAnswer, given: Partial<PosterOptions> = {}) {
  const receiver = await startHookReceiver(answer);
  receivers.push(receiver);
  const notifier = chatNotifiers({
    userAgent: "Variorum/0.1",
    allowAddresses: new Set(["loopback"]),
    limits: { dnsSeconds: 1, connectSeconds: 1, totalSeconds: 1 },
    clock: manualClock(),
    ...given,
  }).find(({ channel }) => channel === chat);
  if (!notifier) throw new Error(`no notifier for ${chat}`);
  const subscription = aSubscription({ channel: chat, address: receiver.url });
  const change = (address = receiver.url): Message =>
    aMessage({ kind: "change", told: toldChange() }, { subscription: { ...subscription, address } });
  return { receiver, notifier, change };
}

for (const chat of CHATS) {
  notifierContract(`the notifier for ${chat}`, async () => {
    const { receiver, notifier } = await open(chat);
    return {
      notifier,
      address: receiver.url,
      carries: 500,
      arrived: async () =>
        receiver.requests.map(({ body }) => ({ id: noticeIdIn(chat, body), text: readChat(chat, body) })),
    };
  });
}

describe.each(CHATS)("the notifier for %s", (chat) => {
  it("posts JSON to the webhook's own path", async () => {
    const { receiver, notifier, change } = await open(chat);
    await notifier.deliver(change());
    const [{ method, path, headers } = { method: "", path: "", headers: {} }] = receiver.requests;
    expect([method, path]).toEqual(["POST", `/hooks/T0/secret-part${chat === "discord" ? "?wait=true" : ""}`]);
    expect(headers).toMatchObject({
      host: new URL(receiver.url).host,
      "content-type": "application/json; charset=utf-8",
      "user-agent": "Variorum/0.1",
    });
  });

  it.each<[string, HookAnswer, object]>([
    ["too much for now", { status: 429, headers: { "Retry-After": "30" } }, { retryable: true, retryAfterSeconds: 30 }],
    ["a fraction of a second", { status: 429, headers: { "Retry-After": "0.65" } }, { retryAfterSeconds: 1 }],
    [
      "an instant to come back at",
      { status: 503, headers: { "Retry-After": "Sun, 01 Mar 2026 12:02:00 GMT" } },
      { retryable: true, retryAfterSeconds: 120 },
    ],
    [
      "an error of its own",
      { status: 500, body: "oops" },
      { retryable: true, detail: expect.stringMatching(/ 500: oops$/) },
    ],
    ["a form that it refuses", { status: 400, body: "invalid_payload" }, { retryable: false }],
    ["a redirect", { status: 302, headers: { Location: "http://10.0.0.1/" } }, { retryable: true }],
    ["no answer", "silence", { retryable: true, detail: expect.stringContaining("no answer within 1 s") }],
    ["a connection that is cut", "reset", { retryable: true }],
  ])("takes %s for what it is", async (_what, answer, expected) => {
    const { notifier, change } = await open(chat, answer);
    const delivery = await notifier.deliver(change());
    expect(delivery).toMatchObject({ kind: "failed", ...expected });
    expect(delivery).not.toHaveProperty("gone");
    expect(JSON.stringify(delivery)).not.toContain("secret-part");
  });

  it("tries again later when nobody is there", async () => {
    const { receiver, notifier, change } = await open(chat);
    await receiver.close();
    expect(await notifier.deliver(change())).toMatchObject({ kind: "failed", retryable: true });
  });

  it.each([
    ["this machine", "http://127.0.0.1:1/hook", /127\.0\.0\.1 is a loopback address/],
    ["a private network", "https://192.168.1.7/hook", /192\.168\.1\.7 is a private address/],
    ["a cloud's metadata", "http://169.254.169.254/latest", /169\.254\.169\.254 is not a public address/],
    ["a port of a public host that is not the web's", "https://198.41.0.4:22/", /port 22/],
  ])("refuses %s, and says why", async (_where, address, why) => {
    const { receiver, notifier, change } = await open(chat, undefined, { allowAddresses: new Set() });
    const delivery = await notifier.deliver(change(address));
    expect(delivery).toMatchObject({ kind: "failed", retryable: false, detail: expect.stringMatching(why) });
    expect(receiver.requests).toEqual([]);
  });

  it("refuses a name that leads into a private network", async () => {
    const resolve = async () => ["10.1.2.3"];
    const { notifier, change } = await open(chat, undefined, { allowAddresses: new Set(), resolve });
    expect(await notifier.deliver(change("https://hooks.newsroom.example/x"))).toMatchObject({
      kind: "failed",
      retryable: false,
      detail: "hooks.newsroom.example: 10.1.2.3 is a private address",
    });
  });
});

describe("a webhook that is gone", () => {
  it.each<[Chat, number, string]>([
    ["slack", 404, "no_service"],
    ["slack", 404, "channel_not_found"],
    ["slack", 410, "channel_is_archived"],
    ["slack", 403, "invalid_token"],
    ["discord", 404, '{"message": "Unknown Webhook", "code": 10015}'],
    ["discord", 401, '{"message": "Invalid Webhook Token", "code": 50027}'],
    ["teams", 404, '{"error":{"code":"WorkflowNotFound"}}'],
    ["teams", 410, ""],
  ])("is known by %s's answer %d %s", async (chat, status, body) => {
    const { notifier, change } = await open(chat, { status, body });
    expect(await notifier.deliver(change())).toMatchObject({ kind: "failed", retryable: false, gone: true });
  });

  it.each<[Chat, number, string]>([
    ["slack", 403, "action_prohibited"],
    ["teams", 404, "not here"],
    ["discord", 401, "who are you"],
  ])("is not what %s means by %d %s", async (chat, status, body) => {
    const { notifier, change } = await open(chat, { status, body });
    const delivery = await notifier.deliver(change());
    expect(delivery).toMatchObject({ kind: "failed", retryable: true });
    expect(delivery).not.toHaveProperty("gone");
  });
});
