import { expect, it } from "vitest";
import { addUsage, costOf, PRICES } from "../../shared/domain/usage.ts";

it("prices each unit by the million", () => {
  expect(costOf({ invocations: 1e6, gigabyteSeconds: 1e6, mails: 1000 })).toBeCloseTo(0.2 + 13.3334 + 0.1, 10);
  expect(costOf({ ledgerReads: 2e6, ledgerWrites: 1e6 })).toBeCloseTo(0.25 + 0.625, 10);
  expect(costOf({ checks: 1e9 })).toBe(0);
  expect(costOf({})).toBe(0);
});

it("tells when its prices were read", () => {
  expect(PRICES.read).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
});

it("adds what was used, and names nothing that was not", () => {
  expect(addUsage({ checks: 1, mails: 0 }, { checks: 2, invocations: 1 })).toEqual({ checks: 3, invocations: 1 });
});
