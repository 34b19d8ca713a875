import { randomUUID } from "node:crypto";
import { ROOM_PORT } from "../../shared/config.ts";
import type { Finding } from "../../shared/domain/finding.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { WatchId } from "../../shared/domain/watch.ts";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import { unsubscribe } from "../../shared/pipeline/notify/subscribe.ts";
import type { Outcome } from "../../shared/pipeline/outcome.ts";
import type { SelfTestOptions, selfTest } from "../../shared/pipeline/self-test.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import { enrolLink, operatorLink } from "../../shared/reading-room/access.ts";
import { hasLedger, localRuntime } from "../runtime/local.ts";
import { localOperatorKey } from "../runtime/operator-key.ts";
import { environmentSettings } from "../runtime/settings.ts";
import type { StackServices } from "../runtime/stack.ts";
import { CommandFailed } from "./failure.ts";
import { checkMailHere, checkMailOnAws } from "./mail-checks.ts";
import { COMMAND, printable } from "./print.ts";

/** A monitor's store that the commands work on: a folder of this machine, or a stack on AWS. */
export interface Deployment {
  readonly services: Pick<Services, "ledger" | "derived" | "clock" | "settings" | "meter">;
  readonly heartbeat: Heartbeat;
  /** Captures a watch now; on a stack, has it captured. */
  captureNow(watchId: WatchId): Promise<Outcome | { readonly watchId: WatchId; readonly kind: "requested" }>;
  /** Shows the reading room's operator what is held or under embargo; null where nobody can be shown it. */
  operatorLink(): string | null;
  /** Opens the form for adding articles; null where no form can be sent. */
  enrolLink(): string | null;
  /** Whether mails would leave; and reach an address, where one is given. */
  checkMail(to: string | null): Promise<readonly Finding[]>;
  /** What a self-test of the subscription's address runs on: with a monitor that serves and watches the test's page. */
  testBed(subscription: Subscription): Promise<TestBed>;
  close(): void;
}

export interface TestBed extends Pick<SelfTestOptions, "room" | "stageSeconds" | "lookSeconds"> {
  readonly services: Parameters<typeof selfTest>[1];
  close(): Promise<void>;
}

/** What to think of the last tick. */
export interface Heartbeat {
  /** A monitor whose last tick is longer ago does not run. */
  readonly longestSeconds: number;
  readonly whenSilent: string;
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
  if (stack !== undefined) {
    const { stackServices } = await import("../runtime/stack.ts"); // AWS's SDK takes longer to load than the rest to run
    return stackDeployment(await stackServices(stack));
  }
  if (!hasLedger(folder) && !writes) {
    throw new CommandFailed(
      `nothing is kept in ${folder} yet: add a watch with \`${COMMAND} watch add URL\`, or name another --folder`,
    );
  }
  return folderDeployment(folder);
}

function folderDeployment(folder: string): Deployment {
  const warn = (message: string, facts?: object) =>
    process.stderr.write(`${printable(`${message}${facts ? ` ${JSON.stringify(facts)}` : ""}`)}\n`);
  const log = { info: () => {}, warn: (message: string, facts?: object) => void warn(message, facts) };
  const settings = environmentSettings(process.env);
  const { services, close } = localRuntime(folder, settings, { log, write: () => {} });
  return {
    services,
    heartbeat: { longestSeconds: 30, whenSilent: "start it with `npm start`" }, // it ticks every second
    captureNow: (watchId) => captureHere(watchId, services, warn),
    operatorLink: () =>
      operatorLink(settings.readingRoomUrl ?? `http://127.0.0.1:${ROOM_PORT}`, localOperatorKey(folder)),
    enrolLink: () => enrolLink(settings.readingRoomUrl ?? `http://127.0.0.1:${ROOM_PORT}`, localOperatorKey(folder)),
    checkMail: (to) => checkMailHere(settings.mail, to),
    async testBed(subscription) {
      const { localTestBed } = await import("../local/self-test-bed.ts"); // the reading room and all
      return localTestBed(subscription, { services, settings, folder, log });
    },
    close,
  };
}

/**
 * Captures in this process, also beside a running monitor: the host's turn is in the ledger, so the two take turns. A
 * check that is put off is waited for, since nobody else would make it for us.
 */
async function captureHere(watchId: WatchId, services: Services, tell: (text: string) => void): Promise<Outcome> {
  const { clock } = services;
  const due = clock.now();
  const alone: Services = { ...services, queue: { send: async () => {} } };
  for (;;) {
    const [outcome] = await captureBatch({ checks: [{ watchId, due, asked: true }] }, alone);
    if (!outcome) throw new Error(`no outcome for ${watchId}`);
    if (outcome.kind !== "deferred") return outcome;
    const waitSeconds = Math.max(0.05, (Date.parse(outcome.until) - Date.parse(clock.now())) / 1000);
    if (waitSeconds >= WORTH_TELLING_SECONDS) tell(`waiting ${Math.ceil(waitSeconds)} s for our turn with the host …`);
    await clock.sleep(waitSeconds);
  }
}

const WORTH_TELLING_SECONDS = 2;

/** The clock rings every minute, and the first start of a function takes its time. */
const STACK_STAGE_SECONDS = 300;

function stackDeployment(services: StackServices): Deployment {
  return {
    services,
    // The clock rings every minute at the latest; three missed rings are no coincidence.
    heartbeat: { longestSeconds: 180, whenSilent: "docs/runbook.md tells what to look at" },
    async captureNow(watchId) {
      const now = services.clock.now();
      await services.ledger.requestCheck(watchId, now, now);
      return { watchId, kind: "requested" };
    },
    operatorLink: () => services.operatorLink,
    enrolLink: () => null,
    checkMail: (to) => checkMailOnAws(services.mailFrom, to),
    async testBed(subscription) {
      const { ledger, settings } = services;
      const room = settings.readingRoomUrl;
      if (room === null) throw new CommandFailed("the stack has no reading room that could serve the test's page");
      // One that was made for the test alone is there for as long as it lasts.
      const isOwn = (await ledger.subscription(subscription.id))?.status !== "active";
      if (isOwn && !(await ledger.addSubscription(subscription))) {
        await ledger.changeSubscription(subscription.id, { status: "active", reason: null });
      }
      return {
        services: { ...services, newId: randomUUID },
        room,
        stageSeconds: STACK_STAGE_SECONDS,
        lookSeconds: 2,
        async close() {
          if (isOwn) await unsubscribe(subscription.id, "was for a self-test alone", services);
        },
      };
    },
    close: () => {},
  };
}
