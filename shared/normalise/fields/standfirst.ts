import type { Claim } from "../../domain/article.ts";
import { akin, folded } from "../page/canonical.ts";
import type { Box, Outline, Piece } from "../page/outline.ts";
import { attribute } from "../page/tree.ts";
import type { Body } from "../story/body.ts";
import type { Fate } from "../story/residue.ts";
import type { Metadata } from "./metadata.ts";

/** Class words by which sites name the lines between headline and story. */
const NAMED =
  /(?:^|[\s_-])(?:standfirst|dek|deck|subtitle|subheadline|subheading|subhead|sub-?head(?:line)?|sub-?title|summary|intro|introduction|lede|excerpt|chapo|sapo|strapline|bajada|abstract|kurztext)(?:$|[\s_-])/i;
const NAMED_PROPERTY = /^(?:alternativeheadline|description|abstract)$/i;

/**
 * The standfirst, where the page shows one: a piece between headline and story that is named so, or that says what the
 * page's description says while standing apart from the story's paragraphs, or the heading right below the headline where it
 * is the only one of its rank: a description that changes alone must not change what that is. A description alone is none:
 * many sites put their own slogan there.
 *
 * It is a line of its own where the page sets it with the headline: in a heading, or named so in the page's `<header>`.
 * Elsewhere it is a paragraph that opens the story and stays one: editors move facts between the two, and a fact must be
 * compared wherever it stands. Never both, or one edit would be told twice.
 *
 * @param headlineAt - index of the piece that shows the headline; -1 when the page shows none
 */
export function takeStandfirst(
  { pieces }: Outline,
  body: Body,
  fates: Fate[],
  metadata: Metadata,
  headlineAt: number,
): Claim | null {
  const descriptions = metadata.descriptions.map(folded);
  const ranks = pieces
    .slice(body.first, body.end)
    .filter(({ kind }, at) => kind === "heading" && fates[at]!.keep === "text");
  const isOnlyOfRank = (heading: Piece) => ranks.every((other) => other === heading || other.level !== heading.level);
  let below = headlineAt >= 0; // nothing that is kept stands between it and the headline
  for (let at = body.first; at < Math.min(body.end, body.core + MOST_LOOKED_AT); at += 1) {
    const piece = pieces[at]!;
    const fate = fates[at - body.first]!;
    const story = at >= body.core;
    // above the story a line may be too short to be running text, or stand among date and byline, and still be the standfirst
    const role = body.roles[at] ?? null;
    const maybe = role === null || (role === "meta" && isNamed(piece));
    if (fate.keep !== "text" && (story || fate.keep !== "nothing" || !maybe)) continue;
    const fits = piece.text.length >= 20 && piece.text.length <= 1_000 && piece.kind !== "list-item";
    // a paragraph of the story itself is no standfirst, even where the description repeats it
    const apart = !story || !piece.paragraph;
    const isOne = piece.kind === "heading" ? below && isOnlyOfRank(piece) : isDescribed(piece, descriptions, story);
    if (fits && apart && (isNamed(piece) || isOne)) {
      const withHeadline = piece.kind === "heading" || (isNamed(piece) && isInHeader(piece));
      fates[at - body.first] = withHeadline ? { keep: "nothing", why: "standfirst" } : { keep: "text" };
      return withHeadline ? { from: piece.box.element.name, value: piece.text } : null;
    }
    if (story && piece.kind !== "heading") return null;
    below = false;
  }
  return null;
}

/** Pieces of the story that are looked at: its first one or two. */
const MOST_LOOKED_AT = 3;

/**
 * Above the story a version of the description will do: an editor who changes the standfirst may leave the description
 * behind, and the standfirst must not turn into a paragraph by that.
 */
function isDescribed(piece: Piece, descriptions: readonly string[], story: boolean): boolean {
  const said = folded(piece.text);
  return descriptions.some(
    (description) =>
      description === said || (!story && akin(new Set(description.split(" ")), new Set(said.split(" ")))),
  );
}

function isNamed(piece: Piece): boolean {
  for (let box: Box | null = piece.box, up = 0; box && up < 2; box = box.parent, up += 1) {
    if (NAMED_PROPERTY.test(attribute(box.element, "itemprop"))) return true;
    if (NAMED.test(`${attribute(box.element, "class")} ${attribute(box.element, "id")}`)) return true;
  }
  return false;
}

function isInHeader(piece: Piece): boolean {
  for (let box: Box | null = piece.box; box; box = box.parent)
    if (box.element.name === "header" || box.element.name === "hgroup") return true;
  return false;
}
