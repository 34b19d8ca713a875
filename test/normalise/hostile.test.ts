import { Session } from "node:inspector/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { articleText, normalise } from "../../shared/normalise/normalise.ts";
import { PAGE_LIMITS } from "../../shared/normalise/page/guard.ts";
import { HOSTILE_DOCUMENTS, STORY } from "../support/hostile-documents.ts";

const read = (html: string, contentType = "text/html") =>
  normalise({ url: "https://hostile.example/", bytes: new TextEncoder().encode(html), contentType });

describe("a hostile page", () => {
  it.each([
    ["nested too deep", "<div>".repeat(50_000) + STORY, "nesting deeper than 512"],
    [
      "nested too deep in elements that do not match",
      "<b>".repeat(30_000) + STORY + "</i>".repeat(30_000),
      "nesting deeper than 512",
    ],
    [
      "with too many attributes",
      `<div ${Array.from({ length: 60_000 }, (_, at) => `a${at}`).join(" ")}>${STORY}`,
      "more than 2000 attributes",
    ],
    ["with too many tokens", STORY + "<i></i>x".repeat(300_000), "more than 80000 tokens"],
    ["with too much text", `${STORY}<p>${"word ".repeat(1_700_000)}`, "more than 8000000 characters"],
  ])("%s is read as plain text, and says so", (_what, html, reason) => {
    const article = read(html);
    expect(article.flags).toEqual([`plain-text: ${reason}`]);
    expect(article.blocks[0]?.text).toContain("The bridge is closed from Monday");
  });

  it.each([
    ["with too much text", `${"word ".repeat(20)}\n\n`.repeat(90_000), "more than 8000000 characters"],
    ["with too many paragraphs", "x\n\n".repeat(200_000), "more than 80000 paragraphs"],
  ])("of plain text %s is read as far as that, and says so", (_what, text, reason) => {
    const article = read(`The bridge is closed.\n\n${text}`, "text/plain");
    expect(article.flags).toEqual([`plain-text: ${reason}`]);
    expect(article.blocks[0]?.text).toBe("The bridge is closed.");
    expect(article.blocks.length).toBeLessThanOrEqual(PAGE_LIMITS.tokens);
    expect(articleText(article).length).toBeLessThan(2_000_000);
  });

  it("within the bounds is read as a tree", () => {
    const article = read("<div>".repeat(PAGE_LIMITS.depth - 10) + STORY);
    expect(article.flags).toEqual([]);
    expect(articleText(article)).toContain("The bridge is closed");
  });

  it("with nested tables, null bytes and nothing closed keeps its words", () => {
    const article = read(`${"<table><tr><td>".repeat(150)}${STORY.replace("bridge", "bri\u0000dge")}`);
    expect(articleText(article)).toContain("The bridge is closed from Monday");
  });

  it.each([
    ["lead words without end", STORY + "<p>Read more</p>".repeat(20_000)],
    [
      "sidebars and headings by the thousand",
      STORY + '<h1>a</h1><div class="sidebar"><div class="post-content">x</div></div>'.repeat(5_000),
    ],
    ["inline elements by the hundred thousand at the top", STORY + '<b class="author">x</b>'.repeat(120_000)],
    [
      "a thousand locked parts",
      `<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":false,"hasPart":[${Array.from({ length: 1_500 }, (_, at) => `{"isAccessibleForFree":false,"cssSelector":".c${at}"}`).join()}]}</script>${STORY}${"<b>x</b>".repeat(60_000)}`,
    ],
    [
      "corrections in corrections",
      STORY + `${'<div class="correction">'.repeat(400)}x${"</div>".repeat(400)}`.repeat(100),
    ],
    ["corrections one after another", STORY + '<aside class="correction"><p>Correction: a.</p></aside>'.repeat(20_000)],
    ["scraps without end", STORY + "<div>Page one</div>".repeat(30_000)],
    ["a title of nothing but separators", `<title>${"| ".repeat(500_000)}</title>${STORY}`],
    [
      "names inside names in JSON-LD",
      `<script type="application/ld+json">{"@type":"Article","headline":${'{"name":'.repeat(50_000)}"x"${"}".repeat(50_000)}}</script>${STORY}`,
    ],
    [
      "arrays that never close in JSON-LD",
      `<script type="application/ld+json">${"[".repeat(100_000)}</script>${STORY}`,
    ],
    [
      "an answer in JSON-LD that is no word",
      '<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":{"toString":null,"valueOf":null}}</script>' +
        STORY,
    ],
    [
      "lists in lists for an answer in JSON-LD",
      `<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":${"[".repeat(20_000)}${"]".repeat(20_000)}}</script>${STORY}`,
    ],
    ["rows in rows", `${STORY}<table>${"<tr><td><b>".repeat(160)}`],
  ])("with %s still reads", (_what, html) => {
    expect(articleText(read(html))).toContain("The bridge is closed from Monday");
  });

  it("may claim anything in JSON-LD", () => {
    const KEYS = [
      ..."@graph headline name description author datePublished dateModified inLanguage publisher image".split(" "),
      ..."isAccessibleForFree hasPart cssSelector alternativeHeadline mainEntity toString".split(" "),
    ];
    const claims = fc.dictionary(fc.constantFrom(...KEYS), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 12 });
    fc.assert(
      fc.property(fc.oneof(claims, fc.jsonValue()), (said) => {
        const claimed = JSON.stringify(
          typeof said === "object" && !Array.isArray(said) ? { "@type": "Article", ...said } : said,
        );
        const article = read(
          `<script type="application/ld+json">${claimed.replaceAll("<", "\\u003c")}</script>${STORY}`,
        );
        expect(articleText(article)).toContain("The bridge is closed");
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it("that never closes a comment, a script or a tag ends", () => {
    for (const open of ["<!--", "<script>", "<div class='", "<style>", "<title>"])
      expect(read(STORY + open + "x".repeat(100_000)).flags).toEqual([]);
  });
});

/** Calls and loop rounds in the normaliser's sources while `run` runs, as V8 counts them. */
async function countedWork(run: () => void): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  run();
  const { result } = await session.post("Profiler.takePreciseCoverage");
  await session.post("Profiler.stopPreciseCoverage");
  session.disconnect();
  return result
    .filter(({ url }) => url.includes("/shared/normalise/"))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0);
}

describe("a hostile document's fourfold", () => {
  it("costs about four times the work, not sixteen times", { timeout: 600_000 }, async () => {
    expect(await countedWork(() => read(STORY.repeat(50)))).toBeGreaterThan(1_000);
    const costs: [name: string, share: number][] = [];
    for (const { name, times, contentType, html } of HOSTILE_DOCUMENTS) {
      const part = Math.min(400, Math.ceil(times / 4));
      const [once, fourTimes] = [html(part), html(4 * part)];
      read(once, contentType); // what is remembered of names is remembered before the counting
      costs.push([
        name,
        (await countedWork(() => read(fourTimes, contentType))) / (await countedWork(() => read(once, contentType))),
      ]);
    }
    expect(costs.filter(([, share]) => !(share < 7))).toEqual([]);
  });
});
