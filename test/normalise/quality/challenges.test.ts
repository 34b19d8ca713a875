import { describe, expect, it } from "vitest";
import { normalise } from "../../../shared/normalise/normalise.ts";
import { judgeCapture } from "../../../shared/normalise/quality/capture-quality.ts";

const bytes = (html: string) => new TextEncoder().encode(html);
const read = (html: string) => normalise({ url: "https://quay.example/", bytes: bytes(html) });

type Headers = Readonly<Record<string, string>>;
const verdict = (html: string, status: number, headers: Headers) =>
  judgeCapture({
    status,
    headers: { "content-type": "text/html", ...headers },
    body: bytes(html),
    article: read(html),
    newest: null,
  });

/** What a maker's page is served with, its words aside: they are ours. */
interface Served {
  readonly by: string;
  readonly status: number;
  readonly headers?: Headers;
  readonly html: string;
  /** What ordinary pages of a site behind the same maker carry: headers and markup. */
  readonly everywhere?: { readonly headers?: Headers; readonly html?: string };
}

const WAIT = "<noscript><p>Switch on JavaScript and wait a little.</p></noscript>";
const EXPLAINED = `<p>${"This page is here to keep machines from reading us all at once. Your browser is asked for a little work first, which takes a second or two. ".repeat(9)}</p>`;
const KASADA = "/149e9513-01fa-4fb0-aad4-566afd725d1b/2d206a39-8ed7-437e-a3be-862e0f06eea3";

