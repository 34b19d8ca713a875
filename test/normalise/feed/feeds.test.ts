import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Article } from "../../../shared/domain/article.ts";
import { articleText, normalise } from "../../../shared/normalise/normalise.ts";
import { judgeCapture } from "../../../shared/normalise/quality/capture-quality.ts";

const POST = new URL("../../fixtures/post/", import.meta.url);
const URL_OF_POST = "https://tides.example/2025/06/the-bell-buoy.html";
const file = (name: string) => readFileSync(new URL(name, POST), "utf8");
const read = (text: string, contentType: string, url = URL_OF_POST): Article =>
  normalise({ url, bytes: new TextEncoder().encode(text), contentType });
const said = ({ headline, byline, published, modified, language, canonicalUrl, ...article }: Article) => ({
  ...{ headline, byline, published, modified, language, canonicalUrl },
  text: articleText(article as Article),
});
const judged = (text: string, type: string, url: string) => {
  const body = new TextEncoder().encode(text);
  const article = normalise({ url, bytes: body, contentType: type });
  return judgeCapture({ status: 200, headers: { "content-type": type }, body, article, newest: null });
};

describe("an article reads the same", () => {
  const expected = {
    headline: "The Bell Buoy Is Back, & Louder",
    byline: "Sunniva Holt, Jonas Vik",
    published: "2025-06-12T19:40:00+02:00",
    modified: "2025-06-13T08:05:00+02:00",
    language: "en",
    canonicalUrl: URL_OF_POST,
  };
  it.each([
    ["its page", "themed.html", "text/html"],
    ["its plain page", "plain.html", "text/html"],
    ["an Atom feed", "atom.xml", "application/atom+xml"],
    ["an Atom feed served as XML", "atom.xml", "text/xml; charset=utf-8"],
    ["an RSS feed", "rss.xml", "application/rss+xml; charset=utf-8"],
    ["an RSS feed served as XML", "rss.xml", "application/xml"],
    ["a JSON feed", "feed.json", "application/feed+json"],
  ])("from %s", (_what, name, type) => {
    const article = read(file(name), type);
    expect(said(article)).toEqual({ ...expected, text: said(read(file("plain.html"), "text/html")).text });
    expect(articleText(article).split("\n\n")).toHaveLength(7);
    expect(article.flags).toEqual([]);
    expect(judged(file(name), type, URL_OF_POST)).toBeNull();
  });

  it("and a feed says so", () => {
    const { origins, siteName } = read(file("atom.xml"), "application/atom+xml");
    expect([origins?.headline?.from, origins?.byline?.from, siteName]).toEqual(["feed", "feed", "Tide Lines"]);
  });
});

describe("the entry", () => {
  const atom = (entry: string) =>
    read(
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>Tides</title><author><name>Ida Holm</name></author><entry><link href="${URL_OF_POST}"/>${entry}</entry></feed>`,
      "application/atom+xml",
    );
  const TEXT = "The buoy is ringing again, and louder than it did before the gale.";

  it("is that which links to the address, the form of the address aside", () => {
    for (const url of [`${URL_OF_POST}#comments`, `${URL_OF_POST}?utm_medium=mail`])
      expect(read(file("atom.xml"), "application/atom+xml", url).headline).toBe("The Bell Buoy Is Back, & Louder");
    expect(read(file("atom.xml"), "application/atom+xml", "https://tides.example/2025/06/seal.html")).toMatchObject({
      headline: "A Seal at the Bakery",
      byline: "Tide Lines",
    });
  });

  it.each([
    ["escaped", `<content type="html">&lt;p&gt;${TEXT}&lt;/p&gt;</content>`],
    ["in line", `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>${TEXT}</p></div></content>`],
    ["plain", `<content>${TEXT}</content>`],
    ["in CDATA", `<content type="html"><![CDATA[<p>${TEXT}</p>]]></content>`],
  ])("may hold the article %s", (_how, content) => {
    const article = atom(`<title type="html">A &lt;em&gt;loud&lt;/em&gt; buoy &amp;amp; more</title>${content}`);
    expect(article).toMatchObject({ headline: "A loud buoy & more", byline: "Ida Holm", flags: [] });
    expect(articleText(article)).toBe(TEXT);
  });

  it("with a summary alone says so", () => {
    const article = atom(`<title>A buoy</title><summary>${TEXT}</summary>`);
    expect([articleText(article), article.flags]).toEqual([TEXT, ["feed: the entry has a summary alone"]]);
  });

  it("of RSS may be known by its guid, and name its author in an address", () => {
    const item = `<item><guid>${URL_OF_POST}</guid><author>ida@tides.example (Ida Holm)</author><description>${TEXT}</description></item>`;
    const article = read(`<rss><channel>${item}</channel></rss>`, "application/rss+xml");
    expect([articleText(article), article.byline]).toEqual([TEXT, "Ida Holm"]);
  });
});

