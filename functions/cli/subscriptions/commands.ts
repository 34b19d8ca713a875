import type { Command } from "commander";
import { sha256 } from "../../../shared/domain/digest.ts";
import type { NoticeRecord } from "../../../shared/domain/notice.ts";
import { DEFAULT_FILTER, type NoticeFilter } from "../../../shared/domain/notice-filter.ts";
import { type Subscription, subscriptionDefaults } from "../../../shared/domain/subscription.ts";
import { parseName } from "../../../shared/domain/subscription-schema.ts";
import type { Instant } from "../../../shared/domain/time.ts";
import { changeSubscription } from "../../../shared/pipeline/notify/change-subscription.ts";
import { redrive } from "../../../shared/pipeline/notify/redrive.ts";
import { resumeSubscription, saveFilter, subscribe, unsubscribe } from "../../../shared/pipeline/notify/subscribe.ts";
import type { Deployment } from "../deployment.ts";
import { CommandFailed, EXIT } from "../failure.ts";
import { all } from "../find.ts";
import { instantOption, type Run } from "../options.ts";
import { COMMAND, table } from "../print.ts";
import { findSubscription, selectorOf } from "./find.ts";
import {
  CHANNEL_NAMES,
  type Conditions,
  filterOf,
  type Particulars,
  particularsOf,
  rhythmOf,
  type Timing,
  withConditions,
  withParticulars,
  withTiming,
} from "./options.ts";
import { type Previewing, preview } from "./preview.ts";
import { filterText, listed, rowOf, wholeText } from "./text.ts";

interface Adding extends Conditions, Timing, Particulars {
  readonly about: string;
  readonly id?: string;
  readonly ask?: true;
}

interface Changing extends Conditions, Timing, Particulars {
  readonly address?: string;
}

interface Redriving {
  readonly since?: Instant;
}

/** `subscriptions …`: who hears what, where and when. */
export function subscriptionCommands(program: Command, run: Run): void {
  const subscriptions = program.command("subscriptions").description("who hears of what, where and when");
  withParticulars(
    withTiming(
      withConditions(
        subscriptions
          .command("add <channel> <address>")
          .description(`have changes told to an address (<channel>: ${CHANNEL_NAMES})`)
          .option(
            "--about <what>",
            "everything, source:HOST, tag:NAME, operations, or a watch (id, its beginning, or URL)",
            "everything",
          )
          .option("--id <name>", "name of the subscription (default: made from channel, address and what)")
          .option("--ask", "ask the address first: it hears nothing until it says yes"),
      ),
    ),
  ).action((channel: string, address: string, options: Adding) =>
    run({ writes: true }, (deployment) => add(channel, address, options, deployment)),
  );
  subscriptions
    .command("list")
    .description("those there are; addresses are shortened")
    .action(() => run({}, list));
  subscriptions
    .command("show <subscription>")
    .description("one of them whole, with its newest notices")
    .action((id: string) => run({}, (deployment) => show(id, deployment)));
  withParticulars(
    withTiming(
      withConditions(
        subscriptions
          .command("change <subscription>")
          .description("change what is given; conditions replace all those there were")
          .option("--address <address>", "another address in the same channel"),
      ),
    ),
  ).action((id: string, options: Changing) => run({}, (deployment) => change(id, options, deployment)));
  subscriptions
    .command("end <subscription...>")
    .description("tell no more; what was told stays on record")
    .action((ids: string[]) => run({}, (deployment) => end(ids, deployment)));
  subscriptions
    .command("resume <subscription...>")
    .description("tell a suspended one again, and try its address anew")
    .action((ids: string[]) => run({}, (deployment) => resume(ids, deployment)));
  withConditions(
    subscriptions
      .command("save <name>")
      .description("keep conditions under a name, for --saved; those who use it follow its changes"),
  ).action((name: string, options: Conditions) =>
    run({ writes: true }, (deployment) => save(name, options, deployment)),
  );
  withConditions(
    subscriptions
      .command("preview [subscription]")
      .description("which of the newest changes a filter would have sent, and why; nothing is sent")
      .option("--about <what>", "everything, source:HOST, tag:NAME, or a watch (id, its beginning, or URL)")
      .option("--last <count>", "so many changes and events are looked at", "20"),
  ).action((id: string | undefined, options: Previewing) => run({}, (deployment) => preview(id, options, deployment)));
  subscriptions
    .command("redrive [name...]")
    .description("send again what was given up: notices, or all of a subscription's (default: all there are)")
    .option(
      "--since <when>",
      "only what was made since then, as in 2026-03-01 or 2026-03-01T12:00Z (UTC)",
      instantOption,
    )
    .action((names: string[], options: Redriving) => run({}, (deployment) => sendAgain(names, options, deployment)));
}

/** A running monitor hands over what waits in the ledger. */
const nothingQueued = { noticeQueue: { send: async () => {} }, log: { info: () => {}, warn: () => {} } };

async function add(channel: string, address: string, options: Adding, { services }: Deployment) {
  const selector = await selectorOf(options.about, services.ledger);
  const defaults = subscriptionDefaults(channel, services.settings.noticesPerHour);
  const wish = {
    ...defaults,
    id: options.id ?? `${channel}-${sha256(`${channel}\n${address}\n${selector}`).slice(0, 8)}`,
    channel,
    address,
    selector,
    filter: filterOf(options) ?? defaults.filter,
    rhythm: rhythmOf(options, defaults.rhythm) ?? defaults.rhythm,
    ...particularsOf(options),
  };
  const added = await subscribe(wish, { vouched: !options.ask }, { ...services, ...nothingQueued });
  if (!added.ok) throw new CommandFailed(added.problem);
  const { subscription } = added;
  const notes = [
    subscription.status === "pending" && "its address is asked first; it hears nothing until it says yes",
    (await concernsNone(subscription, services.ledger)) && `no watch has ${subscription.selector} yet`,
  ].filter((note) => note !== false);
  const lines = [
    `added ${subscription.id}`,
    ...notes,
    `\`${COMMAND} subscriptions preview ${subscription.id}\` shows what it would have sent`,
  ];
  return { json: listed(subscription), text: lines.join("\n") };
}

