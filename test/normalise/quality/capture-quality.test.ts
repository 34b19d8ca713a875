import { describe, expect, it } from "vitest";
import type { FailureKind } from "../../../shared/domain/failure.ts";
import { normalise } from "../../../shared/normalise/normalise.ts";
import { type Answer, judgeCapture } from "../../../shared/normalise/quality/capture-quality.ts";

const STORY = `<!doctype html><title>The quay</title><h1>The quay</h1>${"<p>The harbour master said on Friday that the quay will be dredged before the winter storms set in.</p>".repeat(12)}`;
const bytes = (html: string) => new TextEncoder().encode(html);
const read = (html: string) => normalise({ url: "https://quay.example/", bytes: bytes(html) });
const answer = (html: string, more: Partial<Answer> = {}): Answer => ({
  status: 200,
  headers: { "content-type": "text/html" },
  body: bytes(html),
  article: read(html),
  newest: null,
  ...more,
});
const kindOf = (html: string, more: Partial<Answer> = {}) => judgeCapture(answer(html, more))?.kind ?? null;

describe("judgeCapture", () => {
  it("passes an article", () => expect(judgeCapture(answer(STORY))).toBeNull());
  it("passes an article without a content type", () => expect(kindOf(STORY, { headers: {} })).toBeNull());

  it("tells a challenge by a header that decides, though the page is long", () =>
    expect(kindOf(STORY, { status: 403, headers: { "cf-mitigated": "challenge" } })).toBe("challenge"));

  it("does not take a page headed as the newest reading for one, but for a header that decides", () => {
    const html = `${STORY.slice(0, 600)}<script>var a = "gokuProps"</script>`;
    const newest = { article: read(STORY) };
    expect(kindOf(html)).toBe("challenge");
    expect(kindOf(html, { newest })).not.toBe("challenge");
    expect(kindOf(html, { newest, status: 403 })).toBe("challenge");
    expect(kindOf(html, { newest, headers: { "cf-mitigated": "challenge" } })).toBe("challenge");
  });

  it("does not take a short post with a captcha under its comments for one", () => {
    const html = `<meta name="author" content="Ida Holm"><h1>Fog</h1><p>Fog all day, and a boat's horn.</p><form action="/comments/challenge"></form>`;
    expect(kindOf(html)).toBeNull();
    expect(kindOf(html.replace(/<meta[^>]*>/, ""))).toBe("challenge");
  });

  it.each<[number, FailureKind]>([
    [404, "gone"],
    [410, "gone"],
    [429, "rate-limited"],
    [500, "status"],
    [503, "status"],
    [304, "status"],
    [403, "status"],
  ])("calls status %i %s", (status, kind) => expect(kindOf("<h1>Sorry</h1>", { status })).toBe(kind));

  it.each([
    ["seconds", { "retry-after": "120" }, 120],
    [
      "a date, reckoned from the answer's own",
      { "retry-after": "Fri, 02 Jan 2026 10:00:30 GMT", date: "Fri, 02 Jan 2026 10:00:00 GMT" },
      30,
    ],
    [
      "a date already past",
      { "retry-after": "Fri, 02 Jan 2026 09:00:00 GMT", date: "Fri, 02 Jan 2026 10:00:00 GMT" },
      0,
    ],
    ["more than a day", { "retry-after": "999999" }, 86_400],
    ["a date without a Date", { "retry-after": "Fri, 02 Jan 2026 10:00:30 GMT" }, undefined],
    ["nonsense", { "retry-after": "soon" }, undefined],
  ])("reads Retry-After as %s", (_form, headers, seconds) => {
    for (const status of [429, 503])
      expect(judgeCapture(answer("", { status, headers }))?.retryAfterSeconds).toBe(seconds);
  });

  it.each<[string, FailureKind, Partial<Answer>]>([
    ["no bytes", "empty", { body: new Uint8Array(0), article: null }],
    ["no text", "empty", { body: bytes("<div id=root></div>"), article: read("<div id=root></div>") }],
    ["a body cut short", "truncated", { bodyFailure: { kind: "truncated", detail: "disconnect" } }],
    ["a body in a broken coding", "undecodable", { bodyFailure: { kind: "undecodable", detail: "gzip" } }],
    ["a type that is no page", "not-html", { headers: { "content-type": "application/pdf" } }],
    ["a PDF under the type of a page", "not-html", { body: bytes("%PDF-1.7 …") }],
  ])("sees %s", (_what, kind, more) => expect(kindOf(STORY, more)).toBe(kind));

  it("tells gone from a truncated refusal", () => {
    expect(kindOf("", { status: 404, bodyFailure: { kind: "truncated", detail: "length" } })).toBe("gone");
  });

  describe("against the newest reading", () => {
    const newest = { article: read(STORY) };
    it("sees a collapse", () => expect(kindOf("<p>Please enable JavaScript.</p>", { newest })).toBe("collapse"));
    it("lets a cut of half the text pass as an edit", () => {
      const half = STORY.slice(0, STORY.length / 2);
      expect(kindOf(half, { newest })).toBeNull();
    });
    it("lets a short article stay short", () => {
      const short = read("<p>Closed until further notice.</p>");
      expect(kindOf("<p>Open.</p>", { newest: { article: short } })).toBeNull();
    });
  });
});

describe("a paywall", () => {
  const said = (part: string) =>
    `<script type="application/ld+json">{"@type":"NewsArticle","headline":"The quay","isAccessibleForFree":"False"${part}}</script>`;
  const PART = ',"hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".locked"}';
  const [paragraph = ""] = /<p>.*?<\/p>/.exec(STORY) ?? [];
  const stub = `<title>The quay</title><h1>The quay</h1>${paragraph.repeat(3)}`;
  it.each([
    ["flags the beginning of an article", said("") + stub, /^paywall: the page says that it is not free/],
    ["flags a page without the part it calls locked", said(PART) + stub, /^paywall: .*\.locked/],
    ["passes an article that is there for all that", said(PART) + STORY + STORY, null],
    [
      "passes a locked part that is there",
      `${said(PART)}${stub}<div class="locked">${paragraph.repeat(3)}</div>`,
      null,
    ],
    ["tries no selector but a plain one", said(PART.replace(".locked", ":has(:has(*))")) + stub, /^paywall: .* it is/],
    ["passes a short article that says nothing of the kind", stub, null],
  ])("%s", (_what, html, flag) => {
    const { flags } = read(html);
    if (flag === null) expect(flags).toEqual([]);
    else expect(flags).toEqual([expect.stringMatching(flag)]);
    expect(judgeCapture(answer(html))).toBeNull();
  });
});
