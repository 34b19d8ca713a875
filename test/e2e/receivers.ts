import { ENV } from "../../shared/config.ts";
import type { Channel } from "../../shared/domain/channel.ts";
import type { NoticeId } from "../../shared/domain/notice.ts";
import { SUBSCRIPTION_DEFAULTS, type Subscription, type SubscriptionId } from "../../shared/domain/subscription.ts";
import { toInstant } from "../../shared/domain/time.ts";
import type { NoticeJson } from "../../shared/notices/notice-json.ts";
import { contentAsText } from "../../shared/notices/text.ts";
import type { SubscriptionLedger } from "../../shared/ports/notice-ledger.ts";
import { type CHAT_SCHEMAS, noticeIdIn, readChat } from "../support/chat-schemas.ts";
import { type HookAnswer, type HookReceiver, type Received, startHookReceiver } from "../support/hook-receiver.ts";
import { startMailServer } from "../support/mail-server.ts";

/** A message as it came to its reader; one that was repeated comes again. */
export interface Arrival {
  readonly id: NoticeId;
  /** Milliseconds. */
  readonly at: number;
  /** What a person reads. */
  readonly text: string;
}

/** Where a channel ends: in the test's process, whatever becomes of the monitor's. */
interface ReadersEnd {
  readonly address: string;
  /** What the monitor must be told to reach it. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Oldest first. */
  arrivals(): Promise<readonly Arrival[]>;
  close(): Promise<void>;
}

const hookEnd = (read: (request: Received) => Pick<Arrival, "id" | "text">) => async (): Promise<ReadersEnd> => {
  const { url: address, requests, close } = await startHookReceiver();
  return { address, close, arrivals: async () => requests.map((request) => ({ ...read(request), at: request.at })) };
};

const chatEnd = (chat: keyof typeof CHAT_SCHEMAS) =>
  hookEnd(({ body }) => ({ id: noticeIdIn(chat, body) ?? "", text: readChat(chat, body) }));

async function mailEnd(): Promise<ReadersEnd> {
  const { url, mails, close } = await startMailServer();
  return {
    address: "desk@newsroom.example",
    environment: { [ENV.smtpUrl]: url, [ENV.mailFrom]: "Variorum <monitor@news.example>" },
    close,
    arrivals: async () =>
      (await mails()).map(({ at, parsed }) => ({
        id: parsed.messageId?.replace(/^<|@news\.example>$/g, "") ?? "",
        at,
        text: parsed.text ?? "",
      })),
  };
}

/** The notice that a webhook was posted. */
export const noticeIn = ({ body }: Received): NoticeJson => JSON.parse(body).data;

/** Every channel of a monitor on one machine that leads out of it. */
const ENDS = {
  email: mailEnd,
  slack: chatEnd("slack"),
  discord: chatEnd("discord"),
  teams: chatEnd("teams"),
  webhook: hookEnd((request) => ({
    id: String(request.headers["webhook-id"]),
    text: contentAsText(noticeIn(request).content),
  })),
} satisfies Partial<Record<Channel, () => Promise<ReadersEnd>>>;

export type FarChannel = keyof typeof ENDS;

export const FAR_CHANNELS = Object.keys(ENDS) as readonly FarChannel[];

/**
 * The others: a terminal shows no keys, the folder is what the far ones are measured by, and what is posted in public is
 * counted out by the half-hour, less than a monitor needs that dies and dies.
 */
export const OTHER_CHANNELS = ["console", "outbox", "mastodon", "bluesky"] as const satisfies readonly Channel[];

export interface Receivers {
  readonly environment: Readonly<Record<string, string>>;
  /** Subscribes every channel to everything, each under its own name. */
  subscribe(ledger: SubscriptionLedger): Promise<void>;
  arrivals(): Promise<Readonly<Record<FarChannel, readonly Arrival[]>>>;
  close(): Promise<void>;
}

export async function openReceivers(): Promise<Receivers> {
  const ends = await Promise.all(FAR_CHANNELS.map(async (channel) => [channel, await ENDS[channel]()] as const));
  return {
    environment: Object.assign({}, ...ends.map(([, { environment }]) => environment)),
    async subscribe(ledger) {
      for (const [channel, { address }] of ends) await add(ledger, subscriptionTo(channel, channel, address));
    },
    arrivals: async () =>
      Object.fromEntries(
        await Promise.all(ends.map(async ([channel, end]) => [channel, await end.arrivals()] as const)),
      ) as Record<FarChannel, readonly Arrival[]>,
    close: async () => void (await Promise.all(ends.map(([, { close }]) => close()))),
  };
}

/** Adds a subscription of a webhook that answers so. */
export async function subscribeHook(
  ledger: SubscriptionLedger,
  id: SubscriptionId,
  given: Partial<Subscription> = {},
  answer?: HookAnswer,
): Promise<HookReceiver & { readonly subscription: Subscription }> {
  const receiver = await startHookReceiver(answer);
  const subscription = { ...subscriptionTo(id, "webhook", receiver.url), ...given };
  await add(ledger, subscription);
  return { ...receiver, subscription };
}

async function add(ledger: SubscriptionLedger, subscription: Subscription): Promise<void> {
  if (!(await ledger.addSubscription(subscription))) throw new Error(`there is a subscription ${subscription.id}`);
}

export const subscriptionTo = (id: SubscriptionId, channel: Channel, address: string): Subscription => ({
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
export const happeningIn = (id: NoticeId, subscription: SubscriptionId): string | null =>
  id.startsWith(`${subscription}.`) ? null : id.slice(0, -`.${subscription}`.length);

/** The happenings that these notices tell one by one, sorted; as often as they are told. */
export const happeningsIn = (ids: Iterable<NoticeId>, subscription: SubscriptionId): readonly string[] =>
  [...ids]
    .map((id) => happeningIn(id, subscription))
    .filter((key) => key !== null)
    .sort();

/** What stands in the socket of a process that dies may be read a moment after its death. */
const STILL_UNDER_WAY_MS = 1000;

/**
 * The repetitions among what came to one subscription that no death explains. Each death explains one: of what was under
 * way when it came, to a subscription that is sent one notice at a time.
 *
 * @param deaths - when the monitor died, in milliseconds
 */
export function unexplainedRepeats(
  arrivals: readonly Pick<Arrival, "id" | "at">[],
  deaths: readonly number[],
): readonly NoticeId[] {
  const left = deaths.toSorted((a, b) => a - b);
  const last = new Map<NoticeId, number>();
  return arrivals.flatMap(({ id, at }) => {
    const before = last.get(id);
    last.set(id, at);
    if (before === undefined) return [];
    const death = left.findIndex((died) => died >= before - STILL_UNDER_WAY_MS && died <= at);
    if (death >= 0) left.splice(death, 1);
    return death >= 0 ? [] : [id];
  });
}
