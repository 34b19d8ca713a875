import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderPaths } from "../../functions/runtime/local.ts";
import { fileArchive } from "../../shared/adapters/local/file-archive.ts";
import { sqliteLedger } from "../../shared/adapters/local/sqlite-ledger.ts";
import { systemClock } from "../../shared/adapters/local/system-clock.ts";
import { ENV } from "../../shared/config.ts";
import type { NoticeJson } from "../../shared/notices/notice-json.ts";
import { addWatch } from "../../shared/pipeline/add-watch.ts";
import type { DeliveredNotice, RunningMonitor } from "./record.ts";

export const GAP_SECONDS = 0.2;
export const CONFIRMATION_SECONDS = 1;

const ROOT = join(import.meta.dirname, "../..");

export interface LocalMonitor extends RunningMonitor {
  readonly folder: string;
  /** What the process printed so far, over all its lives. */
  output(): string;
  /** Ends the process as a power cut would, and starts it again. @returns when it died, in milliseconds */
  killAndRestart(): Promise<number>;
  /** How often the process was started. */
  starts(): number;
  /** Ends it as Ctrl+C does. @returns its exit code */
  stop(): Promise<number | null>;
  /** Ends it at once and removes the folder. */
  dispose(): Promise<void>;
}

export interface LocalMonitorOptions {
  /** What to run in place of `npm start`'s program. */
  readonly program?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Starts a process that ended by itself again: for programs that kill themselves. */
  readonly revive?: boolean;
}

/** The monitor as an operator runs it: a process of its own over a folder, watched from outside. */
export function localMonitor({
  program = "functions/local/main.ts",
  environment = {},
  revive = false,
}: LocalMonitorOptions = {}): LocalMonitor {
  const folder = mkdtempSync(join(tmpdir(), "variorum-e2e-"));
  const paths = folderPaths(folder);
  const ledger = sqliteLedger(paths.ledger);
  const clock = systemClock();
  const printed: string[] = [];
  let child: ChildProcess | undefined;
  let starts = 0;
  let over = false;

  function start(): void {
    starts += 1;
    const started = spawn(process.execPath, [program, "--folder", folder, "--port", "0"], {
      cwd: ROOT,
      env: {
        ...process.env,
        [ENV.hostGapSeconds]: String(GAP_SECONDS),
        [ENV.confirmationSeconds]: String(CONFIRMATION_SECONDS),
        [ENV.burstNotices]: "1000", // a scenario is days of edits in a minute
        [ENV.noticesPerHour]: "1000",
        [ENV.allowAddresses]: "loopback",
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [started.stdout, started.stderr]) stream?.on("data", (text) => printed.push(String(text)));
    started.once("exit", () => {
      if (revive && !over && child === started) start();
    });
    child = started;
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const ending = child;
    child = undefined; // so that nobody revives it
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return ending?.exitCode ?? null;
    ending.kill(signal);
    const [code] = await once(ending, "exit");
    return code as number | null;
  }

  return {
    folder,
    ledger,
    derived: fileArchive(paths.derived),
    output: () => printed.join(""),
    starts: () => starts,
    async add(url) {
      const settings = { contact: null };
      const added = await addWatch({ url, cadenceSeconds: 1 }, { ledger, clock, settings });
      if (!added.ok) throw new Error(added.problem);
      if (!child) start();
      return added.watch.id;
    },
    notices: async () => outboxNotices(paths.outbox),
    async killAndRestart() {
      await end("SIGKILL");
      const died = Date.now();
      start();
      return died;
    },
    async stop() {
      over = true;
      return end("SIGTERM");
    },
    async dispose() {
      over = true;
      await end("SIGKILL");
      ledger.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The notices of single happenings that lie in the outbox folder whole: as mail and as JSON. */
function outboxNotices(folder: string): DeliveredNotice[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.endsWith(".json") && names.includes(name.replace(/json$/, "eml")))
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as NoticeJson)
    .filter(({ kind }) => kind !== "digest")
    .flatMap(({ id, happenings }) => happenings.map((happening) => ({ id, happening })));
}
