import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { sqliteLedger } from "../../shared/adapters/local/sqlite-ledger.ts";
import { LedgerUnusable } from "../../shared/ports/ledger.ts";
import { durationSeconds } from "../runtime/duration.ts";
import { FolderUnusable, folderPaths } from "../runtime/local.ts";
import { environmentSettings, SettingError } from "../runtime/settings.ts";
import { runDemo } from "./demo/demo.ts";
import { runFolder } from "./run.ts";

interface Options {
  readonly folder: string;
  readonly port: number;
  readonly every?: number;
  readonly demo?: true;
  readonly for?: number;
}

function duration(text: string): number {
  const seconds = durationSeconds(text);
  if (seconds === null) throw new InvalidArgumentError('give a duration such as "30s", "15m", "6h" or "1d".');
  return seconds;
}

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) throw new InvalidArgumentError("give 0 to 65535.");
  return number;
}

await new Command("npm start --")
  .description("Runs the whole monitor on this machine until Ctrl+C. With nothing to watch yet, it shows a demo.")
  .argument("[url...]", "pages to watch from now on")
  .option("--folder <folder>", "where everything is kept", ".variorum")
  .option("--every <duration>", "how often the given pages are checked (default: 15m)", duration)
  .option("--port <port>", "of the reading room; any free one when it is taken", port, 8480)
  .option("--demo", "show the demo although there is something to watch")
  .option("--for <duration>", "stop after so long", duration)
  .action(async (urls: string[], options: Options) => {
    try {
      await main(urls, options);
    } catch (error) {
      if (!isForPeople(error)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    }
  })
  .parseAsync();

/** Failures that the person at the terminal can mend; the message says how. The rest are bugs and show their stack. */
function isForPeople(error: unknown): error is Error {
  return error instanceof SettingError || error instanceof LedgerUnusable || error instanceof FolderUnusable;
}

async function main(urls: readonly string[], { port, every, demo, ...options }: Options): Promise<void> {
  const settings = environmentSettings(process.env);
  const folder = resolve(options.folder);
  const stop = stopSignal(options.for);
  const write = (text: string) => void process.stdout.write(text);
  if (demo || (urls.length === 0 && !(await hasWatches(folder)))) {
    await runDemo({ port, stop, write });
    write("Stopped; the demo's folder is gone.\n");
  } else {
    const wishes = urls.map((url) => ({ url, ...(every !== undefined && { cadenceSeconds: every }) }));
    await runFolder({ folder, port, wishes, settings, stop, write });
    write("Stopped. `npm start` goes on where it was.\n");
  }
}

async function hasWatches(folder: string): Promise<boolean> {
  const { ledger: path } = folderPaths(folder);
  if (!existsSync(path)) return false;
  const ledger = sqliteLedger(path);
  try {
    return (await ledger.watches({ limit: 1 })).rows.length > 0;
  } finally {
    ledger.close();
  }
}

/** Aborts at the first Ctrl+C, SIGTERM, or when the time is up; a second Ctrl+C ends the process at once. */
function stopSignal(seconds: number | undefined): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => controller.abort());
  if (seconds !== undefined) setTimeout(() => controller.abort(), seconds * 1000).unref();
  return controller.signal;
}
