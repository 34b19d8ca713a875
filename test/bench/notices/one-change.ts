import { randomUUID } from "node:crypto";
import type { Channel } from "../../../shared/domain/channel.ts";
import { addSeconds } from "../../../shared/domain/time.ts";
import { addWatch } from "../../../shared/pipeline/add-watch.ts";
import { captureBatch } from "../../../shared/pipeline/capture.ts";
import type { Services } from "../../../shared/pipeline/services.ts";
import { aSubscription } from "../../support/messages.ts";
import { pageOf, type ScriptedWeb } from "../../support/scripted-web.ts";

/** What stays the same whichever stores and senders are measured. */
export const PLAIN_SERVICES = {
  queue: { send: async () => {} },
  subscriberLinks: { linksFor: () => ({}) },
  defaultSubscriptions: [],
  rules: [],
  log: { info: () => {}, warn: (message: string, facts?: object) => console.error(message, facts) },
  settings: {
    confirmationSeconds: 0,
    hostGapSeconds: 0,
    burstNotices: 20,
    noticesPerHour: 60,
    contact: "desk@newsroom.example",
    readingRoomUrl: "https://monitor.example",
  },
  newId: randomUUID,
} satisfies Partial<Services>;

/** The scripted web pretends that its answers take half a second: no capture may begin within the one before. */
const ANSWER_SECONDS = 0.6;

const STORY = "https://gazette.example/boats";

const story = (boats: number) => ({
  body: pageOf({
    headline: "Boats counted",
    paragraphs: Array.from({ length: 20 }, (_, index) =>
      index % 5 === 2
        ? `The council counted ${boats + index} boats in the harbour on the morning of the market, its clerk said.`
        : `Paragraph ${index} tells at some length of the harbour, its ferries, its market and who lives there.`,
    ),
  }),
});

/** One page, followed and edited: a change that waits to be told. */
export async function recordChange(services: Services, web: ScriptedWeb): Promise<void> {
  const { ledger, clock } = services;
  const added = await addWatch({ url: STORY }, services);
  if (!added.ok) throw new Error(added.problem);
  await ledger.recordRobots(new URL(STORY).host, { at: addSeconds(clock.now(), 3600), kind: "none" });
  for (const boats of [30, 90, 90]) {
    web.set(STORY, story(boats));
    const [outcome] = await captureBatch({ checks: [{ watchId: added.watch.id, due: clock.now() }] }, services);
    if (outcome?.kind === "failed" || outcome?.kind === "deferred") throw new Error(JSON.stringify(outcome));
    await clock.sleep(ANSWER_SECONDS);
  }
}

/** Subscriptions to everything, over the channels in turn, each to an address of its own. */
export async function addSubscriptions(
  count: number,
  channels: readonly Channel[],
  addressOf: (channel: Channel, number: number) => string,
  { ledger }: Services,
): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const channel = channels[number % channels.length]!;
    const id = `reader-${number}`;
    await ledger.addSubscription(aSubscription({ id, channel, address: addressOf(channel, number) }));
  }
}
