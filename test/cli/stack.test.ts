import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { dynamoLedger } from "../../shared/adapters/aws/dynamo-ledger.ts";
import { s3Archive } from "../../shared/adapters/aws/s3-archive.ts";
import { STACK_OUTPUTS } from "../../shared/config.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import { normalise } from "../../shared/normalise/normalise.ts";
import { keepArticle } from "../../shared/ports/derived-store.ts";
import { aRevision } from "../support/builders.ts";
import { type EmbeddedDynamo, startDynalite } from "../support/dynalite.ts";
import { type FauxAws, startFauxAws } from "../support/fauxqs.ts";
import { type Ended, run } from "./program.ts";

/** Every step is a process of its own, and the machine may be busy. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PAGE = "https://paper.example/story";
const ID = watchIdOf(PAGE);

/** What DescribeStacks answers, as CloudFormation writes it: nobody emulates it. */
const stackXml = (outputs: Readonly<Record<string, string>>): string =>
  `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>
<StackName>News</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-05-04T08:00:00.000Z</CreationTime><Outputs>
${Object.entries(outputs)
  .map(([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`)
  .join("\n")}
</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;

const errorXml = (message: string): string =>
  `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`;

let aws: FauxAws;
let dynamo: EmbeddedDynamo;
let environment: Record<string, string>;
const stacks = new Map<string, Record<string, string>>();
const asked: string[] = [];
const cloudFormation = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const query = new URLSearchParams(body);
  asked.push(`${query.get("Action")} ${query.get("StackName")}`);
  const outputs = stacks.get(query.get("StackName") ?? "");
  response.writeHead(outputs ? 200 : 400, { "content-type": "text/xml" });
  response.end(outputs ? stackXml(outputs) : errorXml("Stack with id Nope does not exist"));
});

beforeAll(async () => {
  aws = await startFauxAws();
  dynamo = await startDynalite();
  cloudFormation.listen(0, "127.0.0.1");
  await once(cloudFormation, "listening");
  stacks.set("News", {
    [STACK_OUTPUTS.evidenceBucket]: await aws.bucket("evidence"),
    [STACK_OUTPUTS.derivedBucket]: await aws.bucket("derived"),
    [STACK_OUTPUTS.ledgerTable]: await dynamo.ledgerTable("ledger"),
    [STACK_OUTPUTS.contact]: "desk@newsroom.example",
    [STACK_OUTPUTS.readingRoomUrl]: "https://room.example",
  });
  stacks.set("SomebodyElses", { WebsiteUrl: "https://shop.example" });
  environment = {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${(cloudFormation.address() as AddressInfo).port}`,
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    AWS_ENDPOINT_URL_S3: aws.config.endpoint,
  };
});
afterAll(async () => {
  cloudFormation.closeAllConnections();
  cloudFormation.close();
  await aws.stop();
  await dynamo.stop();
});

const variorum = (stack: string, ...args: readonly string[]): Promise<Ended> =>
  run(["--stack", stack, ...args], { environment });

describe("the command line on a deployment", () => {
  it("follows, lists and reads what the deployment keeps", async () => {
    // The contact is the deployment's own: none is set here.
    expect(await variorum("News", "watch", "add", PAGE, "--tag", "quay")).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse((await variorum("News", "watch", "list", "--json")).stdout)).toMatchObject([
      { id: ID, url: PAGE, tags: ["quay"] },
    ]);
    expect(asked).toContain("DescribeStacks News");

    const ledger = dynamoLedger({ client: dynamo.client, table: "ledger" });
    const derived = s3Archive({ client: aws.s3, bucket: "derived" });
    const html =
      "<!doctype html><article><h1>Quay</h1><p>The quay is swept on Mondays, before the boats.</p></article>";
    const article = await keepArticle(derived, normalise({ url: PAGE, bytes: Buffer.from(html) }));
    const { change: _, ...baseline } = aRevision({ number: 1, watchId: ID, headline: "Quay", article });
    await ledger.recordRevision(baseline, PAGE);
    expect((await variorum("News", "log", ID)).stdout).toContain("revision 1  first capture: Quay");
    expect((await variorum("News", "show", PAGE)).stdout).toContain("The quay is swept on Mondays");
    expect((await variorum("News", "status")).stdout).toMatch(/^NOT RUNNING, last tick never: docs\/runbook\.md/);
  });

  it("has the deployment capture: the watch is due at once, and nothing is fetched from here", async () => {
    await variorum("News", "watch", "add", PAGE, "--every", "7d");
    const { code, stdout } = await variorum("News", "capture", PAGE);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${ID} will be captured within a minute; \`log ${ID}\` shows it\n`,
    });
    const ledger = dynamoLedger({ client: dynamo.client, table: "ledger" });
    const now = new Date();
    const [from, until] = [new Date(now.getTime() - 120_000), new Date(now.getTime() + 1000)].map((at) =>
      at.toISOString(),
    );
    const due = await Array.fromAsync(ledger.dueWatches(from ?? "", until ?? ""));
    expect(due).toContainEqual(expect.objectContaining({ watchId: ID, url: PAGE }));
  });

  it.each([
    [
      "a stack that is not there",
      "Nope",
      /^the stack Nope cannot be read \(.*does not exist\): check the name, AWS_REGION/,
    ],
    ["a stack of somebody else's", "SomebodyElses", /has no output \w+: is it a Variorum stack of this release\?/],
  ])("refuses %s in words", async (_fact, stack, problem) => {
    const { code, stderr } = await variorum(stack, "watch", "list");
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(problem) });
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it("tells of a table that is gone, without a stack trace", async () => {
    stacks.set("Broken", { ...stacks.get("News"), [STACK_OUTPUTS.ledgerTable]: "no-such-table" });
    const { code, stderr } = await variorum("Broken", "watch", "list");
    expect(code).toBe(1);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(stderr).toMatch(/^AWS refused \(ResourceNotFoundException\): /);
  });
});
