import { folded } from "../page/canonical.ts";
import type { Outline } from "../page/outline.ts";
import type { Metadata } from "./metadata.ts";

/** Whether a part of a title is the site's name, on evidence; takes it folded. */
export type IsSiteName = (part: string) => boolean;

/** Second-level labels under which countries register names, as in `courier.co.uk`. */
const REGISTRIES: ReadonlySet<string> = new Set("ac co com edu go gob gov gr ne net nom or org".split(" "));
const HEADING = /^h[1-6]$/;

/**
 * What vouches for a site's name: its own claims (`og:site_name`, JSON-LD's publisher and web site, the titles of its
 * feeds), a heading that leads to its front page, and its host. Other pages of the host do not: a reading that depends on
 * them would change without an edit.
 */
export function siteNameOn(url: string, { siteName, siteNames }: Metadata, mastheads: ReadonlySet<string>): IsSiteName {
  const names = new Set([...siteName.map(({ value }) => value), ...siteNames, ...mastheads].map(folded));
  names.delete("");
  const parsed = URL.parse(url);
  const hosts = parsed ? hostNames(parsed.hostname) : [];
  return (part) => names.has(part) || hosts.includes(part.replaceAll(" ", ""));
}

/** Headings that lead to the front page, folded: no story is headed so. */
export function mastheadsOf(url: string, base: string, { boxes, pieces }: Outline): ReadonlySet<string> {
  const mastheads = new Set<string>();
  const parsed = URL.parse(url);
  for (const box of boxes) {
    const piece = pieces[box.first];
    if (!parsed || !piece || !HEADING.test(box.element.name) || piece.references.length !== 1) continue;
    const target = URL.parse(piece.references[0] ?? "", base);
    const isHome = target?.host === parsed.host && target.pathname === "/" && parsed.pathname !== "/";
    if (isHome && piece.linkChars >= 0.85 * piece.text.length) mastheads.add(folded(piece.text));
  }
  return mastheads;
}

/** A host's registrable label and its whole name, letters and digits alone: "Daily News" and "Dailynews.example" are it. */
function hostNames(host: string): string[] {
  const labels = host.replace(/^www\./, "").split(".");
  if (labels.length < 2) return [];
  const suffix = labels.length > 2 && labels.at(-1)?.length === 2 && REGISTRIES.has(labels.at(-2) ?? "") ? 2 : 1;
  return [labels.at(-1 - suffix) ?? "", labels.join("")].map((name) => name.replace(/[^\p{L}\p{N}]/gu, ""));
}

/** Between a site's name and a headline. Inside words only signs that are no part of them. */
const SEPARATOR = /\s*[|｜»«_]\s*|\s+[-–—·•:›/]+\s+|:\s+/g;
/** Separators from either end that may bound the name: names have some in themselves. */
const MOST_SEPARATORS = 4;
/** Names at the ends of one title: "Headline | Section | Site" loses the last alone. */
const MOST_AFFIXES = 2;

/** A title without the site's name before or after it; one that is nothing else stays. */
export function withoutSiteName(title: string, isSiteName: IsSiteName): string {
  let text = title;
  for (let affixes = 0; affixes < MOST_AFFIXES; affixes += 1) {
    const cuts = [...text.matchAll(SEPARATOR)];
    const after = cuts
      .slice(-MOST_SEPARATORS)
      .find(({ index, 0: cut }) => index > 0 && isSiteName(folded(text.slice(index + cut.length))));
    const before = cuts
      .slice(0, MOST_SEPARATORS)
      .find(({ index }) => index > 0 && isSiteName(folded(text.slice(0, index))));
    const rest = after ? text.slice(0, after.index) : before ? text.slice(before.index + before[0].length) : "";
    if (folded(rest) === "") break;
    text = rest;
  }
  return text;
}
