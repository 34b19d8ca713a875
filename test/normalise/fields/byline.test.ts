import { describe, expect, it } from "vitest";
import { type Article, readingDigest } from "../../../shared/domain/article.ts";
import { normalise } from "../../../shared/normalise/normalise.ts";

const STORY = `<p>${"The ferry company said on Monday that a fifth crossing would be tried from the first of May. ".repeat(3)}</p>`;
const read = (html: string, language = "en"): Article =>
  normalise({
    url: "https://courier.example/a",
    bytes: new TextEncoder().encode(`<!doctype html><html lang="${language}">${html}</html>`),
    contentType: "text/html; charset=utf-8",
  });
const below = (line: string, head = "") => `${head}<article><h1>A fifth crossing</h1>${line}${STORY}${STORY}</article>`;
const bylineOf = (line: string, language?: string) => read(below(line), language).byline;
const jsonLd = (...names: string[]) =>
  `<script type="application/ld+json">${JSON.stringify({ "@type": "NewsArticle", author: names.map((name) => ({ "@type": "Person", name })) })}</script>`;
const meta = (name: string, content: string) => `<meta name="${name}" content="${content}">`;

describe("a byline", () => {
  it.each([
    ["a line", '<p class="byline">By Ines Farrow</p>', "Ines Farrow"],
    ["a line of two", '<p class="byline">By Ines Farrow and Tom Okafor</p>', "Ines Farrow, Tom Okafor"],
    ["links", '<p class="byline">By <a>Ines Farrow</a>, <a>Tom Okafor</a> &amp; <a>Ann Li</a></p>', THREE()],
    ["a list", '<ul class="authors"><li>Ines Farrow</li><li>Tom Okafor</li><li>Ann Li</li></ul>', THREE()],
    ["boxes", '<div class="author">Ines Farrow</div><div class="author">Tom Okafor</div>', "Ines Farrow, Tom Okafor"],
    [
      "a name joined to a link",
      '<p class="byline">By <a>Ines Farrow</a> and Tom Okafor</p>',
      "Ines Farrow, Tom Okafor",
    ],
    [
      "microdata",
      '<div class="by"><span itemprop="author"><span itemprop="name">Ines Farrow</span> of the desk</span></div>',
      "Ines Farrow",
    ],
    ["hidden microdata", '<span itemprop="author"><meta itemprop="name" content="Ines Farrow"></span>', "Ines Farrow"],
    ["a link to the author", '<div>Words: <a rel="author" href="/i">Ines Farrow</a> 12 min</div>', "Ines Farrow"],
    ["a card", '<span class="author vcard"><a class="url fn n" href="/i">Ines Farrow</a></span>', "Ines Farrow"],
    [
      "a name twice",
      '<div class="byline"><a rel="author">Ines Farrow</a> <a rel="author">INES FARROW</a></div>',
      "Ines Farrow",
    ],
    ["a letter apart", '<p class="byline"><a>Ines Farro<span class="last">w</span></a></p>', "Ines Farrow"],
    ["an organisation with “and”", '<p class="byline">By Gold and Silver</p>', "Gold and Silver"],
    [
      "an office with “of” and “and”",
      '<p class="byline">By Ministry of Ports and Inland Harbours</p>',
      "Ministry of Ports and Inland Harbours",
    ],
  ])("in %s", (_where, line, byline) => expect(bylineOf(line)).toBe(byline));

  it.each([
    ["By Ana Ruiz | Luis Gil", "Ana Ruiz | Luis Gil"],
    ["By Ana Ruiz with Luis Gil", "Ana Ruiz with Luis Gil"],
    ["Por Ana Ruiz y Luis Gil", "Ana Ruiz y Luis Gil"],
    ["By Ana Ruiz | 12 May", "Ana Ruiz"],
    ["By Ana Ruiz (Port desk)", "Ana Ruiz"],
    ["By Ana Ruiz is a reporter", "Ana Ruiz"],
  ])("that a claim knows a part of: %s", (line, byline) =>
    expect(read(below(`<p class="byline">${line}</p>`, jsonLd("Ana Ruiz"))).byline).toBe(byline),
  );

  it.each([
    [
      "an article in a list of others",
      `<script type="application/ld+json">${JSON.stringify([
        { "@type": "WebPage", name: "A fifth crossing" },
        { "@type": "ItemList", itemListElement: [{ "@type": "NewsArticle", author: "Bob One" }] },
      ])}</script>`,
    ],
    [
      "a comment",
      '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><span itemprop="author"><meta itemprop="name" content="Bob One"></span></div>',
    ],
  ])("is not that of %s", (_what, others) => expect(read(`${below("")}${others}`).byline).toBeNull());

  it.each([
    ["a date", '<time datetime="2021-03-19">19 March 2021</time>'],
    ["a time of change", '<span class="updated">Updated 3 minutes ago</span>'],
    ["words in an element of their own", "<span>Updated 3 minutes ago</span>"],
    ["a title", '<span class="role">Political editor</span>'],
    ["a counter", '<span class="comment-count">651</span>'],
    ["sharing", '<a class="twitter-follow" href="/t">Follow @inesfarrow</a>'],
    ["a biography", '<div class="author-bio">Ines has written about the sea for ten years.</div>'],
  ])("is the same with %s beside it", (_what, beside) => {
    for (const name of ["<a>Ines Farrow</a>", "<b>Ines Farrow</b>", '<span class="author-name">Ines Farrow</span>'])
      expect(bylineOf(`<div class="byline">By ${name} ${beside}</div>`), name).toBe("Ines Farrow");
  });

  it.each([
    ["en", "By Ines Farrow"],
    ["en", "Written by: Ines Farrow"],
    ["id", "Oleh: Ines Farrow"],
    ["de", "Von Ines Farrow"],
    ["fr", "Par Ines Farrow"],
    ["es", "Por Ines Farrow"],
    ["pt", "Postado por Ines Farrow"],
    ["it", "di Ines Farrow"],
    ["sv", "Av Ines Farrow"],
    ["ru", "Автор: Ines Farrow"],
    ["ko", "작성자 Ines Farrow"],
    ["zh", "文/Ines Farrow"],
    ["ja", "文・Ines Farrow"],
    ["ar", "بقلم: Ines Farrow"],
  ])("%s: “%s” is without its lead words", (language, text) =>
    expect(bylineOf(`<p class="byline">${text}</p>`, language)).toBe("Ines Farrow"),
  );

  it.each([
    ["en", "Von Trapp"],
    ["en", "Theo Marsh"],
    ["de", "Di Stefano"],
    ["en", "Byron Gray"],
    ["es", "José Ortega y Gasset"],
  ])("%s: “%s” is a name", (language, name) => expect(bylineOf(`<p class="byline">${name}</p>`, language)).toBe(name));

  it.each([
    [
      "those who comment",
      '<div class="comments"><p class="author">Ann Li</p><p>Well said, and about time too!</p></div>',
    ],
    ["other stories", '<aside><article><h3>Tides</h3><p class="byline">By Ann Li</p></article></aside>'],
    ["a picture", '<figure><img><figcaption>The quay. <span class="author">Ann Li</span></figcaption></figure>'],
  ])("is not taken from %s", (_whom, html) => {
    expect(bylineOf(html)).toBeNull();
    expect(read(`${below("")}${html}`).byline).toBeNull();
  });

  it("may stand below the story", () => {
    const html = `<div class="post hentry"><h3>A fifth crossing</h3><div class="post-body">${STORY}${STORY}</div><div class="post-footer">Posted by <span class="post-author" itemprop="author">Ines Farrow</span> at 8:00</div></div>`;
    expect(read(html).byline).toBe("Ines Farrow");
  });
});

