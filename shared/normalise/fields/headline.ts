import type { Claim } from "../../domain/article.ts";
import { akin, folded } from "../page/canonical.ts";
import type { Outline } from "../page/outline.ts";
import type { Body } from "../story/body.ts";
import type { Metadata } from "./metadata.ts";
import { mastheadsOf, siteNameOn, withoutSiteName } from "./site-names.ts";

export interface Headline {
  /** What it says and where; null when the page has none. */
  readonly claim: Claim | null;
  /** What the page claims it to be, the site's name aside. */
  readonly claims?: readonly Claim[];
  /** Index of the last piece of the heading that shows it; -1 when the page shows none. */
  readonly at: number;
}

/** Where the page shows it. */
interface Shown {
  readonly text: string;
  /** Name of the element. */
  readonly from: string;
  readonly at: number;
}

interface Heading extends Shown {
  readonly folded: string;
  readonly level: number;
}

const HEADING = /^h[1-6]$/;
/** Between a site's name and a headline in a page's title. */
const TITLE_SEPARATOR = /\s+[|\-–—»«·•:›/]+\s+|\s*[|｜»]\s*|:\s+|\s+::\s+/;
/** A part of a title that may be a whole headline. */
const LEAST_CHARS = 13;
/** Parts of a title, and headings of a page, among which the headline is looked for. */
const MOST_PARTS = 8;
const MOST_HEADINGS = 400;
/** How many pieces above the story its heading may stand. */
const MOST_ABOVE = 40;

/**
 * The headline is what the page shows its readers: the heading that says what the page claims elsewhere. Where none does,
 * a heading akin to a claim (claims go stale when an editor changes the headline alone), the `<h1>` above the story, or what
 * an element named a title says there; then the claims themselves; then the title without the site's name.
 */
export function headlineOf(outline: Outline, body: Body, metadata: Metadata, url: string): Headline {
  const mastheads = mastheadsOf(url, metadata.base, outline);
  const isSiteName = siteNameOn(url, metadata, mastheads);
  const claimed = metadata.headline.map(({ from, value }) => ({ from, value: withoutSiteName(value, isSiteName) }));
  const headings = headingsOf(outline, body);
  const site = folded(metadata.siteName[0]?.value ?? "");
  const title = metadata.title ?? "";
  const parts = title.split(TITLE_SEPARATOR, MOST_PARTS).filter((part) => part.length >= LEAST_CHARS);
  const claims = [...metadata.headline, ...claimed]
    .map(({ value }) => value)
    .concat(title, parts)
    .map(folded)
    .filter((claim) => claim !== "" && claim !== site);
  const others = headings.filter((heading) => heading.folded !== site && !mastheads.has(heading.folded));
  const top = aboveStory(others, body, 1);
  // where an <h1> stands above the story, a claim that repeats a heading inside it is another line's
  const heads = top ? others.filter((heading) => heading.level === 1 || !isInside(heading, body)) : others;
  const found =
    sameAsClaim(heads, claims) ??
    pieceLikeClaim(outline, body, claims) ??
    akinToClaim(heads, claims) ??
    top ??
    namedTitle(outline, body, (text) => text === site || mastheads.has(text)) ??
    aboveStory(others, body, 2);
  if (found) return { claim: { from: found.from, value: found.text }, claims: claimed, at: found.at };
  const first = claimed[0] ?? { from: "title", value: withoutSiteName(title, isSiteName) };
  return { claim: first.value === "" ? null : first, claims: claimed, at: -1 };
}

function headingsOf({ boxes, pieces }: Outline, body: Body): Heading[] {
  return boxes
    .filter((box) => HEADING.test(box.element.name) && box.end > box.first && box.end - box.first < 5)
    .filter((box) => !["navigation", "related", "comments", "dialog"].includes(body.roles[box.first] ?? ""))
    .map((box) => {
      const text = pieces
        .slice(box.first, box.end)
        .map((piece) => piece.text)
        .join(" ");
      const { name } = box.element;
      return { text, folded: folded(text), from: name, level: Number(name[1]), at: box.end - 1 };
    })
    .filter(({ text }) => text.length < 500)
    .slice(0, MOST_HEADINGS);
}

/** The first claim that a heading repeats decides, and of several such headings the highest. */
function sameAsClaim(headings: readonly Heading[], claims: readonly string[]): Heading | undefined {
  const byText = Map.groupBy(headings, (heading) => heading.folded);
  const same = claims.map((claim) => byText.get(claim)).find((found) => found !== undefined);
  return same?.toSorted((a, b) => a.level - b.level)[0];
}

/** The first top heading that most words of a claim stand in, or whose words most stand in it. */
function akinToClaim(headings: readonly Heading[], claims: readonly string[]): Heading | undefined {
  const claimed = claims.map((claim) => new Set(claim.split(" ")));
  return headings.find(({ level, folded: text }) => {
    if (level > 2) return false;
    const words = new Set(text.split(" "));
    return claimed.some((claim) => akin(words, claim));
  });
}

/** Some pages show their headline in an element that is no heading. */
function pieceLikeClaim({ pieces }: Outline, body: Body, claims: readonly string[]): Shown | undefined {
  const from = Math.max(0, body.first - MOST_ABOVE);
  for (let at = from; at < Math.min(pieces.length, body.first + 5); at += 1) {
    const { text, kind, linkChars, box } = pieces[at]!;
    if (kind !== "paragraph" || body.roles[at] || linkChars > 0 || text.length > 300) continue;
    if (claims.includes(folded(text))) return { text, from: box.element.name, at };
  }
  return undefined;
}

/** The nearest heading of a level above the story, or at its start. */
function aboveStory(headings: readonly Heading[], body: Body, level: number): Heading | undefined {
  if (body.box === null) return undefined;
  return headings.findLast(
    (heading) => heading.level === level && heading.at <= body.first + 3 && heading.at >= body.first - MOST_ABOVE,
  );
}

/** Whether running text of the story stands above a heading. */
const isInside = ({ at }: Heading, { first, prose }: Body): boolean => at >= first && prose[at]! > prose[first]!;

/** The nearest line above the story, or at its start, in an element that is named a title. */
function namedTitle({ pieces }: Outline, body: Body, isSite: (text: string) => boolean): Shown | undefined {
  if (body.box === null) return undefined;
  const { first, prose, roles } = body;
  for (let at = Math.min(first + 3, pieces.length - 1); at >= Math.max(0, first - MOST_ABOVE); at -= 1) {
    const { text, kind, linkChars, box } = pieces[at]!;
    if (kind !== "paragraph" || roles[at] || linkChars > 0 || text.length > 300) continue;
    const { class: names = "", itemprop = "" } = box.element.attribs;
    if (!NAMED_TITLE.test(names) && itemprop !== "headline") continue;
    if (!(at >= first && prose[at]! > prose[first]!) && !isSite(folded(text)))
      return { text, from: box.element.name, at };
  }
  return undefined;
}

/** Titles of the story: not those of the site, of its sections and boxes. */
const NAMED_TITLE = /(?:^|\s)(?:(?:post|article|story|entry|news|page)[_-]{0,2})?(?:title|headline)(?:$|\s)/i;
