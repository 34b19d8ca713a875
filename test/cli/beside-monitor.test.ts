import { once } from "node:events";
import { expect, it, onTestFinished, vi } from "vitest";
import { watchIdOf } from "../../shared/domain/url.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startKiosk } from "./kiosk.ts";
import { commandLine, start } from "./program.ts";

/** Every step is a process of its own, and the machine may be busy. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 120_000 });

const WITHIN = { timeout: 60_000, interval: 200 };

it("the command line works beside a running monitor, which goes on with what it was told", async () => {
  const folder = temporaryFolder();
  const { variorum, json } = commandLine(folder);
  const kiosk = await startKiosk();
  const id = watchIdOf(kiosk.url);
  await variorum("watch", "add", "http://127.0.0.1:9/nobody-home", "--every", "1d");

  const monitor = start(["--folder", folder, "--port", "0"], { program: "functions/local/main.ts" });
  onTestFinished(() => void monitor.kill("SIGKILL"));
  let said = "";
  monitor.stdout?.on("data", (text) => {
    said += text;
  });
  await vi.waitFor(() => expect(said).toContain("Stop with Ctrl+C"), WITHIN);
  await vi.waitFor(async () => expect(await json("status")).toMatchObject({ alive: true }), WITHIN);

  // A page that the command line adds is captured by the monitor, which calls it by its name.
  await variorum("watch", "add", kiosk.url, "--every", "1s");
  await vi.waitFor(async () => expect(await json("log", id)).toHaveLength(1), WITHIN);

  // Both capture it; nothing is recorded twice.
  await kiosk.go("counted again");
  const ends = await Promise.all([variorum("capture", id), variorum("capture", kiosk.url)]);
  expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  await vi.waitFor(async () => expect(await json("log", id)).toHaveLength(2), WITHIN);

  // Paused, it is asked no more.
  await variorum("watch", "pause", id);
  const { state } = await json<{ state: { checked: string } }>("watch", "show", id);
  await kiosk.go("reworded");
  await vi.waitFor(async () => {
    const { lastTick } = await json<{ lastTick: string }>("status");
    expect(Date.parse(lastTick)).toBeGreaterThan(Date.parse(state.checked) + 4000);
  }, WITHIN);
  expect(await json("log", id)).toHaveLength(2);
  await variorum("watch", "resume", id);
  await vi.waitFor(async () => expect(await json("log", id)).toHaveLength(3), WITHIN);

  monitor.kill("SIGTERM");
  const [code] = await once(monitor, "exit");
  expect(code).toBe(0);
  expect(said).toContain(`no article     http://127.0.0.1:9/nobody-home: `);
});
