import { resolve } from "node:path";
import { Command } from "commander";
import { VERSION } from "../../shared/config.ts";
import { LedgerUnusable } from "../../shared/ports/ledger.ts";
import { FolderUnusable } from "../runtime/local.ts";
import { SettingError } from "../runtime/settings.ts";
import { captureCommand } from "./capture.ts";
import { openDeployment, type Where } from "./deployment.ts";
import { CommandFailed, EXIT } from "./failure.ts";
import type { Run } from "./options.ts";
import { printable } from "./print.ts";
import { readingCommands } from "./read.ts";
import { statusCommand } from "./status.ts";
import { watchCommands } from "./watch.ts";

const program = new Command("variorum")
  .description("Follows articles, shows what changed. Works on a folder of this machine or on a deployed stack.")
  .version(VERSION)
  .option("--folder <folder>", "the local monitor's folder", ".variorum")
  .option("--stack <name>", "work on this stack on AWS instead, with your AWS credentials")
  .option("--json", "print JSON for programs")
  .addHelpText("after", "\nExit codes: 0 done, 1 could not be done, 2 wrong usage, 3 no such watch or revision.")
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

const run: Run = async ({ writes = false }, work) => {
  const { json, ...where } = program.opts<Where & { json?: true }>();
  const deployment = await openDeployment({ ...where, folder: resolve(where.folder) }, writes);
  try {
    const said = await work(deployment);
    const text = json ? JSON.stringify(said.json, null, 2) : printable(said.text);
    if (text) process.stdout.write(`${text}\n`);
    if (said.failed) process.exitCode = EXIT.failed;
  } finally {
    deployment.close();
  }
};

watchCommands(program, run);
captureCommand(program, run);
readingCommands(program, run);
statusCommand(program, run);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

/** Tells an expected failure in its own words; a bug shows its stack. @returns the exit code */
function explain(error: unknown): number {
  if (error instanceof CommandFailed) return tell(error.message, error.exitCode);
  const forPeople = error instanceof SettingError || error instanceof LedgerUnusable || error instanceof FolderUnusable;
  if (forPeople) return tell(error.message, EXIT.failed);
  if (error instanceof Error && "code" in error && String(error.code).startsWith("commander.")) {
    return "exitCode" in error && error.exitCode === 0 ? EXIT.done : EXIT.usage; // commander has printed it
  }
  throw error;
}

function tell(message: string, exitCode: number): number {
  process.stderr.write(`${message}\n`);
  return exitCode;
}