function THREE() {
  return "Ines Farrow, Tom Okafor, Ann Li";
}

describe("what the page shows and what it claims", () => {
  const shown = (name: string) => `<p class="byline">By <a href="/x">${name}</a></p>`;

  it("a byline edited on the page alone is another reading", () => {
    const before = read(below(shown("Ines Farrow"), jsonLd("Ines Farrow")));
    const after = read(below(shown("Tom Okafor"), jsonLd("Ines Farrow")));
    expect([before.byline, after.byline]).toEqual(["Ines Farrow", "Tom Okafor"]);
    expect(readingDigest(after)).not.toBe(readingDigest(before));
    expect(after.origins?.byline).toEqual({
      from: "class",
      otherwise: [{ from: "json-ld", value: "Ines Farrow" }],
    });
  });

  it("one added or taken away on the page alone is, too", () => {
    const byline = (line: string) => read(below(`<p class="byline">${line}</p>`, jsonLd("Ines Farrow"))).byline;
    expect(byline("By Ines Farrow and Tom Okafor")).toBe("Ines Farrow, Tom Okafor");
    const both = jsonLd("Ines Farrow", "Tom Okafor");
    expect(read(below(shown("Ines Farrow"), both)).byline).toBe("Ines Farrow");
  });

  it("a claim that changes where readers see the same is none, and is noted", () => {
    const before = read(below(shown("Ines Farrow"), jsonLd("Ines Farrow")));
    const after = read(below(shown("Ines Farrow"), jsonLd("Tom Okafor")));
    expect(readingDigest(after)).toBe(readingDigest(before));
    expect(after.origins?.byline?.otherwise).toEqual([{ from: "json-ld", value: "Tom Okafor" }]);
  });

  it("a claim that changes where the page shows none is another reading", () => {
    const [before, after] = ["Ines Farrow", "Tom Okafor"].map((name) => read(below("", jsonLd(name)))) as [
      Article,
      Article,
    ];
    expect([before.byline, after.byline]).toEqual(["Ines Farrow", "Tom Okafor"]);
    expect(readingDigest(after)).not.toBe(readingDigest(before));
  });

  it("the same names in another order or case are no disagreement", () => {
    const { origins } = read(
      below('<p class="byline">By TOM OKAFOR and Ines Farrow</p>', jsonLd("Ines Farrow", "Tom Okafor")),
    );
    expect(origins?.byline).toEqual({ from: "class" });
  });

  it("a claim tells where the shown name ends", () => {
    const line = (time: string) => below(`<p class="byline">By Ines Farrow · ${time}</p>`, jsonLd("Ines Farrow"));
    expect(read(line("3 minutes ago")).byline).toBe("Ines Farrow");
    expect(readingDigest(read(line("3 minutes ago")))).toBe(readingDigest(read(line("4 minutes ago"))));
  });

  it.each([
    ["the site's name gives way to persons", meta("author", "Ines Farrow") + jsonLd("The Courier"), "Ines Farrow"],
    ["the site's name beside a person is left", jsonLd("Ines Farrow", "The Courier"), "Ines Farrow"],
    ["the site's name alone is the author", jsonLd("The Courier"), "The Courier"],
    ["an address is no name", meta("article:author", "https://social.example/ines"), null],
    [
      "several <meta> are several authors",
      meta("author", "Ines Farrow") + meta("author", "Tom Okafor"),
      "Ines Farrow, Tom Okafor",
    ],
    ["a list in one claim", jsonLd("Ines Farrow, Tom Okafor and Ann Li"), THREE()],
    ["a list with a comma before the “and”", jsonLd("Ines Farrow, Tom Okafor, and Ann Li"), THREE()],
  ])("%s", (_what, head, byline) =>
    expect(read(below("", meta("og:site_name", "The Courier") + head)).byline).toBe(byline),
  );
});

describe("a name that was escaped for HTML", () => {
  it.each([
    ["in a script", jsonLd("Se&aacute;n O&#039;Dea")],
    ["in a script, twice", jsonLd("Se&amp;aacute;n O&amp;#039;Dea")],
    ["in an attribute, twice", meta("author", "Se&amp;aacute;n O&amp;#039;Dea")],
  ])("%s", (_where, head) => expect(read(below("", head)).byline).toBe("Seán O'Dea"));

  it("is no markup", () => expect(read(below("", jsonLd("Ines &lt;b&gt;Farrow"))).byline).toBe("Ines <b>Farrow"));
});
