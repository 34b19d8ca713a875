import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { openDeployment } from "../../functions/cli/deployment.ts";
import { doctorCommand } from "../../functions/cli/doctor.ts";
import type { Said } from "../../functions/cli/options.ts";
import { openLedger } from "../../functions/runtime/local.ts";
import { ENV } from "../../shared/config.ts";
import { type MailServerOptions, startMailServer } from "../support/mail-server.ts";
import { aSubscription } from "../support/messages.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

vi.setConfig({ testTimeout: 60_000 }); // name servers may be out of reach

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function doctor(...args: readonly string[]): Promise<Said> {
  let said: Said = { json: null, text: "" };
  const program = new Command().exitOverride();
  doctorCommand(program, async ({ writes = false }, work) => {
    const deployment = await openDeployment({ folder }, writes);
    try {
      said = await work(deployment);
    } finally {
      deployment.close();
    }
  });
  await program.parseAsync(["doctor", ...args], { from: "user" });
  return said;
}

async function mailServer(options: MailServerOptions = {}) {
  const server = await startMailServer(options);
  onTestFinished(() => server.close());
  vi.stubEnv(ENV.smtpUrl, server.url);
  vi.stubEnv(ENV.mailFrom, "Variorum <monitor@news.invalid>"); // nobody has records there
  return server;
}

describe("doctor mail", () => {
  it("says that no server is set up, and how to", async () => {
    expect(await doctor("mail")).toMatchObject({
      failed: true,
      text: expect.stringMatching(/^✗ server .*\n.*VARIORUM_SMTP_URL=/),
    });
  });

  it("finds a server well, sends nothing, and warns of a domain without records", async () => {
    const server = await mailServer();
    const said = await doctor("mail", "desk@newsroom.example");
    expect(said).toMatchObject({ failed: false, text: expect.stringMatching(/✓ receiver .*\n! MX /s) });
    expect(said.text).toMatch(/selftest email desk@newsroom\.example` sends proof$/);
    expect(await server.mails()).toEqual([]);
  });

  it("fails where the server refuses, and where the monitor has given the address up", async () => {
    await mailServer({ refuses: { at: "from", code: 550, text: "5.7.1 not yours" } });
    const ledger = openLedger(folder);
    onTestFinished(() => ledger.close());
    const gone = {
      id: "gone",
      channel: "email",
      address: "gone@newsroom.example",
      status: "suspended",
      reason: "bounced",
    } as const;
    await ledger.addSubscription(aSubscription(gone));
    const said = await doctor("mail", "gone@newsroom.example");
    expect(said.failed).toBe(true);
    expect(said.text).toMatch(/✗ sender .*not yours/);
    expect(said.text).toMatch(/✗ suspended +gone: bounced\n.*subscriptions resume gone/);
    expect(said.text).toMatch(/2 things to mend$/);
  });

  it("refuses what is no address", async () => {
    await expect(doctor("mail", "nobody")).rejects.toThrow(/no mail address/);
  });
});
