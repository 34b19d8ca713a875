import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { openDeployment } from "../../functions/cli/deployment.ts";
import type { CommandFailed } from "../../functions/cli/failure.ts";
import type { Said } from "../../functions/cli/options.ts";
import { selfTestCommand } from "../../functions/cli/self-test.ts";
import { sqliteLedger } from "../../shared/adapters/local/sqlite-ledger.ts";
import { ENV } from "../../shared/config.ts";
import { addressDigest, shownAddress } from "../../shared/domain/subscription.ts";
import { SELF_TEST_STAGES } from "../../shared/pipeline/self-test.ts";
import { NOON } from "../support/builders.ts";
import { type MailServerOptions, startMailServer } from "../support/mail-server.ts";
import { aSubscription } from "../support/messages.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

vi.setConfig({ testTimeout: 60_000 }); // the machine may be busy

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function mailServer(options: MailServerOptions = {}) {
  const server = await startMailServer(options);
  onTestFinished(() => server.close());
  vi.stubEnv(ENV.smtpUrl, server.url);
  vi.stubEnv(ENV.mailFrom, "Variorum <monitor@news.example>");
  return server;
}

async function selftest(...args: readonly string[]): Promise<Said & { readonly told: readonly string[] }> {
  const program = new Command().exitOverride();
  const told: string[] = [];
  let said: Said = { json: null, text: "" };
  selfTestCommand(
    program,
    async ({ writes = false }, work) => {
      const deployment = await openDeployment({ folder }, writes);
      try {
        said = await work(deployment);
      } finally {
        deployment.close();
      }
    },
    (line) => told.push(line),
  );
  await program.parseAsync(["selftest", ...args], { from: "user" });
  return { ...said, told };
}

const ledgerHere = () => {
  const ledger = sqliteLedger(join(folder, "ledger.sqlite"));
  onTestFinished(() => ledger.close());
  return ledger;
};

describe("selftest", () => {
  it("brings an edit of its own page to a mailbox, says so stage by stage, and leaves nothing behind", async () => {
    const server = await mailServer();
    const said = await selftest("email", "desk@newsroom.example");
    expect(said.told.map((line) => line.split(/\s+/).slice(0, 2))).toEqual(
      SELF_TEST_STAGES.map((stage) => ["✓", stage]),
    );
    expect(said).toMatchObject({ json: { ok: true } });
    expect(said.text).toMatch(/^the self-test arrived after \d+\.\d s, by email to d…@newsroom\.example$/);
    const [mail, ...more] = await server.mails();
    expect(more).toEqual([]);
    expect(mail?.recipients).toEqual(["desk@newsroom.example"]);
    expect(mail?.parsed.subject).toContain("Variorum self-test");
    expect(mail?.parsed.text).toContain("[-12-] {+31+} times a day");
    const ledger = ledgerHere();
    expect(await ledger.watches({ limit: 9 })).toEqual({ rows: [] });
    expect(await ledger.recent({ limit: 9 })).toEqual({ rows: [] });
    expect(await ledger.subscriptions({ limit: 9 })).toEqual({ rows: [] });
  });

  it("goes to a subscription whatever its filter and its quiet hours", async () => {
    const server = await mailServer();
    const ledger = ledgerHere();
    const changes = { enters: ["never in it"] };
    const filter = { availability: false, changes };
    const rhythm = { ...aSubscription().rhythm, kind: "weekly" } as const;
    await ledger.addSubscription(
      aSubscription({ id: "night", channel: "email", address: "night@newsroom.example", filter, rhythm }),
    );
    expect(await selftest("--to", "night")).toMatchObject({ json: { ok: true, subscription: "night" } });
    expect(await server.mails()).toMatchObject([{ recipients: ["night@newsroom.example"] }]);
    expect(await ledger.noticesOf("night", { limit: 9 })).toEqual({ rows: [] });
  });

  it("goes to the outbox when nothing else is set up", async () => {
    await ledgerHere().addSubscription(aSubscription({ id: "outbox", channel: "outbox", address: "outbox" }));
    expect(await selftest()).toMatchObject({ json: { ok: true, subscription: "outbox" } });
  });

  it("tells which stage failed, how and what to do, at the server's first no", async () => {
    await mailServer({ refuses: { at: "to", code: 550, text: "5.7.1 we do not relay for you" } });
    const said = await selftest("email", "desk@newsroom.example");
    expect(said.failed).toBe(true);
    expect(said.text).toMatch(/^not delivered: SMTP: 550 5\.7\.1 we do not relay for you\n.*docs\/notifications\.md/);
    expect(said.told.at(-1)).toMatch(/^✗ delivered/);
  });

  it("says that a channel is not set up", async () => {
    expect((await selftest("email", "desk@newsroom.example")).text).toMatch(/^not delivered: no email is set up here/);
  });

  it("refuses what cannot be proved, with what to do", async () => {
    const ledger = ledgerHere();
    const gone = aSubscription({ id: "gone", channel: "email", address: "gone@newsroom.example" });
    await ledger.addSubscription(gone);
    await ledger.recordAddressFailure({
      ...{ digest: addressDigest(gone), channel: "email", shown: shownAddress(gone), detail: "no such user" },
      ...{ at: NOON, notBefore: NOON, suspended: true },
    });
    await ledger.addSubscription(aSubscription({ id: "old", status: "suspended", reason: "bounced" }));
    const refusal = (...args: string[]) => selftest(...args).catch((error: CommandFailed) => error.message);
    expect(await refusal("--to", "gone")).toMatch(/no such user.*subscriptions resume gone/);
    expect(await refusal("--to", "old")).toMatch(/suspended \(bounced\).*subscriptions resume old/);
    expect(await refusal("email", "nobody")).toMatch(/no mail address/);
    expect(await refusal("email")).toMatch(/a channel and an address/);
    expect(await refusal("console", "terminal")).toMatch(/name another channel/);
    expect(await refusal()).toMatch(/nobody is told yet/);
  });
});
