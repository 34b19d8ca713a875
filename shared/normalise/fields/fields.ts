import type { Article, Claim, Field, Origin } from "../../domain/article.ts";
import { folded } from "../page/canonical.ts";
import type { Metadata } from "./metadata.ts";

/** What the page shows its readers, or what only its text tells. */
export interface Shown {
  readonly headline: Claim | null;
  /** Headlines that it claims. */
  readonly headlines: readonly Claim[];
  readonly standfirst: Claim | null;
  /** The best first. */
  readonly bylines: readonly Claim[];
  /** Asked only where the page declares none. */
  language(): string | null;
}

type Fields = Pick<Article, Exclude<Field, "section"> | "section" | "origins">;

/** The article's fields and where each was taken: what the page shows before what it claims. */
export function fieldsOf(metadata: Metadata, { headline, headlines, standfirst, bylines, language }: Shown): Fields {
  const origins: Partial<Record<Field, Origin>> = {};
  const settled = (field: Field, claims: readonly Claim[], taken: Claim | null = claims[0] ?? null): string | null => {
    if (taken) origins[field] = originOf(field, taken, claims);
    return taken?.value ?? null;
  };
  const section = settled("section", metadata.section);
  return {
    canonicalUrl: settled("canonicalUrl", metadata.canonicalUrl),
    headline: settled("headline", headlines, headline),
    standfirst: settled("standfirst", [], standfirst),
    byline: settled("byline", bylines),
    published: settled("published", metadata.published),
    modified: settled("modified", metadata.modified),
    language: settled("language", metadata.language, metadata.language[0] ?? detected(language())),
    ...(section !== null && { section }),
    siteName: settled("siteName", metadata.siteName),
    leadImage: settled("leadImage", metadata.leadImage),
    origins,
  };
}

const detected = (language: string | null): Claim | null =>
  language === null ? null : { from: "detected", value: language };

/** Differing claims that are kept of one field. */
const MOST_OTHERWISE = 4;

/**
 * Where a field's value was taken, and which of the page's other claims differ from it, the best source first.
 *
 * @param taken - the claim whose value the article carries
 */
function originOf(field: Field, taken: Claim, claims: readonly Claim[]): Origin {
  const isSame = SAME[field] ?? sameWords;
  const otherwise: Claim[] = [];
  for (const claim of claims) {
    if (otherwise.length === MOST_OTHERWISE) break;
    if (![taken, ...otherwise].some(({ value }) => isSame(value, claim.value))) otherwise.push(claim);
  }
  return { from: taken.from, ...(otherwise.length > 0 && { otherwise }) };
}

type IsSame = (a: string, b: string) => boolean;

const sameWords: IsSame = (a, b) => a === b || folded(a) === folded(b);

/** One of two says less than the other, and nothing else: `en` and `en-GB`, a day and an instant of it. */
const sameAsFarAsBothSay: IsSame = (a, b) => a.startsWith(b) || b.startsWith(a);

function sameInstant(a: string, b: string): boolean {
  const isExact = (claim: string) => /T.*(?:Z|[+-]\d\d:\d\d)$/.test(claim);
  return isExact(a) && isExact(b) ? Date.parse(a) === Date.parse(b) : sameAsFarAsBothSay(a, b);
}

const sameNames: IsSame = (a, b) => sortedNames(a) === sortedNames(b);
const sortedNames = (names: string): string => names.split(",").map(folded).sort().join(", ");

const SAME: Readonly<Partial<Record<Field, IsSame>>> = {
  byline: sameNames,
  published: sameInstant,
  modified: sameInstant,
  language: sameAsFarAsBothSay,
  canonicalUrl: (a, b) => a === b,
  leadImage: (a, b) => a === b,
};