async function concernsNone({ selector }: Subscription, ledger: Deployment["services"]["ledger"]): Promise<boolean> {
  if (!selector.startsWith("tag:")) return false;
  const watches = await all((page) => ledger.watches(page));
  return !watches.some(({ tags }) => tags.includes(selector.slice("tag:".length)));
}

async function list({ services: { ledger } }: Deployment) {
  const subscriptions = await all((page) => ledger.subscriptions(page));
  const saved = await ledger.savedFilters();
  const head = ["id", "status", "channel", "address", "about", "when", "filter"];
  const filters = saved.map(({ name, filter }) => `${name}  ${filterText(filter)}`);
  return {
    json: { subscriptions: subscriptions.map(listed), saved },
    text: [table(head, subscriptions.map(rowOf)), ...(saved.length > 0 ? ["", "saved filters:", ...filters] : [])].join(
      "\n",
    ),
  };
}

const NOTICES_SHOWN = 10;

async function show(id: string, deployment: Deployment) {
  const subscription = await findSubscription(id, deployment);
  const { rows } = await deployment.services.ledger.noticesOf(id, { limit: NOTICES_SHOWN });
  const notices = rows.length > 0 ? ["", "newest notices:", table(["made", "state", "id"], rows.map(noticeRow))] : [];
  return { json: { subscription, notices: rows }, text: [wholeText(subscription), ...notices].join("\n") };
}

const noticeRow = ({ id, created, state, detail, due }: NoticeRecord): string[] => [
  created,
  state,
  `${id}${state === "waiting" ? ` until ${due}` : ""}${detail === undefined ? "" : `: ${detail}`}`,
];

async function change(id: string, options: Changing, deployment: Deployment) {
  const known = await findSubscription(id, deployment);
  const [filter, rhythm] = [filterOf(options), rhythmOf(options, known.rhythm)];
  const wish = {
    ...(options.address !== undefined && { address: options.address }),
    ...(filter !== null && { filter }),
    ...(rhythm !== null && { rhythm }),
    ...particularsOf(options),
  };
  if (Object.keys(wish).length === 0) {
    throw new CommandFailed("nothing to change: `subscriptions change --help` tells what can be", EXIT.usage);
  }
  const changed = await changeSubscription(id, wish, deployment.services);
  if (!changed.ok) throw new CommandFailed(changed.problem);
  return { json: listed(changed.subscription), text: wholeText(changed.subscription) };
}

/** All of them are found before any is changed, so that a typing error changes nothing. */
async function end(ids: readonly string[], deployment: Deployment) {
  for (const id of ids) await findSubscription(id, deployment);
  const ended: Subscription[] = [];
  for (const id of ids) {
    const subscription = await unsubscribe(id, "ended by the operator", deployment.services);
    if (subscription) ended.push(subscription);
  }
  return { json: ended.map(listed), text: ended.map(({ id }) => `ended  ${id}`).join("\n") };
}

async function resume(ids: readonly string[], deployment: Deployment) {
  const { services } = deployment;
  for (const id of ids) {
    const { status } = await findSubscription(id, deployment);
    if (status === "pending") throw new CommandFailed(`${id} waits for its address to say yes: that cannot be skipped`);
    if (status === "ended") throw new CommandFailed(`${id} was ended: add another one`);
  }
  const resumed: Subscription[] = [];
  for (const id of ids) {
    const subscription = await resumeSubscription(id, services);
    if (subscription) resumed.push(subscription);
  }
  const lines = resumed.map(({ id }) => `active  ${id}`);
  const hint = `\`${COMMAND} subscriptions redrive ${ids.join(" ")}\` sends again what was given up meanwhile`;
  return { json: resumed.map(listed), text: [...lines, hint].join("\n") };
}

async function save(name: string, options: Conditions, { services }: Deployment) {
  const named = parseName(name);
  if (!named.ok) throw new CommandFailed(`"${name}" ${named.problem}`, EXIT.usage);
  const filter = filterOf(options) ?? DEFAULT_FILTER;
  const problem = await saveFilter(named.value, filter, services);
  if (problem) throw new CommandFailed(problem);
  return { json: { name, filter }, text: `saved ${name}: ${filterText(filter as NoticeFilter)}` };
}

const LEFT = {
  suspended: "its subscription is suspended",
  ended: "its subscription has ended",
  unknown: "nothing of that name was given up",
} as const;

async function sendAgain(names: readonly string[], options: Redriving, { services }: Deployment) {
  const ends = await redrive(names, services, options);
  const lines = ends.map(({ id, end }) =>
    end === "waiting" ? `waits again  ${id}` : `left         ${id}: ${LEFT[end]}`,
  );
  const suspended = new Set(ends.flatMap(({ end, subscription }) => (end === "suspended" ? [subscription] : [])));
  const hint = `once its address takes notices again: \`${COMMAND} subscriptions resume ${[...suspended].join(" ")}\`, then redrive`;
  return {
    json: ends,
    text: [...(lines.length > 0 ? lines : ["nothing was given up"]), ...(suspended.size > 0 ? [hint] : [])].join("\n"),
    failed: ends.some(({ end }) => end !== "waiting"),
  };
}
