import type { Command } from "commander";
import { type Finding, failing } from "../../shared/domain/finding.ts";
import { isMailbox, shownMailbox } from "../../shared/domain/mailbox.ts";
import { addressDigest } from "../../shared/domain/subscription.ts";
import type { Deployment } from "./deployment.ts";
import { CommandFailed, EXIT } from "./failure.ts";
import { all } from "./find.ts";
import type { Run } from "./options.ts";
import { COMMAND, counted } from "./print.ts";

/** `doctor …`: what is set up wrongly, and what to do. It sends and changes nothing. */
export function doctorCommand(program: Command, run: Run): void {
  const doctor = program
    .command("doctor")
    .description("looks over what is set up, and tells what to do; sends nothing");
  doctor
    .command("mail [address]")
    .description("would mails leave, and reach this address? (server or SES, sender, domain, suppression)")
    .action((address: string | undefined) => run({ writes: true }, (deployment) => mail(address, deployment)));
}

async function mail(address: string | undefined, deployment: Deployment) {
  if (address !== undefined && !isMailbox(address)) {
    throw new CommandFailed(`${address} is no mail address: give one as in desk@newsroom.example`, EXIT.usage);
  }
  const findings = [
    ...(await deployment.checkMail(address ?? null)),
    ...(address === undefined ? [] : await subscriberFindings(address, deployment)),
  ];
  const failed = findings.filter(({ verdict }) => verdict === "fail").length;
  const next = `\`${COMMAND} selftest email ${address ?? "ADDRESS"}\` sends proof`;
  const end = failed === 0 ? next : `${counted(failed, "thing", "things")} to mend`;
  return { json: findings, text: [...findings.map(findingText), end].join("\n"), failed: failed > 0 };
}

const MARKS = { ok: "✓", warn: "!", fail: "✗" } as const;

const findingText = ({ what, verdict, detail, advice }: Finding): string =>
  `${MARKS[verdict]} ${what.padEnd(12)} ${detail}${advice === undefined ? "" : `\n  ${"".padEnd(12)} ${advice}`}`;

/** What the monitor itself knows against the address. */
async function subscriberFindings(address: string, { services: { ledger } }: Deployment): Promise<readonly Finding[]> {
  const subscriptions = await all((page) => ledger.subscriptions(page));
  const theirs = subscriptions.filter((one) => one.channel === "email" && one.address === address);
  const suspended = theirs
    .filter(({ status }) => status === "suspended")
    .map(({ id, reason = "" }) =>
      failing(
        "suspended",
        `${id}: ${reason}`,
        `once the mailbox takes mails: \`${COMMAND} subscriptions resume ${id}\``,
      ),
    );
  const health = await ledger.addressHealth(addressDigest({ channel: "email", address }));
  if (!health || suspended.length > 0) return suspended;
  return [
    failing(
      "address",
      `${shownMailbox(address)} failed last: ${health.detail}`,
      `it is tried again from ${health.notBefore} on`,
    ),
  ];
}