const SERVED: readonly Served[] = [
  {
    by: "Cloudflare challenge",
    status: 200,
    html: `<title>Wait</title><script>window._cf_chl_opt={cType:'managed'};var a=document.createElement('script');a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=1'</script>${WAIT}`,
    everywhere: {
      headers: { server: "cloudflare", "cf-ray": "8a-AMS" },
      html: "<script>(function(){window['__CF$cv$params']={r:'8a'};var a=document.createElement('script');a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'})()</script>",
    },
  },
  { by: "Cloudflare challenge", status: 200, headers: { "cf-mitigated": "challenge" }, html: "<p>Wait.</p>" },
  {
    by: "Cloudflare block",
    status: 403,
    html: '<div id="cf-wrapper"><div id="cf-error-details"><h1>You cannot come in</h1></div></div>',
    everywhere: { headers: { server: "cloudflare" } },
  },
  { by: "AWS WAF challenge", status: 202, headers: { "x-amzn-waf-action": "challenge" }, html: "" },
  {
    by: "AWS WAF challenge",
    status: 202,
    html: `<script>window.gokuProps = {"key":"x"}</script><script src="https://a1.token.awswaf.com/a1/challenge.js"></script>${WAIT}`,
    everywhere: {
      html: '<script src="https://a1.token.awswaf.com/a1/challenge.js" defer></script><script>window.awsWafCookieDomainList = ["quay.example"]</script>',
    },
  },
  {
    by: "Akamai block",
    status: 403,
    html: "<HTML><HEAD><TITLE>No</TITLE></HEAD><BODY><H1>No</H1>You may not see this.<P>Reference&#32;&#35;18.2f&#46;17</BODY></HTML>",
  },
  {
    by: "Akamai challenge",
    status: 200,
    html: `<meta http-equiv="refresh" content="5; URL='/?bm-verify=AAQ'"><p>Wait.</p>`,
    everywhere: { headers: { "akamai-grn": "0.1" } },
  },
  {
    by: "DataDome challenge",
    status: 403,
    headers: { "x-datadome": "protected" },
    html: "<script>var dd={'rt':'c','cid':'A'}</script><script src='https://ct.captcha-delivery.com/c.js'></script>",
    everywhere: {
      headers: { "x-datadome": "protected" },
      html: "<link rel=preconnect href=https://geo.captcha-delivery.com><script>window.ddjskey='A'</script>",
    },
  },
  {
    by: "PerimeterX challenge",
    status: 200,
    html: '<script>window._pxAppId = "PXa"</script><div id="px-captcha"></div><p>Press and hold.</p>',
    everywhere: { html: '<script>window._pxAppId = "PXa"; load("/captcha.js")</script>' },
  },
  {
    by: "Imperva challenge",
    status: 200,
    html: '<iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&incident_id=7">No. Incident 7</iframe>',
    everywhere: {
      headers: { "x-cdn": "Imperva", "x-iinfo": "1-2-3" },
      html: "<script src='/_Incapsula_Resource?SWJIYLWA=719d&ns=2&cb=3' async></script>",
    },
  },
  {
    by: "Imperva challenge",
    status: 200,
    html: "<script src='/_Incapsula_Resource?SWJIYLWA=719d'></script>",
    everywhere: {
      html: "<script>(function() { var s = document.createElement('script'); s.src = '/_Incapsula_Resource?SWJIYLWA=719d&ns=2'; })();</script>",
    },
  },
  {
    by: "Imperva challenge",
    status: 200,
    html: `<script>window.reeseSkipExpirationCheck = true; window.onProtectionInitialized = function (protection) { if (!protection.cookieIsSet()) { showBlockPage(); return; } window.location.reload(true); };</script>${EXPLAINED}`,
    everywhere: {
      html: "<script>window.reeseSkipExpirationCheck = true</script><script src='/r84.js' async></script>",
    },
  },
  {
    by: "Sucuri challenge",
    status: 200,
    html: "<script>var sucuri_cloudproxy_js='';S='cz';</script>",
    everywhere: { headers: { "x-sucuri-id": "11" } },
  },
  {
    by: "F5 block",
    status: 200,
    html: "<html><head><title>Request Rejected</title></head><body>No. The number of this no is 17.<br><br><a href='javascript:history.back();'>[Go Back]</a></body></html>",
    everywhere: { html: "<a href='javascript:history.back();'>Back</a>" },
  },
  {
    by: "F5 challenge",
    status: 200,
    html: `<script>(function(){window["bobcmn"]="1110"})()</script><script src="/TSPD/08ab?type=9"></script>${WAIT}`,
    everywhere: {
      html: '<APM_DO_NOT_TOUCH><script src="/TSPD/08ab?type=10"></script></APM_DO_NOT_TOUCH>',
      headers: { "set-cookie": "TS01ab=0" },
    },
  },
  {
    by: "Vercel challenge",
    status: 429,
    headers: { "x-vercel-mitigated": "challenge", "x-vercel-challenge-token": "2.1" },
    html: "<p>Wait.</p>",
    everywhere: {
      headers: { server: "Vercel", "x-vercel-cache": "HIT", "x-vercel-id": "fra1" },
      html: '<script src="/_vercel/insights/script.js" defer></script><script src="/.well-known/vercel/security/static/challenge.v2.min.js"></script>',
    },
  },
  {
    by: "Fastly challenge",
    status: 200,
    html: `<link href="/_fs-ch-1T1w/assets/styles.css" rel="stylesheet"><script src="/_fs-ch-1T1w/script.js"></script><div id="loading-error"><p>${"Something that this page needs did not come. ".repeat(8)}</p></div>`,
    everywhere: {
      headers: { "x-served-by": "cache-fra-eddf8230088-FRA" },
      html: '<script src="/_fs-ch-1T1w/script.js?reload=true" async></script>',
    },
  },
  {
    by: "Anubis challenge",
    status: 200,
    html: `<script id="anubis_version" type="application/json">"v1.21"</script><script id="anubis_challenge" type="application/json">{"rules":{"difficulty":4}}</script>${EXPLAINED}`,
    everywhere: { headers: { "set-cookie": "techaro.lol-anubis-auth=x" } },
  },
  {
    by: "DDoS-Guard challenge",
    status: 200,
    headers: { server: "ddos-guard" },
    html: '<body data-ddg-origin="true"><h1 data-ddg-l10n="title"></h1><script src="/.well-known/ddos-guard/js-challenge/index.js"></script><p>Wait.</p>',
    everywhere: {
      headers: { server: "ddos-guard", "set-cookie": "__ddg1_=x" },
      html: '<script src="/.well-known/ddos-guard/js-challenge/index.js"></script>',
    },
  },
  {
    by: "Kasada challenge",
    status: 200,
    html: `<script>window.KPSDK={};KPSDK.now=function(){return 1}</script><script src="${KASADA}/ips.js?tkrm=1"></script>`,
    everywhere: { headers: { "x-kpsdk-ct": "0a" }, html: `<script src="${KASADA}/p.js"></script>` },
  },
  {
    by: "SiteGround challenge",
    status: 202,
    headers: { "sg-captcha": "challenge" },
    html: "<p>Wait.</p>",
    everywhere: { headers: { "sg-f-cache": "HIT" } },
  },
  {
    by: "SiteGround challenge",
    status: 200,
    html: '<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F&y=ipc:1.2.3.4:1">',
  },
  {
    by: "captcha",
    status: 200,
    html: '<form action="/verify" id="captcha-form"><div class="h-captcha"></div></form><p>Are you one of us?</p>',
    everywhere: { html: '<form action="/comments"><div class="g-recaptcha"></div><p>Say it.</p></form>' },
  },
];

