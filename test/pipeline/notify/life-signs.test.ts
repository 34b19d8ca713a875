import { expect, it } from "vitest";
import type { Usage } from "../../../shared/domain/usage.ts";
import { costBetween } from "../../../shared/pipeline/notify/life-signs.ts";

it("tells the cost of a week by its seven days, and of the month so far", async () => {
  const asked: string[] = [];
  const meter = {
    async usedBetween(from: string, to: string): Promise<Usage> {
      asked.push(`${from.slice(0, 10)}…${to.slice(0, 10)}`);
      return { invocations: 1e6 * asked.length };
    },
  };
  const cost = await costBetween("2026-02-23T07:00:00.000Z", "2026-03-02T07:00:00.000Z", meter);
  expect(asked).toEqual(["2026-02-24…2026-03-02", "2026-03-01…2026-03-02"]);
  expect(cost).toMatchObject({ period: 0.2, month: 0.4, region: "us-east-1" });
});
