import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { watchIdOf } from "../../shared/domain/url.ts";
import { startHarbourScenario } from "../fixtures/scenario/harbour.ts";
import type { Scenario } from "../support/scenario.ts";
import { runScenario } from "./acceptance.ts";
import { type AwsMonitor, awsMonitor } from "./aws-monitor.ts";
import { CONFIRMATION_SECONDS, GAP_SECONDS } from "./local-monitor.ts";
import { SEED_VARIABLE, seedAbsence, startSeedScenario } from "./seed-publisher.ts";

const MINUTES = 60_000;
const seedFolder = process.env[SEED_VARIABLE];
const absence = seedAbsence(seedFolder);

describe("the deployed functions over embedded AWS services", () => {
  let monitor: AwsMonitor;
  let scenario: Scenario | undefined;
  beforeAll(async () => {
    vi.spyOn(process.stdout, "write").mockReturnValue(true); // the functions' own log lines
    monitor = await awsMonitor();
  });
  afterEach(() => scenario?.publisher.close());
  afterAll(async () => {
    vi.restoreAllMocks();
    await monitor.stop();
  });

  async function watchThrough(begun: Scenario): Promise<void> {
    scenario = begun;
    const pace = { confirmationSeconds: CONFIRMATION_SECONDS, gapSeconds: GAP_SECONDS };
    await runScenario({ scenario, monitor, ...pace }).catch((error: Error) => {
      throw new Error([error.message, "", "The functions threw:", ...monitor.errors().map(String)].join("\n"));
    });
    expect(monitor.errors()).toEqual([]);
    for (const url of Object.values(begun.publisher.urls)) await monitor.pause(url);
  }

  it(
    "report the harbour blog's life, each step as it was and nothing else",
    async () => watchThrough(await startHarbourScenario({ seed: 7 })),
    6 * MINUTES,
  );

  it("show it in the reading room", async () => {
    const url = scenario?.publisher.urls.ferry ?? "";
    const home = await monitor.read("/");
    const change = await monitor.read(`/watches/${watchIdOf(url)}/changes/2`);
    expect([home.status, change.status]).toEqual([200, 200]);
    expect(home.body).toContain("<ins");
    expect(change.body).toContain("1.298");
  });

  it("is metered as it works", async () => {
    const { meter } = monitor;
    const now = new Date().toISOString();
    const { checks = 0, invocations = 0, ledgerWrites = 0, archiveWrites = 0 } = await meter.usedBetween(now, now);
    expect(Math.min(checks, invocations, archiveWrites)).toBeGreaterThan(5);
    expect(ledgerWrites).toBeGreaterThan(2 * checks); // docs/access-patterns.md: two for each check at least
  });

  it.skipIf(absence)(
    absence ?? "report the seed post's life, each step as it was and nothing else",
    async () => watchThrough(await startSeedScenario(seedFolder ?? "", { seed: 7 })),
    6 * MINUTES,
  );
});
