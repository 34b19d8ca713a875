import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { ROOM_PORT } from "../../shared/config.ts";
import { printable } from "../cli/print.ts";
import { durationSeconds } from "../runtime/duration.ts";
import { tellingOf } from "../runtime/for-people.ts";
import { hasLedger, openLedger } from "../runtime/local.ts";
import { environmentSettings } from "../runtime/settings.ts";
import { runDemo } from "./demo/demo.ts";
import { runFolder } from "./run.ts";

const USAGE = 2;

interface Options {
  readonly folder: string;
  readonly port: number;
  readonly every?: number;
  readonly demo?: true;
  readonly for?: number;
}

function duration(text: string): number {
  const seconds = durationSeconds(text);
  if (seconds === null) throw new InvalidArgumentError('Give a duration such as "30s", "15m", "6h" or "1d".');
  return seconds;
}

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) throw new InvalidArgumentError("Give 0 to 65535.");
  return number;
}

// A terminal that is gone is no reason to stop watching.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

await new Command("npm start --")
  .description("Runs the whole monitor on this machine until Ctrl+C. With nothing to watch yet, it shows a demo.")
  .argument("[url...]", "pages to watch from now on")
  .option("--folder <folder>", "where everything is kept", ".variorum")
  .option("--every <duration>", "how often the given pages are checked (default: 15m)", duration)
  .option("--port <port>", "of the reading room; any free one when it is taken", port, ROOM_PORT)
  .option("--demo", "show the demo although there is something to watch")
  .option("--for <duration>", "stop after so long", duration)
  .addHelpText("after", "\nExit codes: 0 stopped when asked to, 1 could not run, 2 wrong usage.")
  .showHelpAfterError("(npm start -- --help tells what there is)")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : USAGE))
  .action(async (urls: string[], options: Options) => {
    try {
      await main(urls, options);
    } catch (error) {
      const telling = tellingOf(error);
      if (telling === null) throw error;
      process.stderr.write(`${printable(telling)}\n`);
      process.exitCode = 1;
    }
  })
  .parseAsync();

// Requests that were left under way would keep the process until they time out.
process.stdout.write("", () => process.exit());

async function main(urls: readonly string[], { port, every, demo, ...options }: Options): Promise<void> {
  const settings = environmentSettings(process.env);
  const folder = resolve(options.folder);
  const stop = stopSignal(options.for);
  const write = (text: string) => void process.stdout.write(text);
  const columns = () => process.stdout.columns ?? Number.POSITIVE_INFINITY;
  if (demo || (urls.length === 0 && !(await hasWatches(folder)))) {
    await runDemo({ port, stop, write, columns });
    write("Stopped; the demo's folder is gone.\n");
  } else {
    const wishes = urls.map((url) => ({ url, ...(every !== undefined && { cadenceSeconds: every }) }));
    await runFolder({ folder, port, wishes, settings, stop, write, columns });
    write("Stopped. `npm start` goes on where it was.\n");
  }
}

async function hasWatches(folder: string): Promise<boolean> {
  if (!hasLedger(folder)) return false;
  const ledger = openLedger(folder);
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
