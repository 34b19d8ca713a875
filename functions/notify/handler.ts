import { fanOut } from "../../shared/pipeline/notify/fan-out.ts";
import { requeue } from "../../shared/pipeline/notify/requeue.ts";
import { addDefaultSubscriptions } from "../../shared/pipeline/notify/subscribe.ts";
import { watchOver } from "../../shared/pipeline/notify/watch-over.ts";
import { awsServices } from "../runtime/aws.ts";
import { metered } from "../runtime/metered.ts";

const services = awsServices(); // clients are built once per cold start
const prepared = addDefaultSubscriptions(services);
prepared.catch(() => {}); // told when the handler awaits it

const WATCHED_OVER_EVERY_MINUTES = 15;

/**
 * Makes notices of what the ledger's outbox holds, and hands those whose time has come to their senders. The clock rings
 * it every minute.
 */
export const handler = metered(services, async (): Promise<void> => {
  await prepared;
  const minute = Number(services.clock.now().slice(14, 16));
  const ended = await Promise.allSettled([
    requeue(services),
    fanOut(services).then((told) => told > 0 && services.log.info("told", { told })),
    ...(minute % WATCHED_OVER_EVERY_MINUTES === 0 ? [watchOver(services)] : []),
  ]);
  for (const end of ended) if (end.status === "rejected") throw end.reason;
});
