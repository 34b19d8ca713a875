import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { dynamoLedger } from "../../../shared/adapters/aws/dynamo-ledger.ts";
import { sqsNoticeQueue } from "../../../shared/adapters/aws/sqs-notice-queue.ts";
import { counting, usageCounter } from "../../../shared/adapters/aws/usage-counter.ts";
import { fileArchive } from "../../../shared/adapters/local/file-archive.ts";
import { systemClock } from "../../../shared/adapters/local/system-clock.ts";
import { chatNotifiers } from "../../../shared/adapters/web/chat-notifiers.ts";
import { webhookNotifier } from "../../../shared/adapters/web/webhook-notifier.ts";
import type { Channel } from "../../../shared/domain/channel.ts";
import type { Usage } from "../../../shared/domain/usage.ts";
import { fanOut } from "../../../shared/pipeline/notify/fan-out.ts";
import { sendNotices } from "../../../shared/pipeline/notify/send.ts";
import type { Services } from "../../../shared/pipeline/services.ts";
import { parseNoticeMessage } from "../../../shared/ports/notice-queue.ts";
import { startDynalite } from "../../support/dynalite.ts";
import { startFauxAws } from "../../support/fauxqs.ts";
import { scriptedWeb } from "../../support/scripted-web.ts";
import { answerIfAlone } from "../alone.ts";
import { addSubscriptions, PLAIN_SERVICES, recordChange } from "./one-change.ts";

export interface AwsRun {
  /** Of the queue that carried the notices. */
  readonly messages: number;
  readonly fanOut: Usage;
  readonly send: Usage;
}

/** @param args - count of subscriptions, channels separated by commas, where hooks are taken */
await answerIfAlone(import.meta.filename, async ([count = "", channels = "", hooks = ""]) => {
  const folder = mkdtempSync(join(tmpdir(), "variorum-bench-"));
  const [dynamo, aws] = await Promise.all([startDynalite(), startFauxAws()]);
  try {
    const table = await dynamo.ledgerTable("ledger");
    const usage = usageCounter();
    const queueUrls: Partial<Record<Channel, string>> = {};
    const names = channels.split(",") as Channel[];
    for (const name of names) queueUrls[name] = await aws.queue(`notices-${name}`);
    const clock = systemClock();
    const web = scriptedWeb(clock);
    const posting = { userAgent: "bench", allowAddresses: new Set(["loopback"] as const), clock };
    const services: Services = {
      ...PLAIN_SERVICES,
      evidence: fileArchive(join(folder, "evidence")),
      derived: fileArchive(join(folder, "derived")),
      ledger: dynamoLedger({ client: counting(dynamo.client, usage), table }),
      fetcher: web,
      noticeQueue: sqsNoticeQueue({ client: counting(aws.sqs, usage), queueUrls }),
      noticeLeaseSeconds: 180,
      notifiers: [...chatNotifiers(posting), webhookNotifier(posting)],
      clock,
    };
    await addSubscriptions(Number(count), names, (channel, number) => `${hooks}/${channel}/${number}`, services);
    await recordChange(services, web);
    usage.take();
    if ((await fanOut(services)) !== 1) throw new Error("the change was not told");
    const fannedOut = usage.take();
    let messages = 0;
    let delivered = 0;
    for (const QueueUrl of Object.values(queueUrls)) {
      for (;;) {
        const asked = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 360 });
        const { Messages = [] } = await aws.sqs.send(asked);
        if (Messages.length === 0) break;
        for (const { Body = "", ReceiptHandle } of Messages) {
          messages += 1;
          const ends = await sendNotices(parseNoticeMessage(Body), services);
          delivered += ends.filter((end) => end === "delivered").length;
          await aws.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    }
    if (delivered !== Number(count)) throw new Error(`${delivered} of ${count} notices were delivered`);
    return { messages, fanOut: fannedOut, send: usage.take() } satisfies AwsRun;
  } finally {
    await Promise.all([dynamo.stop(), aws.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
});
