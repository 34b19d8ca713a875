import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { SENDERS } from "../../functions/local/monitor.ts";
import { alone } from "./alone.ts";
import type { AwsRun } from "./notices/on-aws.ts";
import type { LocalRun } from "./notices/on-one-machine.ts";

/**
 * One change told to many subscriptions, each with an address of its own, over receivers on this machine that take
 * everything: the ledger in SQLite, the senders' queue, mail by SMTP, chats and webhooks by HTTP, as the local monitor
 * composes them. Each line is a process of its own: peak resident memory of all of it, notices a second while fanned out
 * and while sent, CPU milliseconds for a notice. Then over DynamoDB and SQS, embedded: what is asked of them for a
 * notice, in units as they are billed, once fanned out and once sent. `npm run bench notices quick` leaves out the ten thousand.
 */
const CHANNELS = ["email", "slack", "discord", "teams", "webhook"] as const;
const MANY = process.argv[3] === "quick" ? [1_000] : [1_000, 10_000];
const OF_ONE_CHANNEL = 500;
const ONE_SERVER = [2, SENDERS.perReceiver, 24];

/** Chats and webhooks: with a mail the ledger does the same. */
const ON_AWS = ["slack", "discord", "teams", "webhook"];

/** The engine's young generation at one size from the start: how far it grows otherwise is a matter of the run's length. */
const FLAGS = ["--min-semi-space-size=16", "--max-semi-space-size=16"];

const say = (line: string) => void process.stdout.write(`${line}\n`);
const here = (file: string) => join(import.meta.dirname, "notices", file);

const receivers = fork(here("receivers.ts"), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
const [{ hooks, mail }] = (await once(receivers, "message")) as [{ readonly hooks: string; readonly mail: string }];

function run(name: string, count: number, channels: readonly string[], senders: object = SENDERS): LocalRun {
  const args = [String(count), channels.join(), JSON.stringify(senders), hooks, mail];
  const told = alone<LocalRun>(here("on-one-machine.ts"), args, FLAGS);
  const aSecond = (seconds: number) => (count / seconds).toFixed(0).padStart(9);
  say(
    `${name.padEnd(24)}${String(count).padStart(7)}${told.peakMegabytes.toFixed(0).padStart(9)}` +
      `${aSecond(told.fanOutSeconds)}${aSecond(told.sendSeconds)}${told.cpuMilliseconds.toFixed(2).padStart(9)}`,
  );
  return told;
}

function onAws(): void {
  const args = [String(OF_ONE_CHANNEL), ON_AWS.join(), hooks];
  const { messages, fanOut, send } = alone<AwsRun>(here("on-aws.ts"), args);
  const each = (amount = 0) => (amount / OF_ONE_CHANNEL).toFixed(3).padStart(9);
  const cells = (columns: readonly string[]) => columns.map((column) => column.padStart(9)).join("");
  say(`\n${"On AWS, for a notice".padEnd(24)}${cells(["reads", "writes", "SQS"])}`);
  for (const [name, used] of [
    ["fanned out", fanOut],
    ["sent", send],
  ] as const) {
    say(`${name.padEnd(24)}${each(used.ledgerReads)}${each(used.ledgerWrites)}${each(used.queueRequests)}`);
  }
  say(`${"notices in a message".padEnd(24)}${(OF_ONE_CHANNEL / messages).toFixed(1).padStart(9)}`);
}

try {
  const columns = ["notices", "peak MB", "fanned/s", "sent/s", "CPU ms"].map((name, n) =>
    name.padStart(n === 0 ? 7 : 9),
  );
  say(`${"On one machine".padEnd(24)}${columns.join("")}`);
  const peaks = MANY.map((count) => run("all channels", count, CHANNELS).peakMegabytes);
  if (peaks.length > 1) say(`${"".padEnd(31)}${(peaks[1]! / peaks[0]!).toFixed(2).padStart(8)} ×`);
  for (const channel of CHANNELS) run(channel, OF_ONE_CHANNEL, [channel]);
  for (const perReceiver of ONE_SERVER) {
    run(`webhook, ${perReceiver} side by side`, OF_ONE_CHANNEL, ["webhook"], { ...SENDERS, perReceiver });
  }
  onAws();
} finally {
  receivers.disconnect();
}
