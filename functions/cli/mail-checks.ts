import { Resolver } from "node:dns/promises";
import { checkMailDomain } from "../../shared/adapters/mail/mail-domain-check.ts";
import { checkSmtp } from "../../shared/adapters/mail/smtp-check.ts";
import { ENV } from "../../shared/config.ts";
import { type Finding, failing } from "../../shared/domain/finding.ts";
import { bareAddress, mailDomain } from "../../shared/domain/mailbox.ts";
import type { MailSettings } from "../runtime/settings.ts";

const DNS = { timeout: 3000, tries: 2 };

/** Mail as this machine's settings have it. @param to - the receiver to ask about; unless given, who hears of everything */
export async function checkMailHere({ smtpUrl, from, to: standing }: MailSettings, to: string | null) {
  if (smtpUrl === null || from === null) return [NO_SERVER];
  const server = await checkSmtp({ url: smtpUrl, from, to: to ?? standing ?? bareAddress(from) });
  return [...server, ...(await checkMailDomain(mailDomain(bareAddress(from)), new Resolver(DNS)))];
}

const NO_SERVER: Finding = failing(
  "server",
  `${ENV.smtpUrl} is not set: every mail stays in the outbox folder`,
  `set it, as in ${ENV.smtpUrl}='smtps://user:password@mail.newsroom.example'; docs/notifications.md`,
);

/** Mail as a stack sends it. @param from - its sender; null when it was deployed without one */
export async function checkMailOnAws(from: string | null, to: string | null): Promise<readonly Finding[]> {
  if (from === null) {
    return [
      failing(
        "sender",
        "the stack was deployed without `mailFrom`",
        "set it in variorum.json and deploy; docs/notifications.md",
      ),
    ];
  }
  const { SESv2Client } = await import("@aws-sdk/client-sesv2");
  const { checkSes } = await import("../../shared/adapters/aws/ses-check.ts");
  const client = new SESv2Client({ requestHandler: { connectionTimeout: 5000, requestTimeout: 30_000 } });
  return [
    ...(await checkSes({ client, from, to })),
    ...(await checkMailDomain(mailDomain(bareAddress(from)), new Resolver(DNS))),
  ];
}
