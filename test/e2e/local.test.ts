import { afterEach, describe, expect, it } from "vitest";
import { startHarbourScenario } from "../fixtures/scenario/harbour.ts";
import type { Scenario } from "../support/scenario.ts";
import { runScenario } from "./acceptance.ts";
import { CONFIRMATION_SECONDS, GAP_SECONDS, type LocalMonitor, localMonitor } from "./local-monitor.ts";
import { SEED_VARIABLE, seedAbsence, startSeedScenario } from "./seed-publisher.ts";

const MINUTES = 60_000;
const seedFolder = process.env[SEED_VARIABLE];
const absence = seedAbsence(seedFolder);

describe("the monitor on one machine", () => {
  const opened: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
  });

  async function watchThrough(scenario: Scenario): Promise<LocalMonitor> {
    const monitor = localMonitor();
    opened.push(
      () => monitor.dispose(),
      () => scenario.publisher.close(),
    );
    try {
      await runScenario({
        scenario,
        monitor,
        confirmationSeconds: CONFIRMATION_SECONDS,
        gapSeconds: GAP_SECONDS,
      });
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}\n\nThe monitor said:\n${monitor.output()}`);
    }
    return monitor;
  }

  it(
    "reports the harbour blog's life, each step as it was and nothing else",
    async () => {
      const monitor = await watchThrough(await startHarbourScenario({ seed: 7 }));
      expect(await monitor.stop()).toBe(0);
    },
    6 * MINUTES,
  );

  it.skipIf(absence)(
    absence ?? "reports the seed post's life, each step as it was and nothing else",
    async () => {
      const monitor = await watchThrough(await startSeedScenario(seedFolder ?? "", { seed: 7 }));
      expect(await monitor.stop()).toBe(0);
    },
    6 * MINUTES,
  );
});
