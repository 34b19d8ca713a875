import { describe, expect, it } from "vitest";
import { robotsAllow } from "../../shared/domain/robots.ts";

const allowed = (robots: string, path = "/berita/pasar", token = "Variorum") =>
  robotsAllow(robots, `https://warta.test${path}`, token).allowed;

describe("robotsAllow (RFC 9309)", () => {
  it.each<[fact: string, robots: string, path: string, allowed: boolean]>([
    ["allows all without a rule", "", "/x", true],
    ["allows all to what is no robots.txt", "<!doctype html><title>Halo</title>", "/x", true],
    ["obeys the rules for everybody", "User-agent: *\nDisallow: /x", "/x/y", false],
    ["obeys a rule as a prefix of the path", "User-agent: *\nDisallow: /x", "/xyz", false],
    ["lets an empty Disallow allow all", "User-agent: *\nDisallow:", "/x", true],
    [
      "obeys our own group in place of everybody's",
      "User-agent: *\nDisallow: /\n\nUser-agent: variorum\nDisallow: /x",
      "/y",
      true,
    ],
    ["takes our name in any case, version aside", "User-agent: VARIORUM/9\nDisallow: /x", "/x", false],
    [
      "joins all groups of our name",
      "User-agent: variorum\nDisallow: /x\n\nUser-agent: a\nDisallow: /\n\nUser-agent: Variorum\nDisallow: /y",
      "/y",
      false,
    ],
    ["reads a group for several names", "User-agent: a\nUser-agent: variorum\nDisallow: /x", "/x", false],
    ["leaves other names' groups to them", "User-agent: a\nDisallow: /", "/x", true],
    ["lets the longest rule win", "User-agent: *\nAllow: /x/y\nDisallow: /x", "/x/y/z", true],
    ["lets the longest rule win, in any order", "User-agent: *\nDisallow: /x/y\nAllow: /x", "/x/y/z", false],
    ["allows on a tie", "User-agent: *\nDisallow: /x\nAllow: /x", "/x", true],
    ["knows wildcards", "User-agent: *\nDisallow: /*/cetak", "/berita/cetak", false],
    ["knows the end of a path", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x=1", true],
    ["reads the query as part of the path", "User-agent: *\nDisallow: /*?print=", "/a?print=1", false],
    ["heeds the case of paths", "User-agent: *\nDisallow: /X", "/x", true],
    ["ignores comments", "User-agent: * # all\nDisallow: /x # not this", "/x", false],
    ["reads CR as a line's end", "User-agent: *\rDisallow: /x", "/x", false],
    ["reads past a byte order mark", "\ufeffUser-agent: *\nDisallow: /x", "/x", false],
    [
      "reads past what it does not know",
      "Sitemap: https://warta.test/s.xml\nUser-agent: *\nX: y\nDisallow: /x",
      "/x",
      false,
    ],
    ["matches an escaped rule with the bare path", "User-agent: *\nDisallow: /%62erita", "/berita", false],
    ["matches a bare rule with the escaped path", "User-agent: *\nDisallow: /caf\u00e9", "/caf%c3%a9", false],
    ["does not take an escaped star for a wildcard", "User-agent: *\nDisallow: /%2a", "/anything", true],
    ["always allows robots.txt itself", "User-agent: *\nDisallow: /", "/robots.txt", true],
    ["ignores rules before any group", "Disallow: /\nUser-agent: *\nDisallow: /x", "/y", true],
    ["is not confused by a name like __proto__", "User-agent: __proto__\nDisallow: /", "/x", true],
  ])("%s", (_fact, robots, path, expected) => expect(allowed(robots, path)).toBe(expected));

  it("reads 500 KiB and no half rule at its end", () => {
    const filler = `${"# ".padEnd(1023, "x")}\n`.repeat(499);
    const late = `User-agent: *\nDisallow: /early\n${filler}`;
    expect(allowed(`${late}Disallow: /late`, "/late")).toBe(false);
    expect(allowed(`${late}${filler}Disallow: /late`, "/late")).toBe(true);
    expect(allowed(`${late}${filler}Disallow: /late`, "/early")).toBe(false);
    const room = 500 * 1024 - late.length - "Disallow: /".length;
    expect(allowed(`${late}${"#".repeat(room - 1)}\nDisallow: /private`, "/public")).toBe(true);
  });

  it.each<[robots: string, seconds: number | undefined]>([
    ["User-agent: *\nCrawl-delay: 7", 7],
    ["User-agent: *\nCrawl-delay: 2.5", 2.5],
    ["User-agent: *\nCrawl-delay: 86400", 60],
    ["User-agent: *\nCrawl-delay: -1", undefined],
    ["User-agent: *\nCrawl-delay: soon", undefined],
    ["User-agent: a\nCrawl-delay: 7", undefined],
    ["User-agent: *\nCrawl-delay: 7\n\nUser-agent: variorum\nDisallow: /x", undefined],
  ])("reads the gap that a site wishes, up to a minute (%j)", (robots, seconds) =>
    expect(robotsAllow(robots, "https://warta.test/", "Variorum").crawlDelaySeconds).toBe(seconds),
  );
});
