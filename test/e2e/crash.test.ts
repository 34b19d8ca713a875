import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { folderPaths } from "../../functions/runtime/local.ts";
import { happeningKey } from "../../shared/domain/happening.ts";
import { addressDigest } from "../../shared/domain/subscription.ts";
import { toInstant } from "../../shared/domain/time.ts";
import { startHarbourScenario } from "../fixtures/scenario/harbour.ts";
import { WRITES } from "../support/port-writes.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { runScenario } from "./acceptance.ts";
import { killsIn } from "./kills.ts";
import { CONFIRMATION_SECONDS, GAP_SECONDS, type LocalMonitor, localMonitor } from "./local-monitor.ts";
import {
  type Arrival,
  FAR_CHANNELS,
  happeningsIn,
  noticeIn,
  openReceivers,
  type Receivers,
  subscribeHook,
  unexplainedRepeats,
} from "./receivers.ts";
import { startRotatingSite } from "./rotating-site.ts";

const MINUTES = 60_000;
const KILLS = 50;

/** A scenario takes about a minute undisturbed; the kills are spread over most of it. */
const SECONDS_BETWEEN_KILLS = { least: 0.3, most: 4 };

describe("a monitor that is killed", () => {
  const opened: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
  });

  /** A monitor with a receiver at the end of every channel, which lives on when the monitor dies. */
  async function open(options: Parameters<typeof localMonitor>[0] = {}) {
    const receivers = await openReceivers();
    opened.push(receivers.close);
    const monitor = localMonitor({ ...options, environment: receivers.environment });
    opened.push(() => monitor.dispose());
    await receivers.subscribe(monitor.ledger);
    return { monitor, receivers };
  }

  /** The scenario holds every step against the truth: nothing lost, nothing doubled, nothing told twice. */
  async function watchThrough(monitor: LocalMonitor): Promise<void> {
    const scenario = await startHarbourScenario({ seed: 11 });
    opened.push(() => scenario.publisher.close());
    // Most deaths around the kinds of writes come in the first steps, two seconds each: some two hundred in all.
    const pace = { confirmationSeconds: CONFIRMATION_SECONDS, gapSeconds: GAP_SECONDS, patience: 12 };
    await runScenario({ scenario, monitor, ...pace }).catch((error: Error) => {
      const kills = killsIn(monitor.folder)
        .slice(-20)
        .map(({ moment }) => moment);
      const said = monitor.output().slice(-4000);
      throw new Error(`${error.message}\n\nThe last kills:\n${kills.join("\n")}\n\nThe monitor said last:\n${said}`);
    });
  }

  it(
    `loses nothing and repeats no more than it must, in any channel, when it is killed at ${KILLS} seeded moments`,
    async () => {
      const { monitor, receivers } = await open();
      const random = seededRandom(2026);
      const deaths: number[] = [];
      let over = false;
      const killing = (async () => {
        while (!over && deaths.length < KILLS) {
          const { least, most } = SECONDS_BETWEEN_KILLS;
          await sleep(1000 * (least + random() * (most - least)));
          if (over || monitor.starts() === 0) continue;
          deaths.push(await monitor.killAndRestart());
        }
      })();
      await watchThrough(monitor).finally(() => {
        over = true;
      });
      await killing;
      expect(deaths).toHaveLength(KILLS);
      await heardEverywhere(receivers, monitor, deaths);
    },
    10 * MINUTES,
  );

  it(
    "loses nothing and repeats no more than it must when it dies once before and once after each kind of its writes",
    async () => {
      const { monitor, receivers } = await open({ program: "test/e2e/crashing-monitor.ts", revive: true });
      const { ledger, folder } = monitor;
      const rotating = await startRotatingSite();
      const digest = await subscribeHook(ledger, "digest", { rhythm: daily(SOON_MS) });
      const gone = await subscribeHook(ledger, "gone", {}, { status: 410 });
      const failing = await subscribeHook(ledger, "failing", {}, { status: 503 });
      opened.push(rotating.close, digest.close, gone.close, failing.close);
      const recovering = (async () => {
        while ((await ledger.addressHealth(addressDigest(failing.subscription))) === null) await sleep(100);
        failing.answers({ status: 200 });
      })();
      let over = false;
      const movingOn = (async () => {
        for (; !over; await sleep(10_000)) await ledger.changeSubscription("digest", { rhythm: daily(SOON_MS) });
      })();
      await monitor.add(rotating.url);
      await watchThrough(monitor).finally(() => {
        over = true;
      });
      await Promise.all([recovering, movingOn]);
      const deaths = () => killsIn(folder).map(({ at }) => at);

      // What rotates is told where dying took longer than twenty confirmations: then by every channel, like the rest.
      const told = await heardEverywhere(receivers, monitor, deaths);
      const brought = async () =>
        (await ledger.noticesOf("failing", { limit: 100 })).rows.filter(({ state }) => state === "delivered");
      await until(async () => (await brought()).length >= told.length);
      expect(
        happeningsIn(
          (await brought()).map(({ id }) => id),
          "failing",
        ),
      ).toEqual(told);

      // Whoever takes digests of one id for one has the first of them.
      const digests = () => digest.requests.map((request) => ({ ...noticeIn(request), at: request.at }));
      const inDigests = () =>
        [
          ...new Map(
            digests()
              .toReversed()
              .map((one) => [one.id, one]),
          ).values(),
        ]
          .flatMap(({ happenings }) => happenings.map(happeningKey))
          .sort();
      await until(() => inDigests().length >= told.length);
      expect(inDigests()).toEqual(told);
      expect(unexplainedRepeats(digests(), deaths())).toEqual([]);

      await until(async () => (await ledger.subscription("gone"))?.status === "suspended");
      expect(await ledger.subscription("gone")).toMatchObject({ status: "suspended" });
      expect(
        unexplainedRepeats(
          gone.requests.map(({ at }) => ({ id: "any", at })),
          deaths(),
        ),
      ).toEqual([]);
      const troubles = readdirSync(folderPaths(folder).outbox).filter((name) => /suspended-gone-.*\.eml$/.test(name));
      expect(troubles).toHaveLength(1);

      const killed = new Set(killsIn(folder).map(({ moment }) => moment.split(" ").slice(0, 2).join(" ")));
      const counted = [...killed].filter((moment) => !moment.endsWith(" ledger.requestCheck"));
      expect(counted.toSorted()).toEqual(EVERY_MOMENT);
      expect(monitor.starts()).toBeGreaterThanOrEqual(deaths().length);
    },
    25 * MINUTES,
  );
});

