import type { Command } from "commander";
import { sha256 } from "../../shared/domain/digest.ts";
import { addressDigest, SUBSCRIPTION_DEFAULTS, type Subscription } from "../../shared/domain/subscription.ts";
import { parseSubscription } from "../../shared/domain/subscription-schema.ts";
import { type SelfTestStage, type StageEnd, selfTest } from "../../shared/pipeline/self-test.ts";
import type { Deployment } from "./deployment.ts";
import { CommandFailed, EXIT } from "./failure.ts";
import type { Run } from "./options.ts";
import { COMMAND } from "./print.ts";
import { findSubscription } from "./subscriptions/find.ts";

interface Options {
  readonly to?: string;
}

/** `selftest`: send me proof. @param tell - shows a line while the test runs */
export function selfTestCommand(program: Command, run: Run, tell: (line: string) => void): void {
  program
    .command("selftest [to...]")
    .description("prove the way from an edit to a reader (<to>: a channel and an address), with a page of our own")
    .option("--to <subscription>", "to this subscription's address (default: the first there is of mail, sns, outbox)")
    .action((receiver: readonly string[], options: Options) =>
      run({ writes: true }, (deployment) => prove(receiver, options, deployment, tell)),
    );
}

async function prove(
  [channel, address, ...more]: readonly string[],
  { to }: Options,
  deployment: Deployment,
  tell: (line: string) => void,
) {
  if (more.length > 0 || (channel !== undefined && (address === undefined || to !== undefined))) {
    throw new CommandFailed("give a channel and an address, or --to a subscription", EXIT.usage);
  }
  const subscription =
    channel === undefined ? await known(to, deployment) : made(channel, address ?? "", deployment.services.clock.now());
  if (subscription.channel === "console") {
    throw new CommandFailed("what the console gets is seen where the monitor runs: name another channel");
  }
  const bed = await deployment.testBed(subscription);
  try {
    const onStage = (end: StageEnd) => tell(stageText(end));
    const ends = await selfTest({ ...bed, subscription, onStage }, bed.services);
    const last = ends.at(-1);
    const seconds = ends.reduce((sum, end) => sum + end.seconds, 0);
    const failed = last?.ok !== true;
    const json = { subscription: subscription.id, ok: !failed, seconds, stages: ends };
    if (failed)
      return { json, failed, text: `not ${last?.stage}: ${last?.detail}\n${advice(last?.stage, subscription)}` };
    return { json, text: `the self-test arrived after ${seconds.toFixed(1)} s, ${last.detail}` };
  } finally {
    await bed.close();
  }
}

const stageText = ({ ok, stage, seconds, detail }: StageEnd): string =>
  `${ok ? "✓" : "✗"} ${stage.padEnd(10)} ${`${seconds.toFixed(1)} s`.padStart(8)}  ${detail}`;

/** Names of subscriptions that are there from the start, those that reach furthest first. */
const FROM_THE_START = ["mail", "sns", "outbox"];

async function known(to: string | undefined, deployment: Deployment): Promise<Subscription> {
  const { ledger } = deployment.services;
  const subscription =
    to === undefined ? await firstOf(FROM_THE_START, ledger) : await findSubscription(to, deployment);
  if (!subscription)
    throw new CommandFailed("nobody is told yet: give a channel and an address, or start the monitor once");
  const { id, status, reason = "no reason given" } = subscription;
  if (status === "suspended")
    throw new CommandFailed(`${id} is suspended (${reason}): \`${COMMAND} subscriptions resume ${id}\``);
  if (status !== "active") throw new CommandFailed(`${id} is ${status}, and hears of nothing`);
  const health = await ledger.addressHealth(addressDigest(subscription));
  if (!health?.suspended) return subscription;
  throw new CommandFailed(
    `its address is gone (${health.detail}): \`${COMMAND} subscriptions resume ${id}\` tries it anew`,
  );
}

async function firstOf(ids: readonly string[], ledger: Deployment["services"]["ledger"]): Promise<Subscription | null> {
  for (const id of ids) {
    const subscription = await ledger.subscription(id);
    if (subscription?.status === "active") return subscription;
  }
  return null;
}

/** For this test alone; the same address has the same. */
function made(channel: string, address: string, now: string): Subscription {
  const id = `selftest-${sha256(`${channel}\n${address}`).slice(0, 8)}`;
  const parsed = parseSubscription({ ...SUBSCRIPTION_DEFAULTS, id, channel, address, selector: "tag:selftest" });
  if (!parsed.ok) throw new CommandFailed(parsed.problem, EXIT.usage);
  return { ...parsed.value, status: "active", created: now };
}

const ADVICE: Readonly<Record<Exclude<SelfTestStage, "delivered">, string>> = {
  fetched: "is the monitor's clock running? `status` tells; docs/runbook.md#schedule-not-running, #capture-waiting",
  kept: "docs/runbook.md#capture-errors",
  read: "docs/runbook.md#capture-errors",
  compared: "docs/runbook.md#capture-errors",
  recorded: "docs/runbook.md#capture-errors",
  noticed: "docs/runbook.md#notify-not-running, #notify-errors",
};

const advice = (stage: SelfTestStage | undefined, { channel }: Subscription): string => {
  if (stage !== undefined && stage !== "delivered") return ADVICE[stage];
  return `docs/notifications.md tells how ${channel} is set up; on AWS, docs/runbook.md#send-errors`;
};
