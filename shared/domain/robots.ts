import robotsModule from "robots-parser";

// Its types describe an ES module, and it is a CommonJS one: what we import is the function itself.
const robotsParser = robotsModule as unknown as typeof robotsModule.default;

export interface RobotsDecision {
  readonly allowed: boolean;
  /** The site's own wish for a gap between requests; no part of RFC 9309, honoured up to a minute. */
  readonly crawlDelaySeconds?: number;
}

/** RFC 9309 §2.5 asks for at least this much to be read. */
const PARSE_LIMIT = 500 * 1024;
const LONGEST_CRAWL_DELAY_SECONDS = 60;

/**
 * Whether a site's robots.txt lets us fetch a URL (RFC 9309): the groups of our product token together, else those of
 * `*`; the longest rule wins, allow on a tie.
 *
 * @param body - robots.txt as text; what lies beyond 500 KiB is not read
 * @param url - the page, absolute
 * @param productToken - our name, without version, e.g. `Variorum`
 */
export function robotsAllow(body: string, url: string, productToken: string): RobotsDecision {
  const robotsUrl = new URL("/robots.txt", url).href;
  if (new URL(url).pathname === "/robots.txt") return { allowed: true }; // §2.2.2: always allowed
  const robots = robotsParser(robotsUrl, withPlainPaths(withinLimit(body)));
  const delay = robots.getCrawlDelay(productToken);
  return {
    allowed: robots.isAllowed(withPlainPaths(url), productToken) ?? true,
    ...(delay !== undefined && delay > 0 && { crawlDelaySeconds: Math.min(delay, LONGEST_CRAWL_DELAY_SECONDS) }),
  };
}

/** Cuts at a line's end, so that half a rule does not become a wider one. */
function withinLimit(body: string): string {
  if (body.length <= PARSE_LIMIT) return body;
  const kept = body.slice(0, PARSE_LIMIT);
  return kept.slice(0, Math.max(kept.lastIndexOf("\n"), kept.lastIndexOf("\r")) + 1);
}

/** §2.2.2: `%62` and `b` are the same octet of a path. Only what needs no escape is unescaped: `%2A` is no wildcard. */
const withPlainPaths = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (escaped, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9\-._~]/.test(character) ? character : escaped;
  });
