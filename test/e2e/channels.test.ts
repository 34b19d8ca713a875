import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { localRuntime } from "../../functions/runtime/local.ts";
import { environmentSettings } from "../../functions/runtime/settings.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import { startHarbourScenario } from "../fixtures/scenario/harbour.ts";
import type { Scenario, Wording } from "../support/scenario.ts";
import { startBlueskyServer, startMastodonServer } from "../support/social-servers.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { runScenario } from "./acceptance.ts";
import { CONFIRMATION_SECONDS, GAP_SECONDS, localMonitor } from "./local-monitor.ts";
import {
  FAR_CHANNELS,
  happeningIn,
  happeningsIn,
  OTHER_CHANNELS,
  openReceivers,
  subscribeHook,
  subscriptionTo,
} from "./receivers.ts";

const MINUTES = 60_000;

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

it("has a receiver for every channel of a monitor on one machine", async () => {
  const receivers = await openReceivers();
  opened.push(receivers.close);
  const log = { info: () => {}, warn: () => {} };
  const runtime = localRuntime(temporaryFolder(), environmentSettings(receivers.environment), { log, write: () => {} });
  const channels = runtime.services.notifiers.map(({ channel }) => channel);
  runtime.close();
  expect(channels.toSorted()).toEqual([...FAR_CHANNELS, ...OTHER_CHANNELS].toSorted());
});

describe("a scenario by every channel at once", () => {
  it(
    "is told as its steps expect, in readable words, whatever other receivers do",
    async () => {
      const receivers = await openReceivers();
      opened.push(receivers.close);
      const monitor = localMonitor({ environment: receivers.environment });
      const scenario = await startHarbourScenario({ seed: 11 });
      opened.push(
        () => monitor.dispose(),
        () => scenario.publisher.close(),
      );
      const failing = await subscribeHook(monitor.ledger, "failing", {}, { status: 500 });
      const gone = await subscribeHook(monitor.ledger, "gone", {}, { status: 410 });
      const slow = await subscribeHook(monitor.ledger, "slow", {}, "silence");
      opened.push(failing.close, gone.close, slow.close);
      await receivers.subscribe(monitor.ledger);
      const social = { mastodon: await startMastodonServer(), bluesky: await startBlueskyServer() };
      for (const [channel, { address, secret, close }] of Object.entries(social)) {
        opened.push(close);
        await monitor.ledger.addSubscription({
          ...subscriptionTo(channel, channel as keyof typeof social, address),
          secret,
        });
      }

      await runScenario({ scenario, monitor, confirmationSeconds: CONFIRMATION_SECONDS, gapSeconds: GAP_SECONDS });

      const ids = (await monitor.notices()).map(({ id }) => id);
      const told = happeningsIn(ids, "outbox");
      expect(told.length).toBeGreaterThan(5);
      const expected = {
        ...Object.fromEntries(FAR_CHANNELS.map((channel) => [channel, told])),
        mastodon: told.length,
        bluesky: told.length,
      };
      const received = async () => ({
        ...Object.fromEntries(
          Object.entries(await receivers.arrivals()).map(([channel, arrivals]) => [
            channel,
            happeningsIn(
              arrivals.map(({ id }) => id),
              channel,
            ),
          ]),
        ),
        mastodon: social.mastodon.posts.length,
        bluesky: social.bluesky.posts.length,
      });
      // What was told last may be on its way to some of them yet.
      for (let tries = 0; tries < 100 && JSON.stringify(await received()) !== JSON.stringify(expected); tries += 1)
        await sleep(100);
      expect(await received()).toEqual(expected);

      const wordings = wordingsOf(scenario);
      for (const [channel, arrivals] of Object.entries(await receivers.arrivals())) {
        const unread = arrivals.flatMap(({ id, text }) => {
          const words = (wordings.get(happeningIn(id, channel) ?? "") ?? []).flatMap(changedWords);
          return words.filter((word) => !text.includes(word)).map((word) => `${id} lacks ${word}`);
        });
        expect(unread, channel).toEqual([]);
        expect(wordings.has(happeningIn(arrivals[0]?.id ?? "", channel) ?? ""), channel).toBe(true);
      }

      const standing = async (id: string) =>
        (await monitor.ledger.noticesOf(id, { limit: 100 })).rows.filter(
          (notice) => happeningIn(notice.id, id) !== null,
        );
      for (const id of ["failing", "slow"]) {
        const notices = await standing(id);
        expect(
          happeningsIn(
            notices.map((notice) => notice.id),
            id,
          ),
        ).toEqual(told);
        expect(new Set(notices.map(({ state }) => state))).toEqual(new Set(["waiting"]));
      }
      expect(await monitor.ledger.subscription("gone")).toMatchObject({ status: "suspended" });
      expect(gone.requests).toHaveLength(1);
      expect(await monitor.stop()).toBe(0);
    },
    6 * MINUTES,
  );
});

/** By a happening's key, what its author changed: phrases before and after. */
function wordingsOf({ publisher, steps }: Scenario): ReadonlyMap<string, readonly Wording[]> {
  return new Map(
    steps.flatMap(({ article, expect: { revision, wordings = [], headline, byline } }) => {
      const changed = [...wordings, headline, byline].filter((wording) => wording !== undefined);
      if (revision === undefined || changed.length === 0) return [];
      return [[`${watchIdOf(publisher.urls[article] ?? "")}.r${revision}`, changed]];
    }),
  );
}

/** The words that stand on one side alone. */
function changedWords({ from, to }: Wording): readonly string[] {
  const [before, after] = [wordsIn(from), wordsIn(to)];
  return [...before.filter((word) => !after.includes(word)), ...after.filter((word) => !before.includes(word))];
}

const SEGMENTER = new Intl.Segmenter("und", { granularity: "word" });
const wordsIn = (text: string): readonly string[] =>
  [...SEGMENTER.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
