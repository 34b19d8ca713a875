import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readingDigest } from "../../../shared/domain/article.ts";
import { articleText, inspect, NORMALISER_VERSION, normalise } from "../../../shared/normalise/normalise.ts";
import { ruleFor, ruleIdentity, type SourceRule } from "../../../shared/normalise/rules/source-rule.ts";
import { parseRules } from "../../../shared/normalise/rules/source-rule-schema.ts";

const HOST = "paper.example";
const URL = `https://${HOST}/harbour`;
const bytes = (html: string) => new TextEncoder().encode(html);
/** Through the schema, as every rule comes. */
function aRule(parts: object): SourceRule {
  const parsed = parseRules([{ host: HOST, ...parts }]);
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  const [rule] = parsed.rules;
  if (!rule) throw new Error("no rule");
  return rule;
}
const read = (html: string, parts?: object) =>
  normalise({ url: URL, bytes: bytes(html), ...(parts && { rule: aRule(parts) }) });

const SAYS = {
  quay: "The quay will be closed for three days from Monday, the harbour master said on Friday evening.",
  crane: "A crane that has stood on it since 1962 is to be taken down and sold to a museum in the north.",
  fish: "The fish market moves to the northern shore until the work is done, and opens an hour later.",
  offer: "Readers of this paper can have it brought to their door every morning for half of the price.",
};
/** A page whose markup names nothing: an offer in the middle of the story, dates of older versions above it. */
const PAGE = `<!doctype html><html lang="en"><head><title>Quay closed – The Paper</title><meta name="author" content="The Paper"></head>
<body><div class="x0"><h6>24 Nov 2025</h6><h6>28 Oct 2025</h6></div>
<h1 class="x1">Quay closed</h1><p class="x2">What it means for the market, and for <em>everyone</em> else</p>
<div class="x3">By <b class="x4">Ida Holm</b> and <b class="x4">Olav Dahl</b>, <span class="x5" datetime="2026-03-01T09:00:00Z">Sunday</span></div>
<div class="x6"><p>${SAYS.quay} <span class="x7">Advertisement </span>It is old.</p><div class="x8"><p>${SAYS.offer}</p><p class="x10">${SAYS.fish}</p></div><p>${SAYS.crane}</p></div>
<div class="x9"><p>${SAYS.offer} ${SAYS.offer} ${SAYS.offer}</p></div></body></html>`;

