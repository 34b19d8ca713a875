import { execFileSync } from "node:child_process";

/**
 * What a module of the bench answers when it is run in a process of its own, as JSON on its standard output: what one
 * measurement leaves behind in an engine's heap or compiler is no other's burden.
 *
 * @param flags - of Node, before the module
 */
export const alone = <Answer>(module: string, args: readonly string[], flags: readonly string[] = []): Answer =>
  JSON.parse(
    execFileSync(process.execPath, [...flags, module, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  ) as Answer;

/** Answers, where a module is the one that was run, and not imported. */
export async function answerIfAlone(module: string, answer: (args: readonly string[]) => unknown): Promise<void> {
  if (process.argv[1] === module) process.stdout.write(JSON.stringify(await answer(process.argv.slice(2))));
}
