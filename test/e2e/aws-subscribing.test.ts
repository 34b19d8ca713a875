import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { LambdaEvent } from "hono/aws-lambda";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { dynamoLedger } from "../../shared/adapters/aws/dynamo-ledger.ts";
import { ENV, ORIGIN_HEADER } from "../../shared/config.ts";
import { originToken } from "../../shared/notices/subscriber-links.ts";
import type { Ledger } from "../../shared/ports/ledger.ts";
import { type EmbeddedDynamo, startDynalite } from "../support/dynalite.ts";
import { type FauxAws, startFauxAws } from "../support/fauxqs.ts";
import { sqsEvent } from "../support/sqs-event.ts";

const { default: startSes }: typeof import("aws-ses-v2-local") = createRequire(import.meta.url)("aws-ses-v2-local");

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // the machine may be busy

const ROOM = "https://room.example";
const KEY = "k".repeat(43);
const KEY_NAME = "/variorum/Variorum/subscriber-key/1";
const URL_NAME = "/variorum/Variorum/reading-room-url";
const PARAMETERS: Readonly<Record<string, string>> = { [KEY_NAME]: KEY, [URL_NAME]: ROOM };

const endpointOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** What the parameter store answers: nobody emulates it. */
async function parameterStore(): Promise<Server> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { Names = [] } = JSON.parse(body) as { Names?: readonly string[] };
    const found = Names.flatMap((Name) => (PARAMETERS[Name] ? [{ Name, Value: PARAMETERS[Name] }] : []));
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify({ Parameters: found }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

let [aws, dynamo, ssm, ses]: [FauxAws?, EmbeddedDynamo?, Server?, Server?] = [];
let ledger: Ledger;
let mailsUrl: string;
let subscribe: typeof import("../../functions/subscribe/handler.ts");
let send: typeof import("../../functions/send/handler.ts");

beforeAll(async () => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true); // the functions' own log lines
  [aws, dynamo, ssm] = [await startFauxAws(), await startDynalite(), await parameterStore()];
  ses = await startSes({ host: "127.0.0.1", port: 0 });
  const table = await dynamo.ledgerTable("ledger");
  mailsUrl = new URL(new URL(await aws.queue("notices-email")).pathname, aws.config.endpoint).href;
  ledger = dynamoLedger({ client: dynamo.client, table });
  const environment = {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL: aws.config.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    AWS_ENDPOINT_URL_SSM: endpointOf(ssm),
    AWS_ENDPOINT_URL_SESV2: endpointOf(ses),
    [ENV.evidenceBucket]: await aws.bucket("evidence"),
    [ENV.derivedBucket]: await aws.bucket("derived"),
    [ENV.ledgerTable]: table,
    [ENV.noticeQueueUrls]: JSON.stringify({ email: mailsUrl }),
    [ENV.mailFrom]: "Variorum <monitor@news.example>",
    [ENV.readingRoomUrl]: ROOM,
    [ENV.readingRoomUrlParameter]: URL_NAME,
    [ENV.subscriberKeyParameter]: KEY_NAME,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  // The handlers read their environment when they are loaded, as on Lambda.
  subscribe = await import("../../functions/subscribe/handler.ts");
  send = await import("../../functions/send/handler.ts");
});

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  ssm?.close();
  ses?.close();
  await aws?.stop();
  await dynamo?.stop();
});

/** A request as an HTTP API hands it to its function, with what the distribution adds. */
function apiEvent(method: string, url: string, body: string | null, headers: Record<string, string> = {}): LambdaEvent {
  const { pathname, search } = new URL(url, ROOM);
  const at = new Date();
  return {
    version: "2.0",
    routeKey: `${method} ${pathname}`,
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: {
      host: "abc.execute-api.us-east-1.amazonaws.com",
      [ORIGIN_HEADER.toLowerCase()]: originToken(KEY),
      "cloudfront-viewer-address": "203.0.113.9:46532",
      ...(body !== null && { "content-type": "application/x-www-form-urlencoded" }),
      ...headers,
    },
    body: body === null ? null : Buffer.from(body).toString("base64"),
    isBase64Encoded: body !== null,
    requestContext: {
      accountId: "anonymous",
      apiId: "abc",
      domainName: "abc.execute-api.us-east-1.amazonaws.com",
      domainPrefix: "abc",
      authentication: null,
      authorizer: {},
      http: { method, path: pathname, protocol: "HTTP/1.1", sourceIp: "198.51.100.7", userAgent: "test" },
      requestId: "request",
      routeKey: `${method} ${pathname}`,
      stage: "$default",
      time: at.toUTCString(),
      timeEpoch: at.getTime(),
    },
  };
}

