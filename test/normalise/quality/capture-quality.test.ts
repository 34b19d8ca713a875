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

  it.each<[string, string, number, Record<string, string>]>([
    ["Cloudflare by its header", "<p>wait</p>", 200, { "cf-mitigated": "challenge" }],
    ["Cloudflare by its header, though the page is long", STORY, 403, { "cf-mitigated": "challenge" }],
    [
      "Cloudflare by its script",
      '<title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>',
      503,
      {},
    ],
    ["AWS WAF by its header", "", 202, { "x-amzn-waf-action": "challenge" }],
    [
      "AWS WAF by its script",
      '<script src="https://a1.token.awswaf.com/a1/challenge.js"></script><noscript><h1>JavaScript is disabled</h1></noscript>',
      202,
      {},
    ],
    [
      "Akamai",
      "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission.<P>Reference&#32;&#35;18.2f&#46;17</BODY></HTML>",
      403,
      {},
    ],
    [
      "DataDome",
      "<html><body><script>var dd={'rt':'c','cid':'A'}</script><script src='https://ct.captcha-delivery.com/c.js'></script></body></html>",
      403,
      { "x-datadome": "protected" },
    ],
    ["PerimeterX", '<div id="px-captcha"></div><p>Press and hold</p>', 403, {}],
    [
      "Imperva",
      '<iframe src="/_Incapsula_Resource?SWUDNSAI=31">Request unsuccessful. Incapsula incident ID: 7</iframe>',
      200,
      {},
    ],
  ])("sees a challenge of %s", (_maker, html, status, headers) => {
    expect(kindOf(html, { status, headers: { "content-type": "text/html", ...headers } })).toBe("challenge");
  });

  it("does not take an article on a protected site for a challenge", () => {
    const html = `${STORY}<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script><script src="https://x.token.awswaf.com/x/challenge.js"></script><div class="g-recaptcha"></div>`;
    expect(
      kindOf(html, { headers: { "content-type": "text/html", "x-datadome": "protected", server: "cloudflare" } }),
    ).toBeNull();
  });

  const SHORT = STORY.slice(0, 600);
  it.each([
    ["AWS WAF's script", '<script src="https://abc.token.awswaf.com/abc/challenge.js" defer></script>'],
    ["AWS WAF's setting", '<script>window.awsWafCookieDomainList = ["quay.example"]</script>'],
    ["PerimeterX's script", '<script>window._pxAppId = "PXa"; load("/captcha.js")</script>'],
    ["DataDome's address", '<link rel="preconnect" href="https://geo.captcha-delivery.com">'],
    ["a comment form", '<form action="/comments"><div class="g-recaptcha"></div></form>'],
  ])("does not take a short article with %s for one", (_what, trace) => {
    expect(read(SHORT).byline ?? read(SHORT).published).toBeNull();
    expect(kindOf(SHORT + trace)).toBeNull();
    expect(kindOf(`<p>Wait.</p>${trace}`)).toBe("challenge");
  });

  it("does not take a page headed as the newest reading for one, but for a header that decides", () => {
    const html = `${SHORT}<script>var a = "gokuProps"</script>`;
    const newest = { article: read(STORY) };
    expect(kindOf(html)).toBe("challenge");
    expect(kindOf(html, { newest })).not.toBe("challenge");
    expect(kindOf(html, { newest, status: 403 })).toBe("challenge");
    expect(kindOf(html, { newest, headers: { "cf-mitigated": "challenge" } })).toBe("challenge");
  });

  it("does not take an article about a challenge page for one", () => {
    const html = `${STORY}<p>The page said “Incapsula incident ID” and “Just a moment...” for an hour.</p>`;
    expect(kindOf(html)).toBeNull();
  });

  it("does not take a short post with a captcha under its comments for one", () => {
    const html = `<meta name="author" content="Ida Holm"><h1>Fog</h1><p>Fog all day, and a boat's horn.</p><form action="/comments/challenge"></form>`;
    expect(kindOf(html)).toBeNull();
    expect(kindOf(html.replace(/<meta[^>]*>/, ""))).toBe("challenge");
  });

  const ACCEPT = "<form action='/save'><button>Accept all</button><button name='reject'>Reject</button></form>";
  it.each<[FailureKind, string, string]>([
    ["soft-404", "by its title", "<title>Page not found | The Quay</title><h1>Oops!</h1><p>Try the front page.</p>"],
    ["soft-404", "by its heading", "<title>The Quay</title><h1>404 – Not found</h1><p>Try a search.</p>"],
    ["soft-404", "in Indonesian", "<h1>Halaman tidak ditemukan</h1><p>Silakan kembali ke beranda.</p>"],
    ["soft-404", "in Japanese", "<title>ページが見つかりません｜港新聞</title><p>トップへ戻る。</p>"],
    ["error-page", "of a database", "<h1>Error establishing a database connection</h1>"],
    ["error-page", "of a gateway", "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>"],
    [
      "consent-wall",
      "in English",
      `<h1>Before you continue to The Quay</h1><p>${"We use cookies. ".repeat(60)}</p>${ACCEPT}`,
    ],
    [
      "consent-wall",
      "in German",
      `<title>Hafenblatt</title><h2>Mit Werbung weiterlesen</h2><p>Oder mit Abo.</p>${ACCEPT}`,
    ],
    ["login-wall", "with a password", "<h1>Sign in to continue</h1><form><input name=u><input type='password'></form>"],
  ])("sees a %s %s", (kind, _how, html) => {
    const failure = judgeCapture(answer(html));
    expect(failure?.kind).toBe(kind);
    expect(failure?.detail).toMatch(/^headed “.+”, with \d+ characters of text$/);
  });

  it.each([
    ["an article about cookies", STORY.replace(/The quay/g, "We value your privacy, they said. We asked ten of them")],
    ["a long article of that name", STORY.replace(/The quay/g, "Page not found") + STORY],
    [
      "a short note with an author",
      '<meta name="author" content="Ida"><title>Not found</title><h1>Not found</h1><p>My keys.</p>',
    ],
    ["an article with a consent banner", `${STORY}<div id="cookie"><h2>We value your privacy</h2>${ACCEPT}</div>`],
    ["a short page about privacy without a button", "<h1>Privacy settings</h1><p>We changed ours last week.</p>"],
  ])("passes %s", (_what, html) => expect(judgeCapture(answer(html))).toBeNull());

  const BREAKING =
    "<p>The search went on along the river until dusk on Friday, and will begin again at first light.</p>";
  it.each([
    "Body not found after search",
    "Missing boy not found in river",
    "Gaza: 404 killed in week",
    "Flight 404 lands safely",
    "Road under maintenance until May",
    "Something went wrong at Boeing",
    "Database error delays 400 flights",
    "Evidence not found, police say",
  ])("passes short news headed “%s”", (heading) => {
    const html = `<title>${heading} | The Quay</title><h1>${heading}</h1>${BREAKING.repeat(9)}`;
    expect(judgeCapture(answer(html))).toBeNull();
    expect(kindOf(html, { newest: { article: read(STORY) } })).toBeNull();
  });

  it("passes short news that begins with such words", () => {
    const html = `<h1>Search goes on</h1><p>The missing boy was not found.</p>${BREAKING.repeat(4)}`;
    expect(kindOf(html)).toBeNull();
    expect(kindOf(html.replace("The missing boy was not found", "Page not found, said the archive"))).toBeNull();
  });

  it.each([
    ["Something went wrong", "error-page"],
    ["Oops! Something went wrong - The Quay", "error-page"],
    ["Not found | The Quay", "soft-404"],
    ["The Quay – 404", "soft-404"],
  ])("sees through “%s”", (heading, kind) =>
    expect(kindOf(`<title>${heading}</title><h1>${heading}</h1><p>Try the front page, or a search.</p>`)).toBe(kind),
  );

  it("passes a page headed as the newest reading, whatever its title says for an hour", () => {
    const html =
      '<meta property="og:title" content="The quay"><title>Page not found</title><h1>The quay</h1><p>It will be dredged.</p>';
    expect(kindOf(html)).toBe("soft-404");
    expect(
      kindOf(html, { newest: { article: read("<title>The quay</title><h1>The quay</h1><p>It is closed.</p>") } }),
    ).toBeNull();
  });

  it("passes a page that has always been headed so", () => {
    const html = "<h1>Page not found</h1><p>An exhibition, until May.</p>";
    expect(kindOf(html)).toBe("soft-404");
    expect(kindOf(html, { newest: { article: read(html) } })).toBeNull();
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
