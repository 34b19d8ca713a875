import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startKiosk } from "./kiosk.ts";
import { commandLine, run, start } from "./program.ts";

/** Every step is a process of its own, and the machine may be busy. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PAGE = "http://127.0.0.1:9/story";

describe("wrong usage", () => {
  it.each([
    [["nonsense"], "unknown command 'nonsense'"],
    [["watch", "nonsense"], "unknown command 'nonsense'"],
    [["--bogus", "status"], "unknown option '--bogus'"],
    [["watch", "add"], "missing required argument 'url'"],
    [["capture"], "missing required argument 'watch'"],
    [["log"], "missing required argument 'watch'"],
    [["log", "a", "b"], "too many arguments"],
    [["watch", "add", PAGE, "--every", "3x"], '"30s", "15m", "6h" or "1d"'],
    [["watch", "add", PAGE, "--every", "0m"], '"30s", "15m", "6h" or "1d"'],
  ])("%j ends with 2 and says what is wrong and where to read on", async (args, problem) => {
    const { code, stdout, stderr } = await run(["--folder", join(temporaryFolder(), "none"), ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(problem);
    expect(stderr).toContain("npm run -s variorum -- --help");
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it.each([
    [["diff", PAGE, "7"], 2, '"7" is no range: write two revisions as in 3..7'],
    [["show", PAGE, "first"], 2, '"first" is no revision'],
    [["show", PAGE, "99999999999999999999"], 2, "is no revision"],
    [["log", "gopher://127.0.0.1/"], 2, "only http and https pages can be watched, not gopher:"],
    [["log", "example.org/story"], 2, "did you mean https://example.org/story?"],
    [["log", "ffff"], 3, 'no watch "ffff": `watch list` shows those there are'],
    [["log", "http://127.0.0.1:9/unknown"], 3, 'no watch "http://127.0.0.1:9/unknown"'],
    [["show", PAGE], 3, "was not captured yet"],
    [["diff", PAGE, "1..2"], 3, "has no revision 1"],
  ])("%j ends with %i", async (args, code, problem) => {
    const folder = temporaryFolder();
    const { variorum } = commandLine(folder);
    await variorum("watch", "add", PAGE);
    expect(await variorum(...args)).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(problem) });
  });

  it.each([[["status"]], [["watch", "list"]], [["log", "ffff"]]])(
    "%j on a folder that does not exist says how to begin, and makes none",
    async (args) => {
      const folder = join(temporaryFolder(), "none");
      const { variorum } = commandLine(folder);
      const ends = [await variorum(...args), await variorum(...args)];
      for (const { code, stderr } of ends) {
        expect(code).toBe(1);
        expect(stderr).toMatch(/^nothing is kept in \S+ yet: add a watch with `npm run -s variorum -- watch add URL`/);
      }
    },
  );
});

describe("output into a pipe", () => {
  it("may be cut short by its reader", async () => {
    const folder = temporaryFolder();
    const { variorum } = commandLine(folder);
    const many = Array.from({ length: 300 }, (_, n) => `http://127.0.0.1:9/${"long/".repeat(150)}${n}`);
    const list = join(folder, "urls.txt");
    writeFileSync(list, many.join("\n"));
    await variorum("watch", "import", list);
    const child = start(["--folder", folder, "watch", "list", "--json"]);
    let told = "";
    child.stderr?.on("data", (text) => {
      told += text;
    });
    await once(child.stdout!, "data");
    child.stdout!.destroy();
    const [code] = await once(child, "close");
    expect({ code, told }).toEqual({ code: 0, told: "" });
  });

  it("has no colours", async () => {
    const kiosk = await startKiosk();
    const { variorum } = commandLine(temporaryFolder());
    await variorum("capture", kiosk.url);
    await kiosk.go("counted again");
    await variorum("capture", kiosk.url);
    expect((await variorum("diff", kiosk.url)).stdout).not.toContain("\u001b");
  });
});
