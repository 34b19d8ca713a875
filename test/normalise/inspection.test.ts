import { describe, expect, it } from "vitest";
import { inspect } from "../../shared/normalise/normalise.ts";
import { parseRules } from "../../shared/normalise/rules/source-rule-schema.ts";

const SAYS = "The quay will be closed for three days from Monday, the harbour master said on Friday evening.";
const page = (inside: string) =>
  `<!doctype html><html lang="en"><title>Quay closed</title><body><nav class="menu"><a href="/">Home</a></nav>${inside}</body></html>`;
const inspected = (inside: string, rule?: object) => {
  const parsed = parseRules([{ host: "paper.example", ...rule }]);
  const [first] = parsed.ok ? parsed.rules : [];
  return inspect({
    url: "https://paper.example/",
    bytes: new TextEncoder().encode(page(inside)),
    ...(rule && first && { rule: first }),
  });
};
const paragraphs = (count: number, more = "") => `<p>${SAYS} ${more}</p>`.repeat(count);

describe("where the story was found", () => {
  it.each([
    ["core", `<div id="wrap"><h1>Quay closed</h1><div class="copy">${paragraphs(4)}</div></div>`, "div.copy"],
    [
      "named",
      `<h1>Quay closed</h1><div itemprop="articleBody" class="b">${paragraphs(3)}</div><div>${paragraphs(2)}</div>`,
      "div.b",
    ],
    [
      "parts",
      `<div id="w"><h1>Quay</h1><div class="p">${paragraphs(9)}</div><div class="p">${paragraphs(1)}</div></div>`,
      "div#w",
    ],
    ["main", "<main><h1>Quay</h1><div>Closed until May</div></main>", "main"],
    [
      "article",
      `<div id="list"><article class="one"><h2>Other</h2>${paragraphs(4)}</article><article class="two"><h1>Quay closed</h1>${paragraphs(4)}</article><article>${paragraphs(4)}</article></div>`,
      "article.two",
    ],
  ] as const)("says by which sign: %s", (chosen, html, element) => {
    const choice = inspected(html).choice();
    expect(choice?.story?.element).toBe(element);
    expect(choice?.why).toBe(
      {
        core: "the innermost element that says nearly all of it",
        named: "the one element that calls itself the article's body",
        parts: "it holds several parts of one make",
        main: "the page says little, and this is its main part",
        article: "of several articles the one with the headline in it",
      }[chosen],
    );
  });

  it("says what came near, and what lies around it scores more", () => {
    const choice = inspected(
      `<div id="all"><div class="story"><h1>Quay</h1>${paragraphs(9)}</div><div class="more">${paragraphs(1)}</div></div>`,
    ).choice();
    expect(choice?.story?.element).toBe("div.story");
    expect(choice?.within?.score).toBeGreaterThan(choice?.story?.score ?? 0);
    expect(choice?.others.map(({ element }) => element)).toEqual(["div.more"]);
    expect(choice?.others[0]?.score).toBeLessThan(choice?.story?.score ?? 0);
  });

  it("says that nothing speaks for a story", () => {
    expect(inspected("<p>Home</p>").choice()).toMatchObject({ story: null, others: [] });
  });

  it("is no question of plain text", () => {
    const plain = inspect({
      url: "https://paper.example/",
      bytes: new TextEncoder().encode(SAYS),
      contentType: "text/plain",
    });
    expect(plain.choice()).toBeNull();
    expect(plain.parts()).toMatchObject([{ kept: "text", text: SAYS }]);
  });
});

describe("what became of each piece", () => {
  it("names the element that decided, as a selector finds it", () => {
    const parts = inspected(
      `<div class="story"><h1>Quay closed</h1>${paragraphs(5)}<div class="newsletter-box wide" id="1x"><div><p>Read us every morning.</p></div></div></div><div class="low"><p>Imprint of the paper</p></div>`,
    ).parts();
    const part = (text: string) => parts.find((one) => one.text.startsWith(text));
    expect(part("Home")).toMatchObject({ kept: "nothing", why: "navigation", element: "nav.menu" });
    expect(part("Read us")).toMatchObject({ kept: "nothing", why: "promotion", element: "div.newsletter-box.wide" });
    expect(part("Imprint")).toMatchObject({ kept: "nothing", why: "outside the story", element: "div.low p" });
    expect(part("Quay")).toMatchObject({ kept: "headline", why: null, level: 1 });
    expect(part("The quay")).toMatchObject({ kept: "text", why: null, element: "div.story p" });
  });

  it("shows fields that a rule reads wherever they stand", () => {
    const { parts, rule } = inspected(
      `<p class="by">Ida Holm</p><div class="story"><h1>Quay closed</h1><p class="intro">What it means for the market and its stalls.</p>${paragraphs(5)}</div>`,
      { byline: ".by", standfirst: ".intro", drop: ".none" },
    );
    expect(
      parts()
        .slice(1, 4)
        .map(({ kept }) => kept),
    ).toEqual(["byline", "headline", "standfirst"]);
    expect(rule).toMatchObject({
      findings: [
        { part: "drop", selector: ".none", elements: 0 },
        { part: "standfirst", selector: ".intro", elements: 1 },
        { part: "byline", selector: ".by", elements: 1 },
      ],
      lost: [],
    });
  });
});
