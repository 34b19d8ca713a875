import { afterEach, describe, expect, it } from "vitest";
import { smtpNotifier } from "../../../shared/adapters/mail/smtp-notifier.ts";
import { picturesBy } from "../../../shared/notices/picture.ts";
import type { Message } from "../../../shared/ports/message.ts";
import { notifierContract } from "../../contracts/notifier.ts";
import { type MailServer, type MailServerOptions, startMailServer } from "../../support/mail-server.ts";
import { aMessage, aSubscription, toldChange, toldEvent } from "../../support/messages.ts";

const FROM = "Variorum <monitor@news.example>";
const DESK = "desk@newsroom.example";
const subscription = aSubscription({ channel: "email", address: DESK });
const change = (): Message => aMessage({ kind: "change", told: toldChange() }, { subscription });

const servers: MailServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function open(options: MailServerOptions = {}, url = (server: string) => server) {
  const server = await startMailServer(options);
  servers.push(server);
  const timeouts = { connectSeconds: 1, answerSeconds: 1 };
  return { server, notifier: smtpNotifier({ url: url(server.url), from: FROM, timeouts }) };
}

notifierContract("smtpNotifier", async () => {
  const { server, notifier } = await open();
  return {
    notifier,
    address: DESK,
    arrived: async () =>
      (await server.mails()).map(({ parsed }) => ({
        id: parsed.messageId?.replace(/^<|@news\.example>$/g, "") ?? null,
        text: `${parsed.subject}\n${parsed.text}`,
      })),
  };
});

