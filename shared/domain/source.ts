/** So many parts of a host are looked at from its end: enough for `sport.news.gazette.example`. */
const MOST_PARTS = 4;

/**
 * The names of a page's source: its host and each domain above it of two parts or more. What is asked for as
 * `gazette.example` comes from `www.gazette.example` and `sport.gazette.example`, too.
 */
export function sourcesOf(url: string): readonly string[] {
  const host = URL.parse(url)?.hostname.replace(/\.$/, "") ?? "";
  if (host === "" || host.includes(":") || /^[\d.]+$/.test(host)) return host === "" ? [] : [host];
  const parts = host.split(".");
  const names = parts.slice(0, -1).map((_, index) => parts.slice(index).join("."));
  return names.length === 0 ? [host] : [...new Set([host, ...names.slice(-MOST_PARTS + 1)])];
}
