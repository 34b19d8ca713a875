import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { Log, Services } from "../../shared/pipeline/services.ts";
import { readingRoom } from "../../shared/reading-room/app.ts";
import type { TestBed } from "../cli/deployment.ts";
import { localRuntime } from "../runtime/local.ts";
import type { EnvironmentSettings } from "../runtime/settings.ts";
import { runMonitor } from "./monitor.ts";
import { serveLocally } from "./serve.ts";
import { localSubscribing, subscriberLinksOf } from "./subscribing.ts";

/** The page is our own, on this machine: nobody minds haste. */
const BRISK = { confirmationSeconds: 1, hostGapSeconds: 0.1, readingRoomUrl: null };
const STAGE_SECONDS = 60;

/**
 * A whole monitor in a folder that goes with the test, so that nothing of it is left among what is watched. What it sends
 * goes by the real monitor's own notifiers, with the settings of this machine.
 */
export async function localTestBed(
  subscription: Subscription,
  { services: real, settings, folder, log }: Real,
): Promise<TestBed> {
  const scratch = mkdtempSync(join(tmpdir(), "variorum-self-test-"));
  const testSettings = { ...settings, ...BRISK, allowAddresses: new Set(["loopback"] as const) };
  const { services, queue, noticeQueue, close } = localRuntime(scratch, testSettings, { log, write: () => {} });
  const { ledger, evidence, derived, clock } = services;
  const room = readingRoom({
    ...{ ledger, evidence, derived, clock, address: null },
    access: { kind: "public" },
    subscribing: { kind: "closed", why: "read-only" },
  });
  const served = await serveLocally(room, 0);
  await ledger.addSubscription(subscription);
  const isKept = (await real.ledger.subscription(subscription.id)) !== null;
  const stop = new AbortController();
  const running = runMonitor(
    {
      ...services,
      notifiers: real.notifiers,
      defaultSubscriptions: [],
      subscriberLinks: isKept ? linksOf(folder, real, settings) : services.subscriberLinks,
    },
    { queue, noticeQueue },
    { signal: stop.signal, onOutcome: () => {} },
  );
  return {
    services,
    room: served.address,
    stageSeconds: STAGE_SECONDS,
    lookSeconds: 0.1,
    async close() {
      stop.abort();
      await running;
      await served.close();
      close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

interface Real {
  readonly services: Services;
  readonly settings: EnvironmentSettings;
  readonly folder: string;
  readonly log: Log;
}

/** As in every mail of the subscription: where the reading room has an address, its links are those that end it. */
function linksOf(folder: string, services: Services, settings: EnvironmentSettings): Services["subscriberLinks"] {
  const { readingRoomUrl } = settings;
  if (readingRoomUrl === null) return services.subscriberLinks;
  return subscriberLinksOf(localSubscribing(folder, services, settings), readingRoomUrl);
}
