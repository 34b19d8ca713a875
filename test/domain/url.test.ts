import { describe, expect, it } from "vitest";
import { canonicalWatchUrl, watchIdOf } from "../../shared/domain/url.ts";

describe("canonicalWatchUrl", () => {
  it.each([
    ["drops the fragment", "https://news.example/a#comments", "https://news.example/a"],
    ["drops the default port", "https://news.example:443/a", "https://news.example/a"],
    ["drops how a reader came", "https://news.example/a?utm_source=x&id=3&fbclid=y", "https://news.example/a?id=3"],
    [
      "keeps the publisher's own parameters in their order",
      "http://news.example/?b=2&a=1",
      "http://news.example/?b=2&a=1",
    ],
    ["writes the host in ASCII", "https://Bücher.example/", "https://xn--bcher-kva.example/"],
    ["forgives white space around", "  https://news.example/a\n", "https://news.example/a"],
  ])("%s", (_fact, typed, url) => expect(canonicalWatchUrl(typed)).toEqual({ ok: true, url }));

  it.each([
    ["a file", "file:///etc/passwd", /only http and https/],
    ["a script", "javascript:alert(1)", /only http and https/],
    ["a mail address", "mailto:desk@news.example", /only http and https/],
    ["credentials", "https://me:secret@news.example/", /user name or password/],
    ["no scheme, with a hint", "news.example/a", /did you mean https:\/\/news\.example\/a\?/],
    ["nonsense", "not a url", /not a URL: "not a url"/],
    ["nothing", "", /not a URL/],
  ])("refuses %s", (_fact, typed, problem) => {
    const reading = canonicalWatchUrl(typed);
    expect(reading.ok).toBe(false);
    expect("problem" in reading && reading.problem).toMatch(problem);
  });
});

describe("watchIdOf", () => {
  it("is the same for the same page and short enough to type", () => {
    expect(watchIdOf("https://news.example/a")).toBe(watchIdOf("https://news.example/a"));
    expect(watchIdOf("https://news.example/a")).toMatch(/^[0-9a-f]{16}$/);
    expect(watchIdOf("https://news.example/a")).not.toBe(watchIdOf("https://news.example/b"));
  });
});
