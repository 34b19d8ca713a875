import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compareArticles } from "../../shared/diff/compare.ts";
import { articleOf, FERRY } from "./articles.ts";

const disclosed = (before: string, after: string) =>
  compareArticles(articleOf(FERRY, { modified: before }), articleOf(FERRY, { modified: after })).disclosure;

/** The disclosure as a process in another time zone sees it. */
function disclosedIn(zone: string, before: string, after: string): string {
  const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `
    const { compareArticles } = await import(${url("../../shared/diff/compare.ts")});
    const { articleOf } = await import(${url("./articles.ts")});
    const at = (modified) => articleOf(["The ferry stays in port."], { modified });
    console.log(compareArticles(at(${JSON.stringify(before)}), at(${JSON.stringify(after)})).disclosure);`;
  return execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    env: { ...process.env, TZ: zone },
    encoding: "utf8",
  }).trim();
}

describe("a claimed date", () => {
  it.each([
    ["without a zone, later", "2026-03-01T08:00:00", "2026-03-01T09:00:00", "date-only"],
    ["without a zone, in words", "March 1, 2026 08:00", "March 1, 2026 09:00", "date-only"],
    ["without a zone, with a space", "2026-03-01 08:00", "2026-03-01 09:00", "date-only"],
    ["that gains its zone", "2026-03-01T08:00:00", "2026-03-01T12:00:00Z", "none"],
    ["that loses its zone", "2026-03-01T08:00:00+02:00", "2026-03-01T12:00:00", "none"],
    ["that gains an hour of day", "2026-03-01", "2026-03-01T12:00:00Z", "none"],
    ["that gains its zone, 27 hours later", "2026-03-01T08:00:00", "2026-03-02T11:00:00Z", "date-only"],
    ["of two days", "2026-03-01", "2026-03-02", "date-only"],
    ["in another zone, later", "2026-03-01T08:00:00+02:00", "2026-03-01T07:00:00Z", "date-only"],
    ["in words, with a zone", "Sun, 01 Mar 2026 08:00:00 GMT", "Sun, 01 Mar 2026 10:00:00 +0200", "none"],
    ["that is none", "yesterday", "2026-03-02T11:00:00Z", "none"],
  ])("%s", (_what, before, after, expected) => {
    expect(disclosed(before, after)).toBe(expected);
  });

  it.each([
    ["2026-03-01T08:00:00Z", "2026-03-01T09:00:00", "none"],
    ["2026-03-08T02:30:00", "2026-03-08T03:05:00", "date-only"],
    ["03-08-2026", "2026-03-08T05:00:00Z", "none"],
  ])("decides the same in every time zone of the machine: %s, %s", (before, after, expected) => {
    const zones = ["Pacific/Kiritimati", "America/Los_Angeles"];
    expect(zones.map((zone) => disclosedIn(zone, before, after))).toEqual([expected, expected]);
  });
});
