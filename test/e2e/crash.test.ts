import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { startHarbourScenario } from "../fixtures/scenario/harbour.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { runScenario } from "./acceptance.ts";
import { CONFIRMATION_SECONDS, GAP_SECONDS, type LocalMonitor, localMonitor } from "./local-monitor.ts";

const MINUTES = 60_000;
const KILLS = 50;

/** A scenario takes about a minute undisturbed; the kills are spread over most of it. */
const SECONDS_BETWEEN_KILLS = { least: 0.3, most: 4 };

describe("a monitor that is killed", () => {
  const opened: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
  });

  /** The scenario holds every step against the truth: nothing lost, nothing doubled, nothing told twice. */
  async function watchThrough(monitor: LocalMonitor): Promise<void> {
    const scenario = await startHarbourScenario({ seed: 11 });
    opened.push(
      () => monitor.dispose(),
      () => scenario.publisher.close(),
    );
    const pace = { confirmationSeconds: CONFIRMATION_SECONDS, gapSeconds: GAP_SECONDS, patience: 4 };
    await runScenario({ scenario, monitor, ...pace }).catch((error: Error) => {
      const kills = killsIn(monitor.folder).slice(-20).join("\n");
      const said = monitor.output().slice(-4000);
      throw new Error(`${error.message}\n\nThe last kills:\n${kills}\n\nThe monitor said last:\n${said}`);
    });
  }

  it(
    `loses and doubles nothing when it is killed at ${KILLS} seeded moments`,
    async () => {
      const monitor = localMonitor();
      const random = seededRandom(2026);
      let kills = 0;
      let over = false;
      const killing = (async () => {
        while (!over && kills < KILLS) {
          const { least, most } = SECONDS_BETWEEN_KILLS;
          await sleep(1000 * (least + random() * (most - least)));
          if (over || monitor.starts() === 0) continue;
          await monitor.killAndRestart();
          kills += 1;
        }
      })();
      await watchThrough(monitor).finally(() => {
        over = true;
      });
      await killing;
      expect(kills).toBe(KILLS);
    },
    10 * MINUTES,
  );

  it(
    "loses and doubles nothing when it dies once before and once after each kind of its writes",
    async () => {
      const monitor = localMonitor({ program: "test/e2e/crashing-monitor.ts", revive: true });
      await watchThrough(monitor);
      const kills = killsIn(monitor.folder);
      const often = kills.filter((moment) => !SELDOM.test(moment));
      const kinds = new Set(often.map((moment) => moment.split(" ").slice(0, 2).join(" ")));
      expect([...kinds].toSorted()).toEqual(EVERY_KIND);
      expect(monitor.starts()).toBeGreaterThanOrEqual(kills.length);
    },
    15 * MINUTES,
  );
});

/** Writes that come too seldom to be counted on: a turn that outlasts its gap, a confirmation sooner than the next check. */
const SELDOM = /\b(extendHost|requestCheck)\b/;

/** Each write of each port, before and after. */
const EVERY_KIND = ["after", "before"].flatMap((moment) =>
  [
    "derived.keep",
    "evidence.keep",
    "ledger.addNotice",
    "ledger.addSubscription",
    "ledger.beginTelling",
    "ledger.claimHost",
    "ledger.claimNotice",
    "ledger.gather",
    "ledger.markTold",
    "ledger.recordCapture",
    "ledger.recordEvent",
    "ledger.recordRevision",
    "ledger.recordRobots",
    "ledger.recordTick",
    "ledger.settle",
    "ledger.settleNotice",
    "ledger.takeTurn",
    "noticeQueue.send",
    "notifier.deliver",
    "queue.send",
  ].map((write) => `${moment} ${write}`),
);

function killsIn(folder: string): string[] {
  const file = join(folder, "kills.txt");
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8").trim().split("\n");
}
