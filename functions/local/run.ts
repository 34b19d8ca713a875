import { folderLock } from "../../shared/adapters/local/folder-lock.ts";
import { addWatch, type WatchWish } from "../../shared/pipeline/add-watch.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import type { Ledger } from "../../shared/ports/ledger.ts";
import { readingRoom } from "../../shared/reading-room/app.ts";
import { FolderUnusable, type LocalRuntime, localRuntime } from "../runtime/local.ts";
import type { EnvironmentSettings } from "../runtime/settings.ts";
import { runMonitor } from "./monitor.ts";
import { terminalProgress } from "./progress.ts";
import { serveLocally } from "./serve.ts";

/** A line this often says that the monitor is alive when nothing else does. */
const QUIET_SECONDS = 60;

export interface RunOptions {
  readonly folder: string;
  /** Of the reading room; any free one when it is taken. */
  readonly port: number;
  /** Pages to follow from now on. */
  readonly wishes: readonly WatchWish[];
  readonly settings: EnvironmentSettings;
  readonly stop: AbortSignal;
  write(text: string): void;
  /** Composes the runtime; tests put their own between the pipeline and the adapters. */
  readonly compose?: typeof localRuntime;
}

/**
 * Runs the whole monitor over one folder, with its reading room, until told to stop.
 * @throws FolderUnusable when another monitor runs on the folder, or it cannot be written
 */
export async function runFolder({
  folder,
  port,
  wishes,
  settings: fromEnvironment,
  stop,
  write,
  compose = localRuntime,
}: RunOptions): Promise<void> {
  const release = await takeFolder(folder);
  try {
    const names = new Map<string, string>();
    const nameOf = (watchId: string) => names.get(watchId) ?? watchId;
    const progress = terminalProgress({ write, now: () => new Date(), nameOf, quietSeconds: QUIET_SECONDS });
    const runtime = compose(folder, fromEnvironment, { log: progress.log, write });
    try {
      const served = await serveLocally(roomOf(runtime), port);
      const settings = { ...fromEnvironment, readingRoomUrl: fromEnvironment.readingRoomUrl ?? served.address };
      const services = { ...runtime.services, settings };
      try {
        await follow(wishes, services, write);
        for await (const { id, url } of allWatches(services.ledger)) names.set(id, url);
        write(`Reading room:  ${served.address}\nKept in:       ${folder}\nStop with Ctrl+C.\n\n`);
        await runMonitor(services, runtime.queue, { signal: stop, onOutcome: progress.onOutcome });
      } finally {
        await served.close();
      }
    } finally {
      runtime.close();
    }
  } finally {
    release();
  }
}

async function takeFolder(folder: string): Promise<() => void> {
  const lock = await folderLock(folder)
    .acquire()
    .catch((error: Error) => {
      throw new FolderUnusable(`${folder} cannot be used: ${error.message}`, { cause: error });
    });
  if (lock.acquired) return lock.release;
  const holder = lock.heldBy ? ` (process ${lock.heldBy.pid}, since ${lock.heldBy.since})` : "";
  throw new FolderUnusable(`another monitor runs on ${folder}${holder}: stop it first, or give --folder another one`);
}

const roomOf = ({ services: { ledger, evidence, derived, clock } }: LocalRuntime) =>
  readingRoom({ ledger, evidence, derived, clock, access: { kind: "public" }, address: null });

/** Adds what was asked for. A wish that cannot be granted is told and stops nothing else. */
async function follow(wishes: readonly WatchWish[], services: Services, write: (text: string) => void): Promise<void> {
  for (const wish of wishes) {
    const added = await addWatch(wish, services);
    if (!added.ok) write(`Not watched:   ${added.problem}\n`);
    else write(`${added.added ? "Watching:     " : "Watched before:"} ${added.watch.url}\n`);
  }
}

async function* allWatches(ledger: Ledger) {
  let after: string | undefined;
  do {
    const page = await ledger.watches({ limit: 500, ...(after !== undefined && { after }) });
    yield* page.rows;
    after = page.next;
  } while (after !== undefined);
}
