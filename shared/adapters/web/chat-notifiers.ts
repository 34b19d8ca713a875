import { discordMessage } from "../../notices/chat/discord.ts";
import { slackMessage } from "../../notices/chat/slack.ts";
import { teamsMessage } from "../../notices/chat/teams.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Message } from "../../ports/message.ts";
import type { Notifier } from "../../ports/notifier.ts";
import { deliveryOf, type Refusals } from "./delivery-answer.ts";
import { type PosterOptions, post } from "./post.ts";

interface Chat extends Refusals {
  /** What the service takes by one webhook. */
  readonly limit: NonNullable<Notifier["limit"]>;
  readonly channel: "slack" | "discord" | "teams";
  bodyOf(message: Message): Promise<string>;
  /** What the webhook's URL is asked with beside its own. */
  readonly query?: Readonly<Record<string, string>>;
}

/** A form that the service refuses is refused again. */
const REFUSED_FORM: ReadonlySet<number> = new Set([400, 413, 422]);
const isFinal = (status: number): boolean => REFUSED_FORM.has(status);

/** Slack's words for a webhook or a channel that is no more. */
const SLACK_GONE =
  /^(channel_not_found|channel_is_archived|no_service|no_service_id|no_active_hooks|no_team|team_disabled|invalid_token)\b/;

/** What each chat makes of a message, and how it says no. */
const CHATS: readonly Chat[] = [
  {
    channel: "slack",
    bodyOf: slackMessage,
    // A message a second, and short bursts: https://docs.slack.dev/apis/web-api/rate-limits
    limit: { deliveries: 10, seconds: 10 },
    isGone: (status, body) => status === 410 || SLACK_GONE.test(body),
    isFinal,
  },
  // 10015 unknown webhook, 50027 invalid webhook token: Discord asks not to try these again. Without `wait` it answers
  // that all is well before the message is saved, and tells of none that was not.
  {
    channel: "discord",
    bodyOf: discordMessage,
    // As its users report: five in two seconds, thirty a minute in one channel. That many, evenly; its answers say more.
    limit: { deliveries: 5, seconds: 10 },
    query: { wait: "true" },
    isGone: (status, body) => status === 404 || (status === 401 && /"code":\s*50027\b/.test(body)),
    isFinal,
  },
  // A workflow that was deleted answers 404; one that is switched off may be switched on again.
  {
    channel: "teams",
    bodyOf: teamsMessage,
    // Four requests a second, as for incoming webhooks; what a workflow takes may be less, and its answers say so.
    limit: { deliveries: 20, seconds: 5 },
    isGone: (status, body) => status === 410 || (status === 404 && /WorkflowNotFound/i.test(body)),
    isFinal,
  },
];

/** Brings notices to the incoming webhooks of Slack, Discord and Teams; a subscription's address is the webhook's URL. */
export const chatNotifiers = (options: PosterOptions & { readonly clock: Clock }): readonly Notifier[] =>
  CHATS.map(({ channel, bodyOf, limit, query = {}, ...refusals }) => ({
    channel,
    limit,
    async deliver(message) {
      const { address } = message.subscription;
      const posted = await post(askedWith(address, query), { body: await bodyOf(message) }, options);
      return deliveryOf(posted, URL.parse(address)?.host ?? "", refusals, Date.parse(options.clock.now()));
    },
  }));

function askedWith(address: string, query: Readonly<Record<string, string>>): string {
  const url = URL.parse(address);
  if (!url) return address;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
