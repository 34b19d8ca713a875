import { expect, it } from "vitest";
import { addressDigest, receiverOf, serverDigest, shownAddress } from "../../shared/domain/subscription.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { NOON } from "../support/builders.ts";
import { aSubscription } from "../support/messages.ts";
import { intrusions, textOf } from "./markup.ts";
import { aReadingRoom } from "./reading-room.ts";

it("the status page names receivers that fail, without their addresses", async () => {
  const room = aReadingRoom();
  expect(textOf((await room.get("/status")).text, "main")).toContain("Every receiver took what was last sent to it.");
  const hook = aSubscription({ channel: "webhook", address: "https://hooks.newsroom.example/T0/secret-path" });
  const mail = aSubscription({ channel: "email", address: "someone@newsroom.example" });
  for (const [address, more] of [
    [hook, {}],
    [mail, { suspended: true as const }],
  ] as const) {
    await room.ledger.recordAddressFailure({
      digest: addressDigest(address),
      channel: address.channel,
      shown: shownAddress(address),
      at: NOON,
      notBefore: addSeconds(NOON, 3600),
      detail: "503 <b>later</b>",
      ...more,
    });
  }
  const { text } = await room.get("/status");
  const told = textOf(text, "main");
  expect(told).toContain("webhook hooks.newsroom.example: 503 <b>later</b>");
  expect(told).toMatch(/email s…@newsroom\.example.*suspended: nothing more is sent/);
  expect(text).not.toMatch(/secret-path|someone@/);
  expect(intrusions(text)).toEqual([]);
});

it("the status page names a server that is slow, until it is prompt again", async () => {
  const room = aReadingRoom();
  const hook = aSubscription({ channel: "webhook", address: "https://hooks.newsroom.example/T0/secret-path" });
  const digest = serverDigest(hook) ?? "";
  await room.ledger.recordAddressFailure({
    digest,
    channel: hook.channel,
    shown: receiverOf(hook) ?? "",
    at: NOON,
    notBefore: NOON,
    detail: "a delivery took 14 s",
  });
  const { text } = await room.get("/status");
  expect(textOf(text, "main")).toContain("webhook hooks.newsroom.example: a delivery took 14 s");
  expect(text).not.toContain("secret-path");
  await room.ledger.recordAddressWell(digest);
  expect(textOf((await room.get("/status")).text, "main")).not.toContain("a delivery took");
});
