import type { SNSEvent } from "aws-lambda";
import { mailReturned } from "../../shared/pipeline/notify/mail-returned.ts";
import { awsReceipts } from "../runtime/aws.ts";
import { returnedMails } from "./ses-event.ts";

const services = awsReceipts(); // clients are built once per cold start

/** Notes what SES says came back. What throws is tried again, and then lies among the failures. */
export async function handler({ Records }: SNSEvent): Promise<void> {
  for (const { Sns } of Records) {
    for (const returned of returnedMails(Sns.Message)) {
      await mailReturned(returned, services);
      services.log.info("mail returned", { why: returned.why, detail: returned.detail });
    }
  }
}
