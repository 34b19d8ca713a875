import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { expect, it, onTestFinished } from "vitest";
import { checkSes } from "../../../shared/adapters/aws/ses-check.ts";

const FROM = "Variorum <monitor@news.example>";
const TO = "desk@newsroom.example";

const clientOf = (server: Server) =>
  new SESv2Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });

interface Refused {
  readonly refused: string;
  readonly status: number;
}
type Answers = Readonly<Record<string, object | Refused>>;

/** SES with recorded answers by path; what it has none for is not found. */
async function answering(answers: Answers): Promise<SESv2Client> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "").replace("/v2/email/", "");
    const answer = answers[path] ?? { refused: "NotFoundException", status: 404 };
    const refused = "refused" in answer ? (answer as Refused) : null;
    response.writeHead(refused?.status ?? 200, {
      "Content-Type": "application/json",
      ...(refused && { "x-amzn-ErrorType": refused.refused }),
    });
    response.end(JSON.stringify(refused ? { message: "no" } : answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return clientOf(server);
}

const ACCOUNT = {
  SendingEnabled: true,
  ProductionAccessEnabled: true,
  EnforcementStatus: "HEALTHY",
  SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 12 },
};
const IDENTITY = {
  IdentityType: "DOMAIN",
  VerifiedForSendingStatus: true,
  DkimAttributes: { SigningEnabled: true, Status: "SUCCESS" },
  MailFromAttributes: { MailFromDomain: "bounce.news.example", MailFromDomainStatus: "SUCCESS" },
};
const WELL: Answers = { account: ACCOUNT, "identities/news.example": IDENTITY };

const checked = async (answers: Answers, to: string | null = TO) =>
  checkSes({ client: await answering({ ...WELL, ...answers }), from: FROM, to });

it("finds a verified domain with production access well", async () => {
  const findings = await checked({});
  expect(findings.map(({ what, verdict }) => `${verdict} ${what}`)).toEqual([
    "ok region",
    "ok sending",
    "ok sandbox",
    "ok reputation",
    "ok quota",
    "ok identity",
    "ok DKIM",
    "ok MAIL FROM",
    "ok suppression",
  ]);
  expect(findings[0]?.detail).toBe("eu-west-1");
});

it.each<[fact: string, answers: Answers, expected: string, detail: RegExp]>([
  ["sending is paused", { account: { ...ACCOUNT, SendingEnabled: false } }, "fail sending", /paused/],
  [
    "the account is a sandbox",
    { account: { ...ACCOUNT, ProductionAccessEnabled: false } },
    "warn sandbox",
    /only verified/,
  ],
  [
    "a sandbox's receiver is not verified",
    { account: { ...ACCOUNT, ProductionAccessEnabled: false } },
    "fail receiver",
    /d…@newsroom/,
  ],
  [
    "reputation is shut down",
    { account: { ...ACCOUNT, EnforcementStatus: "SHUTDOWN" } },
    "fail reputation",
    /shutdown/,
  ],
  [
    "reputation is on probation",
    { account: { ...ACCOUNT, EnforcementStatus: "PROBATION" } },
    "warn reputation",
    /probation/,
  ],
  [
    "the quota is spent",
    { account: { ...ACCOUNT, SendQuota: { Max24HourSend: 200, SentLast24Hours: 200 } } },
    "fail quota",
    /200 of 200/,
  ],
  [
    "there is no identity here",
    { "identities/news.example": { refused: "NotFoundException", status: 404 } },
    "fail identity",
    /neither/,
  ],
  [
    "the identity is not verified",
    { "identities/news.example": { ...IDENTITY, VerifiedForSendingStatus: false } },
    "fail identity",
    /not verified/,
  ],
  [
    "DKIM is pending",
    { "identities/news.example": { ...IDENTITY, DkimAttributes: { SigningEnabled: true, Status: "PENDING" } } },
    "warn DKIM",
    /pending/,
  ],
  [
    "MAIL FROM failed",
    {
      "identities/news.example": {
        ...IDENTITY,
        MailFromAttributes: { MailFromDomain: "b.news.example", MailFromDomainStatus: "FAILED" },
      },
    },
    "warn MAIL FROM",
    /b\.news\.example: failed/,
  ],
  [
    "the receiver is suppressed",
    {
      [`suppression/addresses/${TO}`]: {
        SuppressedDestination: { EmailAddress: TO, Reason: "COMPLAINT", LastUpdateTime: 1_774_000_000 },
      },
    },
    "fail suppression",
    /after a complaint/,
  ],
  [
    "the caller may not look",
    { account: { refused: "AccessDeniedException", status: 403 } },
    "fail rights",
    /AccessDenied/,
  ],
  [
    "SES is out of order",
    { account: { refused: "InternalServiceErrorException", status: 500 } },
    "fail answer",
    /InternalService/,
  ],
])("tells that %s, and what to do", async (_fact, answers, expected, detail) => {
  const found = (await checked(answers)).find(({ what, verdict }) => `${verdict} ${what}` === expected);
  expect(found?.detail).toMatch(detail);
  expect(found?.advice).toMatch(/\S/);
});

it("goes by the sender's own identity before its domain's", async () => {
  const own = { ...IDENTITY, IdentityType: "EMAIL_ADDRESS", VerifiedForSendingStatus: false };
  const findings = await checked({ "identities/monitor@news.example": own }, null);
  expect(findings.find(({ what }) => what === "identity")).toMatchObject({
    verdict: "fail",
    advice: expect.stringMatching(/open the link/),
  });
  expect(findings.map(({ what }) => what)).not.toContain("suppression");
});
