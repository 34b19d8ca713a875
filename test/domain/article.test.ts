import { describe, expect, it } from "vitest";
import { type Article, type Block, readingDigest } from "../../shared/domain/article.ts";

const article = (given: Partial<Article> = {}): Article => ({
  url: "https://news.example/a",
  canonicalUrl: null,
  headline: "Bridge closed",
  standfirst: null,
  byline: "Mara Lind",
  published: null,
  modified: null,
  language: "en",
  siteName: null,
  leadImage: null,
  blocks: [{ kind: "paragraph", text: "The bridge is closed for three days." }],
  charset: { name: "UTF-8", from: "transport" },
  flags: [],
  normaliser: "1",
  ...given,
});
const blocks = (...given: Block[]) => article({ blocks: [...article().blocks, ...given] });

describe("readingDigest", () => {
  it.each<[string, Article]>([
    ["the headline", article({ headline: "Bridge closed for days" })],
    ["the standfirst", article({ standfirst: "Ferries run." })],
    ["the byline", article({ byline: null })],
    ["a word of the text", article({ blocks: [{ kind: "paragraph", text: "The bridge is closed for thirty days." }] })],
    ["a paragraph more", blocks({ kind: "paragraph", text: "Ferries run." })],
  ])("is another with %s changed", (_what, changed) => {
    expect(readingDigest(changed)).not.toBe(readingDigest(article()));
  });

  it.each<[string, Article]>([
    ["claimed dates", article({ published: "2026-03-01T00:00:00Z", modified: "2026-03-02T00:00:00Z" })],
    ["its section", article({ section: "City" })],
    [
      "where its fields were taken",
      article({ origins: { headline: { from: "h1", otherwise: [{ from: "json-ld", value: "Bridge to close" }] } } }),
    ],
    ["a related link", blocks({ kind: "related", text: "Five things about bridges" })],
    ["a caption", blocks({ kind: "caption", text: "The bridge at dawn" })],
    [
      "the kind of a block",
      article({ blocks: [{ kind: "heading", level: 2, text: "The bridge is closed for three days." }] }),
    ],
    ["the normaliser's version", article({ normaliser: "2" })],
  ])("is the same with %s changed", (_what, changed) => {
    expect(readingDigest(changed)).toBe(readingDigest(article()));
  });
});
