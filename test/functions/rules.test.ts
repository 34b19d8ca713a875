import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderRules } from "../../functions/runtime/local.ts";
import { rulesIn } from "../../functions/runtime/rules.ts";
import { SettingError } from "../../functions/runtime/settings.ts";
import { SHIPPED_RULES } from "../../shared/normalise/rules/shipped/index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const OWN = [{ host: "paper.example", take: ".story" }];

/** A folder with a file of rules in it. */
function folderWith(text: string): { readonly folder: string; readonly file: string } {
  const folder = temporaryFolder();
  const file = join(folder, "rules.json");
  writeFileSync(file, text);
  return { folder, file };
}

function complaint(file: string): string {
  try {
    rulesIn(file);
  } catch (error) {
    if (error instanceof SettingError) return error.message;
    throw error;
  }
  return "";
}

describe("the operator's rules", () => {
  it("go before those that come with the program", () => {
    const { folder, file } = folderWith(JSON.stringify(OWN));
    expect(rulesIn(file)).toEqual([{ host: "paper.example", take: [".story"] }, ...SHIPPED_RULES]);
    expect(folderRules(folder)).toEqual(rulesIn(file));
  });
  it("need not be there in a folder", () => expect(folderRules(temporaryFolder())).toBe(SHIPPED_RULES));
  it.each([
    ["is not there", undefined, /^The file of rules .*none\.json cannot be read \(ENOENT/],
    ["is not JSON", "[{", /^The file of rules .*rules\.json is not JSON \(/],
  ])("say so when their file %s", (_what, text, problem) => {
    const file = text === undefined ? join(temporaryFolder(), "none.json") : folderWith(text).file;
    expect(complaint(file)).toMatch(problem);
  });
  it("say all that is wrong in them, and where to learn how they are written", () => {
    const { file } = folderWith(JSON.stringify([{ host: "paper.example", take: "p:has(a)" }, {}]));
    expect(complaint(file).split("\n")).toEqual([
      expect.stringMatching(/^The rules in .*rules\.json cannot be used:$/),
      expect.stringMatching(/^ {2}- rule 1 \(paper\.example\): take.*:has/),
      "  - rule 2: host is missing",
      "How rules are written: docs/rules.md",
    ]);
  });
});

describe("packing them with a function", () => {
  const PACK = "functions/runtime/pack-rules.ts";
  it("lays them beside the code as they will be read", () => {
    const target = temporaryFolder();
    execFileSync(process.execPath, [PACK, folderWith(JSON.stringify(OWN)).file, target]);
    expect(JSON.parse(readFileSync(join(target, "rules.json"), "utf8"))).toEqual([
      { host: "paper.example", take: [".story"] },
    ]);
  });
  it("ends the deploy when one is wrong, without a stack trace", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [PACK, folderWith('[{"host":"a b"}]').file, temporaryFolder()],
      {
        encoding: "utf8",
      },
    );
    expect(status).toBe(1);
    expect(stderr).toContain("rule 1 (a b): host is no host");
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
