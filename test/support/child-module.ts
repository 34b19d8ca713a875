import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

export interface ChildModule {
  readonly process: ChildProcess;
  /** The next line that it prints; null after the last. */
  line(): Promise<string | null>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

/** The address of a file of this project, for an import in a child's code. */
export const moduleUrl = (path: string): string => pathToFileURL(join(import.meta.dirname, "../..", path)).href;

/**
 * Runs code (an ES module) in a Node process of its own.
 * @param shell - run before it in its shell, e.g. `ulimit -f 100`
 */
export function childModule(code: string, { shell }: { readonly shell?: string } = {}): ChildModule {
  const node = [process.execPath, "--input-type=module", "-e", code];
  const [file = "", ...args] = shell ? ["/bin/sh", "-c", `${shell}; exec "$@"`, "sh", ...node] : node;
  const child = spawn(file, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    async line() {
      const { done, value } = await lines.next();
      return done ? null : value;
    },
    ended: once(child, "exit").then(([code, signal]) => signal ?? code),
  };
}
