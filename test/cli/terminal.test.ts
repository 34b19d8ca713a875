import { describe, expect, it, vi } from "vitest";
import { folderPaths } from "../../functions/runtime/local.ts";
import { fileArchive } from "../../shared/adapters/local/file-archive.ts";
import { sqliteLedger } from "../../shared/adapters/local/sqlite-ledger.ts";
import { compareArticles } from "../../shared/diff/compare.ts";
import type { Article } from "../../shared/domain/article.ts";
import { normalise } from "../../shared/normalise/normalise.ts";
import { keepArticle, keepComparison } from "../../shared/ports/derived-store.ts";
import { aChange, aRevision, aRotatingPlace, aState, aWatch } from "../support/builders.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { run } from "./program.ts";

/** Every step is a process of its own, and the machine may be busy. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 120_000 });

/** Clears the screen, names the window, colours by C1 and by SGR, goes back to the line's start. */
const HOSTILE = "Bridge \u001b[2J\u001b]0;mine\u0007 \u009b31m\u001b[31;9m \u001bc\rshut\u007f";

const PAGE = "http://127.0.0.1:9/bridge";

function hostileArticle(words: string): Article {
  const text = `<!doctype html><title>x</title><article><h1>x</h1><p>${words}</p></article>`;
  const article = normalise({ url: PAGE, bytes: Buffer.from(text) });
  return {
    ...article,
    headline: HOSTILE,
    byline: HOSTILE,
    blocks: [
      { kind: "paragraph", text: `${words} ${HOSTILE}` },
      { kind: "paragraph", text: `Ten walks ${HOSTILE}`, volatile: true },
    ],
  };
}

/** A folder as a hostile publisher would like to have it, past everything that the pipeline takes out. */
async function hostileFolder(): Promise<string> {
  const folder = temporaryFolder();
  const paths = folderPaths(folder);
  const ledger = sqliteLedger(paths.ledger);
  const derived = fileArchive(paths.derived);
  const before = hostileArticle("The bridge is open on three days of the week.");
  const after = hostileArticle("The bridge is open on four days of the week.");
  const watch = aWatch({ url: PAGE, tags: [HOSTILE] });
  await ledger.addWatch(watch);
  const { id: watchId } = watch;
  const headline = HOSTILE;
  const baseline = { number: 1, watchId, headline, article: await keepArticle(derived, before) };
  const { change: _, ...first } = aRevision(baseline);
  await ledger.recordRevision(first, PAGE);
  const change = aChange({ comparison: await keepComparison(derived, compareArticles(before, after)) });
  await ledger.recordRevision(
    aRevision({ number: 2, watchId, headline, article: await keepArticle(derived, after), change }),
    PAGE,
  );
  const failure = { kind: "status" as const, detail: HOSTILE, at: "2026-03-01T12:00:00.000Z" };
  await ledger.settle(watchId, aState({ newest: 2, failures: 2, failure }));
  await ledger.recordRotating(watchId, [aRotatingPlace({ after: HOSTILE })], "2026-03-01T12:00:00.000Z");
  ledger.close();
  return folder;
}

/** Has the program believe that a person sits at its standard output. */
const AT_A_TERMINAL = ["--import", "data:text/javascript,process.stdout.isTTY = true"];

const OUR_COLOURS = /\u001b\[(31;9|39;29|32;4|39;24|2|22)m/g;
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

describe("a terminal", () => {
  it.each([
    [["watch", "list"]],
    [["watch", "show", PAGE]],
    [["watch", "pause", PAGE]],
    [["log", PAGE]],
    [["diff", PAGE]],
    [["diff", PAGE, "2..1"]],
    [["show", PAGE]],
    [["status"]],
    [["diff", PAGE, "--json"]],
    [["show", PAGE, "--json"]],
    [["log", HOSTILE]],
  ])("only shows what publishers wrote: %j", async (args) => {
    const folder = await hostileFolder();
    const { stdout, stderr } = await run(["--folder", folder, ...args], { node: AT_A_TERMINAL });
    expect(stdout + stderr).not.toBe("");
    expect(stdout.replace(OUR_COLOURS, "") + stderr).not.toMatch(OBEYED);
  });

  it("is not coloured by a publisher, not even as we colour", async () => {
    const folder = await hostileFolder();
    const plain = await run(["--folder", folder, "show", PAGE], { node: AT_A_TERMINAL });
    expect(plain.stdout).not.toContain("\u001b");
    const { stdout } = await run(["--folder", folder, "diff", PAGE], { node: AT_A_TERMINAL });
    const marks = stdout.match(OUR_COLOURS) ?? [];
    expect(marks).toEqual(["\u001b[31;9m", "\u001b[39;29m", "\u001b[32;4m", "\u001b[39;24m"]); // three → four
  });

  it("shows apart what rotates, and where", async () => {
    const folder = await hostileFolder();
    expect((await run(["--folder", folder, "show", PAGE])).stdout).toMatch(
      /Another on every visit, not compared:\n +Ten walks/,
    );
    expect((await run(["--folder", folder, "watch", "show", PAGE])).stdout).toMatch(
      /^rotates +after “Bridge .*before “Ferries/m,
    );
  });

  it("keeps what a program reads exact", async () => {
    const folder = await hostileFolder();
    const { stdout } = await run(["--folder", folder, "show", PAGE, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ article: { headline: HOSTILE } });
  });

  it.each([
    ["coloured for a person", {}, true],
    ["not coloured against their wish", { NO_COLOR: "1" }, false],
    ["coloured where NO_COLOR is empty, as no-color.org has it", { NO_COLOR: "" }, true],
    ["not coloured where the terminal cannot", { TERM: "dumb" }, false],
  ])("is %s", async (_fact, environment, coloured) => {
    const folder = await hostileFolder();
    const { stdout } = await run(["--folder", folder, "diff", PAGE], { node: AT_A_TERMINAL, environment });
    expect(OUR_COLOURS.test(stdout)).toBe(coloured);
    OUR_COLOURS.lastIndex = 0;
    expect(stdout.includes("[-three-] {+four+}")).toBe(!coloured);
  });
});