describe("smtpNotifier", () => {
  it("hands the mail over for the subscription's address alone", async () => {
    const { server, notifier } = await open();
    await notifier.deliver(change());
    const [mail] = await server.mails();
    expect([mail?.sender, mail?.recipients]).toEqual(["monitor@news.example", [DESK]]);
    expect(mail?.parsed.html).toContain("<del");
  });

  it("carries the picture of a change, and goes without where none can be drawn", async () => {
    const { server } = await open();
    const errors: unknown[] = [];
    const send = (draw: () => Promise<Uint8Array>) =>
      smtpNotifier({
        url: server.url,
        from: FROM,
        pictures: picturesBy({ draw }, (error) => errors.push(error)),
      }).deliver(change());
    await send(async () => Buffer.from("PNG"));
    await send(() => Promise.reject(new Error("no ink")));
    const mails = await server.mails();
    expect(mails.map(({ parsed }) => parsed.attachments.map(({ content }) => content.toString()))).toEqual([
      ["PNG"],
      [],
    ]);
    expect(errors.map(String)).toEqual(["Error: no ink"]);
  });

  it("gives the user name and password of its URL", async () => {
    const right = await open({ password: "let me in" }, (url) => url.replace("//", "//desk:let%20me%20in@"));
    expect(await right.notifier.deliver(change())).toEqual({ kind: "delivered" });
    const wrong = await open({ password: "let me in" }, (url) => url.replace("//", "//desk:guess@"));
    expect(await wrong.notifier.deliver(change())).toMatchObject({ kind: "failed", retryable: true });
    expect(await wrong.server.mails()).toEqual([]);
  });

  it("names no password in what it tells of a failure", async () => {
    const { notifier } = await open({ password: "let me in" }, (url) => url.replace("//", "//desk:secretguess@"));
    expect(JSON.stringify(await notifier.deliver(change()))).not.toContain("secretguess");
  });

  it.each([
    ["no such mailbox", "to", 550, "5.1.1 no such user", { retryable: false, gone: true }],
    ["a mailbox that is closed", "to", 550, "5.2.1 mailbox disabled", { retryable: false, gone: true }],
    ["no such mailbox, in an old server's words", "to", 550, "no such user here", { retryable: false, gone: true }],
    ["a user who is not local", "to", 551, "user not local", { retryable: false, gone: true }],
    ["an address that was never one", "to", 553, "mailbox name unknown", { retryable: false }],
    ["a policy", "to", 550, "5.7.1 blocked by policy", { retryable: true }],
    [
      "mail that it would have to pass on",
      "to",
      554,
      "5.7.1 <desk@newsroom.example>: Relay access denied",
      { retryable: true },
    ],
    ["mail that it would have to pass on, in few words", "to", 550, "relay not permitted", { retryable: true }],
    [
      "mail without a password",
      "to",
      550,
      "Relaying denied, authentication required for this user",
      { retryable: true },
    ],
    ["a listed sender", "to", 550, "Blocked - see https://blocklist.example/query", { retryable: true }],
    ["no reason at all", "to", 550, "no", { retryable: true }],
    ["a full mailbox, as if for good", "to", 550, "5.2.2 mailbox full", { retryable: true }],
    ["a full mailbox, in an old server's words", "to", 550, "user over quota", { retryable: true }],
    ["a mailbox that is full", "to", 452, "4.2.2 over quota", { retryable: true }],
    ["a grey list", "to", 451, "4.7.1 try again later", { retryable: true }],
    ["our own address", "from", 550, "5.1.8 sender refused", { retryable: true }],
    ["the text", "data", 554, "5.6.0 looks like spam", { retryable: false }],
    ["more for now", "data", 451, "4.3.0 local error", { retryable: true }],
    [
      "more than the account may send",
      "data",
      454,
      "Throttling failure: Maximum sending rate exceeded",
      { retryable: true, throttled: true },
    ],
    ["us, at the door", "connect", 554, "5.7.1 no service for you", { retryable: true }],
  ] as const)("takes the refusal of %s for what it is", async (_what, at, code, text, expected) => {
    const { notifier } = await open({ refuses: { at, code, text } });
    const delivery = await notifier.deliver(change());
    expect(delivery).toMatchObject({ kind: "failed", ...expected });
    expect("gone" in delivery).toBe("gone" in expected);
    expect(delivery.kind === "failed" && delivery.detail).toMatch(/^SMTP: \d{3}/);
  });

  it.each([
    ["<desk@newsroom.example>: no such user", "SMTP: 550 <d…@newsroom.example>: no such user"],
    ["DESK@Newsroom.example unknown", "SMTP: 550 d…@newsroom.example unknown"],
  ])("shows the address of %j shortened", async (text, detail) => {
    const { notifier } = await open({ refuses: { at: "to", code: 550, text } });
    expect(await notifier.deliver(change())).toMatchObject({ detail, gone: true });
  });

  it("takes a word of the address for none of the server's", async () => {
    const { notifier } = await open({ refuses: { at: "to", code: 550, text: "<relay@spam.example>: no such user" } });
    const message = aMessage(undefined, { subscription: { ...subscription, address: "relay@spam.example" } });
    expect(await notifier.deliver(message)).toMatchObject({ retryable: false, gone: true });
  });

  it("tries again later when the server is not there, or never answers", async () => {
    const { server, notifier } = await open();
    await server.close();
    expect(await notifier.deliver(change())).toMatchObject({ kind: "failed", retryable: true });
    const silent = await open({ silent: true });
    expect(await silent.notifier.deliver(change())).toMatchObject({ kind: "failed", retryable: true });
  });

  it.each([
    "desk@newsroom.example>\r\nRCPT TO:<other@else.example",
    "desk@newsroom.example\r\nBcc: other@else.example",
    "desk@newsroom.example, other@else.example",
    "Desk <other@else.example>",
    "desk@newsroom.example (other@else.example)",
  ])("refuses the address %j as a bug, and sends nothing", async (address) => {
    const { server, notifier } = await open();
    const message = aMessage(undefined, { subscription: { ...subscription, address } });
    await expect(notifier.deliver(message)).rejects.toThrow(RangeError);
    expect(await server.mails()).toEqual([]);
  });

  it("brings what is told of one article as one thread", async () => {
    const { server, notifier } = await open();
    const gone = aMessage({ kind: "availability", told: toldEvent() }, { subscription });
    const digest = aMessage({ kind: "digest", told: [toldChange()], more: 0 }, { subscription });
    for (const message of [change(), gone, digest]) await notifier.deliver(message);
    const [first, second, third] = (await server.mails()).map(({ parsed }) => [parsed.inReplyTo, parsed.references]);
    expect(first).toEqual([`<${change().thread.key}.desk@news.example>`, `<${change().thread.key}.desk@news.example>`]);
    expect(second).toEqual(first);
    expect(third).toEqual([undefined, undefined]);
  });
});