describe("a source's rule", () => {
  it("says where the story is, and nothing else is text", () => {
    expect(articleText(read(PAGE))).toContain(`${SAYS.offer} ${SAYS.offer}`);
    expect(articleText(read(PAGE, { take: ".x6" }))).toBe(
      [`${SAYS.quay} Advertisement It is old.`, SAYS.offer, SAYS.fish, SAYS.crane].join("\n\n"),
    );
  });

  it("drops what is none of it, also from within a paragraph; a taken box inside a dropped one is taken", () => {
    const text = articleText(read(PAGE, { take: [".x6", ".x10"], drop: [".x7", ".x8"] }));
    expect(text).toBe([`${SAYS.quay} It is old.`, SAYS.fish, SAYS.crane].join("\n\n"));
  });

  it("drops from what the general way reads", () => {
    const text = articleText(read(PAGE, { drop: [".x9", ".x0", ".x8"] }));
    expect(text).toContain(SAYS.quay);
    expect(text).not.toContain(SAYS.offer);
  });

  it("takes the story from several places, and nothing between", () => {
    const text = articleText(read(PAGE, { take: [".x2", ".x6 > p"] }));
    expect(text.split("\n\n")).toEqual([
      "What it means for the market, and for everyone else",
      `${SAYS.quay} Advertisement It is old.`,
      SAYS.crane,
    ]);
  });

  it("takes what is no box of its own: a line, a cell", () => {
    const line = `<h1>Quay closed</h1><p>From our desk. <span class="a">${SAYS.quay}</span></p>`;
    expect(articleText(read(line, { take: ".a" }))).toBe(SAYS.quay);
    const table = `<h1>Quay closed</h1><table><tr><td class="a">Left of it</td><td class="b">${SAYS.quay}</td></tr></table>`;
    expect(articleText(read(table))).toBe(`Left of it | ${SAYS.quay}`);
    expect(articleText(read(table, { take: ".b" }))).toBe(SAYS.quay);
    expect(articleText(read(table, { drop: ".a" }))).toBe(SAYS.quay);
  });

  it("inside what it takes, what rotates is still told from text by where it stands", () => {
    const html = PAGE.replace(
      '<div class="x8">',
      `<div class="newsletter-promo"><p>${SAYS.offer}</p></div><div class="x8">`,
    );
    expect(readingDigest(read(html, { take: ".x6" }))).toBe(readingDigest(read(PAGE, { take: ".x6" })));
  });

  it("reads fields from elements, each once, and says so", () => {
    const article = read(PAGE, {
      take: [".x2", ".x3", ".x6"],
      headline: ".x1",
      standfirst: ".x2",
      byline: ".x4",
      published: ".x5",
    });
    expect(article).toMatchObject({
      headline: "Quay closed",
      standfirst: "What it means for the market, and for everyone else",
      byline: "Ida Holm, Olav Dahl",
      published: "2026-03-01T09:00:00Z",
      origins: { byline: { from: "rule .x4", otherwise: [{ from: "meta author", value: "The Paper" }] } },
      flags: [],
    });
    expect(articleText(article)).not.toContain("What it means");
  });

  it("reads a field from what the page claims in its head", () => {
    expect(read(PAGE, { byline: "meta[name=author]" }).byline).toBe("The Paper");
  });

  it("of several selectors of a field the first that finds something decides", () => {
    expect(read(PAGE, { byline: [".none", ".x4", "meta[name=author]"] }).byline).toBe("Ida Holm, Olav Dahl");
  });

  it("shows what became of each piece", () => {
    const parts = inspect({ url: URL, bytes: bytes(PAGE), rule: aRule({ take: ".x6", drop: ".x8" }) }).parts();
    const why = (text: string) => parts.find((part) => part.text.startsWith(text))?.why;
    expect(why(SAYS.offer)).toBe("dropped by the rule");
    expect(why("24 Nov")).toBe("outside the story");
    expect(why(SAYS.quay)).toBeNull();
  });

  it("keeps a publisher's notice below what it takes, unless it drops it", () => {
    const notice =
      "<div class='x11'><p><b>Correction:</b> An earlier version of this article said that the quay would be closed for thirty days.</p></div>";
    const html = `<article>${PAGE.replace("</body>", `${notice}</body>`)}</article>`.replace(
      '<div class="x9">',
      '<div class="sidebar x9">',
    );
    expect(articleText(read(html, { take: ".x6" }))).toMatch(/for thirty days\.$/);
    expect(articleText(read(html, { take: ".x6", drop: ".x11" }))).not.toContain("thirty");
  });
});

describe("a rule that no longer fits", () => {
  const general = read(PAGE);
  it.each([
    ["finds no element", ".gone"],
    ["finds an empty shell", ".shell"],
  ])("that %s for the story leaves it to the general way, and says so", (_what, take) => {
    const html = PAGE.replace("</body>", '<div class="shell"><p>Loading.</p></div></body>');
    const article = read(html, { take });
    expect(articleText(article)).toBe(articleText(read(html)));
    expect(article.flags).toEqual([`rule: take (${take}) finds no story`]);
    expect(article.normaliser).toBe(NORMALISER_VERSION);
  });

  it("takes a short story, where the page has no other", () => {
    const html = '<h1>Quay</h1><div class="x"><p>Closed until May.</p></div><p>Offers.</p>';
    expect(read(html, { take: ".x" })).toMatchObject({ flags: [], blocks: [{ text: "Closed until May." }] });
  });

  it("leaves a field that it does not find to the general way, and says so", () => {
    const article = read(PAGE, { take: ".x6", byline: ".gone", published: ".x4" });
    expect(article.byline).toBe(general.byline);
    expect(article.flags).toEqual([
      "rule: byline (.gone) finds nothing",
      "rule: published (.x4) finds no date that can be understood",
    ]);
    expect(article.normaliser).toBe(read(PAGE, { take: ".x6" }).normaliser);
  });

  it("finds nothing amiss where not every page has the field", () => {
    const article = read(PAGE, {
      byline: ".gone",
      headline: ".gone",
      standfirst: ".gone",
      optional: ["byline", "headline", "standfirst"],
    });
    expect(article).toMatchObject({ byline: null, headline: null, standfirst: null, flags: [] });
  });

  it("cannot be laid upon plain text, and says so", () => {
    const page = { url: URL, bytes: bytes("Quay closed"), contentType: "text/plain", rule: aRule({ take: ".x" }) };
    expect(normalise(page)).toMatchObject({
      normaliser: NORMALISER_VERSION,
      flags: [expect.stringMatching(/^rule: /)],
    });
  });
});

