import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sesNotifier } from "../../../shared/adapters/aws/ses-notifier.ts";
import type { Message } from "../../../shared/ports/message.ts";
import { notifierContract } from "../../contracts/notifier.ts";
import { aMessage, aSubscription, toldChange } from "../../support/messages.ts";
import { readMail } from "../../support/read-mail.ts";

const { default: startSes }: typeof import("aws-ses-v2-local") = createRequire(import.meta.url)("aws-ses-v2-local");

const FROM = "Variorum <monitor@news.example>";
const DESK = "desk@newsroom.example";
const subscription = aSubscription({ channel: "email", address: DESK });
const change = (): Message => aMessage({ kind: "change", told: toldChange() }, { subscription });

const endpointOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const clientOf = (endpoint: string) =>
  new SESv2Client({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });

/** An e-mail as the local SES keeps it. */
interface Stored {
  readonly subject: string;
  readonly from: string;
  readonly destination: { readonly to: readonly string[] };
  readonly body: { readonly html: string; readonly text: string };
}

let ses: Server;
beforeAll(async () => {
  ses = await startSes({ host: "127.0.0.1", port: 0 });
});
afterAll(() => void ses.close());

notifierContract("sesNotifier", async () => {
  await fetch(`${endpointOf(ses)}/clear-store`, { method: "POST" });
  return {
    notifier: sesNotifier({ client: clientOf(endpointOf(ses)), from: FROM }),
    address: DESK,
    isKeyed: false, // in a header that the local SES does not keep
    async arrived() {
      const { emails } = (await (await fetch(`${endpointOf(ses)}/store`)).json()) as { emails: readonly Stored[] };
      return emails.map(({ subject, body }) => ({ id: null, text: `${subject}\n${body.text}` }));
    },
  };
});

/** What a service got, which answers everything with one refusal, or takes it. */
async function listening(answer: { readonly status: number; readonly type?: string }) {
  const requests: { readonly path: string; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      requests.push({ path: request.url ?? "", body });
      response.writeHead(answer.status, {
        "Content-Type": "application/json",
        ...(answer.type && { "x-amzn-ErrorType": answer.type }),
      });
      response.end(JSON.stringify(answer.type ? { message: "as asked of Desk@newsroom.example" } : { MessageId: "1" }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { requests, endpoint: endpointOf(server), close: () => server.close() };
}

describe("sesNotifier", () => {
  it("hands SES the mail whole, with the notice's key, its thread and the subscription's address", async () => {
    const service = await listening({ status: 200 });
    await sesNotifier({ client: clientOf(service.endpoint), from: FROM }).deliver(change());
    service.close();
    const [{ path = "", body = "{}" } = {}] = service.requests;
    expect(path).toBe("/v2/email/outbound-emails");
    const { Content, ...rest } = JSON.parse(body);
    expect(rest).toEqual({ FromEmailAddress: FROM, Destination: { ToAddresses: [DESK] } });
    const { headers, text } = readMail(Buffer.from(Content.Raw.Data, "base64").toString());
    expect(headers).toMatchObject({
      to: [DESK],
      "x-variorum-notice": [change().id],
      references: [`<${change().thread.key}.desk@news.example>`],
    });
    expect(text).toContain("closed for [-3-] {+30+} days");
  });

  it("names the configuration set that reports what comes back", async () => {
    const service = await listening({ status: 200 });
    await sesNotifier({ client: clientOf(service.endpoint), from: FROM, configurationSet: "mails" }).deliver(change());
    service.close();
    expect(JSON.parse(service.requests[0]?.body ?? "{}").ConfigurationSetName).toBe("mails");
  });

  it.each([
    ["MessageRejected", 400, true],
    ["MailFromDomainNotVerifiedException", 400, true],
    ["SendingPausedException", 400, true],
    ["AccessDeniedException", 403, true],
    ["BadRequestException", 400, false],
    ["ServiceUnavailable", 503, true],
  ])("takes the answer %s (%d) for a failure, to be tried again: %s", async (type, status, retryable) => {
    const service = await listening({ status, type });
    const delivery = await sesNotifier({ client: clientOf(service.endpoint), from: FROM }).deliver(change());
    service.close();
    expect(delivery).toMatchObject({
      kind: "failed",
      retryable,
      detail: `SES: ${type}: as asked of d…@newsroom.example`,
    });
  });

  it.each([
    ["TooManyRequestsException", 429],
    ["ThrottlingException", 400],
    ["SomethingNew", 429],
  ])("takes the answer %s (%d) for the account's own limit", async (type, status) => {
    const service = await listening({ status, type });
    const delivery = await sesNotifier({ client: clientOf(service.endpoint), from: FROM }).deliver(change());
    service.close();
    expect(delivery).toMatchObject({ kind: "failed", retryable: true, throttled: true });
  });

  it("tries again later when SES cannot be reached", async () => {
    const service = await listening({ status: 200 });
    service.close();
    const delivery = await sesNotifier({ client: clientOf(service.endpoint), from: FROM }).deliver(change());
    expect(delivery).toMatchObject({ kind: "failed", retryable: true });
  });

  it("throws on an answer that it knows no meaning of", async () => {
    const service = await listening({ status: 400, type: "SomethingElse" });
    const client = clientOf(service.endpoint);
    await expect(sesNotifier({ client, from: FROM }).deliver(change())).rejects.toThrow();
    service.close();
  });
});
