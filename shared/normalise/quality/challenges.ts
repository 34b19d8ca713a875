/** What can be seen of an answer by someone looking for a block page. */
export interface Sighting {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Characters of article text that were read out of the body. */
  readonly readChars: number;
  /** Whether the page names an author or a date of its article. */
  readonly claimed: boolean;
  /** Whether it is headed as the newest reading is. */
  readonly familiar: boolean;
}

interface Sign {
  readonly name: string;
  /** Header by lower-case name, and what its value must match: decides alone. */
  readonly header?: readonly [string, RegExp];
  /** Markup of a block page; decides with a refusing status, or where hardly any text was read. */
  readonly markup?: RegExp;
  /**
   * Ordinary pages of a protected site carry it too, a maker's script or a comment form's captcha: it counts with a
   * refusing status, or where no article is claimed and next to nothing was read.
   */
  readonly common?: true;
}

/**
 * Block and challenge pages by the traces that their makers document or that their pages cannot do without. A protected
 * site's ordinary pages carry some of the same scripts, so markup alone never decides against a page full of text.
 */
const SIGNS: readonly Sign[] = [
  { name: "Cloudflare challenge", header: ["cf-mitigated", /challenge/i] },
  {
    name: "Cloudflare challenge",
    markup:
      /cdn-cgi\/challenge-platform\/[^"']{0,300}orchestrate|_cf_chl_opt|cf-chl-|id=["']challenge-(?:form|running|error)/i,
  },
  { name: "Cloudflare block", markup: /cf-error-details|cf-wrapper[^>]{0,200}>[\s\S]{0,3000}Ray ID/i },
  { name: "AWS WAF challenge", header: ["x-amzn-waf-action", /challenge|captcha/i] },
  { name: "AWS WAF challenge", markup: /gokuProps/ },
  { name: "AWS WAF challenge", markup: /awswaf\.com\/|AwsWafIntegration|awsWafCookieDomainList/, common: true },
  { name: "CloudFront block", markup: /<H1>(?:403 ERROR|The request could not be satisfied)[\s\S]{0,2000}cloudfront/i },
  {
    name: "Akamai block",
    markup: /errors\.(?:edgesuite|edgekey)\.net|<TITLE>Access Denied<\/TITLE>[\s\S]{0,1500}Reference\s*(?:&#32;|#)/i,
  },
  { name: "Akamai challenge", markup: /\bsec-if-cpt-container\b|\bbm-verify=|_sec\/cp_challenge|akam-sw-challenge/i },
  {
    name: "DataDome challenge",
    header: ["x-datadome", /^protected$/i],
    markup: /var\s{1,3}dd\s{0,3}=\s{0,3}\{[^}]{0,1000}['"]?(?:rt|cid)['"]?\s*:/,
  },
  { name: "DataDome challenge", markup: /captcha-delivery\.com/i, common: true },
  {
    name: "PerimeterX challenge",
    markup: /\bpx-captcha\b|captcha\.px-cdn\.net|perimeterx\.net\/[^"']{0,300}captcha/i,
  },
  { name: "PerimeterX challenge", markup: /_pxAppId[\s\S]{0,3000}captcha/i, common: true },
  { name: "Imperva challenge", markup: /_Incapsula_Resource|Incapsula incident ID|\bIncapsula_error/i },
  { name: "Sucuri block", markup: /sucuri\.net\/privacy-policy[\s\S]{0,3000}Access Denied|Sucuri WebSite Firewall/i },
  {
    name: "captcha",
    markup: /<form[^>]{1,500}(?:captcha|challenge)|class=["'](?:g-recaptcha|h-captcha|cf-turnstile)["']/i,
    common: true,
  },
];
const REFUSING: ReadonlySet<number> = new Set([202, 401, 403, 405, 406, 429, 503]);
/** Block pages say a sentence or two. */
const MOST_CHARS_OF_A_BLOCK_PAGE = 900;
/** A challenge that is known by such scripts alone asks for JavaScript and for patience. */
const MOST_CHARS_WITH_COMMON = 200;
const LOOKED_AT_BYTES = 200_000;

/** The maker and kind of the block page that an answer is, or null. */
export function challengeOf({ status, headers, body, readChars, claimed, familiar }: Sighting): string | null {
  const hollow = readChars <= MOST_CHARS_OF_A_BLOCK_PAGE && body.length <= LOOKED_AT_BYTES;
  const refused = REFUSING.has(status);
  const suspect = refused || (hollow && !(familiar && status === 200));
  const commonCounts = refused || (!claimed && readChars <= MOST_CHARS_WITH_COMMON);
  const markup = suspect ? new TextDecoder("latin1").decode(body.subarray(0, LOOKED_AT_BYTES)) : "";
  const sign = SIGNS.find((candidate) => {
    if (candidate.common && !commonCounts) return false;
    const byHeader = candidate.header?.[1].test(headers[candidate.header[0]] ?? "");
    const byMarkup = markup !== "" && candidate.markup?.test(markup) === true;
    return candidate.header && candidate.markup ? byHeader && byMarkup : byHeader || byMarkup;
  });
  return sign?.name ?? null;
}