describe("a reading's version", () => {
  const version = (parts: object) => read(PAGE, parts).normaliser;
  it("names what was in force of the rule", () => {
    expect(version({ take: ".x6" })).toMatch(new RegExp(`^${NORMALISER_VERSION}\\+rule:[0-9a-f]{8}$`));
    expect(version({ take: [".x6"] })).toBe(version({ take: ".x6" }));
    expect(version({ take: ".x6", drop: ".x8" })).not.toBe(version({ take: ".x6" }));
    expect(version({ take: ".x6", byline: ".x4", optional: ["byline"] })).not.toBe(
      version({ take: ".x6", byline: ".x4" }),
    );
    expect(version({ take: ".gone", drop: ".x8" })).toBe(version({ drop: ".x8" }));
    expect(version({})).toBe(NORMALISER_VERSION);
  });
  it("does not depend on the order in which the rule is written, nor on where it holds", () => {
    const one = aRule({ take: ".a", drop: ".b", byline: ".c" });
    const other = aRule({ byline: ".c", path: "/news/", drop: ".b", take: ".a" });
    expect(ruleIdentity(one, [])).toBe(ruleIdentity(other, []));
  });
});

describe("ruleFor", () => {
  const rules = [
    aRule({ drop: ".a" }),
    aRule({ path: "/news/", drop: ".b" }),
    aRule({ path: "/news/local/", drop: ".c" }),
  ];
  it.each([
    ["https://paper.example/", ".a"],
    ["https://www.paper.example/sport", ".a"],
    ["http://paper.example:8080/news/1", ".b"],
    ["https://paper.example/news/local/1", ".c"],
    ["https://paper.example/news", ".a"],
    ["https://blog.paper.example/news/", undefined],
    ["https://notpaper.example/", undefined],
    ["file:///news/local/page.html", undefined],
    ["nonsense", undefined],
  ])("%s", (url, drop) => expect(ruleFor(rules, url)?.drop?.[0]).toBe(drop));
});

describe("parseRules", () => {
  it.each<[string, unknown, RegExp]>([
    ["no list", { host: HOST }, /^the list of rules is no list: give a list of rules, as in/],
    ["no rule", ["paper.example"], /^rule 1: is no rule: give an object with a host$/],
    ["no host", [{ take: ".a" }], /^rule 1: host is missing$/],
    [
      "an address for a host",
      [{ host: "https://paper.example/" }],
      /^rule 1 \(https:.*host is no host: give its name alone.*as in paper\.example/,
    ],
    ["a port", [{ host: "paper.example:80" }], /host is no host/],
    ["capitals", [{ host: "Paper.example" }], /host is no host/],
    [
      "a path of another kind",
      [{ host: HOST, path: "news" }],
      /^rule 1 \(paper\.example\): path is no path: give what.*"news"/,
    ],
    ["a path with a question", [{ host: HOST, path: "/news?a=b" }], /path is no path/],
    [
      "a word that is not known",
      [{ host: HOST, remove: ".a" }],
      /^rule 1 \(paper\.example\): remove is not known here: a rule has host, path, take/,
    ],
    [
      "a selector that is none",
      [{ host: HOST }, { host: "b.example", drop: [".a", "p:has(a)"] }],
      /^rule 2 \(b\.example\): drop, number 2, uses :has: name elements by tag.*\("p:has\(a\)"\)$/,
    ],
    ["a selector that is no text", [{ host: HOST, take: 7 }], /take, number 1, is no text.*\(7\)$/],
    ["an empty list", [{ host: HOST, take: [] }], /take is an empty list: leave it out/],
    [
      "too many selectors",
      [{ host: HOST, take: Array.from({ length: 21 }, () => "p") }],
      /take is too long: give at most 20/,
    ],
    [
      "an optional field without selector",
      [{ host: HOST, optional: ["byline"] }],
      /lists as optional what it does not read/,
    ],
    [
      "an optional story",
      [{ host: HOST, take: ".a", optional: ["take"] }],
      /optional, number 1, is no field: give headline, standfirst/,
    ],
    [
      "two rules for one place",
      [{ host: HOST }, { host: `www.${HOST}`, path: "/" }],
      /^paper\.example\/ has two rules/,
    ],
  ])("refuses %s", (_what, given, problem) => {
    const parsed = parseRules(given);
    expect(parsed.ok ? [] : parsed.problems).toEqual([expect.stringMatching(problem)]);
  });

  it("takes the rule that the documentation shows", () => {
    const [, shown = ""] = /```json\n(.*?)```/s.exec(readFileSync("docs/rules.md", "utf8")) ?? [];
    expect(parseRules(JSON.parse(shown))).toMatchObject({ ok: true });
  });

  it("tells all that is wrong at once", () => {
    const parsed = parseRules([{ host: HOST, take: "p:first-child" }, { path: "/" }]);
    expect(parsed.ok ? 0 : parsed.problems.length).toBe(2);
  });
});
