import type { Command } from "commander";
import { FAILURES } from "../../shared/domain/failure.ts";
import type { Watch, WatchStatus } from "../../shared/domain/watch.ts";
import { addWatch } from "../../shared/pipeline/add-watch.ts";
import type { Deployment } from "./deployment.ts";
import { CommandFailed } from "./failure.ts";
import { all, findWatch } from "./find.ts";
import { durationOption, type Run } from "./options.ts";
import { COMMAND, durationText, table } from "./print.ts";
import { urlsIn } from "./url-list.ts";

interface Adding {
  readonly every?: number;
  readonly tag?: readonly string[];
  readonly ignoreRobots?: string;
}

/** `watch …`: what is followed. */
export function watchCommands(program: Command, run: Run): void {
  const watch = program.command("watch").description("what is followed");
  const adding = (command: Command) =>
    command
      .option("--every <duration>", "how often it is checked (default: 15m)", durationOption)
      .option("--tag <tag...>", "tags of your own")
      .option("--ignore-robots <reason>", "fetch against robots.txt; the reason is kept with every capture");

  adding(watch.command("add <url...>").description("follow pages from now on")).action(
    (urls: string[], options: Adding) => run({ writes: true }, (deployment) => addAll(urls, options, deployment)),
  );
  adding(
    watch.command("import <file>").description('follow the pages in a file, one URL a line ("-" reads standard input)'),
  ).action(async (file: string, options: Adding) => {
    const urls = await urlsIn(file);
    await run({ writes: true }, (deployment) => addAll(urls, options, deployment));
  });
  watch
    .command("list")
    .description("what is followed")
    .action(() =>
      run({}, async ({ services }) => {
        const watches = await all((page) => services.ledger.watches(page));
        return { json: watches, text: table(["id", "status", "every", "tags", "url"], watches.map(rowOf)) };
      }),
    );
  watch
    .command("show <watch>")
    .description("one watch and how it stands (<watch>: id, its beginning, or URL)")
    .action((named: string) => run({}, (deployment) => showWatch(named, deployment)));
  watch
    .command("link")
    .description("the link that opens the form for adding articles, for editors")
    .action(() => run({}, link));
  const become = (name: string, status: WatchStatus, description: string) =>
    watch
      .command(`${name} <watch...>`)
      .description(description)
      .action((named: string[]) => run({}, (deployment) => changeStatus(named, status, deployment)));
  become("pause", "paused", "check no more, until resumed");
  become("resume", "active", "check again");
  become("remove", "removed", "follow no more; what was captured stays");
}

async function addAll(urls: readonly string[], { every, tag, ignoreRobots }: Adding, { services }: Deployment) {
  const wish = {
    ...(every !== undefined && { cadenceSeconds: every }),
    ...(tag && { tags: tag }),
    ...(ignoreRobots !== undefined && { robotsOverride: ignoreRobots }),
  };
  const ends = [];
  for (const url of urls) ends.push({ given: url, ...(await addWatch({ url, ...wish }, services)) });
  const wished = Object.keys(wish).length > 0;
  const lines = ends.map((end) => (end.ok ? addedLine(end.watch, end.added, wished) : `not added      ${end.problem}`));
  return { json: ends, text: lines.join("\n"), failed: ends.some(({ ok }) => !ok) };
}

function addedLine({ id, url, cadenceSeconds, status }: Watch, added: boolean, wished: boolean): string {
  const line = `${(added ? "added" : "there already").padEnd(13)}  ${id}  every ${durationText(cadenceSeconds)}  ${url}`;
  const notes = [
    ...(status === "paused" ? [`it is paused: \`${COMMAND} watch resume ${id}\``] : []),
    ...(!added && wished ? ["left as it was; to change it, remove it and add it again"] : []),
  ];
  return [line, ...notes.map((note) => `               ${note}`)].join("\n");
}

async function showWatch(named: string, { services: { ledger } }: Deployment) {
  const { id } = await findWatch(ledger, named);
  const standing = await ledger.standing(id);
  if (!standing) throw new CommandFailed(`the ledger lost the watch ${id}`);
  const { watch, state, newest, rotating } = standing;
  const rows = [
    ["id", watch.id],
    ["url", watch.url],
    ["status", watch.status],
    ["every", durationText(watch.cadenceSeconds)],
    ["tags", watch.tags.join(", ") || "none"],
    ["added", watch.added],
    ["headline", newest ? (newest.headline ?? "none") : "not read yet"],
    ["revisions", String(newest?.number ?? 0)],
    ["last seen", state.lastSeen ?? "never"],
    ["last checked", state.checked ?? "never"],
    ["robots.txt", watch.robotsOverride === undefined ? "obeyed" : `overridden: ${watch.robotsOverride}`],
    ...rotating.map(({ after, before }) => ["rotates", betweenText(after, before)]),
    ...(state.failure ? [["failing", failureText(state.failures, state.failure)]] : []),
    ...(state.unfit ? [["rule", `${state.unfit.detail}, since ${state.unfit.since}`]] : []),
    ...(state.unpublished ? [["availability", "unpublished"]] : []),
  ];
  return { json: standing, text: rows.map(([name = "", value = ""]) => `${name.padEnd(13)} ${value}`).join("\n") };
}

/** Where a rotating place is; a text's beginning is enough to know it by. */
const betweenText = (after: string | null, before: string | null): string =>
  [after && `after “${after.slice(0, 60)}…”`, before && `before “${before.slice(0, 60)}…”`].filter(Boolean).join(", ");

function failureText(times: number, { kind, detail, at }: { kind: keyof typeof FAILURES; detail: string; at: string }) {
  const { meaning, advice } = FAILURES[kind];
  return `${times === 1 ? "once" : `${times} times`}, last ${at}: ${meaning} (${detail}); ${advice}`;
}

/** A deployment on AWS takes no form. */
async function link({ enrolLink }: Deployment) {
  const address = enrolLink();
  if (address === null)
    throw new CommandFailed("on AWS articles are added by the command line: `watch add`, `watch import`");
  return { json: { enrolLink: address }, text: address };
}

/** All of them are found before any is changed, so that a typing error changes nothing. */
async function changeStatus(named: readonly string[], status: WatchStatus, { services: { ledger } }: Deployment) {
  const found: Watch[] = [];
  for (const name of named) found.push(await findWatch(ledger, name));
  const gone = found.find((watch) => watch.status === "removed" && status !== "removed");
  if (gone) throw new CommandFailed(`${gone.id} was removed: \`${COMMAND} watch add ${gone.url}\` follows it again`);
  const changed: Watch[] = [];
  for (const { id } of found) {
    const watch = await ledger.changeWatch(id, { status });
    if (watch) changed.push(watch);
  }
  return { json: changed, text: changed.map(({ id, url }) => `${status.padEnd(7)}  ${id}  ${url}`).join("\n") };
}

const rowOf = ({ id, status, cadenceSeconds, tags, url }: Watch): string[] => [
  id,
  status,
  durationText(cadenceSeconds),
  tags.join(" "),
  url,
];
