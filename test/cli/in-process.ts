import { Command } from "commander";
import { captureCommand } from "../../functions/cli/capture.ts";
import { openDeployment } from "../../functions/cli/deployment.ts";
import { CommandFailed, EXIT } from "../../functions/cli/failure.ts";
import type { Run } from "../../functions/cli/options.ts";
import { restrictCommands } from "../../functions/cli/restrict.ts";
import { statusCommand } from "../../functions/cli/status.ts";
import { subscriptionCommands } from "../../functions/cli/subscriptions/commands.ts";
import { watchCommands } from "../../functions/cli/watch.ts";
import type { commandLine, Ended } from "./program.ts";

/**
 * The commands over one folder in this process: a process each, as `commandLine` starts, takes seconds on a busy machine.
 * How the program itself prints and ends is for the tests of the program.
 */
export function commandsHere(folder: string): ReturnType<typeof commandLine> {
  async function ended(args: readonly string[], as: "text" | "json"): Promise<Ended> {
    const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
    let [code, stdout]: [number, string] = [EXIT.done, ""];
    const run: Run = async ({ writes = false }, work) => {
      const deployment = await openDeployment({ folder }, writes);
      try {
        const said = await work(deployment);
        stdout = `${as === "json" ? JSON.stringify(said.json) : said.text}\n`;
        if (said.failed) code = EXIT.failed;
      } finally {
        deployment.close();
      }
    };
    const families = [watchCommands, captureCommand, restrictCommands, subscriptionCommands, statusCommand];
    for (const commands of families) commands(program, run);
    try {
      await program.parseAsync(args, { from: "user" });
      return { code, stdout, stderr: "" };
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      return { code: error.exitCode, stdout, stderr: `${error.message}\n` };
    }
  }
  return {
    variorum: (...args) => ended(args, "text"),
    json: async <Value>(...args: readonly string[]) => JSON.parse((await ended(args, "json")).stdout) as Value,
  };
}
