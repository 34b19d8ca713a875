import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { STACK_OUTPUTS } from "../../shared/config.ts";
import { ROOT } from "./template.ts";

const folder = mkdtempSync(join(tmpdir(), "variorum-synth-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the app as the CDK would, its functions left unbundled, in an environment without credentials. */
function synth(context: Record<string, unknown>): Promise<{ code: number; errors: string; outdir: string }> {
  const outdir = mkdtempSync(join(folder, "out-"));
  const { context: flags } = JSON.parse(readFileSync(join(ROOT, "cdk.json"), "utf8"));
  const env = {
    PATH: process.env.PATH,
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify({ ...flags, "aws:cdk:bundling-stacks": [], ...context }),
  };
  return new Promise((resolve) =>
    execFile(process.execPath, ["infra/app.ts"], { cwd: ROOT, env }, (error, _out, errors) =>
      resolve({ code: error ? Number(error.code) : 0, errors, outdir }),
    ),
  );
}

describe("the app", () => {
  it("makes one stack without credentials or look-ups, and cdk-nag has nothing to say", async () => {
    const { code, errors, outdir } = await synth({
      settings: "variorum.example.json",
      mailFrom: "monitor@news.example",
    });
    expect(errors).not.toMatch(/\b(ERROR|WARNING)\b/);
    expect(code).toBe(0);
    const { artifacts, missing } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
    expect(missing).toBeUndefined();
    const stacks = Object.values<{ type: string }>(artifacts).filter(({ type }) => type === "aws:cloudformation:stack");
    expect(stacks).toHaveLength(1);
    const { Outputs } = JSON.parse(readFileSync(join(outdir, "Variorum.template.json"), "utf8"));
    expect(Object.keys(Outputs).sort()).toEqual(Object.values(STACK_OUTPUTS).sort());
  });
  it("stops without a contact, and says where to set it, without a stack trace", async () => {
    const { code, errors } = await synth({
      settings: undefined,
      alarmEmail: "night.desk@gazette.test",
      contact: "nobody",
    });
    expect(code).toBe(1);
    expect(errors).toContain("contact: is neither a mail address nor an https:// page");
    expect(errors).toContain("variorum.json");
    expect(errors).not.toMatch(/\n\s+at /);
  });
});
