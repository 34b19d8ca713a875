import { describe, expect, it } from "vitest";
import type { Article } from "../../../shared/domain/article.ts";
import { normalise } from "../../../shared/normalise/normalise.ts";

const STORY = `<p>${"The ferry company said on Monday that a fifth crossing would be tried from the first of May. ".repeat(3)}</p>`;
const read = (head: string, body = `<h1>A fifth crossing</h1>${STORY}`): Article =>
  normalise({
    url: "https://www.soundcourier.example/a",
    bytes: new TextEncoder().encode(`<!doctype html><html><head>${head}</head><body>${body}</body></html>`),
    contentType: "text/html; charset=utf-8",
  });
const meta = (name: string, content: string) => `<meta property="${name}" content="${content}">`;
const jsonLd = (claims: object) =>
  `<script type="application/ld+json">${JSON.stringify({ "@type": "NewsArticle", ...claims })}</script>`;

describe("each field says where it was taken", () => {
  it.each<[field: keyof NonNullable<Article["origins"]>, head: string, value: string, from: string]>([
    ["headline", "", "A fifth crossing", "h1"],
    ["published", jsonLd({ datePublished: "2021-03-19" }), "2021-03-19", "json-ld"],
    ["published", meta("article:published_time", "2021-03-19"), "2021-03-19", "meta article:published_time"],
    ["modified", meta("article:modified_time", "2021-03-20"), "2021-03-20", "meta article:modified_time"],
    ["byline", meta("author", "Ines Farrow"), "Ines Farrow", "meta author"],
    ["language", '<meta http-equiv="content-language" content="en_gb">', "en-GB", "meta content-language"],
    ["language", "", "en", "detected"],
    ["section", meta("article:section", "Islands"), "Islands", "meta article:section"],
    ["section", jsonLd({ articleSection: ["Islands", "News"] }), "Islands", "json-ld"],
    ["section", '<meta itemprop="articleSection" content="Islands">', "Islands", "itemprop"],
    ["siteName", meta("og:site_name", "The Sound Courier"), "The Sound Courier", "meta og:site_name"],
    ["canonicalUrl", '<link rel="canonical" href="/b">', "https://www.soundcourier.example/b", "link canonical"],
    ["leadImage", meta("og:image", "/ferry.jpg"), "https://www.soundcourier.example/ferry.jpg", "meta og:image"],
  ])("%s: %s", (field, head, value, from) => {
    const article = read(head);
    expect(article[field]).toBe(value);
    expect(article.origins?.[field]).toEqual({ from });
  });

  it("and addresses are relative to the page's base, links in the text too", () => {
    const { canonicalUrl, blocks } = read(
      '<base href="https://cdn.example/x/"><link rel="canonical" href="b">',
      `<h1>A fifth crossing</h1>${STORY}<p>The company has <a href="more.html">published a plan</a> of it.</p>${STORY}`,
    );
    expect(canonicalUrl).toBe("https://cdn.example/x/b");
    expect(blocks.flatMap(({ links = [] }) => links)).toEqual(["https://cdn.example/x/more.html"]);
  });

  it("a field without a value has none", () => {
    const { origins, section, published } = read("");
    expect({ section, published }).toEqual({ section: undefined, published: null });
    expect(Object.keys(origins ?? {}).sort()).toEqual(["headline", "language"]);
  });

  it("and which places say otherwise, each version once", () => {
    const { headline, origins } = read(
      jsonLd({ headline: "A fourth crossing", datePublished: "2021-03-19T08:00:00Z", inLanguage: "en" }) +
        meta("og:title", "Islanders get a crossing") +
        meta("twitter:title", "A fourth crossing") +
        meta("article:published_time", "2021-03-19T09:00:00+01:00") +
        meta("og:locale", "en_GB"),
    );
    expect(headline).toBe("A fifth crossing");
    expect(origins?.headline).toEqual({
      from: "h1",
      otherwise: [
        { from: "json-ld", value: "A fourth crossing" },
        { from: "meta og:title", value: "Islanders get a crossing" },
      ],
    });
    expect(origins?.published).toEqual({ from: "json-ld" }); // one instant in two zones
    expect(origins?.language).toEqual({ from: "json-ld" }); // a language, and a variety of it
  });
});

