import { readdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { outboxNotifier } from "../../../shared/adapters/local/outbox-notifier.ts";
import type { Message } from "../../../shared/ports/message.ts";
import { notifierContract } from "../../contracts/notifier.ts";
import { aMessage, aSubscription, type ToldChange, toldChange, toldEvent } from "../../support/messages.ts";
import { readMail } from "../../support/read-mail.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const subscription = aSubscription({ channel: "outbox", address: "outbox" });
const change = (given: ToldChange = {}): Message =>
  aMessage({ kind: "change", told: toldChange(given) }, { subscription });
const { id: ID } = change();

function open(root = temporaryFolder()) {
  const folder = join(root, "outbox");
  const notifier = outboxNotifier({
    root,
    from: "Variorum <monitor@news.example>",
    to: "Desk <desk@news.example>",
  });
  const files = () => readdirSync(root).flatMap(() => readdirSync(folder).filter((name) => !name.startsWith(".")));
  const mail = (id = ID) => readMail(readFileSync(join(folder, `${id}.eml`), "utf8"));
  return { root, folder, notifier, files, mail };
}

notifierContract("outboxNotifier", async () => {
  const { notifier, files, mail } = open();
  return {
    notifier,
    address: "outbox",
    async arrived() {
      const ids = files().flatMap((name) => (name.endsWith(".eml") ? [name.slice(0, -".eml".length)] : []));
      return ids.map((id) => ({ id, text: `${mail(id).headers.subject}\n${mail(id).text}` }));
    },
  };
});

describe("outboxNotifier", () => {
  it("writes a mail as mail programs want it", async () => {
    const { notifier, mail } = open();
    await notifier.deliver(change({ revision: { headline: "Jembatan ditutup — “darurat”" } }));
    expect(mail().headers).toMatchObject({
      from: ["Variorum <monitor@news.example>"],
      to: ["Desk <desk@news.example>"],
      subject: ["Changed: Jembatan ditutup — “darurat”"],
      "message-id": [`<${ID}@news.example>`],
      date: ["Sun, 01 Mar 2026 12:00:00 +0000"],
      "auto-submitted": ["auto-generated"],
      "mime-version": ["1.0"],
      "content-type": [expect.stringContaining("multipart/alternative")],
    });
    expect(mail().text).toContain("The bridge will stay closed for [-3-] {+30+} days.");
  });

  it("writes the notice as JSON: what happened, and what is said of it", async () => {
    const { notifier, folder } = open();
    const digest = aMessage({ kind: "digest", told: [toldChange(), toldEvent()], more: 0 }, { subscription });
    await notifier.deliver(digest);
    const json: unknown = JSON.parse(readFileSync(join(folder, `${digest.id}.json`), "utf8"));
    expect(json).toMatchObject({
      id: digest.id,
      kind: "digest",
      subscription: "desk",
      at: "2026-03-01T12:00:00.000Z",
      happenings: [toldChange().happening, toldEvent().happening],
      content: {
        title: "Digest: 1 change, 1 page gone or back",
        sections: [{ kind: "change" }, { kind: "unpublished" }],
      },
    });
  });

  it("leaves a notice that lies there as it is", async () => {
    const { notifier, folder } = open();
    await notifier.deliver(change());
    const before = ["eml", "json"].map((ending) => join(folder, `${ID}.${ending}`));
    const contents = before.map((path) => [readFileSync(path, "utf8"), statSync(path).ino]);
    expect(await notifier.deliver(change({ after: ["told again"] }))).toEqual({ kind: "delivered" });
    expect(before.map((path) => [readFileSync(path, "utf8"), statSync(path).ino])).toEqual(contents);
  });

  it("completes a notice whose writer died halfway", async () => {
    const { notifier, folder, files } = open();
    await notifier.deliver(change());
    unlinkSync(join(folder, `${ID}.eml`));
    await notifier.deliver(change());
    expect(files()).toEqual([`${ID}.eml`, `${ID}.json`]);
  });

  it.each([
    ["a line break", "Bridge\r\nBcc: someone@else.example\r\n\r\nbody"],
    ["a bare line feed", "Bridge\nBcc: someone@else.example"],
    ["a bare carriage return", "Bridge\rBcc: someone@else.example"],
    ["other line breaks", "Bridge\u2028Bcc: someone@else.example\u0085Cc: x@else.example\u000bTo: y@else.example"],
    ["an encoded line break", "Bridge =?utf-8?q?=0D=0ABcc:_someone@else.example?="],
    ["a word longer than a line of mail may be", `${"x".repeat(2000)}\r\nBcc: someone@else.example`],
    ["a folded line that is long", `${"Jembatan ".repeat(40)}\r\n Bcc: someone@else.example`],
  ])("lets no headline with %s add a header", async (_what, subject) => {
    const { notifier, mail } = open();
    await notifier.deliver(change({ revision: { headline: subject } }));
    expect(Object.keys(mail().headers).sort()).toEqual([
      "auto-submitted",
      "content-type",
      "date",
      "from",
      "in-reply-to",
      "list-id",
      "message-id",
      "mime-version",
      "references",
      "subject",
      "to",
      "x-auto-response-suppress",
      "x-variorum-notice",
    ]);
    expect(mail().headers.to).toEqual(["Desk <desk@news.example>"]);
    expect(mail().headers.subject).toEqual([`Changed: ${subject.replace(/[\s\u0085]+/g, " ")}`]);
    expect(mail().text).toContain("The bridge will stay closed");
  });

  it.each(["", "../escape", "a/b", "a b", ".hidden", "a\nb"])("refuses the notice id %j as a bug", async (id) => {
    const { notifier, root } = open();
    await expect(notifier.deliver({ ...change(), id })).rejects.toThrow(RangeError);
    expect(readdirSync(root)).toEqual([]);
  });

  it("refuses a folder elsewhere as a bug", async () => {
    const { notifier, root } = open();
    const elsewhere = { ...change(), subscription: { ...subscription, address: "../elsewhere" } };
    await expect(notifier.deliver(elsewhere)).rejects.toThrow(RangeError);
    expect(readdirSync(root)).toEqual([]);
  });

  it("says that it cannot write, for the notice to be tried again", async () => {
    const { notifier, folder } = open();
    writeFileSync(folder, "a file where the folder should be");
    const delivery = await notifier.deliver(change());
    expect(delivery).toMatchObject({ kind: "failed", retryable: true });
    expect(delivery.kind === "failed" && delivery.detail).toContain(`${ID} cannot be written`);
  });

  it("writes one mail when two deliver the same notice at once", async () => {
    const { notifier, files, folder } = open();
    const messages = Array.from({ length: 10 }, (_, n) => change({ after: [`version ${n}`] }));
    await Promise.all(messages.map((message) => notifier.deliver(message)));
    expect(files()).toHaveLength(2);
    expect(readdirSync(join(folder, ".incoming"))).toEqual([]);
  });
});
