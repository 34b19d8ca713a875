import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ENV } from "../../shared/config.ts";
import { isInstant } from "../../shared/domain/time.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startKiosk } from "./kiosk.ts";
import { commandLine, run } from "./program.ts";

/** Every step is a process of its own, and the machine may be busy. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 120_000 });

let folder: string;
let variorum: ReturnType<typeof commandLine>["variorum"];
let json: ReturnType<typeof commandLine>["json"];
beforeEach(() => {
  folder = join(temporaryFolder(), "kept");
  ({ variorum, json } = commandLine(folder));
});

const PAGE = "http://127.0.0.1:9/story";
const ID = watchIdOf(PAGE);

describe("watch", () => {
  it("adds a page once, and leaves it as it was the second time", async () => {
    const first = await variorum("watch", "add", PAGE, "--every", "7m", "--tag", "quay", "tickets");
    expect(first).toMatchObject({ code: 0, stdout: `added          ${ID}  every 5m  ${PAGE}\n`, stderr: "" });
    const second = await variorum("watch", "add", `${PAGE}#comments`, "--every", "1d");
    expect(second.code).toBe(0);
    expect(second.stdout).toMatch(new RegExp(`^there already  ${ID}  every 5m  .*\\n +left as it was`));
    expect(await json("watch", "list")).toEqual([
      {
        id: ID,
        url: PAGE,
        added: expect.toSatisfy(isInstant),
        tags: ["quay", "tickets"],
        cadenceSeconds: 300,
        status: "active",
      },
    ]);
    const listed = await variorum("watch", "list");
    expect(listed.stdout.split("\n")[1]).toMatch(new RegExp(`^${ID}  active  5m +quay tickets  ${PAGE}$`));
  });

  it("adds those that it can, says why not the others, and ends with 1", async () => {
    const { code, stdout } = await variorum("watch", "add", PAGE, "ftp://127.0.0.1/a", "example.org/a");
    expect(code).toBe(1);
    expect(stdout).toContain(`added          ${ID}`);
    expect(stdout).toContain("not added      only http and https pages can be watched, not ftp:");
    expect(stdout).toContain("did you mean https://example.org/a?");
    expect(await json("watch", "add", PAGE, "ftp://127.0.0.1/a")).toMatchObject([
      { given: PAGE, ok: true, added: false, watch: { id: ID } },
      { given: "ftp://127.0.0.1/a", ok: false, problem: expect.stringContaining("ftp:") },
    ]);
  });

  it("asks for a contact before it follows anybody else's page", async () => {
    const refused = await variorum("watch", "add", "https://paper.example/a");
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining(`${ENV.contact}=`) });
    expect(await json("watch", "list")).toEqual([]);
    const environment = { [ENV.contact]: "desk@newsroom.example" };
    const added = await run(["--folder", folder, "watch", "add", "https://paper.example/a"], { environment });
    expect(added.code).toBe(0);
  });

  it("keeps the reason for an override of robots.txt", async () => {
    await variorum("watch", "add", PAGE, "--ignore-robots", "agreed with the editor on 4 May");
    expect((await variorum("watch", "show", PAGE)).stdout).toContain("overridden: agreed with the editor on 4 May");
  });

  it("imports a list with its comments, its empty lines and a byte order mark, also from standard input", async () => {
    const list = `\ufeff# quay\r\n${PAGE}\r\n\r\n  http://127.0.0.1:9/other  \n`;
    const file = join(temporaryFolder(), "urls.txt");
    writeFileSync(file, list);
    expect((await variorum("watch", "import", file)).code).toBe(0);
    expect(await json<{ url: string }[]>("watch", "list")).toHaveLength(2);
    const again = await run(["--folder", folder, "watch", "import", "-"], { stdin: list });
    expect(again.stdout.match(/^there already/gm)).toHaveLength(2);
  });

  it.each([
    ["a file that is not there", "/no/such/list.txt", /^\/no\/such\/list\.txt cannot be read: ENOENT/],
    ["an empty list", "-", /^standard input holds no URL: write one a line/],
  ])("refuses to import %s, and makes no folder for it", async (_fact, file, problem) => {
    expect(await variorum("watch", "import", file)).toMatchObject({ code: 1, stderr: expect.stringMatching(problem) });
    expect((await variorum("watch", "list")).stderr).toContain("nothing is kept in");
  });

  it("pauses and resumes by id, by its beginning, by URL, and changes nothing when one of them is unknown", async () => {
    await variorum("watch", "add", PAGE, "http://127.0.0.1:9/other");
    const statuses = async () => (await json<{ status: string }[]>("watch", "list")).map(({ status }) => status);
    expect(await variorum("watch", "pause", PAGE, "0000000000000000")).toMatchObject({ code: 3, stdout: "" });
    expect(await statuses()).toEqual(["active", "active"]);
    expect((await variorum("watch", "pause", ID.slice(0, 6), "http://127.0.0.1:9/other")).code).toBe(0);
    expect(await statuses()).toEqual(["paused", "paused"]);
    expect(await variorum("capture", ID)).toMatchObject({ code: 1, stderr: expect.stringContaining("watch resume") });
    expect((await variorum("watch", "add", PAGE)).stdout).toContain(
      `it is paused: \`npm run -s variorum -- watch resume`,
    );
    expect((await variorum("watch", "resume", ID)).stdout).toBe(`active   ${ID}  ${PAGE}\n`);
    expect(await statuses()).toEqual(["active", "paused"]);
  });

  it("removes a page whose history stays, and shows again when it is added again", async () => {
    const { url } = await startKiosk();
    const id = watchIdOf(url);
    await variorum("capture", url);
    expect((await variorum("watch", "remove", url)).code).toBe(0);
    expect(await json("watch", "list")).toEqual([]);
    expect(await json("log", id)).toMatchObject([{ number: 1 }]);
    expect(await variorum("capture", id)).toMatchObject({ code: 1, stderr: expect.stringContaining("was removed") });
    expect(await variorum("watch", "pause", id)).toMatchObject({ code: 1, stderr: expect.stringContaining(url) });
    expect((await variorum("watch", "add", url, "--every", "1h")).stdout).toMatch(/^added .* every 1h /);
    expect(await json("log", id)).toMatchObject([{ number: 1 }]);
    expect((await variorum("capture", id)).stdout).toBe(`${id} still reads as revision 1\n`);
  });
});

describe("an article's history", () => {
  it("is captured, listed, compared and shown", async () => {
    const kiosk = await startKiosk();
    const id = watchIdOf(kiosk.url);

    expect(await variorum("capture", kiosk.url)).toMatchObject({
      code: 0,
      stdout: `first capture of ${id}: The Ferry Kiosk Sells Its Last Paper Ticket\n`,
    });
    expect(await variorum("diff", id)).toMatchObject({ code: 3, stderr: `${id} has not changed yet\n` });
    await kiosk.go("counted again");
    expect(await json("capture", id)).toMatchObject({ watchId: id, kind: "revision", revision: 2 });
    await kiosk.go("reworded");
    expect((await variorum("capture", id)).stdout).toContain(`\`npm run -s variorum -- diff ${id}\` shows it`);

    const log = await variorum("log", id);
    expect(log.stdout.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^\S+Z {2}revision 3 {2}substantive, date-only; edited after \S+Z$/),
      expect.stringMatching(/^\S+Z {2}revision 2 {2}substantive, unmarked, number; edited after \S+Z$/),
      expect.stringMatching(/^\S+Z {2}revision 1 {2}first capture: The Ferry Kiosk Sells Its Last Paper Ticket$/),
    ]);
    expect(await json("log", id)).toMatchObject([
      { number: 3, change: { significance: "substantive", disclosure: "date-only" } },
      { number: 2, change: { labels: ["number"], disclosure: "none" } },
      { number: 1, cause: "edit" },
    ]);

    const newest = await variorum("diff", id);
    expect(newest.stdout).toMatch(
      /^revision 2 → 3\nsubstantive, date-only\nedited after \S+Z, not after \S+Z\n\n.*explain the \{\+new ?\+\} ?gate/s,
    );
    const both = await variorum("diff", id, "1..3");
    expect(both.stdout).toMatch(/\[-340-\] \{\+430\+\}.*\{\+new/s);
    expect((await variorum("diff", id, "3..1")).stdout).toMatch(/\[-430-\] \{\+340\+\}.*\[-new/s);
    expect(await json("diff", id, "1..2")).toMatchObject({
      watchId: id,
      from: 1,
      to: 2,
      change: { version: 1, significance: "substantive", unmarked: true, labels: [{ kind: "number" }], hints: [] },
    });
    const as = async (format: string) => (await variorum("diff", id, "1..2", "--format", format)).stdout;
    expect(await as("markdown")).toMatch(
      /^\*\*The Ferry Kiosk .*\nsubstantive, unmarked, number.*\n\nAbout ~~340~~ \*\*430\*\* tickets/s,
    );
    expect(await as("patch")).toMatch(/^=+\n--- revision-1\n\+\+\+ revision-2\n@@ .*\n-About 340.*\n\+About 430/ms);
    expect(JSON.parse(await as("json"))).toEqual(await json("diff", id, "1..2"));
    expect(await variorum("diff", id, "--format", "pdf")).toMatchObject({ code: 2, stdout: "" });

    expect((await variorum("show", id)).stdout).toMatch(/^The Ferry Kiosk .*\nby Quay Desk\n.*430 tickets/s);
    expect((await variorum("show", id, "1")).stdout).toContain("About 340 tickets");
    expect(await json("show", id, "1")).toMatchObject({
      revision: { number: 1 },
      article: { headline: "The Ferry Kiosk Sells Its Last Paper Ticket", language: "en" },
    });
    expect(await json("watch", "show", id)).toMatchObject({
      watch: { id },
      state: { newest: 3 },
      newest: { number: 3 },
    });
  });

  it("tells a page that cannot be read, with what to do, and ends with 1", async () => {
    const kiosk = await startKiosk();
    await variorum("capture", kiosk.url);
    await kiosk.go("down");
    expect(await variorum("capture", kiosk.url)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(
        /^no article from \w+: the server answered with an error \(.*503.*\); we try again\n$/,
      ),
    });
    expect((await variorum("watch", "show", kiosk.url)).stdout).toMatch(/failing +once, last \S+Z: .*503/);
    expect((await variorum("status")).stdout).toMatch(/failing \(1\):\n {2}\w{16} {2}http.*503/);
    expect(await json("log", kiosk.url)).toHaveLength(1);
  });
});

describe("status", () => {
  it("says that nothing runs, what was never read, and how to go on", async () => {
    await variorum("watch", "add", PAGE);
    const { code, stdout } = await variorum("status");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^NOT RUNNING, last tick never: start it with `npm start`\n1 watch, 1 active\n/);
    expect(stdout).toContain(`not read yet (1):\n  ${ID}  ${PAGE}`);
    expect(await json("status")).toEqual({
      alive: false,
      lastTick: null,
      watches: 1,
      active: 1,
      neverRead: [{ id: ID, url: PAGE }],
      unpublished: [],
      failing: [],
      unseen: [],
      unfitRules: [],
      untold: 0,
      notices: { waiting: { due: 0, retried: 0, later: 0 }, dead: [], receivers: [], suspended: [] },
    });
  });

  it("names the pages that the rule of their source does not fit, and the folder's rules that cannot be used", async () => {
    const kiosk = await startKiosk();
    await variorum("capture", kiosk.url);
    const rules = join(folder, "rules.json");
    writeFileSync(rules, JSON.stringify([{ host: "127.0.0.1", take: ".gone" }]));
    await kiosk.go("reworded");
    expect((await variorum("capture", kiosk.url)).stderr).toContain("the rule of a page's source does not fit it");
    const told = "rule: take (.gone) finds no story";
    expect((await variorum("status")).stdout).toMatch(
      /read without a part of the source's rule.* \(1\):\n.*finds no story/,
    );
    expect((await json<{ unfitRules: unknown[] }>("status")).unfitRules).toMatchObject([
      { url: kiosk.url, detail: told },
    ]);
    expect((await variorum("watch", "show", kiosk.url)).stdout).toMatch(
      /^rule +rule: take \(\.gone\) finds no story, since /m,
    );
    writeFileSync(rules, JSON.stringify([{ host: "127.0.0.1", take: "p:has(a)" }]));
    expect(await variorum("status")).toMatchObject({ code: 1, stderr: expect.stringContaining("uses :has") });
  });
});
