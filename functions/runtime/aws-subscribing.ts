import { randomUUID, timingSafeEqual } from "node:crypto";
import { SQSClient } from "@aws-sdk/client-sqs";
import { Hono } from "hono";
import { sqsNoticeQueue } from "../../shared/adapters/aws/sqs-notice-queue.ts";
import { usageCounter } from "../../shared/adapters/aws/usage-counter.ts";
import { systemClock } from "../../shared/adapters/local/system-clock.ts";
import { ENV, ORIGIN_HEADER } from "../../shared/config.ts";
import { originToken } from "../../shared/notices/subscriber-links.ts";
import { subscriberDesk } from "../../shared/pipeline/notify/subscriber-desk.ts";
import { readingRoom } from "../../shared/reading-room/app.ts";
import { accessOf, noticeQueueUrls, outLog, stores } from "./aws.ts";
import { viewerNetwork } from "./client-network.ts";
import { ssmParameters } from "./parameters.ts";
import { environmentSettings, required } from "./settings.ts";

/**
 * The reading room's pages for subscribers, which take forms, as the distribution hands them on. Whoever comes past the
 * distribution is refused: only it says truly whom it serves, and limits for one client go by that.
 */
export async function awsSubscribing(environment: NodeJS.ProcessEnv = process.env): Promise<Hono> {
  const readerKeyName = environment[ENV.readerKeyParameter];
  const addressName = required(environment, ENV.readingRoomUrlParameter);
  const keyName = required(environment, ENV.subscriberKeyParameter);
  const names = [addressName, keyName, ...(readerKeyName === undefined ? [] : [readerKeyName])];
  const values = await ssmParameters().read(...names);
  const [key, address] = [values.get(keyName), values.get(addressName)];
  if (!key || !address) throw new Error(`a parameter is missing: ${keyName} or ${addressName}`);
  const settings = { ...environmentSettings(environment), readingRoomUrl: address };
  const log = outLog();
  const services = {
    ...stores(environment, usageCounter()),
    ...{ clock: systemClock(), log, settings, newId: randomUUID },
    noticeQueue: sqsNoticeQueue({ client: new SQSClient({}), queueUrls: noticeQueueUrls(environment) }),
  };
  const room = readingRoom({
    ...services,
    access: accessOf(readerKeyName, values),
    subscribing: {
      kind: "open",
      newcomers: settings.newcomers,
      desk: subscriberDesk(key, services),
      clientOf: (c) => viewerNetwork(c.req.header("CloudFront-Viewer-Address") ?? ""),
    },
    address,
    report: (error, path) => log.warn("a page broke", { path, error: error.stack ?? String(error) }),
  });
  const token = originToken(key);
  const app = new Hono();
  app.use(async (c, next) => (isSame(c.req.header(ORIGIN_HEADER) ?? "", token) ? next() : c.text("Forbidden\n", 403)));
  app.route("/", room);
  return app;
}

/** Compares in a time that tells nothing of where the two differ. */
function isSame(given: string, token: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(token)];
  return left.length === right.length && timingSafeEqual(left, right);
}