/** Writes that follow from an operator's command or from a channel that has none here; see dying.test.ts. */
const NOT_HERE = [
  "ledger.requestCheck", // comes where a confirmation is wanted sooner than the next check, which is a matter of moments
  "ledger.addWatch",
  "ledger.changeWatch",
  "ledger.saveFilter",
  "ledger.recordRestriction",
  "ledger.redriveNotice",
  "ledger.recordPost",
];

/** Before and after each write of each port that a running monitor makes. */
const EVERY_MOMENT = ["after", "before"].flatMap((moment) =>
  Object.entries(WRITES)
    .flatMap(([port, writes]) => Object.keys(writes).map((write) => `${port}.${write}`))
    .filter((write) => !NOT_HERE.includes(write))
    .toSorted()
    .map((write) => `${moment} ${write}`),
);

/** What gathers is told that soon or a little later: as a day goes by whose digest is moved on and on. */
const SOON_MS = MINUTES;

const daily = (afterMs: number) =>
  ({
    kind: "daily",
    timeZone: "UTC",
    at: toInstant(Math.ceil((Date.now() + afterMs) / MINUTES) * MINUTES).slice(11, 16),
    weekday: 1,
    rest: "nothing",
  }) as const;

/**
 * Every channel's reader has each notice that the outbox holds, which the steps were held against: each once when those
 * that came under the same key are taken for one, and none more often than the monitor died under it.
 *
 * @returns the happenings that were told, sorted
 */
async function heardEverywhere(
  receivers: Receivers,
  monitor: LocalMonitor,
  deaths: readonly number[] | (() => readonly number[]),
): Promise<readonly string[]> {
  const ids = (await monitor.notices()).map(({ id }) => id);
  const told = happeningsIn(new Set(ids), "outbox");
  const heard = async () =>
    Object.entries(await receivers.arrivals()).map(
      ([channel, arrivals]) => [channel, happeningsIn(new Set(arrivals.map(({ id }) => id)), channel)] as const,
    );
  await until(async () => (await heard()).every(([, happenings]) => happenings.length >= told.length));
  expect(Object.fromEntries(await heard())).toEqual(Object.fromEntries(FAR_CHANNELS.map((channel) => [channel, told])));
  const died = typeof deaths === "function" ? deaths() : deaths;
  const repeated = Object.entries(await receivers.arrivals()).map(
    ([channel, arrivals]: readonly [string, readonly Arrival[]]) => [channel, unexplainedRepeats(arrivals, died)],
  );
  expect(Object.fromEntries(repeated)).toEqual(Object.fromEntries(FAR_CHANNELS.map((channel) => [channel, []])));
  return told;
}

/** Waits until it holds, or for so long that it never will: what was told last may be on its way, or be tried again. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 6 * MINUTES;
  while (!(await holds()) && performance.now() < deadline) await sleep(200);
}
