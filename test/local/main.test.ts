import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startKiosk } from "../cli/kiosk.ts";
import { commandLine, run, start } from "../cli/program.ts";
import { RawServer } from "../support/raw-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Every step is a process of its own, and the machine may be busy. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PROGRAM = "functions/local/main.ts";
const WITHIN = { timeout: 60_000, interval: 100 };

/** Longer than the monitor's own grace, far shorter than a fetch may take: a hang shows. */
const FAR_TOO_LONG_MS = 15_000;

interface Running {
  readonly process: ChildProcess;
  said(): string;
  /** @returns exit code, or null when it did not end */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

function monitor(...args: readonly string[]): Running {
  const process = start(["--port", "0", ...args], { program: PROGRAM });
  onTestFinished(() => void process.kill("SIGKILL"));
  let said = "";
  for (const stream of [process.stdout, process.stderr]) stream?.on("data", (text) => (said += text));
  return {
    process,
    said: () => said,
    async stop(signal) {
      const ended = once(process, "exit").then(([code]) => code as number | null);
      process.kill(signal);
      return Promise.race([ended, pause(FAR_TOO_LONG_MS, null, { ref: false })]);
    },
  };
}

describe("npm start", () => {
  it("says first where to read, then where things are kept and what is watched", async () => {
    const folder = temporaryFolder();
    const kiosk = await startKiosk();
    const { said, stop } = monitor("--folder", folder, "--every", "1m", kiosk.url);
    await vi.waitFor(() => expect(said()).toContain("first capture  The Ferry Kiosk"), WITHIN);
    expect(said().split("\n").slice(0, 6)).toEqual([
      expect.stringMatching(/^Reading room {2}http:\/\/127\.0\.0\.1:\d+$/),
      `Kept in       ${folder}`,
      "Watching      1 of 1 page",
      `  + ${kiosk.url}`,
      expect.stringMatching(/^Variorum \S+\. Stop with Ctrl\+C\. Times are UTC\.$/),
      "",
    ]);
    const [address = ""] = /http:\S+/.exec(said()) ?? [];
    expect((await fetch(address)).status).toBe(200);
    expect(await stop("SIGINT")).toBe(0);
    expect(said()).toMatch(/Stopped\. `npm start` goes on where it was\.\n$/);
  });

  it("takes another port when its own is taken, and says so", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const { said } = monitor("--folder", temporaryFolder(), "--port", String(port), "http://127.0.0.1:9/a");
    await vi.waitFor(() => expect(said()).toContain(`(port ${port} is taken)`), WITHIN);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "ends soon on %s although a page never answers, and goes on where it was",
    async (signal) => {
      const folder = temporaryFolder();
      let silent = true;
      const server = await RawServer.listen((socket, request) => {
        if (request.startsWith("GET /robots.txt"))
          return void socket.end("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
        if (silent) return;
        const text = "The quay is swept on Mondays, before the boats come in with the tide.";
        const body = `<!doctype html><title>Quay</title><article><h1>Quay</h1><p>${text}</p></article>`;
        socket.end(`HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
      });
      onTestFinished(() => server.close());
      const first = monitor("--folder", folder, "--every", "1s", server.url("/quay"));
      await vi.waitFor(() => expect(server.requests.some((head) => head.startsWith("GET /quay"))).toBe(true), WITHIN);
      expect(await first.stop(signal)).toBe(0);
      expect(first.said()).toMatch(/Stopped\. `npm start` goes on where it was\.\n$/);
      expect(first.said()).not.toContain("WARNING");

      silent = false;
      const second = monitor("--folder", folder);
      await vi.waitFor(() => expect(second.said()).toContain("first capture  Quay"), WITHIN);
      expect(second.said()).toContain("Watching      1 of 1 page");
      expect(await commandLine(folder).json("log", server.url("/quay"))).toHaveLength(1);
    },
  );

  it("goes on watching when nobody reads its output any more", async () => {
    const folder = temporaryFolder();
    const kiosk = await startKiosk();
    const { process, said, stop } = monitor("--folder", folder, "--every", "1s", kiosk.url);
    await vi.waitFor(() => expect(said()).toContain("first capture"), WITHIN);
    process.stdout?.destroy();
    await kiosk.go("counted again");
    await vi.waitFor(async () => expect(await commandLine(folder).json("log", kiosk.url)).toHaveLength(2), WITHIN);
    expect(await stop("SIGTERM")).toBe(0);
  });

  it("stops by itself when its time is up", async () => {
    const { code, stdout } = await run(
      ["--folder", temporaryFolder(), "--port", "0", "--for", "1s", "http://127.0.0.1:9/a"],
      { program: PROGRAM },
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("Stopped.") });
  });

  it("shows the demo when nothing is watched yet, in a folder of its own", async () => {
    const folder = join(temporaryFolder(), "none");
    const { said, stop } = monitor("--folder", folder);
    await vi.waitFor(() => expect(said()).toContain("first capture"), WITHIN);
    expect(said()).not.toContain(folder);
    expect(await stop("SIGTERM")).toBe(0);
    expect(said()).toContain("Stopped; the demo's folder is gone.");
  });

  it.each([
    [["--every", "3x"], '"30s", "15m", "6h" or "1d"'],
    [["--port", "70000"], "Give 0 to 65535."],
    [["--bogus"], "unknown option '--bogus'"],
  ])("%j ends with 2 and says what is wrong", async (args, problem) => {
    const { code, stderr } = await run(args, { program: PROGRAM });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(problem) });
    expect(stderr).toContain("npm start -- --help");
  });
});
