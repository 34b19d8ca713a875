import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { systemClock } from "../../shared/adapters/local/system-clock.ts";
import { ENV } from "../../shared/config.ts";
import { SELF_TEST_STAGES, selfTest } from "../../shared/pipeline/self-test.ts";
import { type AwsMonitor, awsMonitor } from "./aws-monitor.ts";
import { CONFIRMATION_SECONDS } from "./local-monitor.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 }); // the machine may be busy

let monitor: AwsMonitor;
/** Stands where the distribution would: hands requests to the reading room's function. */
const distribution = createServer(async (request, response) => {
  const { status, body } = await monitor.read(request.url ?? "/");
  const type = request.url === "/robots.txt" ? "text/plain" : "text/html";
  response.writeHead(status, { "content-type": `${type}; charset=utf-8` }).end(body);
});

beforeAll(async () => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true); // the functions' own log lines
  await new Promise<void>((resolve) => distribution.listen(0, "127.0.0.1", resolve));
  vi.stubEnv(ENV.readingRoomUrl, `http://127.0.0.1:${(distribution.address() as AddressInfo).port}`);
  monitor = await awsMonitor();
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  distribution.closeAllConnections();
  distribution.close();
  await monitor.stop();
});

it("brings a self-test through the deployed functions to a subscription, and leaves nothing in the lists", async () => {
  const { ledger, evidence, derived } = monitor;
  const subscription = await vi.waitUntil(() => ledger.subscription("sns"), 60_000);
  const ends = await selfTest(
    {
      subscription,
      room: process.env[ENV.readingRoomUrl] ?? "",
      stageSeconds: 60,
      lookSeconds: 0.2,
      onStage: () => {},
    },
    {
      ...{ ledger, evidence, derived, newId: randomUUID, clock: systemClock() },
      settings: { confirmationSeconds: CONFIRMATION_SECONDS },
    },
  );
  expect(ends.map(({ stage, ok }) => [stage, ok])).toEqual(SELF_TEST_STAGES.map((stage) => [stage, true]));
  const notices = await vi.waitUntil(async () => {
    const arrived = await monitor.notices();
    return arrived.length > 0 && arrived;
  }, 30_000);
  expect(notices.map(({ happening }) => happening.url)).toEqual([expect.stringContaining("/selftest/")]);
  expect(await ledger.recent({ limit: 9 })).toEqual({ rows: [] });
  expect(await ledger.watches({ limit: 9 })).toEqual({ rows: [] });
  expect(monitor.errors()).toEqual([]);
});
