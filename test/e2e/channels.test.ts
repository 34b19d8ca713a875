import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { ENV } from "../../shared/config.ts";
import type { Channel } from "../../shared/domain/channel.ts";
import { SUBSCRIPTION_DEFAULTS, type Subscription } from "../../shared/domain/subscription.ts";
import { toInstant } from "../../shared/domain/time.ts";
import { startHarbourScenario } from "../fixtures/scenario/harbour.ts";
import { readChat } from "../support/chat-schemas.ts";
import { type HookAnswer, type HookReceiver, startHookReceiver } from "../support/hook-receiver.ts";
import { startMailServer } from "../support/mail-server.ts";
import { type SocialServer, startBlueskyServer, startMastodonServer } from "../support/social-servers.ts";
import { runScenario } from "./acceptance.ts";
import { CONFIRMATION_SECONDS, GAP_SECONDS, localMonitor } from "./local-monitor.ts";

const MINUTES = 60_000;
const DESK = "desk@newsroom.example";

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function receiver(answer?: HookAnswer): Promise<HookReceiver> {
  const started = await startHookReceiver(answer);
  opened.push(started.close);
  return started;
}

const subscriptionTo = (id: string, channel: Channel, address: string): Subscription => ({
  id,
  channel,
  address,
  selector: "everything",
  ...SUBSCRIPTION_DEFAULTS,
  perHour: 1000,
  status: "active",
  created: toInstant(Date.now()),
});

/** The happening that a notice's id names; null for what is told together, which is no matter of minutes. */
const happeningIn = (id: string, subscription: string): string | null =>
  id.startsWith(subscription) ? null : id.slice(0, -`.${subscription}`.length);

const happeningsIn = (ids: readonly string[], subscription: string): string[] =>
  ids
    .map((id) => happeningIn(id, subscription))
    .filter((key) => key !== null)
    .sort();

it(
  "delivers by every channel at once what the steps expect, whatever other receivers do",
  async () => {
    const mail = await startMailServer();
    opened.push(mail.close);
    const monitor = localMonitor({
      environment: { [ENV.smtpUrl]: mail.url, [ENV.mailFrom]: "Variorum <monitor@news.example>", [ENV.mailTo]: DESK },
    });
    const scenario = await startHarbourScenario({ seed: 11 });
    opened.push(
      () => monitor.dispose(),
      () => scenario.publisher.close(),
    );
    const [slack, discord, teams, hook] = [await receiver(), await receiver(), await receiver(), await receiver()];
    const [mastodon, bluesky] = [await startMastodonServer(), await startBlueskyServer()];
    opened.push(mastodon.close, bluesky.close);
    const account = (channel: "mastodon" | "bluesky", { address, secret }: SocialServer): Subscription => ({
      ...subscriptionTo(channel, channel, address),
      secret,
    });
    const [failing, gone, slow] = [
      await receiver({ status: 500 }),
      await receiver({ status: 410 }),
      await receiver("silence"),
    ];
    for (const subscription of [
      subscriptionTo("slack", "slack", slack.url),
      subscriptionTo("discord", "discord", discord.url),
      subscriptionTo("teams", "teams", teams.url),
      subscriptionTo("slow", "webhook", slow.url),
      subscriptionTo("failing", "webhook", failing.url),
      subscriptionTo("gone", "webhook", gone.url),
      subscriptionTo("hook", "webhook", hook.url),
      account("mastodon", mastodon),
      account("bluesky", bluesky),
    ]) {
      expect(await monitor.ledger.addSubscription(subscription)).toBe(true);
    }

    await runScenario({ scenario, monitor, confirmationSeconds: CONFIRMATION_SECONDS, gapSeconds: GAP_SECONDS });

    const told = happeningsIn(
      (await monitor.notices()).map(({ id }) => id),
      "outbox",
    );
    expect(told.length).toBeGreaterThan(5);
    const received = async () => ({
      mail: happeningsIn(
        (await mail.mails()).map(({ parsed }) => parsed.messageId?.replace(/^<|@news\.example>$/g, "") ?? ""),
        "mail",
      ),
      slack: happeningsIn(
        slack.requests.map(({ body }) => JSON.parse(body).blocks[0].block_id),
        "slack",
      ),
      discord: discord.requests.filter(({ body }) => !readChat("discord", body).includes("Digest:")).length,
      teams: happeningsIn(
        teams.requests.map(({ body }) => JSON.parse(body).attachments[0].content.body[0].id),
        "teams",
      ),
      hook: happeningsIn(
        hook.requests.map(({ headers }) => String(headers["webhook-id"])),
        "hook",
      ),
      mastodon: mastodon.posts.length,
      bluesky: bluesky.posts.length,
    });
    const posts = told.length;
    const expected = {
      mail: told,
      slack: told,
      discord: posts,
      teams: told,
      hook: told,
      mastodon: posts,
      bluesky: posts,
    };
    // What was told last may be on its way to some of them yet.
    for (let tries = 0; tries < 100 && JSON.stringify(await received()) !== JSON.stringify(expected); tries += 1)
      await sleep(100);
    expect(await received()).toEqual(expected);

    const standing = async (id: string) =>
      (await monitor.ledger.noticesOf(id, { limit: 100 })).rows.filter((notice) => happeningIn(notice.id, id) !== null);
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
