import { describe, expect, it } from "vitest";
import { isAlive } from "../../shared/domain/heartbeat.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { NOON } from "../support/builders.ts";

describe("isAlive", () => {
  it.each([
    ["a tick a minute ago shows that it runs", -60, true],
    ["one of three minutes ago just so", -180, true],
    ["an older one does not", -181, false],
    ["one a little ahead is another machine's clock", 30, true],
    ["one far ahead was recorded by a wrong clock and proves nothing", 3600, false],
  ])("%s", (_fact, seconds, expected) => expect(isAlive(addSeconds(NOON, seconds), NOON)).toBe(expected));
  it("nothing shows it before the first tick", () => expect(isAlive(null, NOON)).toBe(false));
});
