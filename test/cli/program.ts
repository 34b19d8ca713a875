import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { ENV } from "../../shared/config.ts";

export const ROOT = join(import.meta.dirname, "../..");

/** How a run of the program ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Invocation {
  /** Program of this project; the command line unless given. */
  readonly program?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Options of Node itself, e.g. `--import`. */
  readonly node?: readonly string[];
  readonly stdin?: string;
  /** The program runs below this command, which gets it as its arguments. */
  readonly below?: readonly string[];
  /** Number of the user that it runs as; only root may choose. */
  readonly uid?: number;
}

/** Loopback may be asked, briskly; nothing else of this machine's environment reaches the program. */
const ENVIRONMENT = { PATH: process.env.PATH, [ENV.allowAddresses]: "loopback", [ENV.hostGapSeconds]: "0.1" };

export function start(
  args: readonly string[],
  { program = "functions/cli/main.ts", environment = {}, node = [], below = [], uid }: Invocation = {},
): ChildProcess {
  const [file = "", ...rest] = [...below, process.execPath, ...node, program, ...args];
  const env = { ...ENVIRONMENT, ...environment };
  return spawn(file, rest, { cwd: ROOT, env, ...(uid !== undefined && { uid, gid: uid }) });
}

/** Runs the program as a shell would, in a process of its own, to its end. */
export async function run(args: readonly string[], invocation: Invocation = {}): Promise<Ended> {
  const child = start(args, invocation);
  child.stdin?.end(invocation.stdin ?? "");
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
  return { code: await ended, stdout, stderr };
}

/** The command line over one folder. */
export function commandLine(folder: string) {
  const variorum = (...args: readonly string[]) => run(["--folder", folder, ...args]);
  return {
    variorum,
    /** What it prints with `--json`. @throws when that is no JSON */
    async json<Value = unknown>(...args: readonly string[]): Promise<Value> {
      return JSON.parse((await variorum(...args, "--json")).stdout) as Value;
    },
  };
}
