import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../../shared/adapters/local/system-clock.ts";
import { clockContract } from "../../contracts/clock.ts";
import { manualClock } from "../../support/manual-clock.ts";

clockContract("systemClock", systemClock);
clockContract("the tests' manual clock", manualClock);

describe("systemClock", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("tells the machine's time", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-01T12:00:00.000Z") });
    expect(systemClock().now()).toBe("2026-03-01T12:00:00.000Z");
  });

  it("stands still while the machine's time is set back", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-01T12:00:00.000Z") });
    const clock = systemClock();
    clock.now();
    vi.setSystemTime(new Date("2026-03-01T11:00:00.000Z"));
    expect(clock.now()).toBe("2026-03-01T12:00:00.000Z");
    vi.setSystemTime(new Date("2026-03-01T12:00:00.001Z"));
    expect(clock.now()).toBe("2026-03-01T12:00:00.001Z");
  });

  it("sleeps for a while and wakes by itself", () => expect(systemClock().sleep(0.01)).resolves.toBeUndefined());

  it("keeps no process alive once the signal has aborted", () => {
    const adapter = pathToFileURL(join(import.meta.dirname, "../../../shared/adapters/local/system-clock.ts"));
    const script = `
      import { systemClock } from ${JSON.stringify(adapter.href)};
      const wake = new AbortController();
      systemClock().sleep(3600, wake.signal).then(() => console.log("awake"));
      setImmediate(() => wake.abort());
    `;
    const child = spawnSync(process.execPath, ["--input-type=module", "-e", script], { timeout: 15_000 });
    expect({ code: child.status, out: String(child.stdout) }).toEqual({ code: 0, out: "awake\n" });
  });
});