describe("dates", () => {
  it.each([
    ["<time>", '<time datetime="2021-03-19">19 March</time>', "2021-03-19", null, "time"],
    ["<time> without the attribute", "<time>2021-03-19</time>", "2021-03-19", null, "time"],
    [
      "microdata",
      '<span itemprop="datePublished" content="2021-03-19">19 March</span>',
      "2021-03-19",
      null,
      "itemprop",
    ],
    [
      "a time of change",
      '<time class="entry-date published" datetime="2021-03-19"></time><time class="updated" datetime="2021-03-20"></time>',
      "2021-03-19",
      "2021-03-20",
      "time",
    ],
    [
      "both in one",
      '<time class="entry-date published updated" datetime="2021-03-19"></time>',
      "2021-03-19",
      null,
      "time",
    ],
    [
      "<abbr>",
      '<abbr class="published" title="2021-03-19T08:00:00Z">8:00</abbr>',
      "2021-03-19T08:00:00Z",
      null,
      "abbr",
    ],
  ])("in %s", (_where, html, published, modified, from) => {
    const article = read("", `<h1>A fifth crossing</h1>${html}${STORY}`);
    expect([article.published, article.modified]).toEqual([published, modified]);
    expect(article.origins?.published?.from).toBe(from);
  });

  it.each([
    ["a comment's", (time: string) => `<h1>A fifth crossing</h1>${STORY}<div id="comments"><p>Well!</p>${time}</div>`],
    ["another story's", (time: string) => `<aside><article>${time}</article></aside><h1>A fifth crossing</h1>${STORY}`],
    ["the day, in the menu", (time: string) => `<nav>${time}</nav><h1>A fifth crossing</h1>${STORY}`],
  ])("none is taken from %s", (_whose, page) => {
    for (const time of [
      '<time datetime="2021-03-19">19 March</time>',
      '<span itemprop="datePublished">2021-03-19</span>',
    ])
      expect(read("", page(time)).published).toBeNull();
  });

  it("the best source that can be understood decides", () => {
    const { published, origins } = read(
      jsonLd({ datePublished: "03/04/2021" }) + meta("article:published_time", "2021-04-03"),
    );
    expect([published, origins?.published?.from]).toEqual(["2021-04-03", "meta article:published_time"]);
  });
});

describe("the headline that a page shows", () => {
  const headline = (claim: string, body: string) => read(meta("og:title", claim), `${body}${STORY}`).headline;

  it.each(["title", "post-title", "article__headline"])("may stand in an element named “%s”", (name) => {
    for (const claim of ["A fifth crossing", "What was claimed before the edit"])
      expect(headline(claim, `<div class="top">Islands</div><div class="${name}">A fifth crossing</div>`)).toBe(
        "A fifth crossing",
      );
  });

  it.each(["site-title", "subtitle", "section-title"])("but not in one named “%s”", (name) =>
    expect(headline("What is claimed", `<div class="${name}">A fifth crossing</div>`)).toBe("What is claimed"),
  );

  it.each(["h1", "h2"])("is not the line inside the story that a claim repeats, under an <%s>", (name) => {
    const page = `<${name}>A fifth crossing</${name}>${STORY}<h3>What the company says</h3>`;
    expect(headline("A fifth crossing", page)).toBe("A fifth crossing");
    expect(headline("What the company says", page)).toBe(name === "h1" ? "A fifth crossing" : "What the company says");
  });
});

describe("the heading right below the headline", () => {
  const below = (description: string, more = "") =>
    read(
      `<meta name="description" content="${description}">`,
      `<h1>A fifth crossing</h1><time>3 May</time><h2>Islanders will be tried on the first of May</h2>${STORY}${more}`,
    );
  it.each(["Islanders will be tried on the first of May", "Something else", ""])(
    "is the standfirst, described as “%s”",
    (description) => expect(below(description).standfirst).toBe("Islanders will be tried on the first of May"),
  );
  it("is none where others are of its rank", () =>
    expect(below("Something else", "<h2>What the company says of it</h2><p>Nothing.</p>").standfirst).toBeNull());
});

describe("the site's name leaves a headline by evidence", () => {
  const NAME = "The Quay Times";
  const headline = (title: string, head = "", body = "") =>
    read(`<title>${title}</title>${head}`, `${body}<div>${STORY}</div>`).headline;
  it.each([
    ["og:site_name", meta("og:site_name", NAME), ""],
    ["application-name", `<meta name="application-name" content="${NAME}">`, ""],
    ["the publisher", jsonLd({ publisher: { "@type": "Organization", name: NAME } }), ""],
    ["the web site", `<script type="application/ld+json">{"@type":"WebSite","name":"${NAME}"}</script>`, ""],
    ["a feed's title", `<link rel="alternate" type="application/rss+xml" href="/feed" title="${NAME} » Feed">`, ""],
    ["a heading that leads to the front page", "", `<header><h2><a href="/">${NAME}</a></h2></header>`],
  ])("by %s", (_what, head, body) => {
    for (const title of [
      `A fifth crossing | ${NAME}`,
      `A fifth crossing – ${NAME}`,
      `${NAME}: A fifth crossing`,
      `A fifth crossing - ${NAME.toUpperCase()}`,
    ])
      expect(headline(title, head, body), title).toBe("A fifth crossing");
    expect(headline("A fifth crossing – Of ferries", head, body)).toBe("A fifth crossing – Of ferries");
  });

  it("by the host", () => {
    for (const name of ["Sound Courier", "SoundCourier", "soundcourier.example"])
      expect(headline(`A fifth crossing - ${name}`), name).toBe("A fifth crossing");
  });

  it.each([
    "A fifth crossing – The Quay Times",
    "Analysis: A fifth crossing",
    "A fifth crossing | Islands | News",
    "Sound Courier",
  ])("and without any “%s” stays whole", (title) => expect(headline(title)).toBe(title));

  it("also from what the page claims, so that it is no disagreement", () => {
    const article = read(meta("og:title", `A fifth crossing | ${NAME}`) + meta("og:site_name", NAME));
    expect([article.headline, article.origins?.headline]).toEqual(["A fifth crossing", { from: "h1" }]);
  });
});
