import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { sqliteLedger } from "../../shared/adapters/local/sqlite-ledger.ts";
import type { RestrictionAct } from "../../shared/domain/restriction.ts";
import { aRevision, aWatch } from "../support/builders.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { commandsHere } from "./in-process.ts";

vi.setConfig({ testTimeout: 60_000 });

const { id, url } = aWatch();

/** A watch with four revisions, of which the first and the third read the same. */
async function aFolder() {
  const folder = temporaryFolder();
  await commandsHere(folder)
    .variorum("watch", "list")
    .catch(() => {});
  const ledger = sqliteLedger(join(folder, "ledger.sqlite"));
  await ledger.addWatch(aWatch());
  for (const [index, reading] of ["A", "B", "A", "C"].entries()) {
    await ledger.recordRevision(aRevision({ number: index + 1, reading }), url);
  }
  ledger.close();
  return { folder, ...commandsHere(folder) };
}

describe("restrict", () => {
  it("records who hid what, when and why, and what is hidden with it", async () => {
    const { variorum, json } = await aFolder();
    const told = await variorum(
      "restrict",
      "takedown",
      id,
      "1",
      "--legal",
      "--reason",
      "order 7",
      "--by",
      "Legal desk",
    );
    expect(told.stdout).toBe(
      `taken down: revision 1 of ${id}  ${url}\n` +
        "the changes to and from it are hidden with it: 1 and 2\nso are revisions that read the same: 3\n",
    );
    await variorum("restrict", "hold", url, "--reason", "until it was read");
    await variorum("restrict", "lift", id, "--reason", "it was");
    const { hidden, acts } = await json<Record<"hidden" | "acts", RestrictionAct[]>>("restrict", "list");
    expect(acts.map(({ kind, reason }) => [kind, reason])).toEqual([
      ["takedown", "order 7"],
      ["hold", "until it was read"],
      ["lift", "it was"],
    ]);
    expect(hidden).toEqual([acts[0]]);
    expect(acts[0]).toMatchObject({
      watchId: id,
      revision: { number: 1, reading: "A" },
      by: "Legal desk",
      legal: true,
    });
    expect((await variorum("restrict", "list")).stdout).toMatch(/takedown +\S+Z +Legal desk +order 7\n$/);
  });

  it.each([
    [["hold", id, "9"], 3, "has no revision 9"],
    [["hold", id, "first"], 2, '"first" is no revision'],
    [["hold", "ffff"], 3, 'no watch "ffff"'],
    [["embargo", id, "--until", "2020-01-01T00:00Z"], 2, "2020-01-01T00:00:00.000Z is over"],
    [["lift", id], 3, `nothing hides ${id} as a whole`],
    [["lift", id, "2"], 3, `nothing hides revision 2 of ${id}`],
  ])("%j does nothing, and says why", async (args, code, problem) => {
    const { variorum, json } = await aFolder();
    const ended = await variorum("restrict", ...args, "--reason", "none");
    expect(ended).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(problem) });
    expect(await json("restrict", "list")).toEqual({ hidden: [], acts: [] });
  });

  it("tells the operator's link, the same each time, from a key that its owner alone can read", async () => {
    const { variorum, json, folder } = await aFolder();
    const { operatorLink } = await json<{ operatorLink: string }>("restrict", "link");
    expect(operatorLink).toMatch(/^http:\/\/127\.0\.0\.1:8480\/enter\?key=[\w-]{43}$/);
    expect((await variorum("restrict", "link")).stdout).toBe(`${operatorLink}\n`);
    expect(statSync(join(folder, "operator.key")).mode & 0o777).toBe(0o600);
  });

  it("tells the editors' link, another than the operator's", async () => {
    const { json } = await aFolder();
    const { enrolLink } = await json<{ enrolLink: string }>("watch", "link");
    expect(enrolLink).toMatch(/^http:\/\/127\.0\.0\.1:8480\/enter\?key=[\w-]{43}$/);
    expect(await json("restrict", "link")).not.toEqual({ operatorLink: enrolLink });
  });

  it("takes an embargo's end with its zone only", async () => {
    const { variorum, json } = await aFolder();
    await expect(variorum("restrict", "embargo", id, "--until", "2099-01-01T00:00", "--reason", "x")).rejects.toThrow(
      "Give an instant with its zone",
    );
    await variorum("restrict", "embargo", id, "--until", "2099-01-01T01:00+01:00", "--reason", "x");
    const { hidden } = await json<{ hidden: RestrictionAct[] }>("restrict", "list");
    expect(hidden[0]).toMatchObject({ kind: "embargo", until: "2099-01-01T00:00:00.000Z" });
  });
});
