import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { Watch, WatchStatus } from "../../shared/domain/watch.ts";
import { addWatch } from "../../shared/pipeline/add-watch.ts";
import type { Deployment } from "./deployment.ts";
import { CommandFailed } from "./failure.ts";
import { all, findWatch } from "./find.ts";
import { durationOption, type Run } from "./options.ts";
import { durationText, table } from "./print.ts";

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
  ).action((file: string, options: Adding) =>
    run({ writes: true }, (deployment) => addAll(linesOf(file), options, deployment)),
  );
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
  const ends = [];
  for (const url of urls) {
    const wish = {
      url,
      ...(every !== undefined && { cadenceSeconds: every }),
      ...(tag && { tags: tag }),
      ...(ignoreRobots !== undefined && { robotsOverride: ignoreRobots }),
    };
    ends.push({ url, end: await addWatch(wish, services) });
  }
  const lines = ends.map(({ url, end }) => {
    if (!end.ok) return `not added  ${url}: ${end.problem}`;
    return `${end.added ? "added     " : "there already"} ${end.watch.id}  ${end.watch.url}`;
  });
  const refused = ends.filter(({ end }) => !end.ok).length;
  return { json: ends.map(({ end }) => end), text: lines.join("\n"), failed: refused > 0 };
}

function linesOf(file: string): string[] {
  try {
    const lines = readFileSync(file === "-" ? 0 : file, "utf8").split(/\r?\n/);
    return lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  } catch (error) {
    throw new CommandFailed(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

async function showWatch(named: string, { services: { ledger } }: Deployment) {
  const { id } = await findWatch(ledger, named);
  const standing = await ledger.standing(id);
  if (!standing) throw new CommandFailed(`the ledger lost the watch ${id}`);
  const { watch, state, newest } = standing;
  const rows = [
    ["id", watch.id],
    ["url", watch.url],
    ["status", watch.status],
    ["every", durationText(watch.cadenceSeconds)],
    ["tags", watch.tags.join(", ") || "none"],
    ["added", watch.added],
    ["headline", newest?.headline ?? "not read yet"],
    ["revisions", String(newest?.number ?? 0)],
    ["last seen", state.lastSeen ?? "never"],
    ["last checked", state.checked ?? "never"],
    ["robots.txt", watch.robotsOverride === undefined ? "obeyed" : `overridden: ${watch.robotsOverride}`],
    ...(state.failure
      ? [["failing", `${state.failures} times, last ${state.failure.at}: ${state.failure.detail}`]]
      : []),
    ...(state.unpublished ? [["availability", "unpublished"]] : []),
  ];
  return { json: standing, text: rows.map(([name = "", value = ""]) => `${name.padEnd(13)} ${value}`).join("\n") };
}

async function changeStatus(named: readonly string[], status: WatchStatus, { services: { ledger } }: Deployment) {
  const changed: Watch[] = [];
  for (const name of named) {
    const { id } = await findWatch(ledger, name);
    const watch = await ledger.changeWatch(id, { status });
    if (watch) changed.push(watch);
  }
  return { json: changed, text: changed.map(({ id, url }) => `${status}  ${id}  ${url}`).join("\n") };
}

const rowOf = ({ id, status, cadenceSeconds, tags, url }: Watch): string[] => [
  id,
  status,
  durationText(cadenceSeconds),
  tags.join(" "),
  url,
];
