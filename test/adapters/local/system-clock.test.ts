import { spawnSync } from "node:child_process";
import { afterEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../../shared/adapters/local/system-clock.ts";
import { clockContract } from "../../contracts/clock.ts";
import { moduleUrl } from "../../support/child-module.ts";
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

  it("sleeps for months without waking in between", () => {
    const { stderr } = runWith("setImmediate(() => wake.abort());", 90 * 86_400);
    expect(stderr).toBe(""); // Node warns of a timer that is too long, and fires it at once
  });

  it("keeps no process alive once the signal has aborted", () => {
    expect(runWith("setImmediate(() => wake.abort());", 3600)).toEqual({ code: 0, stdout: "awake\n", stderr: "" });
  });
});

/** Runs a process whose only business is a sleep of so many seconds, and code that can `wake` it. */
function runWith(code: string, seconds: number) {
  const script = `
    import { systemClock } from ${JSON.stringify(moduleUrl("shared/adapters/local/system-clock.ts"))};
    const wake = new AbortController();
    systemClock().sleep(${seconds}, wake.signal).then(() => console.log("awake"));
    ${code}
  `;
  const child = spawnSync(process.execPath, ["--input-type=module", "-e", script], { timeout: 15_000 });
  return { code: child.status, stdout: String(child.stdout), stderr: String(child.stderr) };
}
