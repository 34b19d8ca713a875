import { describe, expect, it } from "vitest";
import { consoleNotifier } from "../../../shared/adapters/local/console-notifier.ts";
import { aNotice, notifierContract } from "../../contracts/notifier.ts";

function open() {
  const written: string[] = [];
  return { written, notifier: consoleNotifier({ write: (text) => written.push(text) }) };
}

notifierContract("consoleNotifier", async () => {
  const { notifier, written } = open();
  return { notifier, arrived: async () => written.map((text) => ({ id: null, text })), isKeyed: false };
});

describe("consoleNotifier", () => {
  it("sets a notice off from what stands around it", async () => {
    const { notifier, written } = open();
    await notifier.deliver(aNotice({ subject: "Bridge closed", text: "One line.\r\n\r\nAnother.\n", link: null }));
    expect(written.join("")).toBe("\n■ Bridge closed\n\n  One line.\n\n  Another.\n");
  });

  it("gives the link once", async () => {
    const { notifier, written } = open();
    await notifier.deliver(aNotice({ text: "See https://monitor.example/c/2", link: "https://monitor.example/c/2" }));
    expect(written.join("").split("https://monitor.example/c/2")).toHaveLength(2);
  });

  it("shows what a terminal would obey", async () => {
    const { notifier, written } = open();
    await notifier.deliver(aNotice({ subject: "\u001b[2Jclear", text: "bell\u0007 \u009b31m red\ttab" }));
    expect(written.join("")).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(written.join("")).toContain("\ufffd[2Jclear");
    expect(written.join("")).toContain("red\ttab");
  });
});
