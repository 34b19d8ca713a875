import { describe, expect, it } from "vitest";
import { consoleNotifier } from "../../../shared/adapters/local/console-notifier.ts";
import { notifierContract } from "../../contracts/notifier.ts";
import { aMessage, toldChange } from "../../support/messages.ts";

function open() {
  const written: string[] = [];
  return { written, notifier: consoleNotifier({ write: (text) => written.push(text) }) };
}

notifierContract("consoleNotifier", async () => {
  const { notifier, written } = open();
  return {
    notifier,
    address: "terminal",
    arrived: async () => written.map((text) => ({ id: null, text })),
    isKeyed: false,
  };
});

describe("consoleNotifier", () => {
  it("sets a notice off from what stands around it", async () => {
    const { notifier, written } = open();
    await notifier.deliver(aMessage());
    expect(written.join("")).toMatch(/^\n■ Changed: Harbour bridge closed after inspection\n\n {2}Edited between /);
    for (const line of written.join("").trimEnd().split("\n").slice(2)) expect(line).toMatch(/^$|^ {2}\S/);
  });

  it("shows what a terminal would obey", async () => {
    const { notifier, written } = open();
    const told = toldChange({ revision: { headline: "\u001b[2Jclear" }, after: ["bell\u0007 \u009b31m red"] });
    await notifier.deliver(aMessage({ kind: "change", told }));
    expect(written.join("")).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(written.join("")).toContain("[2Jclear");
    expect(written.join("")).toContain("\ufffd31m red");
  });
});
