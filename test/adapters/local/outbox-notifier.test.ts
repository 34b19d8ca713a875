import { readdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { outboxNotifier } from "../../../shared/adapters/local/outbox-notifier.ts";
import type { Notice } from "../../../shared/domain/notice.ts";
import { aNotice, notifierContract } from "../../contracts/notifier.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { readMail } from "../../support/read-mail.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

function open(folder = temporaryFolder()) {
  const clock = manualClock();
  const notifier = outboxNotifier({
    folder,
    from: "Variorum <monitor@news.example>",
    to: "Desk <desk@news.example>",
    clock,
  });
  const files = () => readdirSync(folder).filter((name) => !name.startsWith("."));
  const mail = (id = aNotice().id) => readMail(readFileSync(join(folder, `${id}.eml`), "utf8"));
  return { folder, clock, notifier, files, mail };
}

notifierContract("outboxNotifier", async () => {
  const { notifier, files, mail } = open();
  return {
    notifier,
    async arrived() {
      const ids = files().flatMap((name) => (name.endsWith(".eml") ? [name.slice(0, -".eml".length)] : []));
      return ids.map((id) => ({ id, text: `${mail(id).headers.subject}\n${mail(id).text}` }));
    },
  };
});

describe("outboxNotifier", () => {
  it("writes a mail as mail programs want it", async () => {
    const { notifier, mail } = open();
    await notifier.deliver(aNotice({ subject: "Jembatan ditutup — “darurat”", text: "30 hari." }));
    expect(mail().headers).toMatchObject({
      from: ["Variorum <monitor@news.example>"],
      to: ["Desk <desk@news.example>"],
      subject: ["Jembatan ditutup — “darurat”"],
      "message-id": [`<${aNotice().id}@news.example>`],
      date: ["Sun, 01 Mar 2026 12:00:00 +0000"],
      "auto-submitted": ["auto-generated"],
      "mime-version": ["1.0"],
      "content-type": ["text/plain; charset=utf-8"],
    });
    expect(mail().text).toBe(`30 hari.\n\n${aNotice().link}\n`);
  });

  it("writes the notice as JSON, with the instant", async () => {
    const { notifier, folder } = open();
    await notifier.deliver(aNotice());
    const json: unknown = JSON.parse(readFileSync(join(folder, `${aNotice().id}.json`), "utf8"));
    expect(json).toEqual({ ...aNotice(), at: "2026-03-01T12:00:00.000Z" });
  });

  it("leaves a notice that lies there as it is", async () => {
    const { notifier, clock, folder } = open();
    await notifier.deliver(aNotice());
    const before = ["eml", "json"].map((ending) => join(folder, `${aNotice().id}.${ending}`));
    const contents = before.map((path) => [readFileSync(path, "utf8"), statSync(path).ino]);
    await clock.pass(60);
    expect(await notifier.deliver(aNotice({ text: "told again" }))).toEqual({ kind: "delivered" });
    expect(before.map((path) => [readFileSync(path, "utf8"), statSync(path).ino])).toEqual(contents);
  });

  it("completes a notice whose writer died halfway", async () => {
    const { notifier, folder, files } = open();
    await notifier.deliver(aNotice());
    unlinkSync(join(folder, `${aNotice().id}.eml`));
    await notifier.deliver(aNotice());
    expect(files()).toEqual([`${aNotice().id}.eml`, `${aNotice().id}.json`]);
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
    await notifier.deliver(aNotice({ subject }));
    expect(Object.keys(mail().headers).sort()).toEqual([
      "auto-submitted",
      "content-transfer-encoding",
      "content-type",
      "date",
      "from",
      "message-id",
      "mime-version",
      "subject",
      "to",
      "x-variorum-notice",
    ]);
    expect(mail().headers.to).toEqual(["Desk <desk@news.example>"]);
    expect(mail().headers.subject).toEqual([subject.replace(/[\s\u0085]+/g, " ")]);
    expect(mail().text).toContain("The bridge will stay closed");
  });

  it.each(["", "../escape", "a/b", "a b", ".hidden", "a\nb"])("refuses the notice id %j as a bug", async (id) => {
    const { notifier, files } = open();
    await expect(notifier.deliver(aNotice({ id }))).rejects.toThrow(RangeError);
    expect(files()).toEqual([]);
  });

  it("says that it cannot write, for the notice to be tried again", async () => {
    const folder = join(temporaryFolder(), "outbox");
    writeFileSync(folder, "a file where the folder should be");
    const delivery = await open(folder).notifier.deliver(aNotice());
    expect(delivery).toMatchObject({ kind: "failed", retryable: true });
    expect(delivery.kind === "failed" && delivery.detail).toContain(`${aNotice().id} cannot be written`);
  });

  it("writes one mail when two deliver the same notice at once", async () => {
    const { notifier, files, folder } = open();
    const notices: Notice[] = Array.from({ length: 10 }, (_, n) => aNotice({ text: `version ${n}` }));
    await Promise.all(notices.map((notice) => notifier.deliver(notice)));
    expect(files()).toHaveLength(2);
    expect(readdirSync(join(folder, ".incoming"))).toEqual([]);
  });
});
