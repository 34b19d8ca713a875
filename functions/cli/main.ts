import { resolve } from "node:path";
import { Command } from "commander";
import { VERSION } from "../../shared/config.ts";
import { tellingOf } from "../runtime/for-people.ts";
import { captureCommand } from "./capture.ts";
import { openDeployment, type Where } from "./deployment.ts";
import { doctorCommand } from "./doctor.ts";
import { CommandFailed, EXIT } from "./failure.ts";
import type { Run, Said } from "./options.ts";
import { previewCommand } from "./preview.ts";
import { COMMAND, printable, printableInColour, printableJson } from "./print.ts";
import { readingCommands } from "./read.ts";
import { restrictCommands } from "./restrict.ts";
import { selfTestCommand } from "./self-test.ts";
import { statusCommand } from "./status.ts";
import { subscriptionCommands } from "./subscriptions/commands.ts";
import { watchCommands } from "./watch.ts";

const program = new Command(COMMAND)
  .description("Follows articles, shows what changed. Works on a folder of this machine or on a deployed stack.")
  .version(VERSION)
  .option("--folder <folder>", "the local monitor's folder", ".variorum")
  .option("--stack <name>", "work on this stack on AWS instead, with your AWS credentials")
  .option("--json", "print JSON for programs")
  .addHelpText(
    "after",
    "\nExit codes: 0 done, 1 could not be done, 2 wrong usage, 3 no such watch, revision or subscription.",
  )
  .exitOverride()
  .showHelpAfterError(`(${COMMAND} --help tells what there is)`)
  .configureHelp({ showGlobalOptions: true });

const run: Run = async ({ writes = false }, work) => {
  const { json, ...where } = program.opts<Where & { json?: true }>();
  const deployment = await openDeployment({ ...where, folder: resolve(where.folder) }, writes);
  try {
    say(await work(deployment), json);
  } finally {
    deployment.close();
  }
};

function say(said: Said, json = false): void {
  const text = [printable(said.text), ...(said.coloured === undefined ? [] : [printableInColour(said.coloured)])];
  process.stdout.write(`${json ? printableJson(said.json) : text.join("\n")}\n`);
  if (said.failed) process.exitCode = EXIT.failed;
}

watchCommands(program, run);
previewCommand(program, (said) => say(said, program.opts<{ json?: true }>().json));
captureCommand(program, run);
readingCommands(program, run);
restrictCommands(program, run);
subscriptionCommands(program, run);
statusCommand(program, run);
doctorCommand(program, run);
selfTestCommand(program, run, (line) => {
  if (!program.opts<{ json?: true }>().json) process.stdout.write(`${printable(line)}\n`);
});

// Whoever reads us has seen enough, as in `… | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

/** Tells an expected failure in its own words; a bug shows its stack. @returns the exit code */
function explain(error: unknown): number {
  if (error instanceof CommandFailed) return tell(error.message, error.exitCode);
  if (error instanceof Error && "code" in error && String(error.code).startsWith("commander.")) {
    return "exitCode" in error && error.exitCode === 0 ? EXIT.done : EXIT.usage; // commander has printed it
  }
  const telling = tellingOf(error);
  if (telling === null) throw error;
  return tell(telling, EXIT.failed);
}

function tell(message: string, exitCode: number): number {
  process.stderr.write(`${printable(message)}\n`);
  return exitCode;
}
