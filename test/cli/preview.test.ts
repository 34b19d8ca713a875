import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startKiosk } from "./kiosk.ts";
import { run } from "./program.ts";

/** Every step is a process of its own, and the machine may be busy. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PAGE = "test/fixtures/pages/wordpress.html";

it("previews a file: what is read, and with --all what is not and why", async () => {
  const short = await run(["preview", PAGE]);
  expect(short.code).toBe(0);
  expect(short.stdout).toMatch(/^headline {3}Why the .+ {2}\(h1\)\n/);
  expect(short.stdout).toMatch(/^paragraph {19}\S/m);
  expect(short.stdout).not.toContain("- comments");
  const all = await run(["preview", PAGE, "--all"]);
  expect(all.stdout).toMatch(/^- comments {18}It should have been done/m);
});

it("reads a saved page by the rule of the source that it was saved from", async () => {
  const rules = join(temporaryFolder(), "rules.json");
  writeFileSync(rules, JSON.stringify([{ host: "kelp.example", drop: "p" }]));
  const named = ["preview", PAGE, "--rules", rules, "--json"];
  const blocks = async (...more: string[]) => JSON.parse((await run([...named, ...more])).stdout).article.blocks.length;
  expect(await blocks("--url", "https://kelp.example/1")).toBeLessThan(
    await blocks("--url", "https://other.example/1"),
  );
  writeFileSync(rules, "[{}]");
  expect(await run(named)).toMatchObject({ code: 1, stderr: expect.stringContaining("rule 1: host is missing") });
});

it("previews a URL and keeps nothing", async () => {
  const kiosk = await startKiosk();
  const { code, stdout } = await run(["preview", kiosk.url, "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    failure: null,
    article: { headline: "The Ferry Kiosk Sells Its Last Paper Ticket" },
  });
});

it("tells a page that is no article, and what is no page at all", async () => {
  const wall = join(temporaryFolder(), "wall.html");
  writeFileSync(wall, "<title>Page not found | The Quay</title><h1>Oops!</h1><p>Try the front page.</p>");
  const refused = await run(["preview", wall]);
  expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining("Page not found") });
  expect(await run(["preview", "no-such-file.html"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("neither a URL nor a file"),
  });
});
