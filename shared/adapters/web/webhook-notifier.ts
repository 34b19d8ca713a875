import { webhookBody, webhookHeaders } from "../../notices/webhook.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Notifier } from "../../ports/notifier.ts";
import { BY_HTTP_ALONE, deliveryOf } from "./delivery-answer.ts";
import { type PosterOptions, post } from "./post.ts";

/** Posts notices to any address, signed with the subscription's secret if it has one. */
export const webhookNotifier = (options: PosterOptions & { readonly clock: Clock }): Notifier => ({
  channel: "webhook",
  async deliver(message) {
    const { address, secret } = message.subscription;
    const body = await webhookBody(message);
    const headers = webhookHeaders(message.id, body, options.clock.now(), secret);
    const posted = await post(address, { body, headers }, options);
    return deliveryOf(posted, URL.parse(address)?.host ?? "", BY_HTTP_ALONE, Date.parse(options.clock.now()));
  },
});
