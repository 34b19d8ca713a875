import { sha256 } from "./digest.ts";
import type { WatchId } from "./watch.ts";

/** The outcome of reading a URL that a person typed. */
export type UrlReading = { readonly ok: true; readonly url: string } | { readonly ok: false; readonly problem: string };

/** Query parameters that name the way a reader came, not the page. */
const TRACKING = /^(utm_[a-z]+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_ga|twclid)$/i;

/**
 * The canonical form of a URL to watch, so that one page is one watch: http(s) only, no fragment, no user name, default
 * port and tracking parameters dropped, host in ASCII. The path and the other parameters are the publisher's own.
 */
export function canonicalWatchUrl(text: string): UrlReading {
  const trimmed = text.trim();
  const url = URL.parse(trimmed);
  if (!url) {
    const withScheme = URL.canParse(`https://${trimmed}`) && /^[\w-]+(\.[\w-]+)+/.test(trimmed);
    return { ok: false, problem: `not a URL: "${trimmed}"${withScheme ? ` (did you mean https://${trimmed}?)` : ""}` };
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return { ok: false, problem: `only http and https pages can be watched, not ${url.protocol} (in "${trimmed}")` };
  }
  if (url.username || url.password) {
    return { ok: false, problem: `a watched URL may not carry a user name or password (in "${trimmed}")` };
  }
  url.hash = "";
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  return { ok: true, url: url.href };
}

/** The id of the watch on a canonical URL. The same URL gives the same id, so an id is never reused for another. */
export const watchIdOf = (canonicalUrl: string): WatchId => sha256(canonicalUrl).slice(0, 16);

/** Host with port, the unit of politeness. @throws TypeError if it is no URL */
export const hostOf = (url: string): string => new URL(url).host;
