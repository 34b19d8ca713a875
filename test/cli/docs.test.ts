import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { durationText } from "../../functions/cli/print.ts";
import { ENV } from "../../shared/config.ts";
import { CADENCE_CLASSES } from "../../shared/domain/cadence.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startKiosk } from "./kiosk.ts";
import { commandLine, ROOT, run } from "./program.ts";
import { startStandInStacks } from "./stand-in-stack.ts";

/** Every step is a process of its own, and the machine may be busy. */
vi.setConfig({ testTimeout: 900_000, hookTimeout: 120_000 });

const PATH = join(ROOT, "docs/cli.md");
const document = readFileSync(PATH, "utf8");

const COMMAND = "npm run -s variorum --";
const STORY = "https://paper.example/story";

/** The lines of all shell blocks, in order. */
const lines = [...document.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = ""]) => block.trim().split("\n"));

const HELP = "## Help\n\n";
const SUBSCRIPTIONS = ["add", "list", "show", "change", "end", "resume", "save", "preview", "redrive"];
/** Every command that does something, and those whose help the document shows: the ones with words of their own. */
const COMMANDS = ["add", "import", "list", "show", "link", "pause", "resume", "remove"]
  .map((name) => `watch ${name}`)
  .concat(["preview", "capture", "log", "diff", "show", "status", "selftest", "doctor mail"])
  .concat(["hold", "embargo", "takedown", "lift", "link", "list"].map((name) => `restrict ${name}`))
  .concat(SUBSCRIPTIONS.map((name) => `subscriptions ${name}`));
const SHOWN = [
  [],
  ["watch"],
  ["watch", "add"],
  ["watch", "import"],
  ["restrict"],
  ["subscriptions"],
  ["subscriptions", "add"],
];

/** What the program says about a command; what it says about all of them, once. */
async function helpOf(command: readonly string[]): Promise<string> {
  const { code, stdout } = await run([...command, "--help"]);
  expect(code).toBe(0);
  return (
    stdout.split("\n\nGlobal Options:")[0]!.trimEnd() +
    (/\n\nCommands:.*/s.exec(globalPart(stdout))?.[0] ?? "").trimEnd()
  );
}

const globalPart = (help: string): string => help.split("\n\nGlobal Options:")[1] ?? "";

describe("docs/cli.md", () => {
  it("has only lines that run, as they stand there, in their order", async () => {
    const [kiosk, here, folder] = [await startKiosk(), await startStandInStacks(), temporaryFolder()];
    onTestFinished(() => here.stop());
    const id = watchIdOf(kiosk.url);
    const list = join(folder, "pages.txt");
    writeFileSync(list, `# quay\nhttps://paper.example/one\n${kiosk.url}\n`);
    const { variorum } = commandLine(folder);

    const shell = async (line: string) => {
      const onStack = line.includes("--stack");
      const script = line
        .replaceAll(COMMAND, `"$NODE" functions/cli/main.ts ${onStack ? "" : `--folder '${folder}'`}`)
        .replaceAll("pages.txt", `'${list}'`)
        .replace(/\bID\b/, id);
      const child = spawn("sh", ["-c", onStack ? script : script.replaceAll(STORY, kiosk.url)], {
        cwd: ROOT,
        env: {
          PATH: process.env.PATH,
          NODE: process.execPath,
          [ENV.contact]: "desk@newsroom.example",
          [ENV.allowAddresses]: "loopback",
          [ENV.hostGapSeconds]: "0.1",
          ...(onStack && here.environment),
        },
      });
      const ended = new Promise((resolve) => child.once("close", resolve));
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
      return { line, code: await ended, stdout, stderr };
    };

    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) {
      if (line.includes(" log ")) {
        // There is a change to read by then.
        await kiosk.go("counted again");
        await variorum("capture", id);
      }
      const ended = await shell(line);
      // No mail server is set up there, which is what the doctor says.
      const code = line.includes(" doctor ") ? 1 : 0;
      expect(ended).toEqual({ line, code, stdout: expect.stringMatching(/\S/), stderr: "" });
    }
    expect((await shell(`${COMMAND} diff ID`)).stdout).toContain("[-340-] {+430+}");
    expect(here.asked).toHaveLength(5);
  });

  it("shows every command, and tells the help of each as the program does", async () => {
    const helps = [];
    for (const command of SHOWN) helps.push(`\`\`\`text\n${await helpOf(command)}\n\`\`\`\n`);
    const told = `${document.slice(0, document.indexOf(HELP))}${HELP}${helps.join("\n")}`;
    if (process.env.UPDATE_DOCS)
      writeFileSync(PATH, told); // after a change of the program's own words
    else expect(document).toBe(told);
    for (const command of COMMANDS) expect(lines.join("\n")).toMatch(new RegExp(`-- (--stack \\w+ )?${command}\\b`));
  });

  it("names the cadences that there are", () => {
    expect(document).toContain(`: ${CADENCE_CLASSES.map(durationText).join(", ")};`);
  });
});
