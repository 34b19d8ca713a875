import { writeFileSync } from "node:fs";
import { join } from "node:path";
import stringWidth from "string-width";
import { expect, it, vi } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startKiosk } from "./kiosk.ts";
import { run } from "./program.ts";

/** Every step is a process of its own, and the machine may be busy. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 120_000 });

const PAGE = "test/fixtures/pages/wordpress.html";

it("previews a file: the verdict, the fields, where the story is, what is kept and what is left out, in 80 columns", async () => {
  const { code, stdout } = await run(["preview", PAGE]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^article {4}nothing speaks against it\n/);
  expect(stdout).toMatch(/^headline {3}Why the .+ \(h1\)$/m);
  expect(stdout).toMatch(/^story {6}\S+: (?:.+\n){1,2} {6,}[\d,]+ {2}█{24}/m);
  expect(stdout).toMatch(/^kept {7}\d+ pieces\n {2}text {5}\S/m);
  expect(stdout).toMatch(/^left out .*\n(?: {2}.*\n)* {2}comments +\d+ {2}\S+ +It should have been done years/m);
  expect(Math.max(...stdout.split("\n").map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
});

it("shows every piece in its place with --all, and with --find why words are not in the text", async () => {
  const all = await run(["preview", PAGE, "--all"]);
  expect(all.stdout).toMatch(/^- comments {7}It should have been done/m);
  expect(all.stdout).toMatch(/^\+ headline {7}Why the/m);
  expect((await run(["preview", PAGE, "--find", "it should have been DONE"])).stdout).toMatch(
    /^left out: comments {2}\(\S+\)\n {2}It should/,
  );
  expect((await run(["preview", PAGE, "--find", "an albatross"])).stdout).toContain("nowhere in what was served");
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
