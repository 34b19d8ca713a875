import { existsSync } from "node:fs";
import type { WatchId } from "../../shared/domain/watch.ts";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import type { Outcome } from "../../shared/pipeline/outcome.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import { folderPaths, localRuntime } from "../runtime/local.ts";
import { environmentSettings } from "../runtime/settings.ts";
import { stackServices } from "../runtime/stack.ts";
import { CommandFailed } from "./failure.ts";

/** A monitor's store that the commands work on: a folder of this machine, or a stack on AWS. */
export interface Deployment {
  readonly services: Pick<Services, "ledger" | "derived" | "clock" | "settings">;
  /** Captures a watch now; on a stack, has it captured. */
  captureNow(watchId: WatchId): Promise<Outcome | { readonly watchId: WatchId; readonly kind: "requested" }>;
  close(): void;
}

export interface Where {
  readonly folder: string;
  readonly stack?: string;
}

/**
 * Opens what the global options name.
 * @param writes - whether the command may make the folder when there is none
 * @throws CommandFailed when there is nothing to read
 */
export async function openDeployment({ folder, stack }: Where, writes: boolean): Promise<Deployment> {
  if (stack !== undefined) return stackDeployment(await stackServices(stack));
  if (!writes && !existsSync(folderPaths(folder).ledger)) {
    throw new CommandFailed(
      `nothing is kept in ${folder} yet: add a watch with \`npm run -s variorum -- watch add URL\`, or name another --folder`,
    );
  }
  return folderDeployment(folder);
}

function folderDeployment(folder: string): Deployment {
  const log = { info: () => {}, warn: (message: string, facts?: object) => console.error(message, facts ?? "") };
  const { services, close } = localRuntime(folder, environmentSettings(process.env), { log, write: () => {} });
  return { services, captureNow: (watchId) => captureHere(watchId, services), close };
}

/**
 * Captures in this process, also beside a running monitor: the host's turn is in the ledger, so the two take turns. A
 * check that is put off is waited for, since nobody else would make it for us.
 */
async function captureHere(watchId: WatchId, services: Services): Promise<Outcome> {
  const { clock } = services;
  const due = clock.now();
  const alone: Services = { ...services, queue: { send: async () => {} } };
  for (;;) {
    const [outcome] = await captureBatch({ checks: [{ watchId, due }] }, alone);
    if (!outcome) throw new Error(`no outcome for ${watchId}`);
    if (outcome.kind !== "deferred") return outcome;
    await clock.sleep(Math.max(0.05, (Date.parse(outcome.until) - Date.parse(clock.now())) / 1000));
  }
}

function stackDeployment(services: Deployment["services"]): Deployment {
  return {
    services,
    async captureNow(watchId) {
      const now = services.clock.now();
      await services.ledger.requestCheck(watchId, now, now);
      return { watchId, kind: "requested" };
    },
    close: () => {},
  };
}
