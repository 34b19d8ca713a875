import { describe, expect, it } from "vitest";
import { isSubscriberToken, signedLinks, subscriberToken } from "../../shared/notices/subscriber-links.ts";
import { aSubscription } from "../support/messages.ts";

const KEY = "k".repeat(32);
const desk = aSubscription({ channel: "email", address: "desk@newsroom.example" });
const links = signedLinks({ room: "https://monitor.example", key: KEY });

const keyIn = (url = "") => new URL(url).searchParams.get("key") ?? "";

describe("a subscriber's links", () => {
  it("lead to the reading room, each with a key of its own", () => {
    const { room, manage, unsubscribe, confirm } = links.linksFor(desk, { confirmation: false });
    expect([room, confirm]).toEqual(["https://monitor.example/", undefined]);
    expect(manage).toMatch(/^https:\/\/monitor\.example\/subscriptions\/desk\?key=[\w-]{43}$/);
    expect(unsubscribe).toMatch(/^https:\/\/monitor\.example\/subscriptions\/desk\/end\?key=[\w-]{43}$/);
    expect(keyIn(manage)).not.toBe(keyIn(unsubscribe));
  });

  it("offer in a confirmation the yes alone", () => {
    expect(Object.keys(links.linksFor(desk, { confirmation: true }))).toEqual(["confirm"]);
  });

  it("are not for a channel that many read: whoever sees the message could end it for all", () => {
    const chat = aSubscription({ channel: "slack" });
    expect(links.linksFor(chat, { confirmation: false })).toEqual({ room: "https://monitor.example/" });
  });

  it("open what they were made for", () => {
    const key = keyIn(links.linksFor(desk, { confirmation: false }).unsubscribe);
    expect(isSubscriberToken(key, KEY, "unsubscribe", desk)).toBe(true);
  });

  it.each([
    ["another purpose", subscriberToken(KEY, "manage", desk)],
    ["another subscription", subscriberToken(KEY, "unsubscribe", { ...desk, id: "other" })],
    ["another address", subscriberToken(KEY, "unsubscribe", { ...desk, address: "other@newsroom.example" })],
    [
      "an earlier one of the same id",
      subscriberToken(KEY, "unsubscribe", { ...desk, created: "2020-01-01T00:00:00.000Z" }),
    ],
    ["another key", subscriberToken("x".repeat(32), "unsubscribe", desk)],
    ["nothing", ""],
    ["a forger", "A".repeat(43)],
  ])("open nothing to the token of %s", (_whose, token) => {
    expect(isSubscriberToken(token, KEY, "unsubscribe", desk)).toBe(false);
  });
});
