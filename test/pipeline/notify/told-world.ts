import type { Channel } from "../../../shared/domain/channel.ts";
import type { Subscription } from "../../../shared/domain/subscription.ts";
import { fanOut } from "../../../shared/pipeline/notify/fan-out.ts";
import { requeue } from "../../../shared/pipeline/notify/requeue.ts";
import { sendNotices } from "../../../shared/pipeline/notify/send.ts";
import type { Services } from "../../../shared/pipeline/services.ts";
import type { Message } from "../../../shared/ports/message.ts";
import type { NoticeMessage } from "../../../shared/ports/notice-queue.ts";
import type { Delivery, Notifier } from "../../../shared/ports/notifier.ts";
import { aSubscription } from "../../support/messages.ts";
import { CONFIRMATION_SECONDS, type PipelineWorld, pipelineWorld } from "../../support/pipeline-world.ts";
import { pageOf } from "../../support/scripted-web.ts";

export const LATER: Delivery = { kind: "failed", detail: "503", retryable: true };
export const NEVER: Delivery = { kind: "failed", detail: "400", retryable: false };
export const GONE: Delivery = { kind: "failed", detail: "410 Gone", retryable: false, gone: true };
export const DELIVERED: Delivery = { kind: "delivered" };

/** A page that tells for how many days; each number is another text. */
export const page = (days: string, quote = '"') => ({
  body: pageOf({
    headline: "Bridge closed",
    paragraphs: [
      `The harbour bridge will stay closed for ${days} days while divers look at its middle pier, the port office said.`,
      `Ferries run every twenty minutes from the fish market to the grain quay, ${quote}as long as it takes${quote}.`,
    ],
  }),
});

export interface ToldWorld extends PipelineWorld {
  /** Messages that arrived, by the address of their subscription. */
  readonly arrived: { readonly address: string; readonly message: Message }[];
  /** Deliveries begun, whatever came of them. */
  readonly attempts: string[];
  /** What an address answers from now on; others take everything. */
  answer(address: string, delivery: Delivery | ((message: Message) => Promise<Delivery>)): void;
  subscribe(given: Partial<Subscription>): Promise<Subscription>;
  /** A new page with a first capture. */
  open(url: string): Promise<void>;
  /** Edits the page, captures it, and captures it again so that it may be told. */
  edit(url: string, days: string, quote?: string): Promise<void>;
  /** One round: fan out, requeue, send. `services` may be broken on purpose. */
  round(services?: Services): Promise<void>;
}

/** A pipeline whose receivers answer as they are told to. */
export function toldWorld(given: Parameters<typeof pipelineWorld>[0] = {}): ToldWorld {
  const world = pipelineWorld(given);
  const arrived: ToldWorld["arrived"] = [];
  const attempts: string[] = [];
  const answers = new Map<string, Delivery | ((message: Message) => Promise<Delivery>)>();
  const queued: NoticeMessage[] = [];
  const notifier = (channel: Channel): Notifier => ({
    channel,
    async deliver(message) {
      const { address } = message.subscription;
      attempts.push(message.id);
      const answer = answers.get(address) ?? DELIVERED;
      const delivery = typeof answer === "function" ? await answer(message) : answer;
      if (delivery.kind === "delivered") arrived.push({ address, message });
      return delivery;
    },
  });
  const services: Services = {
    ...world.services,
    notifiers: [notifier("webhook"), notifier("email")],
    noticeQueue: {
      async send(messages) {
        queued.push(...messages);
      },
    },
  };
  return {
    ...world,
    services,
    arrived,
    attempts,
    answer: (address, delivery) => void answers.set(address, delivery),
    async subscribe(given) {
      const id = given.id ?? "desk";
      const subscription = aSubscription({ address: `https://hooks.example/${id}`, ...given });
      await services.ledger.addSubscription(subscription);
      return subscription;
    },
    async open(url) {
      world.web.set(url, page("three"));
      await world.follow(url);
      await world.capture(url, 0);
    },
    async edit(url, days, quote) {
      world.web.set(url, page(days, quote));
      await world.capture(url);
      await world.capture(url, CONFIRMATION_SECONDS + 1);
    },
    async round(own = services) {
      await fanOut(own);
      await requeue(own);
      for (const message of queued.splice(0)) await sendNotices(message, own);
    },
  };
}

export const untold = async ({ services }: PipelineWorld): Promise<number> =>
  (await services.ledger.outbox({ limit: 99 })).rows.length;