const STORY = `<!doctype html><title>The quay</title><h1>The quay</h1>${"<p>The harbour master said on Friday that the quay will be dredged before the winter storms set in.</p>".repeat(12)}`;
const SHORT = STORY.slice(0, 600);

describe("a challenge or block page", () => {
  it.each(SERVED.map((served) => [served.by, served.status, served] as const))(
    "%s, with status %i, is told",
    (by, status, { html, headers = {} }) => {
      const failure = verdict(html, status, headers);
      expect(failure?.kind).toBe("challenge");
      expect(failure?.detail).toBe(`${by} (status ${status})`);
    },
  );

  const everywhere = SERVED.flatMap(({ by, everywhere: common }) => (common ? [[by, common] as const] : []));
  it.each(everywhere)("an article behind the same, %s, is an article", (_by, { html = "", headers = {} }) => {
    for (const article of [STORY, SHORT]) {
      expect(read(article).byline ?? read(article).published).toBeNull(); // nothing speaks for it but its text
      expect(verdict(html + article, 200, headers)).toBeNull();
      expect(verdict(article + html, 200, headers)).toBeNull();
    }
  });

  const quoted = (html: string) => html.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  it.each(SERVED.map(({ by, html }) => [by, html] as const))("an article that quotes %s is one", (_by, html) => {
    expect(verdict(`${SHORT}<pre>${quoted(html)}</pre>`, 200, {})).toBeNull();
    const claimed = JSON.stringify({ "@type": "Article", articleBody: html }).replaceAll("<", "\\u003c");
    expect(verdict(`${SHORT}<script type="application/ld+json">${claimed}</script>`, 200, {})).toBeNull();
  });

  it("is told by its own markup however long it explains itself, if that is not as long as a story", () => {
    const anubis = SERVED.find(({ by }) => by === "Anubis challenge")!.html;
    expect(read(anubis).blocks.reduce((sum, { text }) => sum + text.length, 0)).toBeGreaterThan(1_000);
    expect(verdict(anubis + STORY + STORY, 200, {})).toBeNull();
  });

  it("is told in a coding that is no ASCII", () => {
    const html = SERVED.find(({ by }) => by === "F5 challenge")!.html;
    const body = Uint8Array.from(Buffer.from(html, "utf16le"));
    const headers = { "content-type": "text/html; charset=utf-16le" };
    const article = normalise({ url: "https://quay.example/", bytes: body, contentType: headers["content-type"] });
    expect(judgeCapture({ status: 200, headers, body, article, newest: null })?.kind).toBe("challenge");
  });
});