describe("a feed without the entry", () => {
  it.each([
    ["atom.xml", "application/atom+xml"],
    ["rss.xml", "text/xml"],
    ["feed.json", "application/feed+json"],
  ])("%s is no article, and says so", (name, type) => {
    for (const url of ["https://tides.example/feed.xml", "https://tides.example/2025/06/gone.html", "not an address"]) {
      const { blocks, flags } = read(file(name), type, url);
      expect([blocks, flags]).toEqual([[], ["feed: no entry links to this address"]]);
      expect(judged(file(name), type, url)).toEqual({
        kind: "not-html",
        detail: "the body is a feed: no entry links to this address",
      });
    }
  });

  it("a page served as XML is a page", () => {
    const page = `<?xml version="1.0"?><!DOCTYPE html>${file("plain.html").replace("<!doctype html>", "")}`;
    expect(articleText(read(page, "application/xml"))).toBe(articleText(read(page, "text/html")));
  });
});

describe("a hostile feed", () => {
  const link = `<link href="${URL_OF_POST}"/>`;
  it.each([
    ["nested too deep", "<entry>".repeat(2_000), "feed: nesting deeper than 512"],
    ["with too many tokens", "<entry/>".repeat(600_000), "feed: more than 80000 tokens"],
    [
      "with too many attributes",
      `<entry ${Array.from({ length: 3_000 }, (_, at) => `a${at}=""`).join(" ")}>`,
      "feed: more than 2000 attributes",
    ],
    [
      "with many entries of another",
      `<entry><link href="https://tides.example/x"/></entry>`.repeat(20_000),
      "feed: no entry links to this address",
    ],
  ])("%s is no article", (_what, entries, flag) => {
    const { blocks, flags } = read(`<feed>${entries}</feed>`, "application/atom+xml");
    expect([blocks, flags]).toEqual([[], [flag]]);
  });

  it("expands no entity of its own", () => {
    const bomb = `<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><feed><entry>${link}<title>&b;</title><content>&b; and so on, said the buoy.</content></entry></feed>`;
    const article = read(bomb, "application/atom+xml");
    expect(JSON.stringify(article)).not.toContain("aaaaaaaaaa");
  });

  it("in JSON may be anything", () => {
    for (const text of ["", "{", "null", "[[[[", '{"items":5}', '{"items":[null,{"url":7}]}', "[".repeat(200_000)])
      expect(read(text, "application/feed+json").flags).toEqual(["feed: no entry links to this address"]);
  });

  it("whose entry is too deep to be read is read as plain text", () => {
    const article = read(
      `<feed><entry>${link}<content type="html">${"&lt;div&gt;".repeat(600)}The buoy rings.</content></entry></feed>`,
      "application/atom+xml",
    );
    expect([articleText(article), article.flags]).toEqual(["The buoy rings.", ["plain-text: nesting deeper than 512"]]);
  });
});
