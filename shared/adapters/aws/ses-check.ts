import {
  GetAccountCommand,
  type GetAccountCommandOutput,
  GetEmailIdentityCommand,
  type GetEmailIdentityCommandOutput,
  GetSuppressedDestinationCommand,
  NotFoundException,
  type SESv2Client,
  SESv2ServiceException,
} from "@aws-sdk/client-sesv2";
import { type Finding, failing, warning, well } from "../../domain/finding.ts";
import { bareAddress, mailDomain, shownMailbox } from "../../domain/mailbox.ts";

export interface SesCheckOptions {
  readonly client: SESv2Client;
  /** As in `Variorum <monitor@news.example>`. */
  readonly from: string;
  /** Receiver that is asked about; null: none in particular. */
  readonly to: string | null;
}

/** Looks over whether SES, in the client's region, would take mails from a sender and bring them to a receiver. */
export async function checkSes({ client, from, to }: SesCheckOptions): Promise<readonly Finding[]> {
  const region = await client.config.region();
  const findings: Finding[] = [well("region", region)];
  try {
    const account = await client.send(new GetAccountCommand({}));
    const isSandbox = !account.ProductionAccessEnabled;
    findings.push(...accountFindings(account, isSandbox));
    findings.push(...senderFindings(bareAddress(from), await identityOf(client, bareAddress(from)), region));
    if (to !== null) findings.push(...(await receiverFindings(client, to, isSandbox)));
    return findings;
  } catch (error) {
    const refused = refusal(error);
    if (!refused) throw error;
    return [...findings, refused];
  }
}

function accountFindings(account: GetAccountCommandOutput, isSandbox: boolean): Finding[] {
  const { SendingEnabled, EnforcementStatus = "", SendQuota = {} } = account;
  const { Max24HourSend = 0, MaxSendRate = 0, SentLast24Hours = 0 } = SendQuota;
  const console = "the SES console's account dashboard tells why";
  const quota = `${SentLast24Hours} of ${Max24HourSend} mails sent in 24 hours, ${MaxSendRate} a second`;
  return [
    SendingEnabled ? well("sending", "is enabled") : failing("sending", "is paused for the account", console),
    isSandbox
      ? warning(
          "sandbox",
          "only verified addresses receive mails",
          "ask for production access in the SES console (Account dashboard)",
        )
      : well("sandbox", "left: production access"),
    EnforcementStatus === "HEALTHY" || EnforcementStatus === ""
      ? well("reputation", "healthy")
      : (EnforcementStatus === "PROBATION" ? warning : failing)("reputation", EnforcementStatus.toLowerCase(), console),
    Max24HourSend >= 0 && SentLast24Hours >= Max24HourSend // -1 stands for no limit
      ? failing("quota", quota, "wait for the day to pass, or ask for more in the Service Quotas console")
      : well("quota", quota),
  ];
}

type Identity = GetEmailIdentityCommandOutput & { readonly name: string };

/** The identity that SES goes by for an address: its own, or that of its domain. */
async function identityOf(client: SESv2Client, address: string): Promise<Identity | null> {
  for (const name of [address, mailDomain(address)]) {
    const found = await orNull(client.send(new GetEmailIdentityCommand({ EmailIdentity: name })));
    if (found) return { ...found, name };
  }
  return null;
}

function senderFindings(sender: string, identity: Identity | null, region: string): Finding[] {
  if (!identity) {
    const advice = `create the identity ${mailDomain(sender)} in the SES console of ${region} and put the records that it shows into your DNS; identities of other regions do not count`;
    return [failing("identity", `neither ${sender} nor its domain is one`, advice)];
  }
  const { name, VerifiedForSendingStatus, DkimAttributes = {}, MailFromAttributes, IdentityType } = identity;
  const isDkim = DkimAttributes.SigningEnabled && DkimAttributes.Status === "SUCCESS";
  const dkim = (DkimAttributes.Status ?? "NOT_STARTED").toLowerCase().replaceAll("_", " ");
  const { MailFromDomain, MailFromDomainStatus } = MailFromAttributes ?? {
    MailFromDomain: undefined,
    MailFromDomainStatus: undefined,
  };
  const verify =
    IdentityType === "EMAIL_ADDRESS"
      ? "open the link that AWS mailed there"
      : "put the records that the SES console shows into your DNS";
  return [
    VerifiedForSendingStatus
      ? well("identity", `${name} is verified`)
      : failing("identity", `${name} is not verified`, verify),
    isDkim
      ? well("DKIM", `signed for ${name}`)
      : warning(
          "DKIM",
          dkim,
          "mails without it land among spam: verify the domain with Easy DKIM, and put its three CNAME records into your DNS",
        ),
    MailFromDomain && MailFromDomainStatus !== "SUCCESS"
      ? warning(
          "MAIL FROM",
          `${MailFromDomain}: ${(MailFromDomainStatus ?? "").toLowerCase()}`,
          "its MX and SPF records are missing or not seen yet: the SES console shows them",
        )
      : well(
          "MAIL FROM",
          MailFromDomain ?? "of amazonses.com: a domain of your own aligns SPF, which DKIM makes up for",
        ),
  ];
}

async function receiverFindings(client: SESv2Client, to: string, isSandbox: boolean): Promise<Finding[]> {
  const suppressed = await orNull(client.send(new GetSuppressedDestinationCommand({ EmailAddress: to })));
  const { Reason = "" } = suppressed?.SuppressedDestination ?? {};
  const shown = shownMailbox(to);
  const findings = [
    suppressed
      ? failing(
          "suppression",
          `SES sends nothing to ${shown}, after a ${Reason.toLowerCase()}`,
          "when the mailbox is there again: `aws sesv2 delete-suppressed-destination --email-address ADDRESS`, then `subscriptions resume`",
        )
      : well("suppression", `${shown} is not on the account's list`),
  ];
  if (!isSandbox) return findings;
  const isVerified = (await identityOf(client, to))?.VerifiedForSendingStatus;
  const advice =
    "in the sandbox create it as an identity and open the link that AWS mails there, or ask for production access";
  return [
    ...findings,
    isVerified ? well("receiver", `${shown} is verified`) : failing("receiver", `${shown} is not verified`, advice),
  ];
}

const orNull = async <Answer>(answer: Promise<Answer>): Promise<Answer | null> =>
  answer.catch((error: unknown) => {
    if (error instanceof NotFoundException) return null;
    throw error;
  });

const RIGHTS = "ses:GetAccount, ses:GetEmailIdentity and ses:GetSuppressedDestination";

function refusal(error: unknown): Finding | null {
  if (!(error instanceof Error)) return null;
  const detail = `SES: ${error.name}: ${error.message}`;
  if (error.name === "AccessDeniedException") return failing("rights", detail, `your credentials must allow ${RIGHTS}`);
  const isOfTheWorld = error instanceof SESv2ServiceException || "syscall" in error || error.name === "TimeoutError";
  return isOfTheWorld ? failing("answer", detail, "ask again; check AWS_REGION and your AWS credentials") : null;
}
