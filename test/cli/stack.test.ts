import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { dynamoLedger } from "../../shared/adapters/aws/dynamo-ledger.ts";
import { s3Archive } from "../../shared/adapters/aws/s3-archive.ts";
import { STACK_OUTPUTS } from "../../shared/config.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import { normalise } from "../../shared/normalise/normalise.ts";
import { keepArticle } from "../../shared/ports/derived-store.ts";
import { aRevision } from "../support/builders.ts";
import { type Ended, run } from "./program.ts";
import { type StandInStacks, startStandInStacks } from "./stand-in-stack.ts";

/** Every step is a process of its own, and the machine may be busy. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 120_000 });

const PAGE = "https://paper.example/story";
const ID = watchIdOf(PAGE);

let here: StandInStacks;
beforeAll(async () => {
  here = await startStandInStacks();
  here.stacks.set("SomebodyElses", { WebsiteUrl: "https://shop.example" });
});
afterAll(() => here.stop());

const variorum = (stack: string, ...args: readonly string[]): Promise<Ended> =>
  run(["--stack", stack, ...args], { environment: here.environment });

describe("the command line on a deployment", () => {
  it("follows, lists and reads what the deployment keeps", async () => {
    // The contact is the deployment's own: none is set here.
    expect(await variorum("Variorum", "watch", "add", PAGE, "--tag", "quay")).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse((await variorum("Variorum", "watch", "list", "--json")).stdout)).toMatchObject([
      { id: ID, url: PAGE, tags: ["quay"] },
    ]);
    expect(here.asked).toContain("DescribeStacks Variorum");

    const ledger = dynamoLedger({ client: here.dynamo.client, table: "ledger" });
    const derived = s3Archive({ client: here.aws.s3, bucket: "derived" });
    const html =
      "<!doctype html><article><h1>Quay</h1><p>The quay is swept on Mondays, before the boats.</p></article>";
    const article = await keepArticle(derived, normalise({ url: PAGE, bytes: Buffer.from(html) }));
    const { change: _, ...baseline } = aRevision({ number: 1, watchId: ID, headline: "Quay", article });
    await ledger.recordRevision(baseline, PAGE);
    expect((await variorum("Variorum", "log", ID)).stdout).toContain("revision 1  first capture: Quay");
    expect((await variorum("Variorum", "show", PAGE)).stdout).toContain("The quay is swept on Mondays");
    expect((await variorum("Variorum", "status")).stdout).toMatch(/^NOT RUNNING, last tick never: docs\/runbook\.md/);
  });

  it("has the deployment capture: the watch is due at once, and nothing is fetched from here", async () => {
    await variorum("Variorum", "watch", "add", PAGE, "--every", "7d");
    const { code, stdout } = await variorum("Variorum", "capture", PAGE);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${ID} will be captured within a minute; \`log ${ID}\` shows it\n`,
    });
    const ledger = dynamoLedger({ client: here.dynamo.client, table: "ledger" });
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
    here.stacks.set("Broken", { ...here.stacks.get("Variorum"), [STACK_OUTPUTS.ledgerTable]: "no-such-table" });
    const { code, stderr } = await variorum("Broken", "watch", "list");
    expect(code).toBe(1);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(stderr).toMatch(/^AWS refused \(ResourceNotFoundException\): /);
  });
});