async function asked(method: "GET" | "POST", url: string, fields?: Record<string, string>, headers = {}) {
  const body = fields ? String(new URLSearchParams(fields)) : null;
  const answer = await subscribe.handler(apiEvent(method, url, body, headers));
  if (typeof answer !== "object" || answer === null || !("statusCode" in answer)) throw new Error("no answer");
  return { status: Number(answer.statusCode), body: String("body" in answer ? answer.body : "") };
}

const FORM = {
  do: "subscribe",
  about: "everything",
  availability: "1",
  kind: "at-once",
  at: "08:00",
  weekday: "1",
  zone: "UTC",
};
const ask = (address: string, headers = {}) =>
  asked("POST", "/subscribe", { ...FORM, address }, { origin: ROOM, ...headers });

/** Sends what lies in the mails' queue, as Lambda's poller would have it sent. */
async function sendMails(): Promise<void> {
  const { Messages = [] } =
    (await aws?.sqs.send(new ReceiveMessageCommand({ QueueUrl: mailsUrl, MaxNumberOfMessages: 10 }))) ?? {};
  for (const { Body = "", MessageId = "", ReceiptHandle = "" } of Messages) {
    const { batchItemFailures } = await send.handler(
      sqsEvent({ body: Body, messageId: MessageId, receiptHandle: ReceiptHandle }),
    );
    expect(batchItemFailures).toEqual([]);
    await aws?.sqs.send(new DeleteMessageCommand({ QueueUrl: mailsUrl, ReceiptHandle }));
  }
}

interface Stored {
  readonly destination: { readonly to: readonly string[] };
  readonly body: { readonly text: string };
}

async function newestMail(): Promise<Stored | undefined> {
  const { emails } = (await (await fetch(`${endpointOf(ses!)}/store`)).json()) as { emails: readonly Stored[] };
  return emails.at(-1);
}

it("takes a reader from the form over the mailed question to the end by one click, behind the distribution", async () => {
  expect((await asked("GET", "/subscribe")).status).toBe(200);
  expect((await ask("desk@newsroom.example")).status).toBe(202);
  const [pending] = (await ledger.subscriptions({ limit: 9 })).rows;
  expect(pending).toMatchObject({ address: "desk@newsroom.example", status: "pending" });
  await sendMails();
  const mail = await newestMail();
  expect(mail?.destination.to).toEqual(["desk@newsroom.example"]);
  const confirm =
    /https:\/\/room\.example\/subscriptions\/\S+\/confirm\?key=[\w-]+/.exec(mail?.body.text ?? "")?.[0] ?? "";
  expect((await asked("GET", confirm)).status).toBe(200);
  expect((await ledger.subscription(pending?.id ?? ""))?.status).toBe("pending"); // a scanner's look changes nothing
  const done = await asked("POST", confirm, {});
  expect(done.status).toBe(200);
  expect((await ledger.subscription(pending?.id ?? ""))?.status).toBe("active");
  const manage =
    /href="(https:\/\/room\.example\/subscriptions\/[^"]+)"/.exec(done.body)?.[1]?.replaceAll("&amp;", "&") ?? "";
  expect((await asked("GET", manage)).status).toBe(200);
  expect((await asked("POST", manage, { do: "end" })).status).toBe(200);
  expect((await ledger.subscription(pending?.id ?? ""))?.status).toBe("ended");
});

it("refuses whoever comes past the distribution", async () => {
  for (const headers of [{ [ORIGIN_HEADER.toLowerCase()]: "" }, { [ORIGIN_HEADER.toLowerCase()]: "guessed" }]) {
    expect((await ask("past@newsroom.example", headers)).status).toBe(403);
    expect((await asked("GET", "/subscribe", undefined, headers)).status).toBe(403);
  }
  expect((await ledger.subscriptions({ limit: 99 })).rows.map(({ address }) => address)).not.toContain(
    "past@newsroom.example",
  );
});

it("counts a client by the address that the distribution saw, whatever it says of itself", async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 31; n += 1) {
    const told = {
      "cloudfront-viewer-address": "192.0.2.1:443",
      "x-forwarded-for": `10.0.0.${n}`,
      forwarded: `for=10.0.0.${n}`,
    };
    statuses.push((await ask(`reader${n}@newsroom.example`, told)).status);
  }
  expect(statuses.filter((status) => status === 202)).toHaveLength(30);
  expect(statuses.at(-1)).toBe(429);
  expect((await ask("another@newsroom.example", { "cloudfront-viewer-address": "192.0.2.2:443" })).status).toBe(202);
});

it("takes no form from another site", async () => {
  expect((await ask("victim@newsroom.example", { origin: "https://evil.example" })).status).toBe(403);
});
