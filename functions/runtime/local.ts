import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { consoleNotifier } from "../../shared/adapters/local/console-notifier.ts";
import { fileArchive } from "../../shared/adapters/local/file-archive.ts";
import { memoryQueue } from "../../shared/adapters/local/memory-queue.ts";
import { outboxNotifier } from "../../shared/adapters/local/outbox-notifier.ts";
import { sqliteLedger } from "../../shared/adapters/local/sqlite-ledger.ts";
import { systemClock } from "../../shared/adapters/local/system-clock.ts";
import { httpFetcher, userAgentOf } from "../../shared/adapters/web/http-fetcher.ts";
import { FETCH_LIMITS, VERSION } from "../../shared/config.ts";
import type { Log, Services } from "../../shared/pipeline/services.ts";
import type { EnvironmentSettings } from "./settings.ts";

/** The folder's parts; nothing else in it is ours. */
export const folderPaths = (folder: string) => ({
  ledger: join(folder, "ledger.sqlite"),
  evidence: join(folder, "evidence"),
  derived: join(folder, "derived"),
  outbox: join(folder, "outbox"),
});

/** A folder that the monitor cannot work in. The message says why and what to do. */
export class FolderUnusable extends Error {
  override readonly name = "FolderUnusable";
}

export interface LocalRuntime {
  readonly services: Services;
  readonly queue: ReturnType<typeof memoryQueue>;
  close(): void;
}

/**
 * Composes the monitor over one folder.
 * @param write - prints a line or block for the person at the terminal
 * @throws LedgerUnusable when the folder's ledger is no ledger or is damaged
 */
export function localRuntime(
  folder: string,
  settings: EnvironmentSettings,
  { log, write }: { readonly log: Log; write(text: string): void },
): LocalRuntime {
  const paths = folderPaths(folder);
  mkdirSync(folder, { recursive: true });
  const clock = systemClock();
  const queue = memoryQueue({ clock });
  const ledger = sqliteLedger(paths.ledger);
  const fetcher = httpFetcher({
    userAgent: userAgentOf({ version: VERSION, contact: settings.contact }),
    ...(settings.contact?.includes("@") && { from: settings.contact }),
    limits: FETCH_LIMITS,
    allowAddresses: settings.allowAddresses,
    clock,
  });
  const from = "Variorum <variorum@localhost>";
  const services: Services = {
    evidence: fileArchive(paths.evidence),
    derived: fileArchive(paths.derived),
    ledger,
    queue,
    fetcher,
    notifiers: [
      consoleNotifier({ write }),
      outboxNotifier({ folder: paths.outbox, from, to: settings.contact ?? from, clock }),
    ],
    clock,
    log,
    settings,
    newId: randomUUID,
  };
  return { services, queue, close: () => ledger.close() };
}
